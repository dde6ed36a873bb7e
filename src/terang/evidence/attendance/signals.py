"""What presence may be asked about by the oversight team (`terang.evidence.oddities`): arrivals in the very same minute
day after day, and two places nobody can be at so soon."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from django.db.models import Count
from django.db.models.functions import ExtractHour, ExtractMinute
from django.urls import reverse

from terang.evidence.attendance.models import AttendanceDay, DayStatus, Punch
from terang.evidence.oddities import Limit, Limits, Oddity, Source, Span, Trace
from terang.rules.attendance.place import Point, metres_between
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

MOST_ROWS = 20_000
"""Rows one look reads at most, so that one night's look stays within a minute."""


def same_minute(span: Span, limits: Limits) -> Iterator[Oddity]:
    """People whose arrival was recorded in the same minute of the day on many days. Two queries."""
    rows = AttendanceDay.objects.filter(
        employee__agency=span.agency,
        day__gte=span.start,
        day__lt=span.today,
        status=DayStatus.PRESENT,
        check_in__isnull=False,
    ).annotate(hour=ExtractHour("check_in"), minute=ExtractMinute("check_in"))
    often = rows.order_by().values("employee_id", "hour", "minute").annotate(n=Count("pk"))
    people = set(often.filter(n__gte=limits["hari"]).values_list("employee_id", flat=True)[:MOST_ROWS])
    if not people:
        return
    groups: dict[tuple[int, int, int], list[AttendanceDay]] = defaultdict(list)
    for row in rows.filter(employee_id__in=people).order_by("day")[:MOST_ROWS]:
        if span.is_fresh(f"attendance.attendanceday:{row.pk}"):
            groups[row.employee_id, row.hour, row.minute].append(row)  # type: ignore[attr-defined]
    text = _("Kehadiran terekam tepat pukul %(time)s pada %(days)s hari. Bagaimana kehadiran direkam pada hari itu?")
    for (employee_id, hour, minute), found in groups.items():
        if len(found) >= limits["hari"]:
            told = Sentence(text, {"time": f"{hour:02d}.{minute:02d}", "days": len(found)})
            traces = tuple(_day(row) for row in found)
            yield Oddity(found[0].day, found[-1].day, told, traces, employee_id=employee_id)


def _day(row: AttendanceDay) -> Trace:
    url = _month(row.employee_id, f"{row.day:%Y-%m}")
    return Trace(f"attendance.attendanceday:{row.pk}", Sentence(_("Catatan kehadiran")), url, row.day)


def _month(employee_id: int, month: str) -> str:
    return f"{reverse('attendance:month')}?pegawai={employee_id}&bulan={month}"


def two_places(span: Span, limits: Limits) -> Iterator[Oddity]:
    """People recorded at two places so far apart that they would have travelled faster than anybody does. One query."""
    rows = Punch.objects.filter(
        employee__agency=span.agency,
        at__gte=span.since,
        at__lt=span.until,
        latitude_micro__isnull=False,
        longitude_micro__isnull=False,
    ).order_by("employee_id", "at", "pk")[:MOST_ROWS]
    text = _("Terekam di dua tempat berjarak %(km)s km dalam %(minutes)s menit. Bagaimana perjalanannya?")
    for employee_id, own in groupby(rows, key=lambda row: row.employee_id):
        for one, other, metres in _leaps(own, limits):
            refs = [f"attendance.punch:{row.pk}" for row in (one, other)]
            if employee_id is None or not all(span.is_fresh(ref) for ref in refs):
                continue
            minutes = max(1, round((other.at - one.at).total_seconds() / 60))
            day = one.at.astimezone(span.zone).date()
            url = _month(employee_id, f"{day:%Y-%m}")
            clocks = [row.at.astimezone(span.zone).strftime("%H.%M") for row in (one, other)]
            traces = tuple(
                Trace(ref, Sentence(_("Rekaman pukul %(time)s"), {"time": clock}), url, day)
                for ref, clock in zip(refs, clocks, strict=True)
            )
            last = other.at.astimezone(span.zone).date()
            told = Sentence(text, {"km": round(metres / 1000), "minutes": minutes})
            yield Oddity(day, last, told, traces, employee_id=employee_id)


def _leaps(rows: Iterable[Punch], limits: Limits) -> Iterator[tuple[Punch, Punch, int]]:
    """Pairs of punches, one after the other, that lie too far apart; no punch stands in two pairs."""
    used = None
    for one, other in pairwise(rows):
        metres = metres_between(_point(one), _point(other))
        seconds = max(1.0, (other.at - one.at).total_seconds())
        too_fast = metres * 3600 > limits["km_per_jam"] * 1000 * seconds
        if metres >= limits["km"] * 1000 and too_fast and one.pk != used:
            used = other.pk
            yield one, other, metres


def _point(row: Punch) -> Point:
    return Point(row.latitude_micro or 0, row.longitude_micro or 0)


SOURCES = (
    Source(
        "menit_sama",
        _("Kehadiran pada menit yang sama"),
        _("Kehadiran satu orang terekam pada menit yang sama berhari-hari."),
        35,
        (Limit("hari", _("Paling sedikit hari"), 12, 5, 35),),
        same_minute,
    ),
    Source(
        "dua_tempat",
        _("Kehadiran di dua tempat"),
        _("Dua rekaman berurutan terlalu jauh untuk ditempuh dalam waktunya."),
        14,
        (
            Limit("km", _("Jarak paling sedikit (km)"), 20, 1, 1000),
            Limit("km_per_jam", _("Kecepatan lebih dari (km/jam)"), 120, 20, 1000),
        ),
        two_places,
    ),
)
