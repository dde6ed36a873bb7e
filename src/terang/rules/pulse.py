"""A pulse of trust and pressure: who is asked next, which groups are shown, and what a group's answers say. Pure.

Nothing that can be added up or taken away from what is shown is about fewer people than the least number: shown groups
lie inside one another like their units, so every sum that follows from them is made of *rests*, a shown group without
the shown groups inside it. Each rest is empty or large enough.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from terang.rules.regulations.source import rule_set
from terang.rules.services.intervals import share_interval

WHOLE_BP, ONE_BP = 10_000, 100
EDGE_PARTS = 10
"""A share is told from a tenth to nine tenths: "all" and "nobody" would tell what each single person said."""


@dataclass(frozen=True)
class PulseTerms:
    """What holds for a month. `share_bp` of the staff are asked, at least `least_asked`, nobody again before
    `rest_months` months have passed; a wave takes answers for `open_days` days; a group is shown from `least_answers`
    on, words from `least_words` on; from `agree_from` on an answer agrees."""

    share_bp: int
    least_asked: int
    rest_months: int
    open_days: int
    least_answers: int
    least_words: int
    agree_from: int


def pulse_terms(on: date) -> PulseTerms:
    """Raises RuleInputError before the first version."""
    return PulseTerms(**rule_set("pulse", on).values)


def months_between(earlier: date, later: date) -> int:
    """Calendar months from one to the other."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def draw(
    staff: Collection[int], last_asked: Mapping[int, date], month: date, terms: PulseTerms, dice: Random
) -> list[int]:
    """Who is asked in a month, in ascending order: by lot among those who have rested. Nobody where they are so few
    that no answer could ever be shown."""
    rested = sorted(
        each for each in staff if each not in last_asked or months_between(last_asked[each], month) >= terms.rest_months
    )
    wanted = max(-(-len(staff) * terms.share_bp // WHOLE_BP), terms.least_asked)
    if len(rested) < terms.least_answers:
        return []
    return sorted(dice.sample(rested, min(wanted, len(rested))))


def shown_groups(answers: Mapping[str, int], least: int) -> dict[str, int]:
    """The groups that are shown, with all their answers. `answers` counts those of each unit alone, by path (`/1/5/`);
    a group is a unit with everything below it.

    A group with fewer than `least` is hidden; where the rest of a group around shown ones would be smaller than
    `least`, the smallest of these is hidden too (complementary suppression).
    """
    totals = _totals(answers)
    shown: dict[str, int] = {}
    for path in sorted((each for each in totals if totals[each] >= least), key=lambda each: (-each.count("/"), each)):
        while 0 < totals[path] - sum(shown[each] for each in _inside(path, shown)) < least:
            del shown[_given_up(path, shown)]
        shown[path] = totals[path]
    return dict(sorted(shown.items()))


def rests(shown: Mapping[str, int]) -> dict[str, int]:
    """How many answers each shown group has beyond the shown groups inside it: whatever can be worked out from what is
    shown is a sum of these."""
    return {path: shown[path] - sum(shown[each] for each in _inside(path, shown)) for path in shown}


def _totals(answers: Mapping[str, int]) -> dict[str, int]:
    totals: dict[str, int] = {}
    for path, count in answers.items():
        for above in lineage(path):
            totals[above] = totals.get(above, 0) + count
    return totals


def lineage(path: str) -> list[str]:
    """A unit's path and those of all units above it, from the root: `/1/5/` gives `/1/` and `/1/5/`."""
    parts = path.strip("/").split("/")
    return [f"/{'/'.join(parts[: place + 1])}/" for place in range(len(parts))]


def _inside(path: str, shown: Iterable[str]) -> list[str]:
    """The largest of the shown groups that lie inside a group."""
    below = [each for each in shown if each != path and each.startswith(path)]
    return [each for each in below if not any(other != each and each.startswith(other) for other in below)]


def _given_up(path: str, shown: Mapping[str, int]) -> str:
    """Which shown group is hidden so that the rest of the group around it grows: the smallest that has a rest itself;
    where none has, the smallest."""
    inside, own = _inside(path, shown), rests(shown)
    return min(inside, key=lambda each: (own[each] == 0, shown[each], each))


@dataclass(frozen=True)
class ToldShare:
    """How many of `answers` agree, in whole percents between a tenth and nine tenths, with a 95 % interval (Wilson)
    rounded outwards."""

    answers: int
    agree_bp: int
    low_bp: int
    high_bp: int


def told_share(values: Collection[int], agree_from: int) -> ToldShare:
    """What a group's answers say; `values` is not empty."""
    number = len(values)
    edge = -(-number // EDGE_PARTS)
    agree = min(max(sum(value >= agree_from for value in values), edge), number - edge)
    span = share_interval(agree, number)
    assert span is not None
    percents = (2 * agree * 100 + number) // (2 * number)
    return ToldShare(number, percents * ONE_BP, span.low // ONE_BP * ONE_BP, -(-span.high // ONE_BP) * ONE_BP)
