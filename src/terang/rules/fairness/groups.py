"""Each group of people beside everybody else: raw, and beside people with like evidence."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from terang.rules.fairness.comparing import Comparison, compare, holm
from terang.rules.fairness.model import Lens, Rated
from terang.rules.fairness.shares import Share, ratio
from terang.rules.fairness.strata import QUARTERS, Places, bands, left_open
from terang.rules.fairness.tiers import Interval

Name = tuple[str, str]
"""Dimension and group."""


@dataclass(frozen=True)
class GroupLine:
    """One group against all others of whom the dimension is known.

    `share` is the share with the highest predicate. `best` names the group of the dimension where it is highest,
    `ratio` is the ratio to that group (29 CFR 1607.4(D) compares with the group with the highest rate), without a look
    at evidence; the ratio is missing for that group itself, both where nobody has that predicate. `adjusted` is the gap
    in levels per rating to all others with like evidence; below zero the group was rated lower. `chance` is adjusted
    for all groups of all dimensions.
    Where one side is smaller than the least size everything but `size` is missing; `adjusted` and `chance` also where
    evidence is, or where the evidence of both sides hardly overlaps.
    """

    dimension: str
    group: str
    size: int
    share: Share | None = None
    best: str | None = None
    ratio: tuple[float, Interval] | None = None
    adjusted: tuple[float, Interval] | None = None
    chance: float | None = None
    is_pointed_at: bool = False


def look_at_groups(rated: Sequence[Rated], lens: Lens) -> list[GroupLine]:
    """Every group of every dimension, by name."""
    members: dict[Name, set[int]] = defaultdict(set)
    for each in rated:
        for dimension, group in each.groups.items():
            members[dimension, group].add(each.key)
    compared = _all_compared(rated, members, lens)
    chances, shares = _adjusted(compared), _shares(rated, members, lens)
    return [
        _line(name, len(keys), shares, compared[name], chances.get(_asked(name, members)), lens)
        for name, keys in sorted(members.items())
    ]


def _shares(rated: Sequence[Rated], members: Mapping[Name, set[int]], lens: Lens) -> dict[Name, Share]:
    """The share with the highest predicate of every group that is large enough on both sides."""
    high = {each.key for each in rated if each.is_high}
    everybody: Counter[str] = Counter()
    for (dimension, _group), keys in members.items():
        everybody[dimension] += len(keys)
    return {
        name: Share(len(keys & high), len(keys))
        for name, keys in members.items()
        if min(len(keys), everybody[name[0]] - len(keys)) >= lens.least_group
    }


def _best(dimension: str, shares: Mapping[Name, Share]) -> Name:
    """The group with the highest share; of equal ones the largest."""
    groups = sorted(name for name in shares if name[0] == dimension)
    return max(groups, key=lambda name: (shares[name].value, shares[name].size))


def _asked(name: Name, members: Collection[Name]) -> Name:
    """Two groups facing each other are one question, asked of the first."""
    groups = sorted(each for each in members if each[0] == name[0])
    return groups[0] if len(groups) == 2 else name


def _adjusted(compared: Mapping[Name, Comparison | None]) -> dict[Name, float]:
    asked = {name: each.p_two_sided for name, each in compared.items() if each and _asked(name, compared) == name}
    return dict(zip(asked, holm(list(asked.values())), strict=True))


def _all_compared(
    rated: Sequence[Rated], members: Mapping[Name, set[int]], lens: Lens
) -> dict[Name, Comparison | None]:
    """Each group beside all others of whom its dimension is known."""
    found: dict[Name, Comparison | None] = {}
    for dimension in sorted({name[0] for name in members}):
        known = [each for each in rated if each.has_evidence and dimension in each.groups]
        place = bands(known)
        unexplained = left_open(known, place)
        everybody = Places(known, place, partial(_told, unexplained))
        for name in sorted(each for each in members if each[0] == dimension):
            found[name] = _compared(known, everybody, members[name], lens)
    return found


def _told(values: Mapping[int, int], person: Rated) -> int:
    return values[person.key]


def _compared(known: Sequence[Rated], everybody: Places, keys: set[int], lens: Lens) -> Comparison | None:
    inside, outside = ([each for each in known if (each.key in keys) is side] for side in (True, False))
    if min(len(inside), len(outside)) < lens.least_group or not _overlap(inside, outside, lens.least_overlap):
        return None
    return compare(everybody.split(inside))


def _overlap(inside: Sequence[Rated], outside: Sequence[Rated], least: int) -> bool:
    """Whether enough people of each side lie where the evidence of both sides does."""
    sides = [sorted(each.whole_bp2 for each in side) for side in (inside, outside)]
    low, high = max(each[0] for each in sides), min(each[-1] for each in sides)
    return all(sum(low <= each <= high for each in side) >= least for side in sides)


def _line(
    name: Name,
    size: int,
    shares: Mapping[Name, Share],
    comparison: Comparison | None,
    chance: float | None,
    lens: Lens,
) -> GroupLine:
    if name not in shares:
        return GroupLine(*name, size)
    share, best = shares[name], _best(name[0], shares)
    adjusted = _per_rating(comparison) if comparison else None
    sure = adjusted is not None and chance is not None and chance <= lens.false_alarm_rate
    pointed = sure and adjusted is not None and abs(adjusted[0]) >= lens.least_levels
    times = ratio(share, shares[best]) if best != name else None
    known = best[1] if shares[best].count else None
    return GroupLine(*name, size, share, known, times, adjusted, chance, pointed)


def _per_rating(comparison: Comparison) -> tuple[float, Interval]:
    low, high = comparison.interval
    unit = 2 * QUARTERS
    return comparison.effect / unit, (low / unit, high / unit)
