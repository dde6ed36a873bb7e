"""What protects who answered and who is written about: the least number of answers, and whose names are taken out."""

from collections.abc import Collection
from datetime import date
from typing import cast

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.rules.catalogue import MEASURES

MEASURE = "citizen_satisfaction"


def least_answers(agency_id: int, day: date) -> int:
    """From how many answers on a group is shown: what the government's policy says on the day, never fewer than two.

    `TERANG_LEAST_ANSWERS` names who knows the policy ((agency_id, measure, day) → number); the catalogue's default
    where nobody does.
    """
    path = getattr(settings, "TERANG_LEAST_ANSWERS", "")
    found = cast(int | None, import_string(path)(agency_id, MEASURE, day)) if path else None
    return max(found if found is not None else MEASURES[MEASURE].min_answers, 2)


def staff_names(unit: Unit, officer_id: int | None = None) -> Collection[str]:
    """Names of everybody who has ever worked in the unit, below it, or in the one it belongs to. One query."""
    parts = unit.path.strip("/").split("/")
    top = f"/{'/'.join(parts[:-1])}/" if len(parts) > 2 else unit.path
    there = Q(assignments__post__unit__path__startswith=top) | Q(pk=officer_id)
    return set(Employee.objects.filter(there, agency_id=unit.agency_id).values_list("name", flat=True))
