"""What a member's leaders give: which parts are not in the plan yet, and which have changed since."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from terang.planning.matrix.models import CellState, Matrix, MatrixCell, MatrixColumn, MemberState
from terang.planning.matrix.sources import share_of
from terang.planning.plans.models import Plan, PlanVersion, VersionState
from terang.planning.plans.selectors import open_version, version_in_force
from terang.registry.people.models import Employee
from terang.registry.people.selectors import appraiser_of
from terang.rules.plans import PlannedResult, from_json

Kind = Literal["new", "changed", "unlinked", "taken", "disputed", "proposed", "withdrawn", "waiting"]
TAKEABLE = ("new", "changed", "unlinked")
"""Kinds that can be taken into the plan: not there yet, there in older words, or there without its leader's row."""


@dataclass(frozen=True)
class Offer:
    """A part as its person sees it. `plan_text` is how it stands in the plan, empty where it does not."""

    cell: MatrixCell
    kind: Kind
    plan_text: str = ""

    @property
    def takeable(self) -> bool:
        return self.kind in TAKEABLE


@dataclass(frozen=True)
class Offers:
    """Everything given to a person for the time of the plan. `version` is the one that is written in, None where none
    is open; `columns` are those under which the person may propose.

    `leader_late` names the appraiser who has no matrix yet (empty where there is one, or no appraiser).
    """

    employee: Employee
    plan: Plan | None
    version: PlanVersion | None
    rows: tuple[Offer, ...]
    columns: tuple[MatrixColumn, ...]
    leader_late: str

    @property
    def takeable(self) -> tuple[Offer, ...]:
        return tuple(row for row in self.rows if row.takeable)

    @property
    def taken(self) -> tuple[Offer, ...]:
        return tuple(row for row in self.rows if row.kind == "taken")

    @property
    def may_take(self) -> bool:
        """Whether the person can write in the plan now: it is a draft, or it came back to be discussed."""
        return bool(self.version and self.version.state != VersionState.SUBMITTED)


def offers_for(employee: Employee, plan: Plan | None, day: date) -> Offers:
    """The offers for a plan, or for the day where there is none yet. At most ten queries."""
    start, end = (plan.period_start, plan.period_end) if plan else (day, day)
    cells = MatrixCell.objects.filter(
        member__employee=employee, column__matrix__period_start__lt=end, column__matrix__period_end__gt=start
    )
    if plan is None:
        cells = MatrixCell.objects.filter(
            member__employee=employee, column__matrix__period_start__lte=day, column__matrix__period_end__gt=day
        )
    wanted = cells.exclude(state=CellState.NONE).exclude(member__state=MemberState.REFUSED)
    rows = wanted.select_related("member", "column__matrix__owner", "column__matrix__unit")
    opened = open_version(plan) if plan else None
    version = opened or (version_in_force(plan) if plan else None)
    planned = {row.key: row for row in from_json(version.document).results} if version else {}
    told = [Offer(cell, *_standing(cell, planned)) for cell in rows.order_by("column__matrix", "column__number", "pk")]
    return Offers(
        employee=employee,
        plan=plan,
        version=opened,
        rows=tuple(told),
        columns=_columns(employee, start, day),
        leader_late=_late(employee, day) if plan is None or plan.period_start <= day < plan.period_end else "",
    )


def _standing(cell: MatrixCell, planned: Mapping[str, PlannedResult]) -> tuple[Kind, str]:
    row = planned.get(cell.result_key) or next((each for each in planned.values() if each.cell_id == cell.pk), None)
    text = row.text if row else ""
    if cell.state in (CellState.DISPUTED, CellState.PROPOSED, CellState.WITHDRAWN):
        kinds: dict[str, Kind] = {"dipersoalkan": "disputed", "diusulkan": "proposed", "ditarik": "withdrawn"}
        return kinds[cell.state], text
    if cell.member.state != MemberState.IN:
        return "waiting", text
    if row is None:
        return "new", ""
    if row.cell_id != cell.pk:
        return "unlinked", text
    return ("changed" if cell.changed_since_taken and _differs(row, cell) else "taken"), text


def _differs(row: PlannedResult, cell: MatrixCell) -> bool:
    """Whether the plan still says something else than the leader does now, in words or in number."""
    share = share_of(row, cell.column.text)
    return row.text != cell.text or (share is not None and share.target_milli != cell.part_milli)


def _columns(employee: Employee, start: date, day: date) -> tuple[MatrixColumn, ...]:
    rows = MatrixColumn.objects.filter(
        matrix__members__employee=employee,
        matrix__members__state=MemberState.IN,
        matrix__period_start__lte=max(start, day),
        matrix__period_end__gt=start,
    )
    return tuple(rows.select_related("matrix__owner").order_by("matrix", "number"))


def _late(employee: Employee, day: date) -> str:
    appraiser = appraiser_of(employee.pk, day)
    if appraiser is None:
        return ""
    there = Matrix.objects.filter(owner=appraiser.employee, period_start__lte=day, period_end__gt=day)
    return "" if there.exists() else appraiser.employee.name
