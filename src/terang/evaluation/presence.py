"""What presence says of days people were away: asked by the room of daily work (`TERANG_WORK_DAYS_AWAY`)."""

from collections.abc import Collection
from datetime import date

from terang.evidence.attendance.evidence import ON_LEAVE
from terang.evidence.attendance.models import AttendanceDay, DayStatus

AWAY = (*ON_LEAVE, DayStatus.ABSENT)


def days_away(employee_ids: Collection[int], start: date, end: date) -> dict[tuple[int, date], str]:
    """By person and day between `start` and `end` (exclusive) the status of days without work. One query."""
    days = AttendanceDay.objects.filter(employee_id__in=employee_ids, day__gte=start, day__lt=end, status__in=AWAY)
    rows = days.order_by().values_list("employee_id", "day", "status")
    return {(pk, day): str(DayStatus(status).label).lower() for pk, day, status in rows}
