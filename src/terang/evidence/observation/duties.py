"""What observation asks of a person today: to agree, to observe, to settle, to say it the same day, to read, to
decide."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from terang.evidence.observation.access import arranged_today
from terang.evidence.observation.models import Observation, ObservationState
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import longdate

MOST_SHOWN = 5
AHEAD = timedelta(days=7)
"""Before which a planned observation is told."""
S = ObservationState


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Two queries, those of `direct_report_ids`, and one more for who leads somebody or keeps people."""
    return [*_observed(viewer), *_observing(viewer), *_deciding(viewer)]


def _rows() -> QuerySet[Observation]:
    return Observation.objects.select_related("employee", "instrument").order_by("day", "id")


def _observed(viewer: Viewer) -> Iterator[Duty]:
    waits = Q(state=S.PLANNED, observed_agreed_at=None) | Q(state=S.TOLD)
    ahead = Q(state=S.AGREED, day__gte=viewer.today, day__lte=viewer.today + AHEAD)
    for row in _rows().filter(waits | ahead, employee=viewer.employee)[:MOST_SHOWN]:
        when = {"day": longdate(row.day)}
        match row.state:
            case S.PLANNED:
                title, kind = gettext("Siapkan observasi %(day)s") % when, "attention"
            case S.AGREED:
                title, kind = gettext("Anda diamati %(day)s") % when, "quiet"
            case _:
                title, kind = gettext("Umpan balik observasi %(day)s") % when, "attention"
        yield Duty(title, f"{row.title} · {row.place}", kind, row.get_absolute_url(), row.day)


def _observing(viewer: Viewer) -> Iterator[Duty]:
    open_sheet = Q(sheets__given_at=None, state=S.AGREED, day__lte=viewer.today + AHEAD)
    to_agree = Q(state=S.PLANNED, observer_agreed_at=None, observed_agreed_at__isnull=False)
    waits = open_sheet | to_agree | Q(state__in=(S.MARKED, S.SETTLED))
    mine = _rows().filter(waits, sheets__observer=viewer.employee)
    for row in mine.distinct()[:MOST_SHOWN]:
        title, kind = _to_do(row, viewer)
        yield Duty(title % {"name": row.employee.name}, _when(row, viewer), kind, row.get_absolute_url(), row.day)


def _to_do(row: Observation, viewer: Viewer) -> tuple[str, str]:
    match row.state:
        case S.PLANNED:
            return gettext("Sepakati observasi %(name)s"), "attention"
        case S.AGREED:
            return gettext("Amati %(name)s"), "quiet" if row.day > viewer.today else "attention"
        case S.MARKED:
            return gettext("Bicarakan nilai bersama: %(name)s"), "attention"
        case _:
            return gettext("Beri umpan balik kepada %(name)s"), "wrong" if row.day < viewer.today else "attention"


def _when(row: Observation, viewer: Viewer) -> str:
    if row.state == S.SETTLED:
        if row.day < viewer.today:
            return gettext("Terlambat: observasinya %(day)s") % {"day": longdate(row.day)}
        return gettext("Hari ini juga, selagi masih segar")
    return f"{longdate(row.day)} · {row.place}"


def _deciding(viewer: Viewer) -> Iterator[Duty]:
    """Contested ones of people the viewer may plan for today, wherever they were observed, and did not observe."""
    rows = _rows().filter(arranged_today(viewer), state=S.CONTESTED, employee__agency_id=viewer.agency_id)
    for row in rows.exclude(sheets__observer=viewer.employee).exclude(employee=viewer.employee)[:MOST_SHOWN]:
        title = gettext("%(name)s meminta pengamat lain") % {"name": row.employee.name}
        yield Duty(title, f"{longdate(row.day)} · {row.title}", "attention", row.get_absolute_url())
