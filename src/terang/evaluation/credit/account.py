"""A functional official's credit points as evaluations and documents make them today. Pure: rows in, an account out.

Months are the unit: each whole month at a level takes the predicate of one evaluation and is converted once (PerBKN
3/2023). A month belongs to the level held on its first day.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from typing import Any

from terang.evaluation.appraisals.models import Appraisal, AppraisalState, Predicate
from terang.evaluation.credit.models import CreditDecision, CreditGrant, GrantKind
from terang.evaluation.periods import MONTH_NAMES, YEAR
from terang.registry.people.models import Assignment, Employee
from terang.rules.errors import RuleInputError
from terang.rules.regulations.credit import Standing, exact_credit, level_code, standing
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.source import rule_set
from terang.web.numbers import decimal, percent, points

CONVERSION = "konversi"
Month = tuple[int, int]


@dataclass(frozen=True)
class Line:
    """One row of the account. A conversion has year, months (first and last, inclusive), predicate and the evaluation
    behind it; a grant has none of these but its document. `early`: of a short period, before the year's evaluation.

    `exact` is the unrounded number of points.
    """

    kind: str
    level: str
    exact: Fraction
    source: int
    year: int = 0
    first: int = 0
    last: int = 0
    predicate: str = ""
    document: str = ""
    day: date | None = None
    early: bool = False

    @property
    def points(self) -> Decimal:
        return half_up(self.exact, 2)

    @property
    def months(self) -> int:
        return self.last - self.first + 1 if self.is_conversion else 0

    @property
    def is_conversion(self) -> bool:
        return self.kind == CONVERSION

    @property
    def until(self) -> date:
        """The first day after its months; of a grant the day it counts to."""
        if self.day is not None:
            return self.day
        return date(self.year + self.last // 12, self.last % 12 + 1, 1)

    @property
    def span(self) -> str:
        """Its months in Indonesian, as the forms print them: "Januari–Februari 2026"."""
        if not self.is_conversion:
            return ""
        first, last = MONTH_NAMES[self.first - 1], MONTH_NAMES[self.last - 1]
        return f"{first} {self.year}" if first == last else f"{first}–{last} {self.year}"

    @property
    def percent(self) -> int:
        percent: int = self._rules["percent"][self.predicate]
        return percent

    @property
    def coefficient(self) -> Decimal:
        return Decimal(self._rules["levels"][self.level]["coefficient"])

    @property
    def _rules(self) -> dict[str, Any]:
        """Those in force in its last month."""
        return rule_set("credit", date(self.year, self.last, 1)).values

    @property
    def label(self) -> str:
        if self.is_conversion:
            return str(Predicate(self.predicate).label)
        return str(GrantKind(self.kind).label)

    def frozen(self) -> dict[str, Any]:
        """The line as JSON; `thawed` reads it. What is laid down is not early any more."""
        told = {name: getattr(self, name) for name in _PLAIN}
        return told | {"exact": str(self.exact), "day": self.day.isoformat() if self.day else None}


_PLAIN = ("kind", "level", "source", "year", "first", "last", "predicate", "document")


def thawed(row: Mapping[str, Any]) -> Line:
    """A line that `Line.frozen` wrote."""
    day = date.fromisoformat(row["day"]) if row["day"] else None
    return Line(**{name: row[name] for name in _PLAIN}, exact=Fraction(row["exact"]), day=day)


@dataclass(frozen=True)
class Account:
    """What a person has today. `level` is empty where the person holds no functional post of a known level;
    `unknown_level` is what stands on the post instead. `lines` are those of the present level in order of time, `early`
    those that short periods would add already, `past` of levels before. `waiting` are evaluations that are decided but
    not final."""

    employee: Employee
    post: Assignment | None
    level: str = ""
    unknown_level: str | None = None
    lines: list[Line] = field(default_factory=list)
    early: list[Line] = field(default_factory=list)
    past: list[Line] = field(default_factory=list)
    waiting: list[Appraisal] = field(default_factory=list)
    decisions: list[CreditDecision] = field(default_factory=list)

    @property
    def exact(self) -> Fraction:
        return sum((line.exact for line in self.lines), Fraction(0))

    @property
    def total(self) -> Decimal:
        """The sum, rounded once; the rounded rows may add up to a hundredth more or less."""
        return half_up(self.exact, 2)

    @property
    def level_label(self) -> str:
        return level_label(self.level)

    @property
    def standing(self) -> Standing:
        return standing(self.level, self.total, rank=self.employee.rank)

    @property
    def latest(self) -> CreditDecision | None:
        """The decision that counts."""
        return next((each for each in self.decisions if each.withdrawn_on is None), None)

    @property
    def is_ahead(self) -> bool:
        """Whether evaluations or documents say something the last decision does not: more months, or other points."""
        latest = self.latest
        if latest is None:
            return any(line.is_conversion for line in self.lines)
        return latest.level != self.level or latest.lines != [line.frozen() for line in self.lines]

    @property
    def can_be_laid_down(self) -> bool:
        """Whether a decision would say something the last one does not, short periods included."""
        if not self.level or not self.ends:
            return False
        latest = self.latest
        if latest is None or latest.level != self.level:
            return True
        return any([line.frozen() for line in self.through(day)] != latest.lines for day in self.ends)

    def through(self, until: date) -> list[Line]:
        """The lines a decision through this day (exclusive) holds: grants, and conversions that end by then, those of
        short periods too."""
        all_lines = sorted([*self.lines, *self.early], key=_in_time)
        return [line for line in all_lines if not line.is_conversion or line.until <= until]

    @property
    def ends(self) -> list[date]:
        """Through which days a decision may go: the ends of conversions, the latest first; the last grant's day where
        there is no conversion. Nothing before what was laid down already."""
        known = {line.until for line in [*self.lines, *self.early] if line.is_conversion}
        known = known or {line.until for line in self.lines}
        floor = self.latest.until if self.latest and self.latest.level == self.level else date.min
        return sorted((day for day in known if day >= floor), reverse=True)


def level_label(level: str) -> str:
    """The level in words, as the regulation writes it; empty for none."""
    return str(rule_set("credit", None).values["levels"][level]["label"]) if level else ""


def account_of(
    employee: Employee,
    posts: Sequence[Assignment],
    grants: Sequence[CreditGrant],
    appraisals: Sequence[Appraisal],
    decisions: Sequence[CreditDecision],
    today: date,
) -> Account:
    """The account from a person's functional assignments, documents, evaluations and decisions, each with what stands
    behind it read along."""
    present = next((each for each in posts if _holds(each, today)), None)
    try:
        level = level_code(present.post.level) if present else ""
    except RuleInputError:
        assert present is not None
        return Account(employee, present, unknown_level=present.post.level, decisions=list(decisions))
    held = [each for each in grants if each.withdrawn_on is None]
    fixed = _fixed(decisions)
    lines = list(_conversions(_chosen(_levels(posts, held, today), appraisals, fixed)))
    rows = sorted([*map(_granted, held), *lines], key=_in_time)
    return Account(
        employee,
        present,
        level,
        lines=[each for each in rows if each.level == level and not each.early],
        early=[each for each in rows if each.level == level and each.early],
        past=[each for each in rows if each.level != level and not each.early],
        waiting=[each for each in appraisals if each.state != AppraisalState.FINAL],
        decisions=list(decisions),
    )


def _holds(post: Assignment, day: date) -> bool:
    return post.starts_on <= day and (post.ends_on is None or day < post.ends_on)


def _levels(posts: Sequence[Assignment], grants: Sequence[CreditGrant], today: date) -> dict[Month, str]:
    """The level of each month since conversion began, without the months a document has counted already."""
    start = rule_set("credit", None).valid_from
    counted = {
        level: max(each.day for each in rows)
        for level, rows in _by_level(each for each in grants if each.kind != GrantKind.EDUCATION).items()
    }
    found = {}
    for post in sorted(posts, key=lambda each: each.starts_on):
        try:
            level = level_code(post.post.level)
        except RuleInputError:
            continue
        for day in _firsts(max(post.starts_on, start), min(post.ends_on or date.max, today + timedelta(days=1))):
            if day > counted.get(level, date.min):
                found[day.year, day.month] = level
    return found


def _by_level(grants: Iterable[CreditGrant]) -> dict[str, list[CreditGrant]]:
    rows: dict[str, list[CreditGrant]] = defaultdict(list)
    for each in grants:
        rows[each.level].append(each)
    return rows


def _firsts(start: date, end: date) -> Iterator[date]:
    """The first days of months from `start` to before `end`."""
    day = start if start.day == 1 else _next(start)
    while day < end:
        yield day
        day = _next(day)


def _next(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _fixed(decisions: Sequence[CreditDecision]) -> dict[Month, int]:
    """Which evaluation converted a month in decisions that hold: it stays that one, with the predicate it has now."""
    held = [thawed(row) for each in decisions if each.withdrawn_on is None for row in each.lines]
    return {month: line.source for line in held if line.is_conversion for month in _months(line)}


def _months(line: Line) -> Iterator[Month]:
    return ((line.year, month) for month in range(line.first, line.last + 1))


@dataclass(frozen=True)
class _Chosen:
    month: Month
    level: str
    appraisal: Appraisal
    early: bool


def _chosen(levels: Mapping[Month, str], appraisals: Sequence[Appraisal], fixed: Mapping[Month, int]) -> list[_Chosen]:
    """The evaluation of each month: what a decision fixed, else the year's, else the short period's, where final."""
    final = [each for each in appraisals if each.state == AppraisalState.FINAL]
    by_pk = {each.pk: each for each in final}
    yearly = {month: each for each in final if each.window.period.kind == YEAR for month in _covered(each)}
    short = {month: each for each in final if each.window.period.kind != YEAR for month in _covered(each)}
    rows = []
    for month, level in sorted(levels.items()):
        settled = by_pk.get(fixed.get(month, 0)) or yearly.get(month)
        if found := settled or short.get(month):
            rows.append(_Chosen(month, level, found, early=settled is None))
    return rows


def _covered(appraisal: Appraisal) -> Iterator[Month]:
    period = appraisal.window.period
    day = period.starts_on
    while day < period.ends_on:
        yield day.year, day.month
        day = _next(day)


def _conversions(chosen: Sequence[_Chosen]) -> Iterator[Line]:
    """Months in a row with the same evaluation at the same level become one line of a year."""

    def run(numbered: tuple[int, _Chosen]) -> tuple[Any, ...]:
        place, each = numbered
        return each.month[0], each.month[1] - place, each.level, each.appraisal.pk, each.early

    for (year, _offset, level, source, early), rows in groupby(enumerate(chosen), run):
        told = [each for _place, each in rows]
        predicate = told[0].appraisal.standing
        yield Line(
            CONVERSION,
            level,
            exact_credit(level, predicate, len(told), date(year, told[-1].month[1], 1)),
            source,
            year,
            told[0].month[1],
            told[-1].month[1],
            predicate,
            early=early,
        )


def _granted(grant: CreditGrant) -> Line:
    return Line(grant.kind, grant.level, Fraction(grant.points), grant.pk, document=grant.document, day=grant.day)


def _in_time(line: Line) -> tuple[date, bool, str, int]:
    """Grants by their day, conversions by their end, a grant before a conversion of the same day."""
    return line.until, line.is_conversion, line.kind, line.source


def sums_by_kind(lines: Iterable[Line]) -> dict[str, Fraction]:
    """The unrounded points of each kind that occurs."""
    found: dict[str, Fraction] = defaultdict(Fraction)
    for line in lines:
        found[line.kind] += line.exact
    return found


def formula(line: Line) -> str:
    """How a conversion came about, with what came out: "7/12 × 100% × 25 = 14,58"."""
    coefficient = decimal(int(line.coefficient * 100), 100, 2)
    return f"{line.months}/12 × {percent(line.percent * 100)} × {coefficient} = {points(line.points)}"
