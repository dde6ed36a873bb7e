"""Who has like evidence: bands of equally many people by evidence, cells of equal suggested ratings, and what the
evidence inside a band leaves open of a rating."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence

from terang.rules.fairness.comparing import Stratum
from terang.rules.fairness.model import Rated

BANDS, COARSE = 20, 5
LEAST_IN_BAND = 20
QUARTERS = 4
"""What evidence leaves open is counted in quarters of a level, so that sums stay whole."""


def bands(rated: Iterable[Rated], most: int = BANDS) -> dict[int, Hashable]:
    """Each person's band by evidence, apart for those of whom different parts are known: at most `most` bands of at
    least twenty people. People of equal evidence share a band. All must have evidence."""
    parts: dict[tuple[bool, bool], list[Rated]] = defaultdict(list)
    for each in rated:
        parts[each.parts].append(each)
    return {key: (part, band) for part, people in parts.items() for key, band in _bands(people, most).items()}


def _bands(rated: Sequence[Rated], most: int) -> dict[int, int]:
    number = max(1, min(most, len(rated) // LEAST_IN_BAND))
    ordered = sorted((each.whole_bp2, each.key) for each in rated)
    first: dict[int, int] = {}
    for place, (evidence, _key) in enumerate(ordered):
        first.setdefault(evidence, place * number // len(ordered))
    return {key: first[evidence] for evidence, key in ordered}


def left_open(rated: Sequence[Rated], place: Mapping[int, Hashable]) -> dict[int, int]:
    """What evidence leaves open of each person's `levels`, in quarters of a level, rounded half up: the distance from
    the straight line that fits rating to evidence inside the band. People in one band need not have the same evidence
    (below forty people there is one band for all); a line that falls is taken as flat. `place` is `bands`."""
    members: dict[Hashable, list[Rated]] = defaultdict(list)
    for each in rated:
        members[place[each.key]].append(each)
    return {key: quarters for people in members.values() for key, quarters in _from_line(people)}


def _from_line(people: Sequence[Rated]) -> Iterator[tuple[int, int]]:
    """Least squares in whole numbers, so that neither the order of people nor a machine changes the last digit."""
    number = len(people)
    evidence, given = sum(each.whole_bp2 for each in people), sum(each.levels for each in people)
    spread = number * sum(each.whole_bp2**2 for each in people) - evidence**2 or 1
    rise = max(0, number * sum(each.whole_bp2 * each.levels for each in people) - evidence * given)
    for each in people:
        apart = (number * each.levels - given) * spread - rise * (number * each.whole_bp2 - evidence)
        yield each.key, (2 * QUARTERS * apart // (number * spread) + 1) // 2


def cells(rated: Sequence[Rated]) -> dict[int, Hashable]:
    """Each person's cell: both suggested ratings, and a coarse band."""
    coarse = bands(rated, COARSE)
    return {each.key: (each.suggested_work, each.suggested_behaviour, coarse[each.key]) for each in rated}


class Places:
    """A value of everybody by stratum, counted once and then asked for many teams."""

    def __init__(self, rated: Iterable[Rated], place: Mapping[int, Hashable], value: Callable[[Rated], int]) -> None:
        people = list(rated)
        self.place, self.value = {each.key: place[each.key] for each in people}, value
        self.counts: dict[Hashable, Counter[int]] = defaultdict(Counter)
        for each in people:
            self.counts[self.place[each.key]][value(each)] += 1

    def split(self, inside: Iterable[Rated]) -> list[Stratum]:
        """The strata that hold some of those inside; who is not among everybody is left out."""
        parts: dict[Hashable, list[int]] = defaultdict(list)
        for each in (one for one in inside if one.key in self.place):
            parts[self.place[each.key]].append(self.value(each))
        return [Stratum(tuple(values), self.counts[place]) for place, values in parts.items()]
