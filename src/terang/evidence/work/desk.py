"""What a person needs to write an entry: what it can count for, what was written last, favourites, drafts."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median_high

from terang.evidence.work.drafts import DAYS, Offer, offers
from terang.evidence.work.models import Entry, Favourite, Task
from terang.evidence.work.purposes import Purpose, key_of, purpose_of, purposes_of
from terang.evidence.work.states import REPORTED
from terang.planning.plans.models import Plan
from terang.planning.plans.selectors import agreed_plan
from terang.registry.people.models import Employee

RECENT = 60
"""Entries looked at for what was used last, the usual quantity, and texts that come again."""
TASKS = 4
OFFERS = 3
"""Drafts shown at once."""
SHOWN = 4
"""Purposes shown at once; the rest stands under “Lainnya”."""


@dataclass(frozen=True)
class Desk:
    """`purposes` are in the order to show: used last first, then that of the plan. `recent` are entries of this plan
    that stand, latest first: not the withdrawn. `favourites` come with the purpose they serve, None where it is no
    longer in the plan."""

    day: date
    plan: Plan | None = None
    purposes: dict[str, Purpose] = field(default_factory=dict)
    recent: tuple[Entry, ...] = ()
    favourites: tuple[tuple[Favourite, Purpose | None], ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def last(self) -> Entry | None:
        return self.recent[0] if self.recent else None

    def usual_milli(self, key: str) -> int | None:
        """The usual quantity of a purpose: the median of the latest; missing below three."""
        amounts = [entry.quantity_milli for entry in self.recent if key_of(entry) == key and entry.quantity_milli]
        return median_high(amounts) if len(amounts) >= 3 else None

    @property
    def first_offers(self) -> tuple[Offer, ...]:
        return self.offers[:OFFERS]

    @property
    def more_offers(self) -> tuple[Offer, ...]:
        return self.offers[OFFERS:]

    @property
    def unused_favourites(self) -> int:
        return sum(purpose is None for _favourite, purpose in self.favourites)


def desk_of(employee: Employee, day: date, *, drafts: bool = True) -> Desk:
    """Six queries, and those of the rooms that make drafts; four without an agreed plan."""
    plan = agreed_plan(employee.pk, day)
    if plan is None:
        return Desk(day)
    known = purposes_of(plan, _open_tasks(employee, plan, day))
    entries = Entry.objects.filter(employee=employee, result__plan=plan, state__in=REPORTED)
    recent = tuple(entries.select_related("task", "indicator", "result")[:RECENT])
    purposes = _used_last_first(known, recent)
    kept = Favourite.objects.filter(employee=employee).select_related("result__plan", "indicator")
    favourites = tuple((each, purpose_of(each, purposes)) for each in kept)
    made = tuple(offers(employee, day, purposes, recent)) if drafts else ()
    return Desk(day, plan, purposes, recent, favourites, made)


def _open_tasks(employee: Employee, plan: Plan, day: date) -> list[Task]:
    """Tasks due soon, and those due lately: they can still be reported."""
    since = day - timedelta(days=DAYS - 1)
    tasks = Task.objects.filter(employee=employee, result__plan=plan, due_on__gte=since).select_related("result")
    return list(tasks.order_by("due_on", "id")[:TASKS])


def _used_last_first(purposes: dict[str, Purpose], recent: tuple[Entry, ...]) -> dict[str, Purpose]:
    """What the latest entries counted for first, then the order of the plan."""
    used = list(dict.fromkeys(purpose.key for entry in recent if (purpose := purpose_of(entry, purposes))))
    return {key: purposes[key] for key in (*used, *(key for key in purposes if key not in used))}
