"""Which days can be disputed, and what an answer can make of one."""

from datetime import date, timedelta

from django.utils.translation import gettext

from terang.evidence.attendance.leave_days import own_days
from terang.evidence.attendance.models import AttendanceDay, DayStatus
from terang.registry.people.models import Employee

GRANTABLE = (
    DayStatus.PRESENT,
    DayStatus.DUTY,
    DayStatus.TRAINING,
    DayStatus.SICK,
    DayStatus.PERMISSION,
    DayStatus.OUTAGE,
)
"""What an accepted dispute can give a day. Leave goes by its own request, because it takes from the balance."""


def disputable(employee: Employee, day: date, today: date) -> str:
    """Why a day cannot be disputed; empty where it can. At most seven queries."""
    if day > today:
        return gettext("Hari ini belum tiba, jadi belum ada yang dihitung.")
    if AttendanceDay.objects.filter(employee=employee, day=day).exists():
        return ""
    if not own_days(employee, day, day + timedelta(days=1)):
        return gettext("Hari ini bukan hari kerja Anda, jadi tidak dihitung.")
    return ""
