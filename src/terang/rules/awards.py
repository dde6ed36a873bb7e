"""Awards: who may be nominated, how votes count, how much praise one gives, and service medals. Pure; decides nothing.

Every condition stands by itself: met, not met, or not known. What nobody has declared is not known, never a no.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from terang.rules.regulations.promotion import MET, NOT_MET, UNKNOWN, Condition
from terang.rules.regulations.source import RuleSet, rule_set
from terang.rules.regulations.words import PREDICATES
from terang.rules.regulations.words import predicate as predicate_code

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class Span:
    """A sanction (`word` its weight: light, medium, heavy) or an unpaid leave, from `since` to before `until`; without
    `until` it still runs."""

    word: str
    since: date
    until: date | None


@dataclass(frozen=True)
class ServiceFacts:
    """What is known of one person's service; None where nobody knows it.

    `since` is the first day as CPNS, or of the first contract of a PPPK. `predicates` are those of the last years, the
    newest first. `clean_on` and `present_on` are the days of the newest statements that no sanction holds, and that
    there was no unpaid leave besides `leaves`. `medals` are the grades held. `papers` tells which documents there are.
    """

    status: str
    since: date | None = None
    predicates: Sequence[tuple[int, str | None]] = ()
    sanctions: Sequence[Span] = ()
    clean_on: date | None = None
    leaves: Sequence[Span] = ()
    present_on: date | None = None
    medals: frozenset[str] = frozenset()
    papers: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True)
class Terms:
    """What a call asks of everybody who is nominated: years of service, a predicate in each of the last years, years
    without a sanction. Zero or empty asks nothing."""

    tenure_years: int = 0
    least_predicate: str = ""
    predicate_years: int = 0
    clean_years: int = 0


def eligibility(facts: ServiceFacts, terms: Terms, day: date) -> tuple[Condition, ...]:
    """The conditions of a call for one person on a day, in the order they are told."""
    found: list[Condition] = []
    if terms.tenure_years:
        found.append(_served(facts.since, terms.tenure_years, day))
    if terms.least_predicate:
        found += _rated(facts, terms.least_predicate, terms.predicate_years)
    if terms.clean_years:
        found.append(_clean(facts, terms.clean_years, day))
    return tuple(found)


def all_met(conditions: Iterable[Condition]) -> bool:
    return all(each.state == MET for each in conditions)


def years_after(day: date, years: int) -> date:
    """The same day so many years on (or back); 29 February becomes 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _served(since: date | None, years: int, day: date) -> Condition:
    if since is None:
        return Condition("tenure", UNKNOWN, str(years))
    by = years_after(since, years)
    return Condition("tenure", MET if by <= day else NOT_MET, str(years), since.isoformat(), None if by <= day else by)


def _rated(facts: ServiceFacts, least: str, years: int) -> list[Condition]:
    return [_predicate(year, word, least) for year, word in list(facts.predicates)[:years]]


def _predicate(year: int, word: str | None, least: str) -> Condition:
    code = f"predicate.{year}"
    if word is None:
        return Condition(code, UNKNOWN, least)
    has = predicate_code(word)
    reached = PREDICATES.index(has) <= PREDICATES.index(least)
    return Condition(code, MET if reached else NOT_MET, least, has)


def _clean(facts: ServiceFacts, years: int, day: date) -> Condition:
    """No sanction in force on any day of the last years, and a statement of it that is not too old."""
    since = years_after(day, -years)
    found = [each for each in facts.sanctions if each.since <= day and (each.until is None or each.until > since)]
    if found:
        last = max(found, key=lambda each: each.until or date.max)
        by = years_after(last.until, years) if last.until else None
        return Condition("clean", NOT_MET, str(years), last.word, by)
    return Condition("clean", *_stated(facts, str(years), day))


def _stated(facts: ServiceFacts, asked: str, day: date) -> tuple[str, str, str]:
    """Whether the statement of no sanction is young enough and later than every sanction."""
    later = all(each.until is not None and each.until <= (facts.clean_on or day) for each in facts.sanctions)
    if facts.clean_on is None or _is_old(facts.clean_on, day) or not later:
        return UNKNOWN, asked, ""
    return MET, asked, facts.clean_on.isoformat()


def _is_old(stated_on: date, day: date) -> bool:
    return stated_on < years_after(day, -rule_set("awards", day).values["statement_years"])


@dataclass(frozen=True)
class Medal:
    """Where somebody stands towards a Satyalancana Karya Satya.

    `grade` is the highest that the years reach and that is not held, or the next one to come; empty where all are held
    or none is for this status. `counted_from` is the day the unbroken service began, missing where it is not known or
    is broken today; `reached_on` the day on which its years are complete; `broken_by` is "sanction" or "leave" where
    the count began anew. `conditions` tell what is proven and what is missing.
    """

    grade: str
    years: int
    counted_from: date | None
    reached_on: date | None
    broken_by: str
    conditions: tuple[Condition, ...]
    rule_set: str
    article: str

    @property
    def is_complete(self) -> bool:
        return bool(self.conditions) and all_met(self.conditions)


def medal(facts: ServiceFacts, day: date) -> Medal:
    """By the rule in force on the day (PP 35/2010)."""
    found = rule_set("medals", day)
    left = _grades_left(facts, found)
    if facts.status not in found.values["statuses"] or not left:
        return Medal("", 0, None, None, "", (), found.id, found.article)
    begun, broken_by = _unbroken(facts, found, day)
    reached = [grade for grade, years in left.items() if begun and years_after(begun, years) <= day]
    grade = reached[-1] if reached else next(iter(left))
    reached_on = years_after(begun, left[grade]) if begun else None
    conditions = (
        _service(facts, left[grade], begun, reached_on, day),
        Condition("discipline", *_disciplined(facts, found, day)),
        Condition("leave", *_present(facts, day)),
        *_rated(facts, found.values["least_predicate"], found.values["predicate_years"]),
        *(Condition(f"paper.{name}", MET if there else UNKNOWN, "") for name, there in facts.papers.items()),
    )
    return Medal(grade, left[grade], begun, reached_on, broken_by, conditions, found.id, found.article)


def _grades_left(facts: ServiceFacts, found: RuleSet) -> dict[str, int]:
    """Grades above the highest held, with their years, the lowest first."""
    years: dict[str, int] = found.values["years"]
    held = max((years[each] for each in facts.medals if each in years), default=0)
    return {grade: each for grade, each in years.items() if each > held}


def _unbroken(facts: ServiceFacts, found: RuleSet, day: date) -> tuple[date | None, str]:
    """Since when service is unbroken, and what it was broken by; no day where that is not known or it is broken
    today."""
    if facts.since is None:
        return None, ""
    begun, broken_by = facts.since, ""
    sanctions = [each for each in facts.sanctions if each.word in found.values["restarting"]]
    for kind, spans in (("sanction", sanctions), ("leave", facts.leaves)):
        for each in spans:
            if _running([each], day):
                return None, kind
            if each.until is not None and each.since <= day and each.until > begun:
                begun, broken_by = each.until, kind
    return begun, broken_by


def _running(spans: Iterable[Span], day: date) -> bool:
    return any(each.since <= day and (each.until is None or each.until > day) for each in spans)


def _met(value: bool) -> str:
    return MET if value else NOT_MET


def _service(facts: ServiceFacts, years: int, begun: date | None, by: date | None, day: date) -> Condition:
    if facts.since is None:
        return Condition("service", UNKNOWN, str(years))
    if begun is None or by is None:
        return Condition("service", NOT_MET, str(years))
    return Condition("service", _met(by <= day), str(years), begun.isoformat(), None if by <= day else by)


def _disciplined(facts: ServiceFacts, found: RuleSet, day: date) -> tuple[str, str, str]:
    heavy = [each for each in facts.sanctions if each.word in found.values["restarting"]]
    if _running(heavy, day):
        return NOT_MET, "", heavy[-1].word
    return _stated(facts, "", day)


def _present(facts: ServiceFacts, day: date) -> tuple[str, str, str]:
    if _running(facts.leaves, day):
        return NOT_MET, "", ""
    if facts.present_on is None or _is_old(facts.present_on, day):
        return UNKNOWN, "", ""
    return MET, "", facts.present_on.isoformat()


@dataclass(frozen=True)
class Tally:
    """Votes by nomination, the most first. `leaders` have the most votes: more than one is a tie."""

    counts: dict[int, int]
    leaders: tuple[int, ...]

    @property
    def is_tie(self) -> bool:
        return len(self.leaders) > 1


def tally(votes: Iterable[int]) -> Tally:
    """Each vote is the nomination it is for. No votes have no leader."""
    counts = dict(sorted(Counter(votes).items(), key=lambda each: (-each[1], each[0])))
    most = max(counts.values(), default=0)
    return Tally(counts, tuple(pk for pk, count in counts.items() if count == most))


@dataclass(frozen=True)
class Limit:
    """Why praise waits: `week` (enough given this week), `same` (enough to the same person) or `swap` (they have just
    thanked the giver); and the day from which it may be given."""

    code: str
    on: date


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def praise_limit(given: Sequence[tuple[int, date]], receiver: int, returned: Iterable[date], day: date) -> Limit | None:
    """What stands against one more praise of `receiver`; None where nothing does.

    `given` are (receiver, day) of the giver, `returned` the days on which the receiver praised the giver.
    """
    values: dict[str, Any] = rule_set("awards", day).values
    this_week = [pk for pk, on in given if week_of(on) == week_of(day)]
    if len(this_week) >= values["praise_week"]:
        return Limit("week", week_of(day) + WEEK)
    if this_week.count(receiver) >= values["praise_same_person"]:
        return Limit("same", week_of(day) + WEEK)
    last = max(returned, default=None)
    if last is None or (again := last + timedelta(days=values["swap_days"])) <= day:
        return None
    return Limit("swap", again)
