"""Reads the people of a day for the draw: who leads, who stands where, who has a conflict of interest."""

from datetime import date

from terang.evidence.colleagues.models import Conflict
from terang.registry.people.appraisers import hierarchy_on
from terang.registry.people.hierarchy import Hierarchy
from terang.registry.people.models import Employee
from terang.registry.people.viewer import in_force
from terang.rules.reviews.draw import Group, Person, eligible
from terang.rules.reviews.terms import Kind


def groups_on(agency_id: int, on: date, least: dict[Kind, int]) -> dict[Group, tuple[int, ...]]:
    """Who could be asked about whom on a day. Five queries."""
    hierarchy = hierarchy_on(agency_id, on)
    accounts = Employee.objects.filter(agency_id=agency_id, user__is_active=True).values_list("pk", flat=True)
    able = set(accounts)
    people = [_person(hierarchy, pk, pk in able) for pk in hierarchy.places]
    return eligible(people, barred_on(agency_id, on), least)


def barred_on(agency_id: int, on: date) -> set[frozenset[int]]:
    """The pairs with a conflict of interest in force. One query."""
    rows = Conflict.objects.filter(in_force(on, "since", "until"), agency_id=agency_id).order_by()
    return {frozenset(pair) for pair in rows.values_list("one_id", "other_id")}


def _person(hierarchy: Hierarchy, employee_id: int, can_answer: bool) -> Person:
    answer, place = hierarchy.appraiser(employee_id), hierarchy.governing_place(employee_id)
    unit = hierarchy.units.get(place.unit_id) if place else None
    return Person(
        employee_id,
        answer.appraiser_id if answer else None,
        place.unit_id if place else None,
        unit.parent_id if unit else None,
        bool(place and place.is_head),
        can_answer,
    )
