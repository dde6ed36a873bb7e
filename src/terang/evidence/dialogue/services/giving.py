"""Feedback is given, replied to once, and taken back with a reason. Its words never stand in the journal."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.dialogue.access import giver_kind, require_asked, require_giver, require_speaker, require_subject
from terang.evidence.dialogue.evidence_links import check_link
from terang.evidence.dialogue.models import AskState, Feedback, FeedbackAsk, GiverKind, Topic
from terang.planning.plans.models import PlanResult
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.plans.behaviour import VALUES
from terang.web.errors import NotNow, Stale

NAMES = {value.code: value.name for value in VALUES}


@dataclass(frozen=True)
class About:
    """A result of the subject's plan, a value by its code, or (where both are missing) the work as a whole."""

    result: PlanResult | None = None
    value: str = ""

    def columns(self) -> dict[str, Any]:
        """As the rows keep it. Raises ValidationError for an unknown value."""
        if self.result is not None:
            return {"topic": Topic.RESULT, "result": self.result, "value": "", "about": self.result.text}
        if self.value:
            if self.value not in NAMES:
                raise ValidationError({"about": gettext("Pilih salah satu dari tujuh nilai.")})
            return {"topic": Topic.VALUE, "result": None, "value": self.value, "about": NAMES[self.value]}
        return {"topic": Topic.WORK, "result": None, "value": "", "about": ""}


@dataclass(frozen=True)
class Words:
    """What is said. `said_by` names the part (never the person) of an outsider whose words are passed on."""

    symbol: str = ""
    situation: str = ""
    behaviour: str = ""
    impact: str = ""
    advice: str = ""
    evidence: str = ""
    said_by: str = ""

    def columns(self) -> dict[str, str]:
        """Trimmed. Raises ValidationError where nothing is said or the evidence is no address."""
        told = {name: value.strip() for name, value in vars(self).items()}
        if not told["symbol"] and not told["behaviour"]:
            message = gettext("Tulis apa yang dilakukan, atau pilih sebuah simbol.")
            raise ValidationError({"behaviour": message})
        check_link(told["evidence"])
        return told


def give_feedback(
    *,
    actor: Viewer | None,
    subject: Employee,
    about: About,
    words: Words,
    form_key: UUID,
    ask: FeedbackAsk | None = None,
) -> Feedback:
    """Says something to a person, seen by them at once. The same form sent twice says it once.

    With `ask` it answers that ask, about what was asked. Raises NotAllowed for oneself, people who left and another
    government, ValidationError for empty words, NotNow where the ask was answered already.
    """
    viewer = require_speaker(actor, subject)
    told = words.columns() | about.columns()
    kind = GiverKind.STAKEHOLDER if told["said_by"] else giver_kind(viewer.employee, subject, viewer.today)
    with transaction.atomic():
        if known := Feedback.objects.filter(form_key=form_key, giver=viewer.employee).first():
            return known
        answered = _answer(viewer, ask) if ask else None
        feedback = Feedback.objects.create(
            subject=subject,
            giver=viewer.employee,
            giver_kind=kind,
            day=viewer.today,
            given_at=timezone.now(),
            ask=answered,
            form_key=form_key,
            **told,
        )
        _record("dialogue.feedback_given", feedback, viewer, {"kind": kind.value, "topic": told["topic"].value})
    return feedback


def _answer(viewer: Viewer, ask: FeedbackAsk) -> FeedbackAsk:
    current = FeedbackAsk.objects.select_for_update().get(pk=ask.pk)
    require_asked(viewer, current)
    if current.state != AskState.OPEN:
        raise NotNow(gettext("Permintaan umpan balik ini sudah dijawab."))
    current.state = AskState.GIVEN
    current.save(update_fields=["state"])
    return current


def reply_feedback(*, actor: Viewer | None, feedback: Feedback, text: str, version: int) -> Feedback:
    """The subject answers, once. Raises NotAllowed for others, NotNow where it was answered or withdrawn, Stale."""
    viewer = require_subject(actor, feedback)
    with transaction.atomic():
        current = _current(feedback, version)
        if current.replied_at is not None:
            raise NotNow(gettext("Umpan balik ini sudah Anda tanggapi. Bicarakan selanjutnya dalam dialog kinerja."))
        current.reply, current.replied_at = text.strip(), timezone.now()
        current.version += 1
        current.save(update_fields=["reply", "replied_at", "version"])
        _record("dialogue.feedback_replied", current, viewer)
    return current


def withdraw_feedback(*, actor: Viewer | None, feedback: Feedback, reason: str, version: int) -> Feedback:
    """The giver takes back what was said, with a reason both keep reading. Raises as `reply_feedback`."""
    viewer = require_giver(actor, feedback)
    with transaction.atomic():
        current = _current(feedback, version)
        current.withdrawn_at, current.withdraw_reason = timezone.now(), reason.strip()
        current.version += 1
        current.save(update_fields=["withdrawn_at", "withdraw_reason", "version"])
        _record("dialogue.feedback_withdrawn", current, viewer)
    return current


def _current(feedback: Feedback, version: int) -> Feedback:
    rows = Feedback.objects.select_for_update(of=("self",)).select_related("subject", "giver")
    current = rows.get(pk=feedback.pk)
    if current.withdrawn:
        raise NotNow(gettext("Umpan balik ini sudah dicabut."))
    if current.version != version:
        raise Stale(gettext("Umpan balik ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
    return current


def _record(verb: str, feedback: Feedback, viewer: Viewer, changes: dict[str, str] | None = None) -> None:
    record(
        verb,
        actor=viewer.user,
        obj=feedback,
        agency_id=feedback.subject.agency_id,
        subject_employee_id=feedback.subject_id,
        changes=changes,
    )
