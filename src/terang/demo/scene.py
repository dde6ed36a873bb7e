"""What the makers of demo data share: one government, twelve months, people, and dice that fall everywhere the same."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from terang.demo.blueprint import PostSpec, UnitSpec, government
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Employee, Post

MONTHS = 12


@dataclass(frozen=True)
class Month:
    """One of the twelve months: its place in the story (0 to 11) and the working days up to the demo's day."""

    index: int
    start: date
    end: date
    working_days: tuple[date, ...]

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)

    @property
    def last_weekday(self) -> date:
        """The last Monday to Friday of the whole month, which in the running month may still lie ahead."""
        return self.last_day - timedelta(days=max(0, self.last_day.weekday() - 4))


@dataclass
class Person:
    """Somebody of the demo: where they work, what they do, and the figures their story asks for."""

    slot: str
    employee: Employee
    unit: UnitSpec
    post: PostSpec
    story: dict[str, Any]
    diligence: list[int] = field(default_factory=list)
    """How much of what is due gets done, in percent, month by month."""
    place: Post | None = None


@dataclass(frozen=True)
class Place:
    """A post of the demo as planned and as kept."""

    unit: UnitSpec
    post: PostSpec
    row: Post | None


@dataclass(frozen=True)
class Move:
    """Where somebody was until the day before `on`."""

    on: date
    before: Place


@dataclass
class Scene:
    """One government while it is being made."""

    code: str
    agency: Agency
    today: date
    months: list[Month]
    specs: list[UnitSpec]
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    moves: dict[str, Move] = field(default_factory=dict)
    goal_codes: dict[int, str] = field(default_factory=dict)
    """The code of the goal of each key indicator, once goals are made."""

    @property
    def facts(self) -> dict[str, Any]:
        return government(self.code)

    @cached_property
    def _parents(self) -> dict[str, str | None]:
        return {spec.key: spec.parent for spec in self.specs}

    def part_of_year(self, month: Month) -> float:
        """How much of this year's time until today had passed at the end of a month, 0 to 1."""
        start = date(self.today.year, 1, 1)
        passed = (min(month.end, self.today) - start).days
        return max(0.0, min(1.0, passed / max(1, (self.today - start).days)))

    def dice(self, topic: str) -> random.Random:
        """Dice of their own for each topic, so that one more throw in one place moves nothing elsewhere."""
        return random.Random(f"{self.code}:{topic}")

    def staff_of(self, unit_key: str) -> Iterator[Person]:
        return (person for person in self.people.values() if person.unit.key == unit_key and not person.post.is_head)

    def head_of(self, unit_key: str) -> Person | None:
        return self.people.get(f"{unit_key}/head")

    def appraiser_of(self, person: Person) -> Person | None:
        """Who leads the person's unit, or the unit above where they lead it themselves."""
        key: str | None = person.unit.key
        if person.post.is_head:
            key = person.unit.parent
        while key is not None:
            head = self.head_of(key)
            if head is not None:
                return head
            key = self._parents[key]
        return None


def month_starts(today: date) -> list[date]:
    """The first days of the twelve months that end with today's."""
    first = today.year * 12 + today.month - MONTHS
    return [date(number // 12, number % 12 + 1, 1) for number in range(first, first + MONTHS)]


def steered(target: float, count: int, low: int, high: int, dice: random.Random) -> list[int]:
    """`count` whole answers from `low` to `high` whose mean follows `target`: what one misses, the next makes good."""
    answers, owed = [], 0.0
    for _ in range(count):
        wanted = target + owed
        answer = min(high, max(low, round(wanted + dice.uniform(-0.7, 0.7))))
        owed = wanted - answer
        answers.append(answer)
    return answers
