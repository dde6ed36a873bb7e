"""What was reached of a plan in a time, and what proves it: for the forms on which it is written down (PermenPANRB
6/2022 Formats B.1.2 to B.1.5). Only evidence that counts (`states.counted`); whether the viewer may see it is asked
before."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth, ExtractYear

from terang.evidence.receipts import receipt_of
from terang.evidence.work.evidence import plan_results
from terang.evidence.work.models import Entry, EntryFile, EntryState, Task
from terang.evidence.work.states import counted
from terang.planning.plans.models import Plan
from terang.rules.tables import PLAN_RESULTS


@dataclass(frozen=True)
class Tally:
    """Entries of a month under a result that belong to no task: accepted ones, those that count because the answer is
    late, and their files."""

    month: date
    accepted: int
    unanswered: int
    files: int


@dataclass(frozen=True)
class TaskDone:
    """A task due in the time. `done_milli` and `last` are missing where nothing counts yet."""

    text: str
    due_on: date
    planned_milli: int
    unit_label: str
    done_milli: int | None
    last: date | None
    receipts: tuple[str, ...]


@dataclass(frozen=True)
class Reached:
    """All of it, by the primary key of the indicator or the result. An indicator that nobody reported is missing."""

    indicators: Mapping[int, int] = field(default_factory=dict)
    tasks: Mapping[int, Sequence[TaskDone]] = field(default_factory=dict)
    others: Mapping[int, Sequence[Tally]] = field(default_factory=dict)
    receipts: Mapping[int, Sequence[str]] = field(default_factory=dict)
    """Of entries with files that belong to no task."""


def reached(plan: Plan, start: date, end: date, today: date) -> Reached:
    """From `start` to before `end`, within the plan and through `today`. Five queries."""
    start, end = max(start, plan.period_start), min(end, plan.period_end, today + timedelta(days=1))
    own = Entry.objects.filter(counted(), result__plan=plan, day__gte=start, day__lt=end)
    by_task, by_result = _receipts(plan, start, end)
    values = plan_results([plan.employee_id], start, end, today) if start < end else []
    named = (dict(zip(PLAN_RESULTS.names, row, strict=True)) for row in values)
    return Reached(
        indicators={row["record_id"]: row["actual_milli"] for row in named if row["actual_milli"] is not None},
        tasks=_tasks(plan, start, end, by_task),
        others=_tallies(own.filter(task=None)),
        receipts=by_result,
    )


def _receipts(plan: Plan, start: date, end: date) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """The numbers of entries with proof, by task, and by result for those of no task; in the order of their days."""
    rows = EntryFile.objects.filter(
        counted("entry__"), entry__result__plan=plan, entry__day__gte=start, entry__day__lt=end
    )
    by_task: dict[int, list[str]] = defaultdict(list)
    by_result: dict[int, list[str]] = defaultdict(list)
    keys = rows.order_by("entry__day", "entry_id").values_list("entry_id", "entry__task_id", "entry__result_id")
    for entry_id, task_id, result_id in dict.fromkeys(keys):
        (by_task[task_id] if task_id else by_result[result_id]).append(receipt_of(entry_id))
    return by_task, by_result


def _tasks(plan: Plan, start: date, end: date, proofs: Mapping[int, list[str]]) -> dict[int, list[TaskDone]]:
    own = counted("entries__") & Q(entries__day__gte=start, entries__day__lt=end)
    rows = Task.objects.filter(result__plan=plan, due_on__gte=start, due_on__lt=end).annotate(
        done_milli=Sum("entries__quantity_milli", filter=own), last=Max("entries__day", filter=own)
    )
    found: dict[int, list[TaskDone]] = defaultdict(list)
    for row in rows.order_by("due_on", "id"):
        told = TaskDone(
            text=row.text,
            due_on=row.due_on,
            planned_milli=row.planned_milli,
            unit_label=row.unit_label,
            done_milli=row.done_milli,
            last=row.last,
            receipts=tuple(proofs.get(row.pk, ())),
        )
        found[row.result_id].append(told)
    return found


def _tallies(entries: QuerySet[Entry]) -> dict[int, list[Tally]]:
    accepted = Count("pk", filter=Q(state=EntryState.ACCEPTED), distinct=True)
    rows = (
        entries.order_by()
        .annotate(year=ExtractYear("day"), month=ExtractMonth("day"))
        .values("result_id", "year", "month")
        .annotate(accepted=accepted, all=Count("pk", distinct=True), proofs=Count("files", distinct=True))
        .order_by("year", "month")
    )
    found: dict[int, list[Tally]] = defaultdict(list)
    for row in rows:
        told = Tally(date(row["year"], row["month"], 1), row["accepted"], row["all"] - row["accepted"], row["proofs"])
        found[row["result_id"]].append(told)
    return found
