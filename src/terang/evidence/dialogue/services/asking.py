"""Feedback is asked for, and an ask may be declined."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.dialogue.access import require_asked, require_speaker
from terang.evidence.dialogue.models import AskState, FeedbackAsk
from terang.evidence.dialogue.services.giving import About
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

MOST_OPEN = 10
"""Asks of one person that may wait at a time: who asks everybody is heard by nobody."""


def ask_feedback(*, actor: Viewer | None, asked: Employee, about: About, question: str, form_key: UUID) -> FeedbackAsk:
    """Asks somebody of the same government. The same form sent twice asks once.

    Raises NotAllowed as `give_feedback`; NotNow where the same person was asked and has not answered, or too many asks
    wait.
    """
    viewer = require_speaker(actor, asked)
    columns = about.columns()
    with transaction.atomic():
        Employee.objects.select_for_update(no_key=True).get(pk=viewer.employee.pk)
        if known := FeedbackAsk.objects.filter(form_key=form_key, asker=viewer.employee).first():
            return known
        waiting = FeedbackAsk.objects.filter(asker=viewer.employee, state=AskState.OPEN)
        if waiting.filter(asked=asked).exists():
            raise NotNow(gettext("Permintaan Anda kepada %(name)s masih menunggu jawaban.") % {"name": asked.name})
        if waiting.count() >= MOST_OPEN:
            raise NotNow(gettext("Sudah %(n)s permintaan Anda menunggu jawaban. Tunggu dahulu.") % {"n": MOST_OPEN})
        ask = FeedbackAsk.objects.create(
            asker=viewer.employee,
            asked=asked,
            question=question.strip(),
            asked_at=timezone.now(),
            form_key=form_key,
            **columns,
        )
        _record("dialogue.feedback_asked", ask, viewer)
    return ask


def decline_ask(*, actor: Viewer | None, ask: FeedbackAsk) -> FeedbackAsk:
    """The asked person cannot say anything. Raises NotAllowed for others, NotNow where it was answered."""
    viewer = require_asked(actor, ask)
    with transaction.atomic():
        current = FeedbackAsk.objects.select_for_update(of=("self",)).select_related("asker").get(pk=ask.pk)
        if current.state != AskState.OPEN:
            raise NotNow(gettext("Permintaan umpan balik ini sudah dijawab."))
        current.state = AskState.DECLINED
        current.save(update_fields=["state"])
        _record("dialogue.feedback_declined", current, viewer)
    return current


def _record(verb: str, ask: FeedbackAsk, viewer: Viewer) -> None:
    record(
        verb,
        actor=viewer.user,
        obj=ask,
        agency_id=ask.asker.agency_id,
        subject_employee_id=ask.asker_id,
    )
