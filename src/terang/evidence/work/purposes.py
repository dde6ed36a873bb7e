"""What an entry can count for: an open task, an indicator, or a result without one; known by a short key."""

from collections.abc import Iterable
from dataclasses import dataclass

from terang.evidence.work.models import Entry, Favourite, Task
from terang.planning.measuring import Direction, Gathering
from terang.planning.plans.models import Indicator, Plan, PlanResult


@dataclass(frozen=True)
class Purpose:
    """One choice: `key` is t, i or r with the id of the task, indicator or result."""

    key: str
    result: PlanResult
    indicator: Indicator | None = None
    task: Task | None = None

    @property
    def title(self) -> str:
        named = self.task or self.indicator or self.result
        return named.text

    @property
    def label(self) -> str:
        """The whole choice in one line, for lists without cards."""
        return f"{self.title} ({self.unit_label})" if self.unit_label else self.title

    @property
    def unit_label(self) -> str:
        counted = self.task or self.indicator
        return counted.unit_label if counted else ""

    @property
    def target_milli(self) -> int | None:
        """The whole target where amounts add up to it; missing where they do not."""
        if self.task:
            return self.task.planned_milli
        each = self.indicator
        adds_up = each and each.gathering == Gathering.SUM and each.direction == Direction.HIGHER
        return each.target_milli if each and adds_up else None

    @property
    def measure(self) -> str:
        return self.indicator.measure if self.indicator else ""


def purposes_of(plan: Plan | None, tasks: Iterable[Task]) -> dict[str, Purpose]:
    """Everything the entries of a plan can count for, in the order of the plan, tasks last. No query: `plan` comes with
    results and indicators."""
    results = list(plan.results.all()) if plan else []
    found: list[Purpose] = []
    for result in results:
        indicators = list(result.indicators.all())
        found += [Purpose(f"i{each.pk}", result, each) for each in indicators]
        if not indicators:
            found.append(Purpose(f"r{result.pk}", result))
    by_id = {result.pk: result for result in results}
    found += [Purpose(f"t{each.pk}", by_id[each.result_id], task=each) for each in tasks if each.result_id in by_id]
    return {each.key: each for each in found}


def key_of(row: Entry | Favourite) -> str:
    """The key of what an entry or a favourite counts for."""
    if task_id := getattr(row, "task_id", None):
        return f"t{task_id}"
    return f"i{row.indicator_id}" if row.indicator_id else f"r{row.result_id}"


def purpose_of(row: Entry | Favourite, purposes: dict[str, Purpose]) -> Purpose | None:
    """What a row counts for, among these; where it reported to no figure, the first of its result. None where its
    result is not among them any more."""
    return purposes.get(key_of(row)) or next(
        (each for each in purposes.values() if each.result.pk == row.result_id), None
    )
