"""Gaps between what is wanted and who carries it: goals nobody carries, indicators that cannot be judged, results that
serve no goal."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from terang.planning.goals.hooks import Carriers, carriers
from terang.planning.goals.models import Goal, GoalKind, KeyIndicator
from terang.planning.goals.selectors import goals_on, holders, leaders, standings_of
from terang.planning.goals.standing import Standing
from terang.registry.organization.models import Unit
from terang.registry.people.appraisers import Hierarchy, read_people
from terang.registry.people.models import Assignment, Employee

QUARTER = timedelta(days=92)
"""The longest quarter. Values are measured at least once in it (PermenPANRB 53/2014)."""


class Gap(Enum):
    """What is missing, as its code and what to say about it."""

    NO_INDICATOR = "tanpa_indikator", gettext_lazy("Sasaran tanpa indikator")
    NOT_CASCADED = "tanpa_turunan", gettext_lazy("Sasaran tanpa unit yang meneruskan")
    NO_RESULT = "tanpa_pengemban", gettext_lazy("Sasaran tanpa hasil kerja pegawai")
    NO_TARGET = "tanpa_target", gettext_lazy("Indikator tanpa target tahun ini")
    NO_RESPONSIBLE = "tanpa_penanggung_jawab", gettext_lazy("Indikator tanpa penanggung jawab")
    VACANT = "jabatan_kosong", gettext_lazy("Jabatan penanggung jawab kosong")
    NO_BASELINE = "tanpa_keadaan_awal", gettext_lazy("Indikator masyarakat tanpa keadaan awal")
    NO_VALUE = "tanpa_nilai", gettext_lazy("Indikator tanpa nilai lebih dari satu triwulan")

    @property
    def code(self) -> str:
        return self.value[0]

    @property
    def label(self) -> str:
        return str(self.value[1])


@dataclass(frozen=True)
class Finding:
    """One gap. `owner` is who is asked to mend it: the holder of the responsible post, else who leads the unit or the
    next above; empty where nobody does."""

    gap: Gap
    goal: Goal
    indicator: KeyIndicator | None
    owner: str

    @property
    def code(self) -> str:
        return self.gap.code

    @property
    def what(self) -> str:
        return self.indicator.text if self.indicator else self.goal.text

    @property
    def unit_name(self) -> str:
        return self.goal.unit.name


@dataclass(frozen=True)
class Adrift:
    """A unit with results in plans in force that serve no goal, and who leads it."""

    unit: Unit
    count: int
    owner: str


@dataclass(frozen=True)
class Coverage:
    """Every gap in some units; `plans_known` says whether plans could be asked at all."""

    findings: list[Finding]
    adrift: list[Adrift]
    plans_known: bool


def coverage(agency_id: int, on: date, paths: Collection[str] = ("",)) -> Coverage:
    """The gaps on a day in the units below the paths (an empty path is the whole government), by goal and in the order
    of `Gap`. Fourteen queries at most, whatever the number of goals."""
    goals = list(goals_on(agency_id, on))
    standings = standings_of(goals, on)
    carried = carriers(agency_id, on)
    posts = {each.indicator.responsible_id for each in standings if each.indicator.responsible_id}
    seats = holders(posts, on)
    owners = Owners(leaders(agency_id, on), seats)
    findings = [*_goal_gaps(goals, standings, carried), *_indicator_gaps(standings, seats, on)]
    mine = [each for each in findings if _within(each[1].unit.path, paths)]
    adrift = _adrift(agency_id, carried, paths)
    names = read_people(
        owners.ids([goal.unit_id for _gap, goal, _indicator in mine] + [unit.pk for unit, _n in adrift])
    )
    order = {goal.pk: place for place, goal in enumerate(goals)}
    mine.sort(key=lambda each: (order[each[1].pk], each[2].number if each[2] else 0, list(Gap).index(each[0])))
    return Coverage(
        [Finding(gap, goal, indicator, owners.name(goal.unit_id, indicator, names)) for gap, goal, indicator in mine],
        [Adrift(unit, count, owners.name(unit.pk, None, names)) for unit, count in adrift],
        carried is not None,
    )


Found = tuple[Gap, Goal, KeyIndicator | None]


def _goal_gaps(goals: Sequence[Goal], standings: Sequence[Standing], carried: Carriers | None) -> Iterator[Found]:
    """Each goal is asked where the gap can be mended: RPJMD levels to be passed on, the last ones to be carried by
    people."""
    indicators: dict[int, list[int]] = {}
    for each in standings:
        indicators.setdefault(each.indicator.goal_id, []).append(each.indicator.pk)
    parents = {goal.parent_id for goal in goals}
    for goal in goals:
        if goal.pk not in indicators:
            yield Gap.NO_INDICATOR, goal, None
        if goal.pk in parents:
            continue
        if goal.kind in (GoalKind.OBJECTIVE, GoalKind.TARGET):
            yield Gap.NOT_CASCADED, goal, None
        elif carried is not None and not any(carried.results.get(pk) for pk in indicators.get(goal.pk, ())):
            yield Gap.NO_RESULT, goal, None


def _indicator_gaps(standings: Sequence[Standing], seats: Mapping[int, Assignment], on: date) -> Iterator[Found]:
    for each in standings:
        indicator = each.indicator
        if each.target is None:
            yield Gap.NO_TARGET, indicator.goal, indicator
        if indicator.responsible_id is None:
            yield Gap.NO_RESPONSIBLE, indicator.goal, indicator
        elif indicator.responsible_id not in seats:
            yield Gap.VACANT, indicator.goal, indicator
        if indicator.outcome and indicator.baseline_milli is None:
            yield Gap.NO_BASELINE, indicator.goal, indicator
        if each.day is None or on - each.day > QUARTER:
            yield Gap.NO_VALUE, indicator.goal, indicator


def _adrift(agency_id: int, carried: Carriers | None, paths: Collection[str]) -> list[tuple[Unit, int]]:
    if not carried or not carried.adrift:
        return []
    units = Unit.objects.filter(agency_id=agency_id, pk__in=carried.adrift).order_by("path")
    return [(unit, carried.adrift[unit.pk]) for unit in units if _within(unit.path, paths)]


def _within(path: str, paths: Collection[str]) -> bool:
    return any(path.startswith(above) for above in paths)


class Owners:
    """Who is asked to mend something."""

    def __init__(self, hierarchy: Hierarchy, seats: Mapping[int, Assignment]) -> None:
        self.hierarchy, self.seats = hierarchy, seats

    def _leader_id(self, unit_id: int) -> int | None:
        heads = (self.hierarchy.head_of(pk) for pk in self.hierarchy.upward(unit_id))
        return next((head.employee_id for head in heads if head), None)

    def ids(self, unit_ids: Collection[int]) -> set[int]:
        """The people who lead these units or above them."""
        return {pk for unit_id in set(unit_ids) if (pk := self._leader_id(unit_id))}

    def name(self, unit_id: int, indicator: KeyIndicator | None, people: Mapping[int, Employee]) -> str:
        """The holder of the responsible post, else the leader; "Belum ada pimpinan" where nobody is."""
        seat = self.seats.get(indicator.responsible_id) if indicator and indicator.responsible_id else None
        if seat:
            return seat.employee.name
        leader = people.get(self._leader_id(unit_id) or 0)
        return leader.name if leader else _("Belum ada pimpinan")
