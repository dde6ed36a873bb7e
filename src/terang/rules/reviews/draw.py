"""Who is asked about whom: drawn at random, evenly, with conflicts of interest left out. Pure.

The caller brings the generator. In use it is one of the system whose state nobody keeps, so that nobody can draw the
same pairs again; tests bring one with a seed. A draw cannot be repeated on purpose: the pairs are a secret before the
rated, and a published seed would tell them.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from terang.rules.reviews.terms import Kind

Group = tuple[int, Kind]
"""A subject and the kind of raters."""


@dataclass(frozen=True)
class Person:
    """Somebody on the day of the draw. `leader` appraises them (None: nobody), `unit` and `above` are ids of their unit
    and the one over it; who has no account cannot `answer`."""

    id: int
    leader: int | None
    unit: int | None
    above: int | None
    is_head: bool = False
    can_answer: bool = True


@dataclass(frozen=True)
class Numbers:
    """Raters wanted for each kind (0: not asked), the least that makes asking worth while, and the most that one person
    is asked about. The cap holds for colleagues and subordinates: a leader is asked about everybody they lead."""

    wanted: Mapping[Kind, int]
    least: Mapping[Kind, int]
    cap: int


@dataclass(frozen=True, order=True)
class Pair:
    rater: int
    subject: int
    kind: Kind


@dataclass(frozen=True)
class Short:
    """A group that cannot be asked: only `found` raters where `least` are needed."""

    subject: int
    kind: Kind
    found: int
    least: int


@dataclass(frozen=True)
class Drawn:
    pairs: tuple[Pair, ...]
    short: tuple[Short, ...]


def eligible(
    people: Iterable[Person], barred: Collection[frozenset[int]], least: Mapping[Kind, int]
) -> dict[Group, tuple[int, ...]]:
    """Who could be asked about each person, in ascending ids: the leader; those under the same leader and, where they
    are fewer than `least`, also those of sister units; those whom the person leads. Pairs in `barred` are left out in
    both directions. A group that by its nature does not exist (nobody leads, nobody is led) is left out.
    """
    everybody = sorted(people, key=lambda person: person.id)
    led: dict[int | None, list[Person]] = defaultdict(list)
    sisters: dict[tuple[int, bool], list[Person]] = defaultdict(list)
    for person in everybody:
        if person.leader is not None:
            led[person.leader].append(person)
        if person.above is not None:
            sisters[person.above, person.is_head].append(person)
    able = {person.id for person in everybody if person.can_answer}
    found: dict[Group, tuple[int, ...]] = {}
    for person in everybody:
        free = _Free(person.id, able, barred)
        if person.leader is not None:
            found[person.id, "superior"] = free.of([person.leader])
            found[person.id, "peer"] = _peers(person, led, sisters, free, least["peer"])
        if led[person.id]:
            found[person.id, "subordinate"] = free.of(each.id for each in led[person.id])
    return found


@dataclass(frozen=True)
class _Free:
    """Leaves out of some people the subject, who cannot answer, and who stands in a conflict of interest."""

    subject: int
    able: Collection[int]
    barred: Collection[frozenset[int]]

    def of(self, ids: Iterable[int]) -> tuple[int, ...]:
        return tuple(
            pk
            for pk in dict.fromkeys(ids)
            if pk != self.subject and pk in self.able and frozenset((pk, self.subject)) not in self.barred
        )


def _peers(
    person: Person,
    led: Mapping[int | None, Sequence[Person]],
    sisters: Mapping[tuple[int, bool], Sequence[Person]],
    free: _Free,
    least: int,
) -> tuple[int, ...]:
    near = [each.id for each in led.get(person.leader, ()) if each.leader is not None]
    other = {person.leader, *(each.id for each in led.get(person.id, ()))}
    found = free.of(pk for pk in near if pk not in other)
    if len(found) >= least or person.above is None:
        return found
    beside = [each.id for each in sisters.get((person.above, person.is_head), ()) if each.unit != person.unit]
    return tuple(sorted(free.of(pk for pk in (*near, *beside) if pk not in other)))


def draw(groups: Mapping[Group, Sequence[int]], numbers: Numbers, dice: Random) -> Drawn:
    """Draws raters for every group that is asked, up to the wanted number, the least burdened first and among equals by
    lot; then evens the burden out. A group that stays below its least number is not asked at all: its answers would
    never be shown."""
    asked = {group: ids for group, ids in groups.items() if numbers.wanted.get(group[1], 0)}
    table = _Table(numbers, {group: ids for group, ids in asked.items() if len(ids) >= numbers.least[group[1]]}, dice)
    table.fill()
    table.help_out()
    table.drop_short()
    table.even_out()
    counts = {group: min(len(ids), table.found.get(group, len(ids))) for group, ids in asked.items()}
    short = [
        Short(*group, counts[group], numbers.least[group[1]]) for group in sorted(asked) if not table.taken.get(group)
    ]
    pairs = [Pair(rater, *group) for group, raters in table.taken.items() for rater in raters]
    return Drawn(tuple(sorted(pairs)), tuple(short))


def replacement(
    ids: Collection[int], taken: Collection[int], load: Mapping[int, int], cap: int, dice: Random
) -> int | None:
    """Somebody else of a group: by lot among the least burdened that are not asked yet and below the cap; None where
    there is nobody."""
    free = [pk for pk in ids if pk not in taken and load.get(pk, 0) < cap]
    return _lightest(free, load, dice) if free else None


def _lightest(ids: Sequence[int], load: Mapping[int, int], dice: Random) -> int:
    least = min(load.get(pk, 0) for pk in ids)
    return dice.choice(sorted(pk for pk in ids if load.get(pk, 0) == least))


@dataclass
class _Table:
    """The draw while it is going on: who is taken for each group, and how much each rater carries already."""

    numbers: Numbers
    groups: dict[Group, Sequence[int]]
    dice: Random
    taken: dict[Group, set[int]] = field(default_factory=dict)
    load: Counter[int] = field(default_factory=Counter)
    carries: dict[int, set[Group]] = field(default_factory=lambda: defaultdict(set))
    found: dict[Group, int] = field(default_factory=dict)

    def fill(self) -> None:
        """One rater for every group before anybody gets a second one; the groups with the smallest choice first."""
        self.taken = {group: set() for group in self.groups}
        for place in range(max(self.numbers.wanted.values(), default=0)):
            for group in self._in_turn():
                if place < self._wanted(group) and (free := self._free(group)):
                    self._take(group, _lightest(free, self.load, self.dice))

    def help_out(self) -> None:
        """Where a group stays below its least number because all its raters are full, one of them is freed by somebody
        else who takes over one of their other subjects."""
        for group in [group for group in self._in_turn() if self._lacks(group)]:
            while self._lacks(group) and self._free_one(group):
                pass

    def _free_one(self, group: Group) -> bool:
        for rater in sorted(set(self.groups[group]) - self.taken[group]):
            if self.load[rater] < self.numbers.cap:
                self._take(group, rater)
                return True
            for other in sorted(self.carries[rater]):
                if free := self._free(other):
                    self._move(other, rater, _lightest(free, self.load, self.dice))
                    self._take(group, rater)
                    return True
        return False

    def drop_short(self) -> None:
        for group in [group for group in self.taken if self._lacks(group)]:
            self.found[group] = len(self.taken[group])
            for rater in sorted(self.taken[group]):
                self._release(group, rater)
            del self.taken[group]

    def even_out(self) -> None:
        """Moves single pairs from a rater to one who carries at least two fewer, until no such move is left. Each move
        makes the sum of squares smaller, so it ends."""
        moved = True
        while moved:
            moved = False
            for group in sorted(self.taken):
                for rater in sorted(self.taken[group]):
                    free = [pk for pk in self._free(group) if self.load[pk] <= self.load[rater] - 2]
                    if free and group[1] != "superior":
                        self._move(group, rater, _lightest(free, self.load, self.dice))
                        moved = True

    def _in_turn(self) -> Iterator[Group]:
        groups = sorted(self.taken)
        self.dice.shuffle(groups)
        return iter(sorted(groups, key=lambda group: len(self.groups[group])))

    def _wanted(self, group: Group) -> int:
        return max(self.numbers.wanted[group[1]], self.numbers.least[group[1]])

    def _lacks(self, group: Group) -> bool:
        return len(self.taken[group]) < self.numbers.least[group[1]]

    def _free(self, group: Group) -> list[int]:
        """Who may still be asked: not asked about this person yet, and below the cap."""
        capped = group[1] != "superior"
        return [
            pk
            for pk in self.groups[group]
            if pk not in self.taken[group] and not (capped and self.load[pk] >= self.numbers.cap)
        ]

    def _take(self, group: Group, rater: int) -> None:
        self.taken[group].add(rater)
        if group[1] != "superior":
            self.load[rater] += 1
            self.carries[rater].add(group)

    def _release(self, group: Group, rater: int) -> None:
        self.taken[group].remove(rater)
        if group[1] != "superior":
            self.load[rater] -= 1
            self.carries[rater].remove(group)

    def _move(self, group: Group, before: int, after: int) -> None:
        self._release(group, before)
        self._take(group, after)
