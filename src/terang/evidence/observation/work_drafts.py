"""Drafts of daily work from observations that a person did. They tell that one observed, never a mark."""

from datetime import date

from django.utils.translation import gettext

from terang.evidence.drafts import Draft
from terang.evidence.observation.models import Sheet
from terang.registry.people.models import Employee


def drafts(employee: Employee, start: date, end: date) -> list[Draft]:
    """One for each sheet that was given, source `observation.sheet:<id>`. One query."""
    rows = Sheet.objects.filter(
        observer=employee, given_at__isnull=False, observation__day__gte=start, observation__day__lt=end
    ).select_related("observation__employee", "observation__instrument")
    return [
        Draft(
            source=f"observation.sheet:{row.pk}",
            day=row.observation.day,
            text=gettext("Mengamati %(name)s: %(place)s")
            % {"name": row.observation.employee.name, "place": row.observation.place},
            quantity_milli=1000,
            unit_label=gettext("observasi"),
            url=row.observation.get_absolute_url(),
            origin=row.observation.instrument.name,
        )
        for row in rows
    ]
