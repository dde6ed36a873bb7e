"""What any room that keeps evidence may find odd, as the oversight team's questions take it (`evidence.signals`).

A room names its sources in `signals.py`; settings list them (`TERANG_SIGNALS`). A source finds, it never judges.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, QuerySet
from django.utils.module_loading import import_string

from terang.registry.organization.models import Agency
from terang.rules.sentences import Sentence

Row = TypeVar("Row", bound=Model)
Limits = Mapping[str, int]
"""The thresholds in force by their code."""


@dataclass(frozen=True)
class Limit:
    """A threshold that a government dates and changes, from where on (inclusive) something is asked. No regulation
    fixes any of them: `usual` is Terang's own starting point. `label` says the unit."""

    code: str
    label: Any
    usual: int
    least: int
    most: int


@dataclass(frozen=True)
class Trace:
    """One record behind a question. `ref` names the evidence for ever, as `app.model:key`: the same is never asked
    about twice. `url` opens it (empty where no page does), `day` is its day (missing where it has none)."""

    ref: str
    words: Sentence
    url: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Oddity:
    """What is worth a question, about a person or (where `employee_id` is missing) a unit, for which its head answers.

    `first` and `last` are inclusive. `unit_id` missing: where the person works. `sentence` tells the facts with their
    numbers, never a threshold: who reads it must not learn how to stay below.
    """

    first: date
    last: date
    sentence: Sentence
    traces: tuple[Trace, ...]
    employee_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True)
class Span:
    """Where a source looks: one government, from `start` to before `today`. `known` are the traces that were asked
    about before; a source counts only what is not among them."""

    agency: Agency
    start: date
    today: date
    known: frozenset[str] = frozenset()

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.agency.time_zone)

    @property
    def since(self) -> datetime:
        """The first moment, in the government's own time."""
        return datetime.combine(self.start, time.min, self.zone)

    @property
    def until(self) -> datetime:
        """The moment before which everything lies."""
        return datetime.combine(self.today, time.min, self.zone)

    def is_fresh(self, ref: str) -> bool:
        return ref not in self.known

    def fresh(self, rows: QuerySet[Row], ref_of: Callable[[Row], str], most: int) -> Iterator[Row]:
        """Rows nobody was asked about yet, in their order, at most so many. What is known is passed over before the
        count, so that it keeps nothing new out however often it is found again. One query, read as it is used."""
        return islice((row for row in rows.iterator() if self.is_fresh(ref_of(row))), most)


@dataclass(frozen=True)
class Source:
    """One kind of question. `days` is how far back it looks; `title` and `what` are words for overseers. `retell`
    gives the sentence over the `ref`s that are left after one was withdrawn; a source that withdraws nothing has none.
    `recalls`: so many days further back it is told what was asked about (`Span.known`), where its evidence outlives its
    days."""

    kind: str
    title: Any
    what: Any
    days: int
    limits: tuple[Limit, ...]
    find: Callable[[Span, Limits], Iterable[Oddity]]
    retell: Callable[[Sequence[str]], Sentence] | None = None
    recalls: int = 0

    def usual(self) -> dict[str, int]:
        return {limit.code: limit.usual for limit in self.limits}


def withdraw(agency_id: int, kind: str, prefix: str) -> None:
    """Records whose `ref` begins so stand behind no question of a kind from now on, within the caller's transaction
    (`TERANG_TRACE_WITHDRAWAL`)."""
    import_string(settings.TERANG_TRACE_WITHDRAWAL)(agency_id=agency_id, kind=kind, prefix=prefix)
