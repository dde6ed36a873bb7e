"""Who appraises whom on one day: pure, from dated rows already read. The rules are PermenPANRB 6/2022, Lampiran
IV.A.2–7.

The appraiser is the head of the person's unit; of a head, the head of the unit above (IV.A.2). Where the head's post is
vacant an acting official appraises (IV.A.3), else the unit above does, step by step. Who acts as Plt. is appraised
where
they report as Plt. (IV.A.5). An override with reason and document wins. Nobody appraises themselves; elected heads are
not appraised.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from terang.registry.people.models import AssignmentKind

Source = Literal["tree", "acting", "override"]

GOVERNING = {AssignmentKind.ACTING: 2, AssignmentKind.DEFINITIVE: 1, AssignmentKind.STAND_IN: 0}
_LEADING = {AssignmentKind.DEFINITIVE: 2, AssignmentKind.ACTING: 1, AssignmentKind.STAND_IN: 0}


@dataclass(frozen=True)
class Place:
    """A person on a post on the day asked about."""

    assignment_id: int
    employee_id: int
    unit_id: int
    kind: str
    starts_on: date
    is_head: bool
    is_elected: bool
    title: str


@dataclass(frozen=True)
class Node:
    """A unit of the tree; `parent_id` is None at the root."""

    parent_id: int | None
    name: str


@dataclass(frozen=True)
class Delegation:
    """An override in force on the day."""

    override_id: int
    appraiser_id: int
    starts_on: date
    reason: str
    document: str


@dataclass(frozen=True)
class Answer:
    """The appraiser by id and where the answer comes from. `vacant` are the unit ids climbed past because nobody led
    them."""

    appraiser_id: int
    source: Source
    place: Place | None = None
    vacant: tuple[int, ...] = ()
    stand_in_id: int | None = None
    delegation: Delegation | None = None

    def is_given_by(self, employee_id: int) -> bool:
        """Whether this person is the appraiser, or stands in."""
        return employee_id in (self.appraiser_id, self.stand_in_id)


class Hierarchy:
    """The units, the people on posts and the overrides of one agency on one day. No order of rows changes an answer."""

    def __init__(
        self, units: Mapping[int, Node], places: Iterable[Place], delegations: Mapping[int, Delegation] | None = None
    ) -> None:
        self.units = units
        self.delegations = delegations or {}
        self.places: dict[int, list[Place]] = {}
        self._leaders: dict[int, list[Place]] = {}
        self._heads: dict[int, tuple[Place | None, Place | None]] = {}
        self.add(places)

    def copy(self) -> "Hierarchy":
        """One to which more people can be added while this one stays as it is."""
        return Hierarchy(self.units, (place for places in self.places.values() for place in places), self.delegations)

    def add(self, places: Iterable[Place]) -> None:
        """More people; who is known already is left as they are."""
        known = set(self.places)
        self._heads.clear()
        for place in places:
            if place.employee_id in known:
                continue
            self.places.setdefault(place.employee_id, []).append(place)
            if place.is_head:
                self._leaders.setdefault(place.unit_id, []).append(place)

    @property
    def leader_ids(self) -> set[int]:
        """Everybody on a post that heads a unit, definitively or acting."""
        return {place.employee_id for places in self._leaders.values() for place in places}

    def governing_place(self, employee_id: int) -> Place | None:
        """The post a person is appraised in: as Plt. while acting, else the definitive one, else as Plh."""
        return max(self.places.get(employee_id, ()), key=lambda place: _rank(place, GOVERNING), default=None)

    def head_of(self, unit_id: int) -> Place | None:
        """Who leads the unit: the definitive head, else the Plt., else the Plh.; None where vacant."""
        return self._seats(unit_id)[0]

    def stand_in_of(self, unit_id: int) -> Place | None:
        """The Plh. who stands in for a head that is away for some days; None where the Plh. is the head."""
        return self._seats(unit_id)[1]

    def _seats(self, unit_id: int) -> tuple[Place | None, Place | None]:
        if unit_id not in self._heads:
            ranked = sorted(self._leaders.get(unit_id, ()), key=lambda place: _rank(place, _LEADING), reverse=True)
            stand_in = next((place for place in ranked[1:] if place.kind == AssignmentKind.STAND_IN), None)
            self._heads[unit_id] = (ranked[0] if ranked else None, stand_in)
        return self._heads[unit_id]

    def upward(self, unit_id: int | None) -> Iterator[int]:
        """The unit and those above it; ends at the root and, where the tree runs in a circle, before the first
        repetition."""
        seen: set[int] = set()
        while unit_id is not None and unit_id in self.units and unit_id not in seen:
            seen.add(unit_id)
            yield unit_id
            unit_id = self.units[unit_id].parent_id

    def appraiser(self, employee_id: int) -> Answer | None:
        """The appraiser of a person; None for elected officials, people without a post and where nobody leads above."""
        delegation = self.delegations.get(employee_id)
        if delegation and delegation.appraiser_id != employee_id:
            return Answer(delegation.appraiser_id, "override", delegation=delegation)
        return self.appraiser_by_tree(employee_id)

    def appraiser_by_tree(self, employee_id: int) -> Answer | None:
        """As `appraiser`, leaving overrides aside."""
        place = self.governing_place(employee_id)
        if place is None or place.is_elected or place.unit_id not in self.units:
            return None
        start = self.units[place.unit_id].parent_id if place.is_head else place.unit_id
        vacant: list[int] = []
        for unit_id in self.upward(start):
            head = self.head_of(unit_id)
            if head is None:
                vacant.append(unit_id)
            elif head.employee_id != employee_id:
                return self._led_by(head, employee_id, tuple(vacant))
        return None

    def superior(self, employee_id: int) -> Answer | None:
        """The appraiser's own appraiser; where that would be the person, who leads above the person. None without
        either."""
        answer = self.appraiser(employee_id)
        above = self.appraiser(answer.appraiser_id) if answer else None
        if above and above.appraiser_id == employee_id:
            above = self.appraiser_by_tree(employee_id)
        if answer is None or above is None or above.appraiser_id == answer.appraiser_id:
            return None
        return above

    def led_units(self, employee_id: int) -> set[int]:
        """The units whose people a person appraises or stands in for: those led, and vacant ones below them."""
        mine = {p.unit_id for p in self.places.get(employee_id, ()) if p.is_head}
        return {unit_id for unit_id in self.units if mine and self._first_led(unit_id) in mine}

    def second_line(self, employee_id: int) -> tuple[set[int], set[int]]:
        """Whose appraiser's appraiser a person is (`superior`), or stands in for as Plh.: the ids of leaders and of
        people with an override, and the units whose other people are. Asks that all of the former and who is named in
        an override are known."""
        known = {pk: self.appraiser(pk) for pk in {*self.leader_ids, *self.delegations}}
        mine = {pk for pk, above in known.items() if above and above.is_given_by(employee_id)}
        near = {pk for pk, above in known.items() if above and (above.appraiser_id in mine or pk in self.delegations)}
        near.discard(employee_id)
        named = {pk for pk in near if (above := self.superior(pk)) and above.is_given_by(employee_id)}
        heads = {unit_id: self.head_of(led) for unit_id in self.units if (led := self._first_led(unit_id))}
        return named, {unit_id for unit_id, head in heads.items() if head and head.employee_id in mine}

    def circles(self) -> list[tuple[int, ...]]:
        """Groups of people whose appraisers run in a circle, each group once, in order of the smallest id."""
        found: set[tuple[int, ...]] = set()
        settled: set[int] = set()
        for employee_id in sorted({*self.leader_ids, *self.delegations}):
            walk: list[int] = []
            current: int | None = employee_id
            while current is not None and current not in settled and current not in walk:
                walk.append(current)
                answer = self.appraiser(current)
                current = answer.appraiser_id if answer else None
            if current in walk:
                circle = walk[walk.index(current) :]
                turn = circle.index(min(circle))
                found.add((*circle[turn:], *circle[:turn]))
            settled.update(walk)
        return sorted(found)

    def _first_led(self, unit_id: int) -> int | None:
        return next((above for above in self.upward(unit_id) if above in self._leaders), None)

    def _led_by(self, head: Place, employee_id: int, vacant: tuple[int, ...]) -> Answer:
        stand_in = self.stand_in_of(head.unit_id)
        stand_in_id = stand_in.employee_id if stand_in and stand_in.employee_id != employee_id else None
        source: Source = "tree" if head.kind == AssignmentKind.DEFINITIVE else "acting"
        return Answer(head.employee_id, source, head, vacant, stand_in_id)


def _rank(place: Place, order: Mapping[AssignmentKind, int]) -> tuple[int, date, int]:
    return order[AssignmentKind(place.kind)], place.starts_on, place.assignment_id
