"""Each appraiser beside the others who rated people with like evidence."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from terang.rules.fairness.comparing import Comparison, compare, holm, stratum
from terang.rules.fairness.model import Lens, Rated
from terang.rules.fairness.strata import QUARTERS, Places, bands, cells, left_open
from terang.rules.fairness.tiers import Interval, shrunk


class Pattern(StrEnum):
    """What can be looked for. Both ratings count together, in levels; a share is of people."""

    SEVERITY = "severity"
    HALO = "halo"
    SAME = "same"
    CENTRAL = "central"
    RECENCY = "recency"
    DRIFT = "drift"


@dataclass(frozen=True)
class RaterFinding:
    """One pattern of one appraiser. `effect` is in levels per rating for severity (below zero: severer than the
    others), recency and drift, a share of people for halo, same (all
    results of a person rated alike) and central; `chance` is adjusted for everything looked at;
    `is_pointed_at` says "look here"."""

    rater: int
    pattern: Pattern
    effect: float
    interval: Interval
    chance: float
    is_pointed_at: bool


@dataclass(frozen=True)
class RaterLine:
    """One appraiser: people rated and with evidence, severity pulled towards the others (levels per rating) with its
    interval, rank agreement with evidence from -1 to 1 (None where ratings or evidence do not differ), findings. Where
    fewer than the least number were rated, everything but the counts is missing."""

    rater: int
    rated: int
    compared: int
    severity: float | None = None
    interval: Interval | None = None
    agreement: float | None = None
    findings: tuple[RaterFinding, ...] = ()


@dataclass(frozen=True)
class _Seen:
    rater: int
    pattern: Pattern
    comparison: Comparison

    @property
    def scale(self) -> int:
        """Of the values, in one level per rating, or in one person."""
        if self.pattern in (Pattern.SEVERITY, Pattern.RECENCY):
            return 2 * QUARTERS
        return 2 if self.pattern is Pattern.DRIFT else 1

    @property
    def chance(self) -> float:
        both = self.pattern is Pattern.SEVERITY
        return self.comparison.p_two_sided if both else self.comparison.p_high


LEAST_ITEMS = 2
"""Results of one person that were rated one by one, from which on they can be alike."""


def look_at_raters(rated: Sequence[Rated], lens: Lens) -> list[RaterLine]:
    """Every appraiser by key. Nothing is pointed at with more than the declared chance where all rate alike."""
    everybody: dict[int, list[Rated]] = defaultdict(list)
    for each in rated:
        everybody[each.rater].append(each)
    known = [each for each in rated if each.has_evidence]
    teams: dict[int, list[Rated]] = defaultdict(list)
    for each in known:
        teams[each.rater].append(each)
    seen = _all_seen(known, {key: team for key, team in teams.items() if len(team) >= lens.least_rated})
    findings = _findings(seen, lens)
    severity = [each for each in seen if each.pattern is Pattern.SEVERITY]
    pulled = shrunk([(each.comparison.effect / each.scale, each.comparison.se / each.scale) for each in severity])
    levels = {each.rater: found for each, found in zip(severity, pulled, strict=True)}
    return [
        _line(rater, len(people), teams[rater], levels.get(rater), findings.get(rater, []), lens)
        for rater, people in sorted(everybody.items())
    ]


def _line(
    rater: int,
    rated: int,
    team: Sequence[Rated],
    level: tuple[float, Interval] | None,
    findings: Sequence[RaterFinding],
    lens: Lens,
) -> RaterLine:
    if len(team) < lens.least_rated:
        return RaterLine(rater, rated, len(team))
    at, interval = level or (None, None)
    return RaterLine(rater, rated, len(team), at, interval, agreement(team), tuple(findings))


def _all_seen(known: Sequence[Rated], teams: Mapping[int, Sequence[Rated]]) -> list[_Seen]:
    if not teams:
        return []
    fine = bands(known)
    unexplained = left_open(known, fine)
    places = _places(known, fine, unexplained)
    found: list[_Seen] = []
    for rater, team in sorted(teams.items()):
        told = {pattern: compare(each.split(team)) for pattern, each in places.items()}
        told[Pattern.RECENCY] = _recency(team, unexplained)
        found += [_Seen(rater, pattern, each) for pattern, each in told.items() if each is not None]
    return found


def _places(
    known: Sequence[Rated], fine: Mapping[int, Hashable], unexplained: Mapping[int, int]
) -> dict[Pattern, Places]:
    """What is counted for each pattern, of whom and among whom."""
    coarse = cells(known)
    both = [each for each in known if each.knows_both]
    itemised = [each for each in known if each.items >= LEAST_ITEMS]
    by_items = {each.key: (coarse[each.key], each.items) for each in itemised}
    return {
        Pattern.SEVERITY: Places(known, fine, lambda each: unexplained[each.key]),
        Pattern.CENTRAL: Places(known, coarse, lambda each: int(each.is_middle)),
        Pattern.DRIFT: Places(known, coarse, lambda each: each.distance),
        Pattern.HALO: Places(both, coarse, lambda each: int(each.work == each.behaviour)),
        Pattern.SAME: Places(itemised, by_items, lambda each: int(each.are_items_alike)),
    }


def _recency(team: Sequence[Rated], unexplained: Mapping[int, int]) -> Comparison | None:
    """Whether those whose last weeks were better than their whole period were rated higher than the rest of the team,
    beyond what the whole period says. None where the last weeks are not known."""
    known = [each for each in team if each.recent_bp is not None]
    up = [unexplained[each.key] for each in known if 2 * (each.recent_bp or 0) > each.whole_bp2]
    down = [unexplained[each.key] for each in known if 2 * (each.recent_bp or 0) <= each.whole_bp2]
    return compare([stratum(up, down)])


def _findings(seen: Sequence[_Seen], lens: Lens) -> dict[int, list[RaterFinding]]:
    found: dict[int, list[RaterFinding]] = defaultdict(list)
    for each, chance in zip(seen, holm([one.chance for one in seen]), strict=True):
        effect = each.comparison.effect / each.scale
        low, high = each.comparison.interval
        sure = chance <= lens.false_alarm_rate and abs(effect) >= lens.least_levels
        finding = RaterFinding(each.rater, each.pattern, effect, (low / each.scale, high / each.scale), chance, sure)
        found[each.rater].append(finding)
    return found


def agreement(team: Sequence[Rated]) -> float | None:
    """Rank agreement of both ratings with evidence (Kendall's tau-b). None where one of them does not differ."""
    pairs = [(each.levels, each.whole_bp2) for each in team]
    score = apart_rating = apart_evidence = 0
    for n, (rating, evidence) in enumerate(pairs):
        for other, proof in pairs[:n]:
            a, b = (rating > other) - (rating < other), (evidence > proof) - (evidence < proof)
            score, apart_rating, apart_evidence = score + a * b, apart_rating + abs(a), apart_evidence + abs(b)
    scale = (apart_rating * apart_evidence) ** 0.5
    return score / scale if scale else None
