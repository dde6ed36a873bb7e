"""How far the plans of a year are, unit by unit: for the personnel agency. Constant queries for any number of units."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    When,
)

from terang.planning.plans.models import OPEN, Plan
from terang.planning.plans.standings import Stand, standing
from terang.planning.plans.years import year_of
from terang.registry.organization.models import Unit, UnitKind
from terang.registry.people.models import Assignment, AssignmentKind, Employee, PostKind
from terang.registry.people.viewer import in_force

_RANK = Case(When(kind=AssignmentKind.DEFINITIVE, then=0), When(kind=AssignmentKind.ACTING, then=1), default=2)
WHOLE = 10_000


@dataclass(frozen=True)
class UnitPlans:
    """A unit with everybody in it and below it, by where their plan stands. `depth` is 0 at the root."""

    unit: Unit
    depth: int
    counts: Mapping[Stand, int]

    @property
    def name(self) -> str:
        return self.unit.name

    @property
    def path(self) -> str:
        return self.unit.path

    @property
    def kind(self) -> str:
        return self.unit.kind

    @property
    def kind_label(self) -> str:
        return str(UnitKind(self.unit.kind).label)

    @property
    def people(self) -> int:
        return sum(self.counts.values())

    @property
    def agreed(self) -> int:
        return self.counts.get(Stand.AGREED, 0)

    @property
    def submitted(self) -> int:
        return self.counts.get(Stand.SUBMITTED, 0) + self.late

    @property
    def late(self) -> int:
        return self.counts.get(Stand.LATE, 0)

    @property
    def writing(self) -> int:
        return self.counts.get(Stand.DRAFT, 0) + self.counts.get(Stand.DISCUSSED, 0)

    @property
    def none(self) -> int:
        return self.counts.get(Stand.NONE, 0)

    @property
    def agreed_bp(self) -> int | None:
        """Share of agreed plans, half up; None where nobody works there."""
        return (2 * self.agreed * WHOLE + self.people) // (2 * self.people) if self.people else None


@dataclass(frozen=True)
class Completeness:
    """The units, and who is not counted: state officials make no SKP (Lampiran II.C.8 p. 65), and without a post there
    is nobody to agree with."""

    units: tuple[UnitPlans, ...]
    elected: int
    without_post: int


def completeness(agency_id: int, paths: Collection[str], day: date, today: date) -> Completeness:
    """The units whose path starts with one of `paths` (all where one is empty), for the year of `day`. Four queries;
    the database counts the people of each unit, so that their number does not matter here."""
    units = list(Unit.objects.filter(in_force(today, "valid_from", "valid_to"), agency_id=agency_id))
    seats = _main_seats(agency_id, today)
    held = {(path, kind): many for path, kind, many in _grouped(seats, "post__unit__path", "post__kind")}
    elected = sum(many for (_path, kind), many in held.items() if kind == PostKind.ELECTED)
    counts = _summed_up(held, _planned(seats, day, today), {unit.pk for unit in units})
    wanted = [each for each in units if any(each.path.startswith(path) for path in paths)]
    alone = _people(agency_id, today) - sum(held.values()) if "" in paths else 0
    rows = (UnitPlans(each, each.path.count("/") - 2, counts[each.pk]) for each in wanted)
    return Completeness(tuple(sorted(rows, key=lambda row: row.path)), elected, alone)


def _people(agency_id: int, today: date) -> int:
    there = Q(left_on__isnull=True) | Q(left_on__gt=today)
    return Employee.objects.filter(there, agency_id=agency_id).count()


def _main_seats(agency_id: int, today: date) -> QuerySet[Assignment]:
    """One assignment of each person, as `people.selectors.main_posts` has it."""
    rows = Assignment.objects.filter(in_force(today)).alias(rank=_RANK)
    later = Q(starts_on__gt=OuterRef("starts_on")) | Q(starts_on=OuterRef("starts_on"), pk__gt=OuterRef("pk"))
    before = Q(rank__lt=OuterRef("rank")) | (Q(rank=OuterRef("rank")) & later)
    there = Q(employee__left_on__isnull=True) | Q(employee__left_on__gt=today)
    people = rows.filter(there, employee__agency_id=agency_id).order_by()
    return people.filter(~Exists(rows.filter(before, employee=OuterRef("employee")).order_by()))


def _grouped(rows: QuerySet[Assignment], *names: str) -> Iterable[tuple[Any, ...]]:
    return rows.values_list(*names).annotate(many=Count("pk"))


def _planned(seats: QuerySet[Assignment], day: date, today: date) -> dict[tuple[str, str], Counter[Stand]]:
    """How many people by unit, kind of post and where their last plan of the year stands; who has none is left out."""
    start, end = year_of(day)
    year = Q(period_start__lt=end, period_end__gt=start)
    rows = seats.filter(employee__plans__period_start__lt=end, employee__plans__period_end__gt=start)
    rows = rows.alias(
        began=F("employee__plans__period_start"),
        opened=FilteredRelation("employee__plans__versions", condition=Q(employee__plans__versions__state__in=OPEN)),
    )
    later = Plan.objects.filter(year, employee=OuterRef("employee"), period_start__gt=OuterRef("began")).order_by()
    rows = rows.filter(~Exists(later)).annotate(
        over=_yes(employee__plans__period_end__lte=today), late=_yes(opened__answer_due__lt=today)
    )
    found: dict[tuple[str, str], Counter[Stand]] = defaultdict(Counter)
    names = ("post__unit__path", "post__kind", "employee__plans__state", "over", "opened__state", "late")
    for path, kind, state, over, talk, late, many in _grouped(rows, *names):
        found[path, kind][standing(state, over, talk, late)] += many
    return found


def _yes(**condition: Any) -> Case:
    return Case(When(**condition, then=True), default=False, output_field=BooleanField())


def _summed_up(
    held: Mapping[tuple[str, str], int], planned: Mapping[tuple[str, str], Counter[Stand]], units: Collection[int]
) -> dict[int, Counter[Stand]]:
    """Everybody but the elected, in their unit and each one above it."""
    counts: dict[int, Counter[Stand]] = {pk: Counter() for pk in units}
    for (path, kind), many in held.items():
        if kind == PostKind.ELECTED:
            continue
        stands = Counter(planned.get((path, kind), {}))
        stands[Stand.NONE] += many - stands.total()
        for part in path.split("/"):
            if part and int(part) in counts:
                counts[int(part)].update(stands)
    return counts
