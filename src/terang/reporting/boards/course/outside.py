"""What rooms without a timeline of their own tell it: observations, inspections, what citizens got, warnings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.evaluation.models import Score
from terang.evidence.citizens import evidence as citizens
from terang.evidence.complaints.explanation import Counted, counted
from terang.evidence.moments import CHECK, CITIZENS, OBSERVED, WARNING, Moment
from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.oversight.heads import points_of
from terang.evidence.oversight.models import CheckState, InspectionCheck
from terang.rules.tables import SERVICES
from terang.web.numbers import quantity


def checked(employee_id: int, start: date, end: date, today: date) -> list[Moment]:
    """One line for each inspection with confirmed points that are the person's (`oversight.heads`: also about a unit
    they headed on the day), one for each finding. A point that may still be answered, or that was withdrawn, is not
    told. At most three queries."""
    rows = points_of(employee_id, start, end).filter(state=CheckState.CONFIRMED)
    visits: dict[int, list[InspectionCheck]] = defaultdict(list)
    for row in rows.select_related("inspection").order_by("inspection__day", "pk"):
        visits[row.inspection_id].append(row)
    return [moment for points in visits.values() for moment in _visit(points)]


def _visit(points: list[InspectionCheck]) -> Iterable[Moment]:
    visit, met = points[0].inspection, sum(point.met for point in points)
    url = reverse("oversight:inspection", args=[visit.pk])
    told = {"met": met, "all": len(points)}
    text = gettext("Pemeriksaan: %(met)s dari %(all)s butir terpenuhi") % told
    yield Moment(CHECK, visit.day, text, url, tone="ok" if met == len(points) else "attention")
    for point in points:
        if not point.met:
            text = gettext("Temuan: %(criterion)s") % {"criterion": point.criterion}
            yield Moment(CHECK, visit.day, text, url, tone="attention")


def observed(employee_id: int, start: date, end: date, today: date) -> list[Moment]:
    """Observations that both sides have finished; one that is contested or was withdrawn is not told. One query."""
    rows = Observation.objects.filter(
        employee_id=employee_id, state=ObservationState.FINISHED, day__gte=start, day__lt=end
    )
    told = rows.select_related("instrument").order_by("day", "pk")
    return [Moment(OBSERVED, row.day, _observed(row), row.get_absolute_url()) for row in told]


def _observed(row: Observation) -> str:
    if row.max_milli is None:
        return gettext("Observasi: %(title)s") % {"title": row.title}
    told = {"title": row.title, "points": quantity(row.points_milli), "most": quantity(row.max_milli)}
    return gettext("Observasi: %(title)s, %(points)s dari %(most)s poin") % told


def served(employee_id: int, start: date, end: date, today: date) -> list[Moment]:
    """Requests of citizens that were finished, a line a month. Five queries."""
    rows = citizens.facts([employee_id], (), start, end, as_of=today)["services"]
    named = (dict(zip(SERVICES.names, row, strict=True)) for row in rows)
    return [_served(row["month"], row["completed"], row["timely"]) for row in named if row["completed"]]


def _served(month: int, done: int, timely: int) -> Moment:
    told = {"n": done, "timely": timely}
    text = ngettext(
        "%(n)s permohonan selesai, %(timely)s tepat waktu", "%(n)s permohonan selesai, %(timely)s tepat waktu", done
    )
    return Moment(CITIZENS, date(month // 100, month % 100, 1), text % told, count=done)


def answered(employee_id: int, start: date, end: date, today: date) -> list[Moment]:
    """Reports of citizens that fell due in the person's hands, a line a month; guarded ones (secret, or about
    misconduct) are not even counted. One query."""
    months: dict[date, list[Counted]] = defaultdict(list)
    for row in counted([employee_id], start, end, today):
        if not row.due.complaint.is_guarded:
            months[row.outcome.day.replace(day=1)].append(row)
    return [_answered(first, rows) for first, rows in months.items()]


def _answered(first: date, rows: list[Counted]) -> Moment:
    told = {"n": len(rows), "timely": sum(row.outcome.in_time_confirmed for row in rows)}
    text = ngettext(
        "%(n)s pengaduan ditangani, %(timely)s selesai tepat waktu",
        "%(n)s pengaduan ditangani, %(timely)s selesai tepat waktu",
        len(rows),
    )
    return Moment(CITIZENS, first, text % told, count=len(rows))


def warned(employee_id: int, start: date, end: date, today: date) -> list[Moment]:
    """Since when a period's score is below the standard, and when the person was warned of it. One query."""
    either = Q(below_since__gte=start, below_since__lt=end) | Q(warned_on__gte=start, warned_on__lt=end)
    found = []
    for score in Score.objects.filter(either, employee_id=employee_id).select_related("period").order_by("pk"):
        told = {"period": score.period.title}
        url = reverse("evaluation:score", args=[score.period_id, employee_id])
        for day, text in (
            (score.below_since, gettext("Nilai %(period)s di bawah standar")),
            (score.warned_on, gettext("Peringatan: nilai %(period)s masih di bawah standar")),
        ):
            if day and start <= day < end:
                found.append(Moment(WARNING, day, text % told, url, tone="attention"))
    return found
