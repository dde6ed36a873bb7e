"""Questions about entries, tasks and what waits for whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from terang.evidence.work.access import require_sight
from terang.evidence.work.evidence import plan_results
from terang.evidence.work.models import Entry, EntryFile, EntryState, Task
from terang.planning.plans.models import Indicator, Plan, PlanResult
from terang.planning.plans.selectors import agreed_plan
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer

QUEUE_LIMIT = 200
"""Entries of one page of the queue; the rest follows as these are decided."""
TOPIC_LIMIT = 60
SAMPLES = 2
"""Entries of a batch that the appraiser is asked to open before accepting all."""


@dataclass(frozen=True)
class Group:
    """What one person waits for. `samples` are the ids to open before accepting all."""

    employee: Employee
    entries: list[Entry]
    samples: set[int]


@dataclass(frozen=True)
class Desk:
    """What a person needs to write an entry: the plan in force, open tasks of the month, and the last entry."""

    plan: Plan | None
    tasks: tuple[Task, ...]
    last: Entry | None


@dataclass(frozen=True)
class Standing:
    """An indicator today: its target, the part of it due, and what was reached (missing where nothing was accepted)."""

    indicator: Indicator
    due_milli: int
    actual_milli: int | None


@dataclass(frozen=True)
class Progress:
    """A plan with where each result stands."""

    plan: Plan
    results: list[tuple[PlanResult, list[Standing]]]


def progress_of(employee: Employee, today: date) -> Progress | None:
    """The plan in force and where it stands; None without an agreed plan. Five queries."""
    plan = agreed_plan(employee.pk, today)
    if plan is None:
        return None
    end = min(plan.period_end, today + timedelta(days=1))
    rows = {row[1]: row for row in plan_results([employee.pk], plan.period_start, end, today)}
    results = [
        (result, [Standing(each, rows[each.pk][5], rows[each.pk][7]) for each in result.indicators.all()])
        for result in plan.results.all()
    ]
    return Progress(plan, results)


def desk_of(employee: Employee, day: date) -> Desk:
    """Five queries."""
    plan = agreed_plan(employee.pk, day)
    if plan is None:
        return Desk(None, (), None)
    tasks = Task.objects.filter(employee=employee, result__plan=plan, due_on__gte=day).select_related("result")
    last = Entry.objects.filter(employee=employee, result__plan=plan).select_related("task").first()
    return Desk(plan, tuple(tasks.order_by("due_on", "id")[:4]), last)


def entries_of(employee_id: int) -> QuerySet[Entry]:
    """A person's entries, latest first, with what a list shows. Whether the viewer may see them is asked before."""
    return Entry.objects.filter(employee_id=employee_id).select_related("result", "task", "indicator", "decided_by")


def entry_for(viewer: Viewer | None, entry_id: int) -> Entry:
    """One entry with its files. Raises Http404, and NotAllowed for who may not see the person's performance."""
    files = Prefetch("files", EntryFile.objects.select_related("file"))
    entries = Entry.objects.select_related(
        "employee__agency", "result__plan", "task", "indicator", "decided_by"
    ).prefetch_related(files)
    entry = get_object_or_404(entries, pk=entry_id)
    require_sight(viewer, entry)
    return entry


def waiting_for(viewer: Viewer) -> QuerySet[Entry]:
    """Entries that wait for the viewer as appraiser, oldest first. At most five queries before the one that reads."""
    return (
        Entry.objects.filter(
            state=EntryState.SUBMITTED, employee_id__in=direct_report_ids(viewer.employee, viewer.today)
        )
        .select_related("employee", "result", "task", "indicator")
        .prefetch_related("files")
        .order_by("submitted_at", "id")
    )


def returned_to(employee_id: int) -> QuerySet[Entry]:
    """A person's entries that came back and wait for a correction, latest first."""
    return entries_of(employee_id).filter(state=EntryState.RETURNED)


def samples_of(entries: list[Entry]) -> set[int]:
    """The entries of a batch to open first: the largest quantity and one that the ids choose, always the same."""
    if len(entries) <= SAMPLES:
        return {entry.pk for entry in entries}
    largest = max(entries, key=lambda entry: (entry.quantity_milli, entry.pk))
    rest = [entry for entry in entries if entry is not largest]
    return {largest.pk, rest[sum(entry.pk for entry in entries) % len(rest)].pk}


def by_person(entries: list[Entry]) -> list[Group]:
    """The queue by person, who has waited longest first."""
    people: dict[int, list[Entry]] = {}
    for entry in entries:
        people.setdefault(entry.employee_id, []).append(entry)
    return [Group(rows[0].employee, rows, samples_of(rows)) for rows in people.values()]


def queue_topics(viewer: Viewer) -> str:
    """Topics of live updates for the queue: the units led and everybody appraised, those first who are many."""
    units = [f"unit:{unit_id}" for unit_id in viewer.headed_unit_ids]
    people = [f"employee:{pk}" for pk in direct_report_ids(viewer.employee, viewer.today)[:TOPIC_LIMIT]]
    return " ".join((*units, *people))
