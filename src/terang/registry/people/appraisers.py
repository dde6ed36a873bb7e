"""Reading the hierarchy of a day, and answers about appraisers that say why."""

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from terang.registry.organization.models import Unit
from terang.registry.people.hierarchy import Answer, Delegation, Hierarchy, Node, Place, Source
from terang.registry.people.models import AppraiserOverride, Assignment, AssignmentKind, Employee, PostKind
from terang.registry.people.viewer import in_force
from terang.web.numbers import longdate

_PREFIX = {AssignmentKind.DEFINITIVE: "", AssignmentKind.ACTING: "Plt. ", AssignmentKind.STAND_IN: "Plh. "}


@dataclass(frozen=True)
class Appraiser:
    """Who appraises a person on a day, and why. `stand_in` may act for the appraiser in daily matters (Plh.).

    `source`: tree (head of the unit or above), acting (Plt./Plh. on a vacant head post), override (reason and
    document).
    `vacant_units` are the names of units climbed past because nobody led them.
    """

    employee: Employee
    source: Source
    title: str
    unit: str
    kind: str
    since: date
    vacant_units: tuple[str, ...] = ()
    stand_in: Employee | None = None
    reason: str = ""
    document: str = ""

    @property
    def employee_id(self) -> int:
        return self.employee.pk

    @property
    def why(self) -> str:
        """The reason in one or two plain sentences."""
        if self.source == "override":
            text = _("Ditetapkan sejak %(since)s dengan %(document)s: %(reason)s.")
            return text % {
                "since": longdate(self.since),
                "document": self.document,
                "reason": self.reason.rstrip("."),
            }
        parts = [self._place()]
        if self.vacant_units:
            names = ", ".join(self.vacant_units)
            parts.append(_("Belum ada yang memimpin %(units)s, maka naik satu tingkat.") % {"units": names})
        if self.stand_in:
            parts.append(_("Untuk sementara digantikan Plh. %(name)s.") % {"name": self.stand_in.name})
        return " ".join(parts)

    def _place(self) -> str:
        prefix = _PREFIX[AssignmentKind(self.kind)]
        values = {"post": f"{prefix}{self.title}", "unit": self.unit, "since": longdate(self.since)}
        if self.source == "acting":
            return _("%(post)s, %(unit)s, sejak %(since)s.") % values
        return _("%(post)s, %(unit)s.") % values


LEADERS = Q(pk__in=())
"""Nobody beyond those who lead units."""

_T = TypeVar("_T")
_read: ContextVar[dict[tuple[object, ...], Any] | None] = ContextVar("read", default=None)


@contextmanager
def one_reading() -> Iterator[None]:
    """Within it the tree, its leaders and the overrides of a day are read once, and so is what `remembered` keeps: for
    requests that only read."""
    token = _read.set({})
    try:
        yield
    finally:
        _read.reset(token)


def remembered(key: tuple[object, ...], read: Callable[[], _T]) -> _T:
    """What `read` gives, within `one_reading` asked once for a key. Nobody may change it."""
    known = _read.get()
    if known is None:
        return read()
    if key not in known:
        known[key] = read()
    return cast(_T, known[key])


def hierarchy_on(agency_id: int, on: date, people: Q | None = None) -> Hierarchy:
    """The tree, all who lead units, the people that `people` selects (a condition on Assignment; everybody where
    missing)
    and the overrides in force. Three queries; within `one_reading` one more the first time and one from then on."""
    known = _read.get()
    if known is None:
        return _read_hierarchy(agency_id, on, people)
    if (agency_id, on) not in known:
        known[agency_id, on] = _read_hierarchy(agency_id, on, LEADERS)
    hierarchy = known[agency_id, on].copy()
    if people is not LEADERS:
        hierarchy.add(read_places(_seats(agency_id, on, people)))
    return hierarchy


def _read_hierarchy(agency_id: int, on: date, people: Q | None) -> Hierarchy:
    units = Unit.objects.filter(agency_id=agency_id).values_list("pk", "parent_id", "name")
    nodes = {pk: Node(parent_id, name) for pk, parent_id, name in units}
    leading = Assignment.objects.filter(in_force(on), post__is_head=True, post__unit__agency_id=agency_id)
    wanted = None if people is None else people | Q(employee_id__in=leading.values("employee_id"))
    overrides = AppraiserOverride.objects.filter(in_force(on), employee__agency_id=agency_id).exclude(
        appraiser__left_on__lte=on
    )
    rows = overrides.values_list("employee_id", "pk", "appraiser_id", "starts_on", "reason", "document")
    return Hierarchy(nodes, read_places(_seats(agency_id, on, wanted)), _latest(rows))


def _seats(agency_id: int, on: date, people: Q | None) -> QuerySet[Assignment]:
    seats = places_on(on).filter(post__unit__agency_id=agency_id)
    return seats if people is None else seats.filter(people)


def places_on(on: date) -> QuerySet[Assignment]:
    """Assignments in force on a day of people who have not left, on posts that exist."""
    there = Q(employee__left_on__isnull=True) | Q(employee__left_on__gt=on)
    return Assignment.objects.filter(in_force(on), in_force(on, "post__valid_from", "post__valid_to"), there)


def read_places(assignments: QuerySet[Assignment]) -> list[Place]:
    """Assignments as plain rows. One query."""
    rows = assignments.order_by().values_list(
        "pk", "employee_id", "post__unit_id", "kind", "starts_on", "post__is_head", "post__kind", "post__title"
    )
    return [Place(*row[:6], row[6] == PostKind.ELECTED, row[7]) for row in rows]


def _latest(rows: Iterable[tuple[int, int, int, date, str, str]]) -> dict[int, Delegation]:
    found: dict[int, Delegation] = {}
    for row in rows:
        employee_id, new = row[0], Delegation(*row[1:])
        old = found.get(employee_id)
        if old is None or (new.starts_on, new.override_id) > (old.starts_on, old.override_id):
            found[employee_id] = new
    return found


def tell(hierarchy: Hierarchy, answers: dict[int, Answer]) -> dict[int, Appraiser]:
    """The answers with the people in them, by the same keys. One query."""
    ids = {answer.appraiser_id for answer in answers.values()}
    ids |= {answer.stand_in_id for answer in answers.values() if answer.stand_in_id}
    people = read_people(ids)
    return {key: _told(hierarchy, answer, people) for key, answer in answers.items()}


def read_people(ids: Collection[int]) -> dict[int, Employee]:
    """Employees by id. One query."""
    return Employee.objects.in_bulk(list(ids))


def _told(hierarchy: Hierarchy, answer: Answer, people: dict[int, Employee]) -> Appraiser:
    if answer.delegation:
        place = hierarchy.governing_place(answer.appraiser_id)
        return Appraiser(
            employee=people[answer.appraiser_id],
            source="override",
            title=place.title if place else "",
            unit=hierarchy.units[place.unit_id].name if place else "",
            kind=place.kind if place else "",
            since=answer.delegation.starts_on,
            reason=answer.delegation.reason,
            document=answer.delegation.document,
        )
    place = answer.place
    assert place is not None  # an answer is either a delegation or a place in the tree
    return Appraiser(
        employee=people[answer.appraiser_id],
        source=answer.source,
        title=place.title,
        unit=hierarchy.units[place.unit_id].name,
        kind=place.kind,
        since=place.starts_on,
        vacant_units=tuple(hierarchy.units[unit_id].name for unit_id in answer.vacant),
        stand_in=people[answer.stand_in_id] if answer.stand_in_id else None,
    )
