"""What the work room hands to the engine: results of the plan, tasks, and regularity of reporting.

Eleven queries at most, whatever the number of people. Evidence is what the appraiser accepted, or left unanswered
beyond the last day (`states.counted`); what is not due yet on `as_of` is neither a gap nor a success.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import BigIntegerField, Case, Count, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from terang.evidence.months import months_between, prorated
from terang.evidence.work.explanation import records
from terang.evidence.work.hooks import WITHOUT_POLICY
from terang.evidence.work.models import Entry, Task
from terang.evidence.work.rhythms import rhythms
from terang.evidence.work.states import REPORTED, counted
from terang.planning.measuring import Direction, Gathering
from terang.planning.plans.models import IN_FORCE, Indicator
from terang.registry.organization.models import Agency
from terang.rules.policies import Reporting
from terang.rules.work.cadence import Slot, Window, last_day_in_time, slack_days, slots

__all__ = ["facts", "records"]

Rows = list[tuple[Any, ...]]
Excused = Mapping[int, Collection[date]]


def facts(
    employee_ids: Collection[int],
    start: date,
    end: date,
    *,
    as_of: date | None = None,
    reporting: Reporting | None = None,
    excused: Excused | None = None,
) -> dict[str, Rows]:
    """Rows of `plan_results`, `tasks` and `reporting` between `start` and `end` (exclusive), as `rules.tables`
    declares them.

    `as_of` is the day of asking (today where missing): pass it to repeat an old result. `reporting` is what the policy
    asks (daily with one day of grace where missing). `excused` holds each person's days of leave and own days of rest.
    """
    today = as_of or timezone.localdate()
    return {
        "plan_results": plan_results(employee_ids, start, end, today),
        "tasks": tasks(employee_ids, start, end, today),
        "reporting": reported_slots(employee_ids, start, end, today, reporting or WITHOUT_POLICY, excused or {}),
    }


def due_end(start: date, end: date, today: date) -> date:
    """The day up to which targets are due: the end of the period, in a running one today (so through yesterday)."""
    return max(min(end, today), min(start + timedelta(days=1), end))


def plan_results(employee_ids: Collection[int], start: date, end: date, today: date) -> Rows:
    """One row per indicator of an agreed plan that overlaps the time. Two queries."""
    totals = dict(_summed(employee_ids, start, end))
    due = due_end(start, end, today)
    return [
        (
            row.result__plan__employee_id,
            row.pk,
            row.direction,
            row.result__main,
            row.baseline_milli,
            prorated(row.target_milli, part := _part_due(row, start, due)),
            None if row.target_max_milli is None else prorated(row.target_max_milli, part),
            totals.get(row.pk) if row.gathering == Gathering.SUM else row.latest_milli,
            row.share_bp,
        )
        for row in _indicators(employee_ids, start, end, today)
    ]


def _summed(employee_ids: Collection[int], start: date, end: date) -> Iterable[tuple[int, int]]:
    """What was accepted in the time of each indicator's plan: one closed early ends with its last day."""
    entries = Entry.objects.filter(
        counted(),
        employee_id__in=employee_ids,
        day__gte=start,
        day__lt=end,
        indicator__gathering=Gathering.SUM,
    ).filter(
        day__gte=F("indicator__result__plan__period_start"),
        day__lt=F("indicator__result__plan__period_end"),
    )
    return entries.order_by().values_list("indicator").annotate(total=Sum("quantity_milli"))


def _indicators(employee_ids: Collection[int], start: date, end: date, today: date) -> Iterable[Any]:
    accepted = Entry.objects.filter(
        counted(),
        indicator=OuterRef("pk"),
        day__gte=OuterRef("result__plan__period_start"),
        day__lt=OuterRef("result__plan__period_end"),
    ).filter(day__lt=end)
    latest = Subquery(accepted.order_by("-day", "-id").values("quantity_milli")[:1])
    return (
        Indicator.objects.filter(
            result__plan__employee_id__in=employee_ids,
            result__plan__state__in=IN_FORCE,
            result__plan__period_start__lt=end,
            result__plan__period_end__gt=start,
        )
        .exclude(Q(retired_on__lte=today) | Q(result__retired_on__lte=today))
        .annotate(latest_milli=Case(When(gathering=Gathering.LATEST, then=latest), output_field=BigIntegerField()))
        .order_by("result__plan__employee_id", "id")
        .values_list(
            "pk",
            "direction",
            "gathering",
            "baseline_milli",
            "target_milli",
            "target_max_milli",
            "share_bp",
            "latest_milli",
            "result__main",
            "result__plan__employee_id",
            "result__plan__period_start",
            "result__plan__period_end",
            "result__plan__planned_end",
            named=True,
        )
    )


def _part_due(row: Any, start: date, due: date) -> Fraction:
    """The part of a target due: all of it for a level (latest value) or a yes/no, the months passed for a sum, of those
    it was agreed for: a plan that was closed early owes only its own months."""
    if row.gathering == Gathering.LATEST or row.direction == Direction.YES_NO:
        return Fraction(1)
    since, till = row.result__plan__period_start, row.result__plan__period_end
    return months_between(max(start, since), min(due, till)) / months_between(
        since, row.result__plan__planned_end or till
    )


def tasks(employee_ids: Collection[int], start: date, end: date, today: date) -> Rows:
    """One row per task whose day has passed, or that is already complete. One query."""
    accepted = counted("entries__") & Q(entries__day__lt=end)
    due = (
        Task.objects.filter(
            employee_id__in=employee_ids, due_on__gte=start, due_on__lt=end, result__plan__state__in=IN_FORCE
        )
        .annotate(accepted_milli=Coalesce(Sum("entries__quantity_milli", filter=accepted), 0))
        .filter(Q(due_on__lt=today) | Q(accepted_milli__gte=F("planned_milli")))
        .order_by("employee_id", "id")
        .values_list("employee_id", "id", "planned_milli", "accepted_milli", "result__programme")
    )
    return [(*row, bool(programme)) for *row, programme in due]


def reported_slots(
    employee_ids: Collection[int], start: date, end: date, today: date, asked: Reporting, excused: Excused
) -> Rows:
    """One row per person and month with days that ask for an entry. Queries grow with different rhythms only.

    A day counts once its window has closed, or as soon as it is reported, so that a morning never looks like a gap.
    """
    rows: Rows = []
    until = min(end, today + timedelta(days=1))
    for agency in Agency.objects.filter(employees__in=employee_ids).distinct():
        for rhythm, ids in rhythms(agency, employee_ids, start, until, asked).items():
            if days := rhythm.working_days(start, until):
                rows += _reporting_rows(ids, days, today, rhythm.window, excused)
    return rows


def _reporting_rows(
    ids: Sequence[int], days: list[date], today: date, window: Window, excused: Excused
) -> Iterator[tuple[Any, ...]]:
    """(person, month, required, reported). A report on a day of leave can make up for one missed in the same month."""
    asked = slots(window, days)
    calendar = set(days)
    closed = [slot for slot in asked if last_day_in_time(slot.days[-1], window, calendar) < today]
    usual = Counter(slot.month for slot in closed)
    counted = _reported(ids, window, asked, closed)
    months = sorted({slot.month for slot in asked})
    for employee_id in sorted(ids):
        away = set(excused.get(employee_id, ()))
        own = _own_closed(closed, window, calendar, away, today) if away else usual
        for month in months:
            in_closed, in_open = counted.get((employee_id, month), (0, 0))
            if required := own[month] + in_open:
                yield employee_id, month, required, min(in_closed + in_open, required)


def _own_closed(
    closed: Sequence[Slot], window: Window, calendar: set[date], away: set[date], today: date
) -> Counter[int]:
    """The closed slots by month of who was away: without those of which every day was, and without the last ones, whose
    window stays open longer because the person's days away use up no grace."""
    until = len(closed)
    while until and last_day_in_time(closed[until - 1].days[-1], window, calendar, away) >= today:
        until -= 1
    return Counter(slot.month for slot in closed[:until] if not away.issuperset(slot.days))


def _reported(
    ids: Sequence[int], window: Window, asked: list[Slot], closed: list[Slot]
) -> dict[tuple[int, int], tuple[int, int]]:
    """Slots with an entry in time, by person and month: those whose window has closed, and those still open."""
    after = closed[-1].days[-1] if closed else asked[0].days[0] - timedelta(days=1)
    daily = all(len(slot.days) == 1 for slot in asked)
    number = F("day") if daily else Case(*(When(day__lte=slot.days[-1], then=n) for n, slot in enumerate(asked)))
    month = Case(*(When(day__lte=last, then=Value(name)) for name, last in _last_days(asked)))
    rows = (
        Entry.objects.filter(_in_time(window, asked), employee_id__in=ids, state__in=REPORTED)
        .order_by()
        .values("employee_id", month=month)
        .annotate(
            closed=Count(number, filter=Q(day__lte=after), distinct=True),
            open=Count(number, filter=Q(day__gt=after), distinct=True),
        )
    )
    return {(row["employee_id"], row["month"]): (row["closed"], row["open"]) for row in rows}


def _in_time(window: Window, asked: list[Slot]) -> Q:
    """Entries about the days of these slots that came in time."""
    days = slack_days(window, asked).items()
    return reduce(or_, (Q(day__in=same, lag_days__lte=allowed) for allowed, same in days))


def _last_days(asked: list[Slot]) -> list[tuple[int, date]]:
    """The last day of each month's slots, in order."""
    return list({slot.month: slot.days[-1] for slot in asked}.items())
