"""What a person has still before them in a period: days on which presence is due. Asked by "Bagaimana jika…"."""

from datetime import date

from terang.evidence.attendance.models import AttendanceDay
from terang.evidence.attendance.work_days import day_notes
from terang.registry.organization.calendars import working_days
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee


def days_ahead(employee: Employee, unit: Unit, today: date, end: date) -> list[date]:
    """The working days from today to before `end`, without leave, duty, own days of rest, and days that are already
    recorded. Seven queries."""
    due = working_days(employee.agency, today, end, unit)
    special = day_notes([employee.pk], today, end).get(employee.pk, {})
    kept = AttendanceDay.objects.filter(employee=employee, day__gte=today, day__lt=end).values_list("day", flat=True)
    taken = {*special, *kept}
    return [day for day in due if day not in taken]
