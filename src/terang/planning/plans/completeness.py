"""How far the plans of a year are, unit by unit: for the personnel agency. Constant queries for any number of units."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from terang.planning.plans.models import OPEN, Plan, PlanVersion
from terang.planning.plans.standings import Stand, stand_of
from terang.planning.plans.years import year_of
from terang.registry.organization.models import Unit, UnitKind
from terang.registry.people.models import Assignment, AssignmentKind, Employee, PostKind
from terang.registry.people.viewer import in_force

_RANK = {AssignmentKind.DEFINITIVE: 0, AssignmentKind.ACTING: 1, AssignmentKind.STAND_IN: 2}
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


@dataclass
class _Count:
    by_unit: dict[int, Counter[Stand]] = field(default_factory=dict)
    elected: int = 0


def completeness(agency_id: int, paths: Collection[str], day: date, today: date) -> Completeness:
    """The units whose path starts with one of `paths` (all where one is empty), for the year of `day`. Five queries."""
    units = list(Unit.objects.filter(in_force(today, "valid_from", "valid_to"), agency_id=agency_id))
    places = _places(agency_id, today)
    count = _counted(places.values(), _stands(agency_id, day, today), units)
    wanted = [each for each in units if any(each.path.startswith(path) for path in paths)]
    alone = _people(agency_id, today) - len(places) if "" in paths else 0
    rows = (UnitPlans(each, each.path.count("/") - 2, count.by_unit.get(each.pk, Counter())) for each in wanted)
    return Completeness(tuple(sorted(rows, key=lambda row: row.path)), count.elected, alone)


def _people(agency_id: int, today: date) -> int:
    there = Q(left_on__isnull=True) | Q(left_on__gt=today)
    return Employee.objects.filter(there, agency_id=agency_id).count()


def _places(agency_id: int, today: date) -> dict[int, tuple[int, str, str]]:
    """Employee → (employee, path of the unit, kind of post) of the main post."""
    rows = Assignment.objects.filter(in_force(today), employee__agency_id=agency_id)
    there = rows.filter(Q(employee__left_on__isnull=True) | Q(employee__left_on__gt=today))
    values = there.order_by().values_list("employee_id", "post__unit__path", "post__kind", "kind")
    found: dict[int, tuple[int, str, str]] = {}
    for employee_id, path, kind, _kind in sorted(values, key=lambda row: -_RANK[AssignmentKind(row[3])]):
        found[employee_id] = (employee_id, path, kind)
    return found


def _stands(agency_id: int, day: date, today: date) -> dict[int, Stand]:
    """Where the plan of the year stands, by employee; who has none is left out. Two queries."""
    start, end = year_of(day)
    plans = Plan.objects.filter(employee__agency_id=agency_id, period_start__lt=end, period_end__gt=start)
    versions = PlanVersion.objects.filter(state__in=OPEN, plan__in=plans).defer("document")
    opened = {version.plan_id: version for version in versions}
    return {
        plan.employee_id: stand_of(plan, opened.get(plan.pk), today) for plan in plans.order_by("period_start", "pk")
    }


def _counted(places: Iterable[tuple[int, str, str]], stands: Mapping[int, Stand], units: Iterable[Unit]) -> _Count:
    count = _Count({unit.pk: Counter() for unit in units})
    for employee_id, path, kind in places:
        if kind == PostKind.ELECTED:
            count.elected += 1
            continue
        stand = stands.get(employee_id, Stand.NONE)
        for part in path.split("/"):
            if part and int(part) in count.by_unit:
                count.by_unit[int(part)][stand] += 1
    return count
