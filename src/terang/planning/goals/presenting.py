"""How goals and indicators are said on screen: figures with their unit, the drawn tree, the course of an indicator."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terang.planning.goals.models import Goal, KeyIndicator, Reading, YearTarget
from terang.planning.goals.standing import Standing, State, quarter_milli
from terang.planning.measuring import Direction
from terang.web.charts import Line, Series, Target
from terang.web.numbers import missing, quantity, with_unit
from terang.web.templatetags.terang import badge

NUMERALS = ("I", "II", "III", "IV")
YEARS_DRAWN = 3
ASKING = (State.BEHIND, State.WORSE, State.OLD)


def figure(indicator: KeyIndicator, milli: int | None, most: int | None = None) -> str:
    """A value of an indicator with its unit, in words for yes or no, with both ends for a range."""
    if milli is None:
        return missing()
    text = bare(indicator, milli, most)
    return text if indicator.direction == Direction.YES_NO else with_unit(text, indicator.unit_label)


def bare(indicator: KeyIndicator, milli: int | None, most: int | None = None) -> str:
    """As `figure`, without the unit."""
    if indicator.direction == Direction.YES_NO and milli is not None:
        return _("ya") if milli > 0 else _("belum")
    text = quantity(milli)
    return text if most is None else _("%(least)s sampai %(most)s") % {"least": text, "most": quantity(most)}


@dataclass(frozen=True)
class Row:
    """An indicator as a line of the tree or a card, said when it is drawn. `badge` is its state in a word and a
    sign."""

    standing: Standing
    badge: SafeString

    @property
    def indicator(self) -> KeyIndicator:
        return self.standing.indicator

    @property
    def text(self) -> str:
        return self.indicator.text

    @property
    def now(self) -> str:
        """The latest value, with its year where that is another one."""
        told, day = figure(self.indicator, self.standing.milli), self.standing.day
        return f"{told} ({day.year})" if day and self.standing.earlier else told

    @property
    def goal(self) -> str:
        return bare(self.indicator, *self._target)

    @property
    def aim(self) -> str:
        """The target with its unit."""
        return figure(self.indicator, *self._target)

    @property
    def _target(self) -> tuple[int | None, int | None]:
        target = self.standing.target
        return (target.target_milli, target.target_max_milli) if target else (None, None)

    @property
    def due(self) -> str:
        return figure(self.indicator, self.standing.due.milli) if self.standing.due else ""

    @property
    def start(self) -> str:
        return bare(self.indicator, self.indicator.baseline_milli)

    @property
    def wrong(self) -> bool:
        return self.standing.state is State.WORSE

    @cached_property
    def percent(self) -> int | None:
        """How far the way from the baseline to the target is drawn; missing where there is no such way."""
        return self.standing.reached_percent


def rows_of(standings: Iterable[Standing]) -> list[Row]:
    """Standings, to be said."""
    badges = {state: badge(state.word, state.kind) for state in State}
    return [Row(standing, badges[standing.state]) for standing in standings]


@dataclass(frozen=True)
class Branch:
    """A goal of the drawn tree, in the order of drawing. `below` counts goals under it, `asking` their indicators that
    ask for something. `context` is a goal that only shows what those of the chosen unit serve. `closing` has one
    character for each branch that ends here. `folded` says that what is below is not drawn yet."""

    goal: Goal
    depth: int
    rows: tuple[Row, ...]
    below: int = 0
    asking: int = 0
    context: bool = False
    closing: str = ""
    folded: bool = False


def outline(goals: Sequence[Goal], standings: Iterable[Standing], path: str = "") -> list[Branch]:
    """The goals depth first, by code; with a unit's path only its goals and what they serve. A goal whose parent does
    not hold this year stands at the top. No query."""
    ids = {goal.pk: goal for goal in goals}
    kept = {goal.pk for goal in goals if goal.unit.path.startswith(path)}
    shown = kept | _above(kept, ids)
    children: dict[int | None, list[Goal]] = {}
    for goal in goals:
        if goal.pk in shown:
            children.setdefault(goal.parent_id if goal.parent_id in ids else None, []).append(goal)
    rows: dict[int, list[Row]] = {}
    for row in rows_of(standings):
        rows.setdefault(row.indicator.goal_id, []).append(row)
    return _drawn(children, rows, kept)


def _above(kept: Collection[int], goals: Mapping[int, Goal]) -> set[int]:
    found: set[int] = set()
    for pk in kept:
        parent = goals[pk].parent_id
        while parent is not None and parent in goals and parent not in found:
            found.add(parent)
            parent = goals[parent].parent_id
    return found


def _drawn(
    children: Mapping[int | None, list[Goal]], rows: Mapping[int, list[Row]], kept: Collection[int]
) -> list[Branch]:
    drawn: list[Branch] = []

    def draw(goal: Goal, depth: int, closing: str) -> tuple[int, int]:
        position, own = len(drawn), tuple(rows.get(goal.pk, ()))
        context = goal.pk not in kept
        drawn.append(Branch(goal, depth, own, context=context))
        under = children.get(goal.pk, [])
        below = asking = 0
        for child in under:
            goals_there, asking_there = draw(child, depth + 1, closing + "x" if child is under[-1] else "")
            below, asking = below + goals_there, asking + asking_there
        last = "" if under else closing
        drawn[position] = Branch(goal, depth, own, below, asking, context, last)
        return below + 1, asking + sum(row.standing.state in ASKING for row in own)

    for top in children.get(None, []):
        draw(top, 0, "")
    return drawn


def folded(branches: Sequence[Branch], depth: int) -> list[Branch]:
    """The branches above a depth, and those at it with what is below left out."""
    kept: list[Branch] = []
    place = 0
    while place < len(branches):
        branch, under = branches[place], branches[place + 1 : place + 1 + branches[place].below]
        if branch.depth < depth or not under:
            kept.append(branch)
            place += 1
        else:
            kept.append(replace(branch, closing="x" * (_left_open(under) - 1), folded=True))
            place += 1 + len(under)
    return kept


def below(branches: Sequence[Branch], goal_id: int) -> list[Branch]:
    """What is below a goal; nothing where the goal is not there."""
    place = next((number for number, branch in enumerate(branches) if branch.goal.pk == goal_id), len(branches))
    under = list(branches[place + 1 : place + 1 + branches[place].below]) if place < len(branches) else []
    if under:
        own = len(under[-1].closing) - _left_open(under)
        under[-1] = replace(under[-1], closing="x" * own)
    return under


def _left_open(under: Sequence[Branch]) -> int:
    """How many branches outside of these end with the last of them."""
    return sum(len(branch.closing) - bool(branch.below) for branch in under)


def tally(standings: Iterable[Standing]) -> list[tuple[State, int]]:
    """How many indicators are in each state, in the order of `State`, without the empty ones."""
    counts = dict.fromkeys(State, 0)
    for standing in standings:
        counts[standing.state] += 1
    return [(state, count) for state, count in counts.items() if count]


def course(
    indicator: KeyIndicator,
    targets: Sequence[YearTarget],
    readings: Sequence[Reading],
    on: date,
    live: Mapping[date, int] | None = None,
) -> Line | None:
    """The values by quarter beside what was expected at the end of each, over the last three years at most; None while
    there is nothing to compare. `live` are values read from a measure, by day. A quarter without a value is a gap."""
    by_year = {target.year: target for target in targets if target.year <= on.year}
    values, span = by_quarter(readings, live or {}, on), indicator.direction == Direction.RANGE
    expected = expected_by_quarter(by_year, span=span)
    known = sorted(quarter for quarter, milli in {**expected, **values}.items() if milli is not None)
    if len(known) < 2 or not values or indicator.direction == Direction.YES_NO:
        return None
    quarters = _last_years(known[0], known[-1])
    first = quarters[0][0]
    start = indicator.baseline_milli if (indicator.baseline_year or first) < first else None
    head = [] if start is None else [start]
    goal = by_year.get(on.year)
    words = _("Batas bawah") if span else _("Target %(year)s") % {"year": on.year}
    return Line(
        title=_("Nilai dan lintasan per triwulan"),
        labels=[
            *([_("Awal %(year)s") % {"year": indicator.baseline_year}] if head else []),
            *(f"{NUMERALS[number - 1]} {year}" for year, number in quarters),
        ],
        series=[
            Series(pgettext("indikator", "Nilai"), [*head, *map(values.get, quarters)]),
            Series(_("Batas atas") if span else _("Lintasan"), [*head, *map(expected.get, quarters)]),
        ],
        form=lambda milli: bare(indicator, milli),
        lead=indicator.unit_label,
        target=Target(goal.target_milli, words) if goal else None,
        label_head=_("Triwulan"),
    )


def expected_by_quarter(targets: Mapping[int, YearTarget], *, span: bool) -> dict[tuple[int, int], int | None]:
    """What was expected at the end of each quarter; of a range its upper end."""
    return {
        (year, number): target.target_max_milli if span else quarter_milli(target, number)
        for year, target in targets.items()
        for number in range(1, 5)
    }


def _last_years(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    """The quarters from the first to the last, of the last `YEARS_DRAWN` years at most."""
    begin = max(first, (last[0] - YEARS_DRAWN + 1, 1))
    quarters = [(year, number) for year in range(begin[0], last[0] + 1) for number in range(1, 5)]
    return [quarter for quarter in quarters if begin <= quarter <= last]


def by_quarter(readings: Sequence[Reading], live: Mapping[date, int], on: date) -> dict[tuple[int, int], int]:
    """The last valid value of each quarter."""
    valid = [(row.day, row.pk, row.value_milli) for row in readings if not was_corrected(row) and row.day <= on]
    found = sorted([*valid, *((day, 0, milli) for day, milli in live.items())])
    return {(day.year, (day.month + 2) // 3): milli for day, _pk, milli in found}


def was_corrected(reading: Reading) -> bool:
    """Whether a later reading has taken its place; read with its `correction`."""
    return getattr(reading, "correction", None) is not None
