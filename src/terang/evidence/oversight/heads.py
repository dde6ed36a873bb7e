"""For whom the points about a unit count, and who is heard about them: who headed it on the day of the visit,
definitively or acting."""

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from terang.evidence.oversight.models import Inspection, InspectionCheck
from terang.registry.people.models import Assignment
from terang.registry.people.selectors import during, heads_on
from terang.registry.people.viewer import Viewer


def head_on_the_day(visit: Inspection) -> int | None:
    """Who headed the visited unit on the day, by id; None where nobody did. One query."""
    return heads_on([(visit.unit_id, visit.day)]).get((visit.unit_id, visit.day))


def counts_for(check: InspectionCheck) -> int | None:
    """Whose score a point belongs to: the person it is about, else who headed the unit. One query for the latter."""
    return check.employee_id or head_on_the_day(check.inspection)


def heard_about_unit(viewer: Viewer, at: str = "") -> Q:
    """Of visits, or of what reaches them by `at`: those about whose unit the viewer is heard. That is who headed it on
    the day, also where they head it no longer; where nobody did, or they have left, who leads it today."""
    there = Q(employee__left_on__isnull=True) | Q(employee__left_on__gt=viewer.today)
    day = OuterRef(f"{at}day")
    heads = Assignment.objects.filter(
        there,
        Q(ends_on__isnull=True) | Q(ends_on__gt=day),
        starts_on__lte=day,
        post__is_head=True,
        post__unit_id=OuterRef(f"{at}unit_id"),
    )
    leads_today = Q(**{f"{at}unit_id__in": viewer.headed_unit_ids})
    return Q(Exists(heads.filter(employee=viewer.employee))) | (Q(~Exists(heads)) & leads_today)


def is_heard_about(viewer: Viewer, visit: Inspection) -> bool:
    """As `heard_about_unit`, of one visit. One query."""
    return Inspection.objects.filter(heard_about_unit(viewer), pk=visit.pk).exists()


def headed_units(employee_ids: Collection[int], start: date, end: date) -> QuerySet[Any]:
    """The ids of units that one of these people headed, in whatever rank, on some day from `start` to before `end`: a
    query within a query."""
    held = during(start, end - timedelta(days=1))
    return Assignment.objects.filter(held, employee_id__in=employee_ids, post__is_head=True).values("post__unit_id")


def led_visits(employee_ids: Collection[int], start: date, end: date) -> dict[int, int]:
    """Visits between `start` and `end` (exclusive) with points about the unit that one of these people headed on the
    day: the head by visit. Two queries."""
    visits = Inspection.objects.filter(
        unit_id__in=headed_units(employee_ids, start, end),
        day__gte=start,
        day__lt=end,
        checks__employee__isnull=True,
        checks__isnull=False,
    )
    seats = {pk: (unit_id, day) for pk, unit_id, day in visits.order_by().values_list("pk", "unit_id", "day")}
    heads, wanted = heads_on(set(seats.values())), set(employee_ids)
    return {pk: heads[seat] for pk, seat in seats.items() if heads.get(seat) in wanted}


def points_of(employee_id: int, start: date, end: date) -> QuerySet[InspectionCheck]:
    """The points that are a person's: about themselves, and about the units they headed. Two queries before the one
    that reads."""
    return InspectionCheck.objects.filter(
        belongs_to(employee_id, led_visits([employee_id], start, end)),
        inspection__day__gte=start,
        inspection__day__lt=end,
    )


def belongs_to(employee_id: int, led: Collection[int]) -> Q:
    """Of points: those about the person, and those about the unit in the visits of `led`."""
    return Q(employee_id=employee_id) | Q(employee__isnull=True, inspection_id__in=list(led))
