"""The answer to a question as numbers: cells of people by group and period. No words, so that it can be kept."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from django.core.cache import cache

from terang.evaluation.models import Period
from terang.registry.organization.models import Unit
from terang.registry.people.selectors import families_on
from terang.registry.people.viewer import Viewer
from terang.reporting.analysis.access import paths_of
from terang.reporting.analysis.asked import By, How, Menu, Question
from terang.reporting.analysis.gathering import Row, Stamp, members_of, rows_of, seen_by, stamps_of
from terang.reporting.analysis.wording import family
from terang.rules.spreads import Spread, changes, classes, spread_of, tellable

KEPT_SECONDS = 60
"""An answer holds for a minute; the page says when its figures were computed."""
EVERYBODY, INSIDE, OUTSIDE = "", "kohort", "lain"


@dataclass(frozen=True)
class Cell:
    """The people of a group in a period. `people` are those counted, `spread` is of those with a value (missing where
    nobody has one), `missing` says how many have none by reason, `left_out` how many are too few to be told of, and
    `variants` which parts of the policy they are judged by."""

    group: str
    period: int
    people: int
    spread: Spread | None
    classes: tuple[int, ...]
    missing: Mapping[str, int]
    left_out: int
    variants: tuple[str, ...]

    @property
    def is_hidden(self) -> bool:
        return self.left_out > 0 and self.people == 0

    @property
    def without(self) -> int:
        return sum(self.missing.values())


@dataclass(frozen=True)
class Answer:
    """Cells by group and period: everybody first (not for cohorts), groups in order, periods from the oldest.
    `shifts` is how much people of a group changed from the first period to the last."""

    cells: tuple[Cell, ...]
    stamps: tuple[Stamp, ...]
    shifts: Mapping[str, Spread | None]

    @property
    def groups(self) -> list[str]:
        return list(dict.fromkeys(cell.group for cell in self.cells))

    def cell(self, group: str, period: int) -> Cell | None:
        return self._by_place.get((group, period))

    @cached_property
    def _by_place(self) -> dict[tuple[str, int], Cell]:
        return {(each.group, each.period): each for each in self.cells}

    @property
    def policies(self) -> list[int]:
        return list(dict.fromkeys(policy for stamp in self.stamps for policy in stamp.policies))


def answer_to(viewer: Viewer, menu: Menu, question: Question) -> Answer:
    """The answer within what the viewer may see. One query where it is kept, else at most nine."""
    told = "|".join(
        (str(viewer.agency_id), str(viewer.employee.pk), *paths_of(viewer), f"{viewer.today}", f"{question}")
    )
    key = f"terang:analysis:{sha256(told.encode()).hexdigest()}"
    found: Answer | None = cache.get(key)
    if found is None:
        found = _compute(viewer, menu, question)
        cache.set(key, found, KEPT_SECONDS)
    return found


def periods_of(menu: Menu, question: Question) -> list[Period]:
    """The periods that are read: all from first to last for a course, the last one for a distribution, else both
    ends."""
    span = menu.span(question)
    if question.how == How.TREND:
        return span
    return span[-1:] if question.how == How.SPREAD else [*dict.fromkeys((span[0], span[-1]))]


@dataclass(frozen=True)
class Read:
    """What a question is answered from: the rows that count, those left out, and the group of each row."""

    rows: Sequence[Row]
    left_out: Sequence[Row]
    group_of: Callable[[Row], str]


def read(viewer: Viewer, menu: Menu, question: Question, periods: Sequence[Period]) -> Read:
    """At most seven queries."""
    unit = menu.units[question.unit]
    rows, seen = rows_of(question.subject, periods, unit), seen_by(viewer)
    families = _families(viewer, question, periods) if seen is not None or _needs_families(question) else {}
    if question.family:
        rows = [row for row in rows if families.get((row.person, row.period), "") == question.family]
    counted, left_out = _tellable(rows, seen, families, is_cohort=question.how == How.COHORT)
    return Read(counted, left_out, _grouping(viewer, menu, question, families))


def _needs_families(question: Question) -> bool:
    return bool(question.family) or (question.how != How.COHORT and question.by == By.FAMILY)


def _families(viewer: Viewer, question: Question, periods: Sequence[Period]) -> dict[tuple[int, int], str]:
    """The family of posts by person and period, on its last day or today."""
    days = {min(each.last_day, viewer.today): each.pk for each in periods}
    found = families_on(viewer.agency_id, tuple(days))
    return {(person, days[day]): family(*post)[0] for (person, day), post in found.items()}


def _tellable(
    rows: Sequence[Row], seen: frozenset[int] | None, families: Mapping[tuple[int, int], str], *, is_cohort: bool
) -> tuple[list[Row], list[Row]]:
    """Rows that count, and those left out. Who has moved out of the viewer's sight counts with others alone: of the
    same period, unit and family at least five with a value; never in a cohort, which could cut them smaller."""
    if seen is None:
        return list(rows), []
    hidden: dict[tuple[int, int, str], list[int]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.person not in seen and row.value is not None:
            hidden[row.period, row.unit, families.get((row.person, row.period), "")].append(number)
    told = frozenset() if is_cohort else tellable(hidden)
    counts = [row.person in seen or number in told for number, row in enumerate(rows)]
    return (
        [row for row, is_in in zip(rows, counts, strict=True) if is_in],
        [row for row, is_in in zip(rows, counts, strict=True) if not is_in],
    )


def _grouping(
    viewer: Viewer, menu: Menu, question: Question, families: Mapping[tuple[int, int], str]
) -> Callable[[Row], str]:
    if question.how == How.COHORT:
        span = menu.span(question)
        inside = members_of(question.cohort, viewer.agency_id, span[0].starts_on, span[-1].ends_on)
        return lambda row: INSIDE if row.person in inside else OUTSIDE
    if question.by == By.FAMILY:
        return lambda row: f"r:{families.get((row.person, row.period), '')}"
    if question.by == By.UNIT:
        below = _children(menu.units, menu.units[question.unit])
        return lambda row: below.get(row.unit, f"u:{question.unit}")
    return lambda row: EVERYBODY


def _children(units: Mapping[int, Unit], top: Unit) -> dict[int, str]:
    """The group of each unit below `top`: the unit right below it in whose branch it lies."""
    depth = top.path.count("/")
    inside = [each for each in units.values() if each.path.startswith(top.path) and each.pk != top.pk]
    return {each.pk: f"u:{each.path.split('/')[depth]}" for each in inside}


def _compute(viewer: Viewer, menu: Menu, question: Question) -> Answer:
    periods = periods_of(menu, question)
    found = read(viewer, menu, question, periods)
    cells = [_cell(*each) for each in _sorted(found, periods)]
    shifts = _shifts(found, periods) if question.how == How.COHORT and len(periods) > 1 else {}
    if question.how != How.COHORT and question.by != By.NOTHING:
        whole = Read(found.rows, found.left_out, lambda row: EVERYBODY)
        cells = [*(_cell(*each) for each in _sorted(whole, periods)), *cells]
    return Answer(tuple(cells), tuple(stamps_of(periods, menu.units[question.unit])), shifts)


Place = tuple[str, int]


def _sorted(found: Read, periods: Sequence[Period]) -> Iterable[tuple[Place, list[Row], int]]:
    """Group and period with their rows and how many are left out; groups without anybody in a period too."""
    inside: dict[Place, list[Row]] = defaultdict(list)
    outside: Counter[Place] = Counter()
    for row in found.rows:
        inside[found.group_of(row), row.period].append(row)
    for row in found.left_out:
        outside[found.group_of(row), row.period] += 1
    for group in dict.fromkeys(group for group, _period in (*inside, *outside)):
        for period in periods:
            place = (group, period.pk)
            yield place, inside.get(place, []), outside[place]


def _cell(place: Place, rows: Sequence[Row], left_out: int) -> Cell:
    values = [row.value for row in rows if row.value is not None]
    missing = Counter(row.reason for row in rows if row.value is None)
    variants = tuple(sorted({row.variant for row in rows}))
    return Cell(*place, len(rows), spread_of(values), classes(values), dict(missing), left_out, variants)


def _shifts(found: Read, periods: Sequence[Period]) -> dict[str, Spread | None]:
    """How much the same people changed from the first period to the last, by group."""
    first, last = periods[0].pk, periods[-1].pk
    before = {row.person: row.value for row in found.rows if row.period == first}
    pairs: dict[str, list[tuple[int | None, int | None]]] = defaultdict(list)
    for row in found.rows:
        if row.period == last:
            pairs[found.group_of(row)].append((before.get(row.person), row.value))
    return {group: changes(each) for group, each in pairs.items()}
