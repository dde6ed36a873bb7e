"""Who may observe whom, in which part, and whom the form offers."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from terang.evidence.observation.models import ObserverKind
from terang.registry.people.models import Employee, Role, RoleGrant
from terang.registry.people.selectors import (
    appraisers_on,
    assignments_below,
    direct_report_ids,
    main_posts,
    superiors_on,
)
from terang.registry.people.viewer import in_force

MOST_OBSERVERS = 2
MOST_OFFERED = 40
"""People of the own unit, and of the oversight team, that a form offers; everybody else by NIP."""


@dataclass(frozen=True)
class Offered:
    """People who could observe somebody, by the part they would have."""

    leaders: list[Employee]
    peers: list[Employee]
    overseers: list[Employee]

    def everybody(self) -> dict[int, Employee]:
        return {each.pk: each for each in (*self.leaders, *self.peers, *self.overseers)}


def offered(employee: Employee, on: date) -> Offered:
    """The appraiser and the one above, colleagues of the unit whom the person does not lead, the oversight team; each
    person once. At most twenty queries."""
    leaders = _leaders(employee, on)
    below = direct_report_ids(employee, on)
    taken = {employee.pk, *below, *(each.pk for each in leaders)}
    post = main_posts([employee.pk], on).get(employee.pk)
    people = _working(employee, on).exclude(pk__in=taken)
    peers: list[Employee] = []
    if post:
        same = assignments_below([post.post.unit.path], on).values("employee_id")
        peers = list(people.filter(pk__in=same)[:MOST_OFFERED])
    taken |= {each.pk for each in peers}
    grants = RoleGrant.objects.filter(in_force(on), role=Role.OVERSIGHT, employee__agency_id=employee.agency_id)
    overseers = people.exclude(pk__in=taken).filter(pk__in=grants.values("employee_id"))
    return Offered(leaders, peers, list(overseers[:MOST_OFFERED]))


def _working(employee: Employee, on: date) -> QuerySet[Employee]:
    there = Q(left_on__isnull=True) | Q(left_on__gt=on)
    return Employee.objects.filter(there, agency_id=employee.agency_id).order_by("name", "pk")


def _leaders(employee: Employee, on: date) -> list[Employee]:
    both = (appraisers_on, superiors_on)
    found = [each(employee.agency_id, on, [employee.pk]).get(employee.pk) for each in both]
    people = [person for each in found if each for person in (each.employee, each.stand_in) if person]
    return list({person.pk: person for person in people}.values())


def kind_of(observer: Employee, employee: Employee, on: date) -> ObserverKind:
    """In which part one observes: who appraises or stands above is a leader, who belongs to the oversight team an
    overseer, who works in the same unit a peer; everybody else was appointed. At most fourteen queries."""
    if observer.pk in {each.pk for each in _leaders(employee, on)}:
        return ObserverKind.LEADER
    grants = RoleGrant.objects.filter(in_force(on), role=Role.OVERSIGHT, employee=observer)
    if grants.exists():
        return ObserverKind.OVERSEER
    posts = main_posts([observer.pk, employee.pk], on)
    units = {posts[pk].post.unit_id for pk in (observer.pk, employee.pk) if pk in posts}
    return ObserverKind.PEER if len(posts) == 2 and len(units) == 1 else ObserverKind.APPOINTED
