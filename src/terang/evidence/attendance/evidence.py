"""What the attendance room hands to the engine: days required, present and punctual, by person and month."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.attendance.models import AttendanceDay, DayStatus
from terang.evidence.months import month_of
from terang.evidence.records import Record
from terang.web.numbers import clock

REQUIRED = (DayStatus.PRESENT, DayStatus.ABSENT)
"""Days that count. Leave, sickness, duty elsewhere and outages take the day out of what is required."""
ON_LEAVE = (DayStatus.LEAVE, DayStatus.UNPAID, DayStatus.SICK, DayStatus.PERMISSION, DayStatus.SUSPENDED)


def facts(employee_ids: Collection[int], start: date, end: date) -> dict[str, list[tuple[object, ...]]]:
    """Rows of `attendance` between `start` and `end` (exclusive), as `rules.tables` declares them. One query.

    A month without a required day has no row: being away is not being absent.
    """
    present = Q(status=DayStatus.PRESENT)
    rows = (
        AttendanceDay.objects.filter(employee_id__in=employee_ids, day__gte=start, day__lt=end, status__in=REQUIRED)
        .order_by()
        .values("employee_id", month=month_of("day", start, end))
        .annotate(
            required=Count("id"),
            present=Count("id", filter=present),
            punctual=Count("id", filter=present & Q(late_minutes=0, early_minutes=0)),
        )
        .order_by("employee_id", "month")
        .values_list("employee_id", "month", "required", "present", "punctual")
    )
    return {"attendance": list(rows)}


def days_on_leave(employee_ids: Collection[int], start: date, end: date) -> dict[int, set[date]]:
    """Each person's days of leave and sickness (`excused` of reporting); who had none is left out. One query."""
    days: dict[int, set[date]] = defaultdict(set)
    rows = AttendanceDay.objects.filter(
        employee_id__in=employee_ids, day__gte=start, day__lt=end, status__in=ON_LEAVE
    ).order_by()
    for employee_id, day in rows.values_list("employee_id", "day"):
        days[employee_id].add(day)
    return dict(days)


def records(measure_code: str, employee_id: int, start: date, end: date, limit: int = 50) -> list[Record]:
    """The days behind `attendance_rate` or `punctuality`, latest first. One query."""
    days = AttendanceDay.objects.filter(employee_id=employee_id, day__gte=start, day__lt=end)
    if measure_code == "punctuality":
        days = days.filter(status=DayStatus.PRESENT)
    return [_record(measure_code, day) for day in days[:limit]]


def _record(measure_code: str, day: AttendanceDay) -> Record:
    counted = day.status in REQUIRED
    return Record(
        id=day.pk,
        day=day.day,
        title=str(DayStatus(day.status).label),
        detail=describe(day),
        counted=counted,
        effect=_effect(measure_code, day) if counted else gettext("tidak dihitung: bukan hari wajib hadir"),
        entered_by=day.source,
        url=f"{reverse('attendance:month')}?pegawai={day.employee_id}&bulan={day.day:%Y-%m}",
    )


def _effect(measure_code: str, day: AttendanceDay) -> str:
    if measure_code == "punctuality":
        punctual = not day.late_minutes and not day.early_minutes
        return gettext("dihitung: tepat waktu") if punctual else gettext("dihitung: tidak tepat waktu")
    return gettext("dihitung: hadir") if day.status == DayStatus.PRESENT else gettext("dihitung: tidak hadir")


def describe(day: AttendanceDay) -> str:
    """One plain sentence about a day: times, and how late or early."""
    parts = []
    if day.check_in:
        parts.append(gettext("masuk %(time)s") % {"time": clock(day.check_in)})
    if day.check_out:
        parts.append(gettext("pulang %(time)s") % {"time": clock(day.check_out)})
    if day.late_minutes:
        parts.append(gettext("terlambat %(n)s menit") % {"n": day.late_minutes})
    if day.early_minutes:
        parts.append(gettext("pulang cepat %(n)s menit") % {"n": day.early_minutes})
    return ", ".join(parts) or gettext("tidak ada jam masuk dan pulang")
