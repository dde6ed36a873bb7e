"""What presence may be asked about by the oversight team (`terang.evidence.oddities`): arrivals in the very same minute
day after day, and two places nobody can be at so soon."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, islice, pairwise

from django.db.models import Count
from django.db.models.functions import ExtractHour, ExtractMinute
from django.urls import reverse

from terang.evidence.attendance.models import AttendanceDay, DayStatus, Punch
from terang.evidence.oddities import Limit, Limits, Oddity, Source, Span, Trace
from terang.rules.attendance.place import Point, metres_between
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

PEOPLE_AT_ONCE = 500
"""Whose records are read together: everybody is looked at, whatever the size of the government, in little memory."""


def _chunks(people: Iterable[int]) -> Iterator[list[int]]:
    ordered = iter(sorted(people))
    while chunk := list(islice(ordered, PEOPLE_AT_ONCE)):
        yield chunk


def same_minute(span: Span, limits: Limits) -> Iterator[Oddity]:
    """People whose arrival was recorded in the same minute of the day on many days. One query, and one for each chunk
    of the people concerned."""
    rows = AttendanceDay.objects.filter(
        employee__agency=span.agency,
        day__gte=span.start,
        day__lt=span.today,
        status=DayStatus.PRESENT,
        check_in__isnull=False,
    ).annotate(hour=ExtractHour("check_in"), minute=ExtractMinute("check_in"))
    often = rows.order_by().values("employee_id", "hour", "minute").annotate(n=Count("pk"))
    for people in _chunks(set(often.filter(n__gte=limits["hari"]).values_list("employee_id", flat=True))):
        yield from _minutes(span, rows.filter(employee_id__in=people).order_by("employee_id", "day"), limits)


def _minutes(span: Span, rows: Iterable[AttendanceDay], limits: Limits) -> Iterator[Oddity]:
    groups: dict[tuple[int, int, int], list[AttendanceDay]] = defaultdict(list)
    for row in rows:
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
    """People recorded at two places so far apart that they would have travelled faster than anybody does. One query,
    and one for each chunk of people."""
    rows = Punch.objects.filter(
        employee__agency=span.agency,
        at__gte=span.since,
        at__lt=span.until,
        latitude_micro__isnull=False,
        longitude_micro__isnull=False,
    )
    for people in _chunks(rows.order_by().values_list("employee_id", flat=True).distinct()):
        near = rows.filter(employee_id__in=people).order_by("employee_id", "at", "pk")
        for employee_id, own in groupby(near, key=lambda row: row.employee_id):
            for one, other, metres in _leaps(own, limits):
                if employee_id is not None and span.is_fresh(_ref(one)) and span.is_fresh(_ref(other)):
                    yield _leap(span, employee_id, one, other, metres)


def _ref(row: Punch) -> str:
    return f"attendance.punch:{row.pk}"


def _leap(span: Span, employee_id: int, one: Punch, other: Punch, metres: int) -> Oddity:
    text = _("Terekam di dua tempat berjarak %(km)s km dalam %(minutes)s menit. Bagaimana perjalanannya?")
    minutes = max(1, round((other.at - one.at).total_seconds() / 60))
    first, last = (row.at.astimezone(span.zone) for row in (one, other))
    url = _month(employee_id, f"{first:%Y-%m}")
    traces = tuple(
        Trace(_ref(row), Sentence(_("Rekaman pukul %(time)s"), {"time": f"{clock:%H.%M}"}), url, first.date())
        for row, clock in ((one, first), (other, last))
    )
    told = Sentence(text, {"km": round(metres / 1000), "minutes": minutes})
    return Oddity(first.date(), last.date(), told, traces, employee_id=employee_id)


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
