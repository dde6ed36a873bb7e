"""What may head a column: the rows of the owner's own plan, or the parts a team leader was given."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from terang.planning.matrix.models import CARRIED, Matrix, MatrixCell, MatrixColumn, MemberState
from terang.planning.plans.models import Indicator, Plan, PlanResult
from terang.planning.plans.selectors import current_plan, open_version, version_in_force
from terang.registry.people.models import Employee
from terang.rules.plans import LeaderRow, PlanDocument, PlannedIndicator, PlannedResult, from_json

LONGEST = 300
"""Characters of a column's text, as in the plan's own rows."""


@dataclass(frozen=True)
class Source:
    """A row that can head a column: an IKI of a leading official with its RHK, or an RHK of anybody else (p. 47–49).

    `key` is the row's key in the plan's document; empty where the row is a part in the matrix above that has not
    become a plan yet. `indicator_text` is empty where the column is an RHK.
    """

    key: str
    text: str
    result_key: str = ""
    result_text: str = ""
    indicator_text: str = ""
    target_milli: int | None = None
    unit_label: str = ""
    goal_indicator_id: int | None = None


@dataclass(frozen=True)
class Sources:
    """The rows that can head columns, the plan they stand in (None where there is none), and whether it is agreed."""

    rows: tuple[Source, ...] = ()
    plan: Plan | None = None
    agreed: bool = False

    def by_key(self) -> dict[str, Source]:
        return {row.key: row for row in self.rows if row.key}


def sources_of(owner: Employee, day: date) -> Sources:
    """From the agreed version, or the open draft where the plan is late; else the parts of the matrix above. At most
    four queries."""
    plan = current_plan(owner.pk, day)
    agreed = version_in_force(plan) if plan else None
    version = agreed or (open_version(plan) if plan else None)
    rows = rows_of(from_json(version.document)) if version else ()
    return Sources(rows or _given_above(owner, day), plan, agreed is not None)


def rows_of(document: PlanDocument) -> tuple[Source, ...]:
    """The possible columns of a plan: indicators on the form of leading officials, otherwise results."""
    if document.form == "jpt":
        pairs = ((result, each) for _number, result in document.printed_results for each in result.indicators)
        return tuple(_from_indicator(result, each) for result, each in pairs)
    return tuple(_from_result(result) for _number, result in document.printed_results)


def _from_indicator(result: PlannedResult, indicator: PlannedIndicator) -> Source:
    return Source(
        key=indicator.key,
        text=indicator.text[:LONGEST],
        result_key=result.key,
        result_text=result.text,
        indicator_text=indicator.text,
        target_milli=indicator.target_milli,
        unit_label=indicator.unit_label,
        goal_indicator_id=_goal(result),
    )


def _from_result(result: PlannedResult) -> Source:
    """A result has a target to split only where one single indicator measures it."""
    sole = result.indicators[0] if len(result.indicators) == 1 else None
    return Source(
        key=result.key,
        text=result.text[:LONGEST],
        result_key=result.key,
        result_text=result.text,
        target_milli=sole.target_milli if sole else None,
        unit_label=sole.unit_label if sole else "",
        goal_indicator_id=_goal(result),
    )


def _goal(result: PlannedResult) -> int | None:
    return result.goal_indicator_id or (result.leader.goal_indicator_id if result.leader else None)


def _given_above(owner: Employee, day: date) -> tuple[Source, ...]:
    cells = MatrixCell.objects.filter(
        member__employee=owner,
        member__state=MemberState.IN,
        state__in=CARRIED,
        column__matrix__period_start__lte=day,
        column__matrix__period_end__gt=day,
    ).select_related("column")
    return tuple(
        Source(
            key=cell.result_key,
            text=cell.text,
            result_text=cell.text,
            target_milli=cell.part_milli,
            unit_label=cell.column.unit_label,
        )
        for cell in cells
    )


def day_in(matrix: Matrix, today: date) -> date:
    """Today, or the nearest day of the matrix's period."""
    return max(matrix.period_start, min(today, matrix.period_end - timedelta(days=1)))


def leader_rows(matrix: Matrix, columns: Iterable[MatrixColumn], today: date) -> dict[int, LeaderRow]:
    """What parts under the columns serve, by column id: the owner's RHK and, on a leading official's plan, the IKI
    (p. 59). Six queries.

    A column written by hand gives its own text. Ids are there only once the owner's plan is agreed.
    """
    found = sources_of(matrix.owner, day_in(matrix, today))
    known, ids = found.by_key(), _settled_ids(found)
    return {column.pk: _leader_row(column, known.get(column.source_key), ids) for column in columns}


def _leader_row(column: MatrixColumn, source: Source | None, ids: Mapping[str, int]) -> LeaderRow:
    if source is None:
        return LeaderRow(text=column.text)
    return LeaderRow(
        text=source.result_text,
        indicator_text=source.indicator_text,
        result_id=ids.get(source.result_key),
        indicator_id=ids.get(f"i:{source.key}") if source.indicator_text else None,
        goal_indicator_id=source.goal_indicator_id,
    )


def _settled_ids(found: Sources) -> dict[str, int]:
    """Result ids by key, and indicator ids by `i:key`, of an agreed plan."""
    if not found.agreed or found.plan is None:
        return {}
    results = PlanResult.objects.filter(plan=found.plan, retired_on=None).values_list("key", "pk")
    indicators = Indicator.objects.filter(result__plan=found.plan, retired_on=None).values_list("key", "pk")
    return {**dict(results), **{f"i:{key}": pk for key, pk in indicators}}


def share_of(result: PlannedResult, text: str) -> PlannedIndicator | None:
    """The indicator of a plan's row that measures its share of a column with these words; None where there is none."""
    return next((each for each in result.indicators if each.text == text and each.target_milli is not None), None)
