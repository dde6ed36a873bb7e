"""A question is put to the one it is about, explained by them, and shared with their superior. No word of it stands in
the journal."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.signals.access import require_asked, require_overseer
from terang.evidence.signals.models import Signal
from terang.evidence.signals.services.moving import held, moved
from terang.evidence.signals.sources import LEAST_DAYS, MOST_DAYS
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.working_days import deadline


def ask_signal(*, actor: Viewer | None, signal: Signal, question: str, days: int, version: int) -> Signal:
    """Puts the question to the person (or the head of the unit), with so many working days to answer.

    Raises NotAllowed, Stale, NotNow where it was asked before, ValidationError for too few or many days.
    """
    viewer = require_overseer(actor, signal)
    if not LEAST_DAYS <= days <= MOST_DAYS:
        bounds = {"least": LEAST_DAYS, "most": MOST_DAYS}
        raise ValidationError({"days": gettext("Isi %(least)s sampai %(most)s hari kerja.") % bounds})
    if not question.strip():
        raise ValidationError({"question": gettext("Tulis apa yang ingin Anda ketahui, dengan satu atau dua kalimat.")})
    with transaction.atomic():
        current = held(signal, "ask", version, viewer)
        due_on = deadline(viewer.today, days, deadline_calendar(current.agency))
        told = {"question": question.strip(), "asked_by": viewer.employee, "asked_at": timezone.now()}
        return moved(current, "ask", "asked", viewer, due_on=due_on, **told)


def explain_signal(*, actor: Viewer | None, signal: Signal, answer: str, version: int) -> Signal:
    """Who was asked answers, also after the last day while nothing was decided. Raises NotAllowed, Stale, NotNow."""
    viewer = require_asked(actor, signal)
    if not answer.strip():
        raise ValidationError({"answer": gettext("Tuliskan penjelasan Anda.")})
    with transaction.atomic():
        current = held(signal, "explain", version, viewer)
        told = {"answer": answer.strip(), "answered_by": viewer.employee, "answered_at": timezone.now()}
        return moved(current, "explain", "explained", viewer, **told)


def share_signal(*, actor: Viewer | None, signal: Signal, version: int) -> Signal:
    """Lets the person's superior read question and answer, once the person was asked. Not for questions about a unit:
    its head is the one asked."""
    viewer = require_overseer(actor, signal)
    if signal.employee_id is None:
        raise ValidationError(gettext("Pertanyaan tentang unit sudah dibaca oleh kepala unitnya."))
    with transaction.atomic():
        current = held(signal, "share", version, viewer)
        return moved(current, "share", "shared", viewer, shared_at=timezone.now(), shared_by=viewer.employee)
