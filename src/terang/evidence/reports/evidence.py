"""What the reports room hands to the engine: how each reader rated a report, once all of them have."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.records import Record
from terang.evidence.reports.models import RATED, Reading, Seat
from terang.evidence.reports.terms import rubric_of
from terang.evidence.reports.wording import period_name
from terang.registry.people.models import Employee
from terang.rules.reports.rubric import Rubric
from terang.web.numbers import percent


def facts(
    employee_ids: Collection[int], start: date, end: date, *, as_of: date | None = None
) -> dict[str, list[tuple[object, ...]]]:
    """Rows of `report_ratings` of reports that count between `start` and `end` (exclusive), as `rules.tables` declares
    them. Two queries.

    Ratings count once all first looks are given, also where the terms show the person each at once: a score that moved
    before would tell the reader who still has to judge. A second look takes the place of the first. What nobody has
    rated has no row: missing is not zero.
    """
    rows = _counted(employee_ids, start, end, as_of).values_list(
        "report__employee_id", "pk", "seat", "rating_bp", "report_id"
    )
    latest = {(report_id, seat): (employee_id, pk, seat, bp) for employee_id, pk, seat, bp, report_id in rows}
    return {"report_ratings": sorted(latest.values())}


def _counted(employee_ids: Collection[int], start: date, end: date, as_of: date | None) -> QuerySet[Reading]:
    """Readings that count, first looks before second ones."""
    by = _end_of(as_of, employee_ids)
    return Reading.objects.filter(
        report__state__in=RATED,
        report__rated_at__lt=by,
        report__employee_id__in=employee_ids,
        report__counts_on__gte=start,
        report__counts_on__lt=end,
        given_at__lt=by,
    ).order_by("look", "pk")


def _end_of(as_of: date | None, employee_ids: Collection[int]) -> datetime:
    """The end of the day of asking (today where missing) where these people are."""
    name = Employee.objects.filter(pk__in=employee_ids).values_list("agency__time_zone", flat=True).first()
    zone = ZoneInfo(name or timezone.get_current_timezone_name())
    return datetime.combine((as_of or timezone.localdate(timezone=zone)) + timedelta(days=1), time(), zone)


def records(measure_code: str, employee_id: int, start: date, end: date, limit: int = 50) -> list[Record]:
    """The ratings behind `report_rating`, latest first, each with its criteria. Three queries."""
    rows = (
        _counted([employee_id], start, end, None)
        .select_related("report__terms", "reader")
        .prefetch_related("marks")
        .order_by("-report__counts_on", "-look", "-given_at")
    )
    shown: set[tuple[int, str]] = set()
    found = []
    for row in rows[:limit]:
        found.append(_record(row, counted=(row.report_id, row.seat) not in shown))
        shown.add((row.report_id, row.seat))
    return found


def _record(reading: Reading, *, counted: bool) -> Record:
    report = reading.report
    words = {"seat": Seat(reading.seat).label, "value": percent(reading.rating_bp)}
    detail = (
        gettext("Dinilai %(seat)s: %(value)s") if reading.look == 1 else gettext("Tinjauan kedua %(seat)s: %(value)s")
    )
    effect = gettext("dihitung %(value)s") if counted else gettext("digantikan tinjauan kedua")
    return Record(
        id=reading.pk,
        day=report.counts_on,
        title=gettext("Laporan kinerja %(period)s") % {"period": period_name(report.kind, report.period_start)},
        detail=detail % words,
        counted=counted,
        effect=effect % words,
        entered_by=reading.reader.name if reading.reader else "",
        entered_at=reading.given_at,
        url=report.get_absolute_url(),
        lines=tuple(described(reading, rubric_of(report))),
    )


def described(reading: Reading, rubric: Rubric) -> list[str]:
    """Each mark in one line: criterion, level, and the reason where one was given."""
    marks = {mark.criterion: mark for mark in reading.marks.all()}
    lines = []
    for criterion in rubric.criteria:
        mark = marks.get(criterion.code)
        level = criterion.level(mark.level) if mark else None
        if mark and level:
            told = f"{criterion.name}: {level.name} ({mark.level} dari {len(criterion.levels)})"
            lines.append(f"{told}. {mark.remark}" if mark.remark else told)
    return lines
