"""From chosen steps to changed rows of evidence. No figure of a score is made here: the engine does that."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from terang.evaluation.gathering import Rows
from terang.evaluation.whatif.ahead import Ahead
from terang.planning.measuring import Gathering
from terang.rules.tables import COMPLAINTS, EVIDENCE_TABLES, PLAN_RESULTS, SERVICES, TASKS

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Steps:
    """What the person would do: tasks finished (ids), values reported by indicator (milli-units), working days present
    and on time, reports in time, requests within their standard, complaints answered in time and not contradicted."""

    tasks: frozenset[int] = frozenset()
    values_milli: Mapping[int, int] = field(default_factory=dict)
    days: int = 0
    reports: int = 0
    requests: int = 0
    answers: int = 0

    @property
    def none(self) -> bool:
        return self == Steps()


def changed(rows: Rows, ahead: Ahead, steps: Steps, *, all_due: bool) -> Rows:
    """The rows as they would be after the steps. `all_due`: the rows are those of the period's end, in which reports
    and answers that fell due already ask, and only what was done is added."""
    person, month = ahead.employee.pk, _month(ahead)
    more: dict[str, list[Row]] = {name: list(found) for name, found in rows.items()}
    more["tasks"] = _with_tasks(rows.get("tasks", []), ahead, steps)
    more["plan_results"] = _with_values(rows.get("plan_results", []), ahead, steps)
    if steps.days:
        more["attendance"].append((person, month, steps.days, steps.days, steps.days))
    if steps.reports:
        more["reporting"].append((person, month, 0 if all_due else steps.reports, steps.reports))
    if steps.requests:
        more["services"].append(_requests(rows["services"], person, month, ahead.requests.standards[: steps.requests]))
    if steps.answers:
        more["complaints"].append(_answers(ahead, steps.answers, month, all_due))
    return more


def _month(ahead: Ahead) -> int:
    return ahead.today.year * 100 + ahead.today.month


def _with_tasks(rows: Iterable[Row], ahead: Ahead, steps: Steps) -> list[Row]:
    """A finished task is accepted in full, whether its day has come or not."""
    record = TASKS.names.index("record_id")
    done = [task for task in ahead.tasks if task.pk in steps.tasks]
    kept = [row for row in rows if row[record] not in steps.tasks]
    person = ahead.employee.pk
    return kept + [(person, t.pk, t.planned_milli, t.planned_milli, bool(t.result.programme)) for t in done]


def _with_values(rows: Iterable[Row], ahead: Ahead, steps: Steps) -> list[Row]:
    record, actual = (PLAN_RESULTS.names.index(name) for name in ("record_id", "actual_milli"))
    known = {each.pk: each for each in ahead.indicators}
    result = []
    for row in rows:
        value = steps.values_milli.get(row[record])
        if value is not None:
            adds = known[row[record]].gathering == Gathering.SUM
            row = (*row[:actual], (row[actual] or 0) + value if adds else value, *row[actual + 1 :])
        result.append(row)
    return result


def _requests(rows: Iterable[Row], person: int, month: int, standards: tuple[int, ...]) -> Row:
    """Finished at the person's own pace so far, at the latest exactly at their standard. The norm stays what it is."""
    names = SERVICES.names
    known = [dict(zip(names, row, strict=True)) for row in rows]
    normed = any(row["expected"] is not None for row in known)
    standard, actual = (sum(row[name] for row in known) for name in ("standard_minutes", "actual_minutes"))
    n, minutes = len(standards), sum(standards)
    took = minutes * min(actual, standard) // standard if standard else minutes
    told = {"completed": n, "expected": 0 if normed else None, "timely": n, "reopened": 0}
    told |= {"employee_id": person, "month": month, "standard_minutes": minutes, "actual_minutes": took}
    return tuple(told[name] for name in names)


def _answers(ahead: Ahead, count: int, month: int, all_due: bool) -> Row:
    """The most urgent are answered first; those that fall due within the period ask at its end in any case."""
    asked = sum(1 for day in ahead.answers[:count] if all_due and day < ahead.period.ends_on)
    told = {"employee_id": ahead.employee.pk, "month": month, "due": count - asked}
    told |= {"in_time_confirmed": count, "reopened": 0}
    return tuple(told[name] for name in COMPLAINTS.names)


def as_person(rows: Rows, number: int) -> Rows:
    """The rows of one person under another number, so that several imaginations are evaluated at once."""
    return {
        name: [row if EVIDENCE_TABLES[name].names[0] != "employee_id" else (number, *row[1:]) for row in found]
        for name, found in rows.items()
    }
