"""The conditions of the next rank, each checked by itself: met, not met, or not known. Nothing is decided here.

Regular rise (PP 99/2000) and rise in a functional post by credit points (PermenPANRB 1/2023).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from terang.rules.regulations.source import RuleSet, rule_set
from terang.rules.regulations.words import PREDICATES
from terang.rules.regulations.words import predicate as predicate_code

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
FUNCTIONAL = "fungsional"


@dataclass(frozen=True)
class RankFacts:
    """What is known of one person; None where nobody knows it.

    `predicates` are those of the last years, the newest first, None for a year without one. `credit_missing` are the
    points that the next rank still asks (0 where reached; functional posts only), `credit_by` the day around which they
    are reached at the present pace.
    """

    status: str
    post_kind: str | None
    rank: str | None
    rank_since: date | None
    education: str | None
    predicates: Sequence[tuple[int, str | None]]
    sanction: str | None
    credit_missing: Decimal | None = None
    credit_by: date | None = None


@dataclass(frozen=True)
class Condition:
    """One condition. `state` is met, not_met or unknown; `asked` and `has` are what is compared, `has` empty where not
    known; `by` is the day from which it will be met where only time is missing."""

    code: str
    state: str
    asked: str
    has: str = ""
    by: date | None = None


@dataclass(frozen=True)
class NextRank:
    """The next rank and its conditions. `rank` is None where there is no next one or the present is not known; without
    `applies` the status has no ranks (PPPK, CPNS)."""

    applies: bool
    rank: str | None
    conditions: tuple[Condition, ...]
    rule_set: str
    article: str

    @property
    def missing(self) -> tuple[Condition, ...]:
        return tuple(each for each in self.conditions if each.state != MET)

    @property
    def is_complete(self) -> bool:
        """Whether every condition is met. Still nothing is decided."""
        return bool(self.conditions) and not self.missing


def ranks_in_order(on: date | None = None) -> list[str]:
    """Every rank, the lowest first."""
    ranks: list[str] = rule_set("promotion", on).values["ranks"]
    return ranks


def coming_period(today: date) -> date:
    """The next day from which a rise may take effect, today included: the first of a month that the rule names."""
    day = today if today.day == 1 else _month_after(today)
    while day.month not in rule_set("promotion_periods", day).values["months"]:
        day = _month_after(day)
    return day


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def next_rank(facts: RankFacts, today: date, period: date | None = None) -> NextRank:
    """What the next rank asks by the rule in force today. Years are counted to the `period` in which it would take
    effect, to today where there is none."""
    found = rule_set("promotion", today)
    values = found.values
    ranks: list[str] = values["ranks"]
    if facts.status not in values["statuses"]:
        return NextRank(False, None, (), found.id, found.article)
    if facts.rank not in ranks:
        return NextRank(True, None, (Condition("rank", UNKNOWN, ""),), found.id, found.article)
    if facts.rank == ranks[-1]:
        return NextRank(True, None, (), found.id, found.article)
    rank = ranks[ranks.index(facts.rank) + 1]
    conditions = [_years(facts, found, period or today), *_predicates(facts, found), _discipline(facts)]
    conditions.append(_credit(facts) if facts.post_kind == FUNCTIONAL else _education(facts, rank, found))
    return NextRank(True, rank, tuple(conditions), found.id, found.article)


def _years(facts: RankFacts, found: RuleSet, until: date) -> Condition:
    kind = "functional" if facts.post_kind == FUNCTIONAL else "regular"
    years = found.values["years"][kind]
    if facts.rank_since is None:
        return Condition("years", UNKNOWN, str(years))
    by = _years_after(facts.rank_since, years)
    state = MET if by <= until else NOT_MET
    return Condition("years", state, str(years), facts.rank_since.isoformat(), None if state == MET else by)


def _years_after(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return date(day.year + years, 3, 1)


def _predicates(facts: RankFacts, found: RuleSet) -> list[Condition]:
    """One condition for each of the last years the rule looks at."""
    least: str = found.values["least_predicate"]
    return [_predicate(year, word, least) for year, word in list(facts.predicates)[: found.values["predicate_years"]]]


def _predicate(year: int, word: str | None, least: str) -> Condition:
    code = f"predicate.{year}"
    if word is None:
        return Condition(code, UNKNOWN, least)
    has = predicate_code(word)
    reached = PREDICATES.index(has) <= PREDICATES.index(least)
    return Condition(code, MET if reached else NOT_MET, least, has)


def _discipline(facts: RankFacts) -> Condition:
    """No running sanction, of any weight."""
    if facts.sanction is None:
        return Condition("discipline", UNKNOWN, "none")
    return Condition("discipline", MET if facts.sanction == "none" else NOT_MET, "none", facts.sanction)


def _education(facts: RankFacts, rank: str, found: RuleSet) -> Condition:
    """The next rank must not lie above the ceiling of the education."""
    ranks: list[str] = found.values["ranks"]
    if facts.education is None:
        return Condition("education", UNKNOWN, rank)
    ceiling: str = found.values["ceiling"][facts.education]
    reached = ranks.index(rank) <= ranks.index(ceiling)
    return Condition("education", MET if reached else NOT_MET, rank, ceiling)


def _credit(facts: RankFacts) -> Condition:
    if facts.credit_missing is None:
        return Condition("credit", UNKNOWN, "0")
    state = MET if facts.credit_missing <= 0 else NOT_MET
    return Condition("credit", state, "0", str(facts.credit_missing), None if state == MET else facts.credit_by)
