"""What happens by rule where an appraiser does not answer: it is passed on, and reminded of."""

import logging

from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record, record_many
from terang.evidence.work.models import Entry, EntryState
from terang.evidence.work.services.moving import events
from terang.evidence.work.services.retiming import extend_answers
from terang.evidence.work.unanswered import reminded_on, unanswered_by
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow

BATCH = 500

logger = logging.getLogger(__name__)


def sweep() -> None:
    """Passes on what became late, in every government. The worker calls it every hour; twice is as good as once."""
    for agency in Agency.objects.all():
        try:
            while escalate(agency=agency) == BATCH:
                pass
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            logger.exception("Kegiatan yang belum dijawab di %s belum diteruskan; dicoba lagi", agency)


def escalate(*, agency: Agency) -> int:
    """Marks entries whose last day of an answer has passed; from then on they count until they are answered. Where an
    outage or a day off became known since they were sent, that day moves on instead. Returns how many were late, at
    most a batch: one transaction, one journal entry each, so that the person is computed anew."""
    today = local_today(agency)
    late = Entry.objects.filter(
        state=EntryState.SUBMITTED, escalated_at=None, answer_due_on__lt=today, employee__agency=agency
    )
    with transaction.atomic():
        entries = list(late.select_for_update(of=("self",)).select_related("employee").order_by("pk")[:BATCH])
        extend_answers(agency, entries)
        silent = [entry for entry in entries if entry.answer_due_on and entry.answer_due_on < today]
        now = timezone.now()
        for entry in silent:
            entry.escalated_at = now
        Entry.objects.bulk_update(silent, ["escalated_at"])
        record_many(events("work.entry_escalated", silent, today), actor=None, agency_id=agency.pk)
    return len(entries)


def remind(*, actor: Viewer, appraiser: Employee) -> int:
    """The appraiser's superior reminds of what is unanswered, once a day; returns how many entries that are.

    Raises NotAllowed where nothing below the actor waits for this appraiser, NotNow where it was done today.
    """
    waiting = unanswered_by(actor, appraiser.pk)
    if not waiting:
        raise NotAllowed(gettext("Tidak ada kegiatan yang belum dijawab oleh pejabat ini di bawah Anda."))
    with transaction.atomic():
        Employee.objects.select_for_update(no_key=True).get(pk=appraiser.pk)
        if reminded_on(appraiser.pk, actor.today):
            raise NotNow(gettext("%(name)s sudah diingatkan hari ini.") % {"name": appraiser.name})
        post = main_posts([appraiser.pk], actor.today).get(appraiser.pk)
        record(
            "work.answer_reminded",
            actor=actor.user,
            obj=appraiser,
            agency_id=actor.agency_id,
            subject_employee_id=appraiser.pk,
            unit_id=post.post.unit_id if post else None,
            changes={"entries": len(waiting)},
        )
    return len(waiting)
