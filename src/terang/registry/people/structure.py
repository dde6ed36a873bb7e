"""The tree of units as people see it: who leads, how many work there, what is vacant."""

from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Count, Q

from terang.registry.organization.models import Unit
from terang.registry.people.appraisers import LEADERS, hierarchy_on, places_on, read_people
from terang.registry.people.hierarchy import Place
from terang.registry.people.models import Assignment, AssignmentKind, Employee, Post
from terang.registry.people.viewer import in_force


@dataclass(frozen=True)
class Branch:
    """One unit of the drawn tree, in the order of drawing. `people` counts those with a
    definitive post in the unit or below it.

    `closes` is how many open branches end after a unit without children.
    """

    unit: Unit
    depth: int
    head: str
    head_kind: str
    people: int
    has_children: bool
    closes: int = 0

    @property
    def closing(self) -> str:
        return "x" * self.closes


def tree(agency_id: int, on: date) -> list[Branch]:
    """The units that exist on a day, depth first. Six queries."""
    alive = Unit.objects.filter(in_force(on, "valid_from", "valid_to"), agency_id=agency_id).order_by("name")
    children: dict[int | None, list[Unit]] = {}
    units = {unit.pk: unit for unit in alive}
    for unit in units.values():
        children.setdefault(unit.parent_id if unit.parent_id in units else None, []).append(unit)
    hierarchy = hierarchy_on(agency_id, on, LEADERS)
    heads = {pk: head for pk in units if (head := hierarchy.head_of(pk))}
    names = {pk: person.name for pk, person in read_people({head.employee_id for head in heads.values()}).items()}
    definitive = places_on(on).filter(kind=AssignmentKind.DEFINITIVE, post__unit__agency_id=agency_id).order_by()
    direct = dict(definitive.values_list("post__unit_id").annotate(people=Count("employee_id", distinct=True)))
    return _drawn(children, heads, names, direct)


def _drawn(
    children: dict[int | None, list[Unit]], heads: dict[int, Place], names: dict[int, str], direct: dict[int, int]
) -> list[Branch]:
    drawn: list[Branch] = []
    seen: set[int] = set()

    def draw(unit: Unit, depth: int) -> int:
        seen.add(unit.pk)
        position, below = len(drawn), [child for child in children.get(unit.pk, ()) if child.pk not in seen]
        head = heads.get(unit.pk)
        name, kind = (names.get(head.employee_id, ""), head.kind) if head else ("", "")
        drawn.append(Branch(unit, depth, name, kind, 0, bool(below)))
        total = direct.get(unit.pk, 0) + sum(draw(child, depth + 1) for child in below)
        drawn[position] = replace(drawn[position], people=total)
        if below:
            drawn[-1] = replace(drawn[-1], closes=drawn[-1].closes + 1)
        return total

    for root in children.get(None, ()):
        draw(root, 0)
    return drawn


@dataclass(frozen=True)
class PostOnPage:
    """A post of a unit with who is on it. `vacant` seats are never negative; `over` says there are more people than
    seats."""

    post: Post
    holders: list[Assignment]

    @property
    def vacant(self) -> int:
        definitive = sum(holder.kind == AssignmentKind.DEFINITIVE for holder in self.holders)
        return max(self.post.seats - definitive, 0)

    @property
    def over(self) -> bool:
        return sum(holder.kind == AssignmentKind.DEFINITIVE for holder in self.holders) > self.post.seats


def posts_of(unit: Unit, on: date) -> list[PostOnPage]:
    """The posts of a unit on a day, the head first, with who is on them. Two queries."""
    posts = Post.objects.filter(in_force(on, "valid_from", "valid_to"), unit=unit).order_by("-is_head", "title")
    there = Q(employee__left_on__isnull=True) | Q(employee__left_on__gt=on)
    holders: dict[int, list[Assignment]] = {}
    for row in Assignment.objects.filter(in_force(on), there, post__unit=unit).select_related("employee"):
        holders.setdefault(row.post_id, []).append(row)
    return [PostOnPage(post, sorted(holders.get(post.pk, []), key=lambda each: each.employee.name)) for post in posts]


def units_above(unit: Unit) -> list[Unit]:
    """The way from the root down to the unit's parent. One query."""
    ids = [int(part) for part in unit.path.split("/") if part and int(part) != unit.pk]
    found = Unit.objects.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def coarse_units(agency_id: int) -> list[Unit]:
    """Units to filter a list by: the root, those below it and one level more (at most a few hundred). One query."""
    return [u for u in Unit.objects.filter(agency_id=agency_id).order_by("path") if u.path.count("/") <= 4]


@dataclass(frozen=True)
class Completeness:
    """How much of the registry is filled, in people."""

    people: int
    with_post: int
    with_account: int
    with_email: int


def completeness(agency_id: int, on: date) -> Completeness:
    """How complete the entries of the people who are there on a day are. Four queries."""
    there = Employee.objects.filter(Q(left_on__isnull=True) | Q(left_on__gt=on), agency_id=agency_id)
    placed = Assignment.objects.filter(in_force(on)).values("employee_id")
    return Completeness(
        people=there.count(),
        with_post=there.filter(pk__in=placed).count(),
        with_account=there.filter(user__is_active=True).count(),
        with_email=there.exclude(email="").count(),
    )
