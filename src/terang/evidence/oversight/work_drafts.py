"""Drafts of daily work from inspections that a person led."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.drafts import Draft
from terang.evidence.oversight.models import Inspection
from terang.registry.people.models import Employee


def drafts(employee: Employee, start: date, end: date) -> list[Draft]:
    """One for each inspection, source `oversight.inspection:<id>`. One query."""
    rows = Inspection.objects.filter(lead=employee, day__gte=start, day__lt=end).select_related("unit")
    return [
        Draft(
            source=f"oversight.inspection:{row.pk}",
            day=row.day,
            text=gettext("Memeriksa %(unit)s: %(purpose)s") % {"unit": row.unit.name, "purpose": row.purpose},
            quantity_milli=1000,
            unit_label=gettext("pemeriksaan"),
            url=reverse("oversight:inspection", args=[row.pk]),
            origin=gettext("Pemeriksaan lapangan"),
        )
        for row in rows
    ]
