"""What presence asks of a person today: leave to decide, disputed days to answer; and of one's own, what waits or was
just decided."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.attendance.leave_checks import span_text
from terang.evidence.attendance.leave_kinds import kind_label
from terang.evidence.attendance.leave_lists import disputes_to_answer, leave_to_decide
from terang.evidence.attendance.models import DayDispute, DisputeState, Leave, LeaveState
from terang.evidence.attendance.web_lists import asked_about
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import longdate, longtime

MOST_SHOWN = 5
NEWS_FOR = timedelta(days=3)
"""How long a decision on one's own request stays on the list."""


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Decisions first, then news of one's own. Five queries where nothing waits in the government."""
    return [
        *_to_decide(viewer),
        *_to_answer(viewer),
        *_asked_about(viewer),
        *_own_leave(viewer),
        *_own_disputes(viewer),
    ]


def _to_decide(viewer: Viewer) -> Iterator[Duty]:
    for leave in leave_to_decide(viewer)[:MOST_SHOWN]:
        soon = leave.starts_on <= viewer.today + timedelta(days=3)
        title = gettext("Permohonan cuti %(name)s") % {"name": leave.employee.name}
        yield Duty(title, span_text(leave.starts_on, leave.ends_on), "attention" if soon else "quiet", _leave(leave))


def _to_answer(viewer: Viewer) -> Iterator[Duty]:
    for dispute in disputes_to_answer(viewer)[:MOST_SHOWN]:
        title = gettext("Keberatan kehadiran %(name)s") % {"name": dispute.employee.name}
        yield Duty(title, longdate(dispute.day), "quiet", _dispute(dispute))


def _asked_about(viewer: Viewer) -> Iterator[Duty]:
    for web in asked_about(viewer)[:MOST_SHOWN]:
        name = web.punch.employee.name if web.punch.employee else ""
        title = gettext("Rekaman di luar lokasi: %(name)s") % {"name": name}
        yield Duty(title, longtime(web.punch.at), "quiet", reverse("attendance:web_punch", args=[web.pk]))


def _own_leave(viewer: Viewer) -> Iterator[Duty]:
    news = Q(decided_at__gt=timezone.now() - NEWS_FOR) & ~Q(state=LeaveState.WITHDRAWN)
    rows = Leave.objects.filter(Q(state=LeaveState.REQUESTED) | news, employee=viewer.employee)
    for leave in rows.order_by("starts_on", "pk")[:MOST_SHOWN]:
        told = {"state": LeaveState(leave.state).label, "span": span_text(leave.starts_on, leave.ends_on)}
        weighty = leave.state in (LeaveState.CHANGED, LeaveState.POSTPONED, LeaveState.REFUSED)
        detail = gettext("%(state)s: %(span)s") % told
        yield Duty(kind_label(leave.kind), detail, "attention" if weighty else "quiet", _leave(leave))


def _own_disputes(viewer: Viewer) -> Iterator[Duty]:
    rows = DayDispute.objects.filter(employee=viewer.employee, decided_at__gt=timezone.now() - NEWS_FOR)
    for dispute in rows.order_by("decided_at", "pk")[:MOST_SHOWN]:
        title = gettext("Keberatan Anda tentang %(day)s dijawab") % {"day": longdate(dispute.day)}
        yield Duty(title, str(DisputeState(dispute.state).label), "quiet", _dispute(dispute))


def _leave(leave: Leave) -> str:
    return reverse("attendance:leave", args=[leave.pk])


def _dispute(dispute: DayDispute) -> str:
    return reverse("attendance:dispute", args=[dispute.pk])
