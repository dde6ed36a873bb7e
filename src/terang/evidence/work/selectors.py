"""Questions about entries, tasks and what waits for whom."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404

from terang.evidence.work.access import require_sight
from terang.evidence.work.evidence import plan_results
from terang.evidence.work.models import Entry, EntryFile, EntryState
from terang.planning.plans.models import Indicator, Plan, PlanResult
from terang.planning.plans.selectors import agreed_plan
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


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


def returned_to(employee_id: int) -> QuerySet[Entry]:
    """A person's entries that came back and wait for a correction, latest first."""
    return entries_of(employee_id).filter(state=EntryState.RETURNED)
