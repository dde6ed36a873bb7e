"""Drafts of daily work from letters of assignment: duty travel, trainings."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.attendance.models import Duty, DutyKind
from terang.evidence.drafts import Draft
from terang.registry.organization.calendars import days_between
from terang.registry.people.models import Employee

LONG_DAYS = 31
"""Study leave runs for years; a draft for each of its days would help nobody."""


def drafts(employee: Employee, start: date, end: date) -> list[Draft]:
    """One for each day of a letter, source `attendance.duty:<id>@<day>`. One query."""
    letters = Duty.objects.filter(people=employee, starts_on__lt=end, ends_on__gt=start, cancelled_on=None)
    return [
        _draft(letter, day)
        for letter in letters
        if (letter.ends_on - letter.starts_on).days <= LONG_DAYS
        for day in days_between(max(letter.starts_on, start), min(letter.ends_on, end))
    ]


def _draft(letter: Duty, day: date) -> Draft:
    return Draft(
        source=f"attendance.duty:{letter.pk}@{day.isoformat()}",
        day=day,
        text=gettext("%(purpose)s di %(place)s") % {"purpose": letter.purpose, "place": letter.place},
        url=reverse("attendance:duties"),
        origin=gettext("%(kind)s, surat %(letter)s") % {"kind": DutyKind(letter.kind).label, "letter": letter.letter},
    )
