"""Goals of a whole government at once, as an import or the demo brings them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.planning.goals.models import Goal, KeyIndicator, Reading, YearTarget
from terang.planning.goals.services.goals import PARENT_KINDS
from terang.planning.measuring import Direction
from terang.registry.organization.models import Agency


@dataclass(frozen=True)
class TargetRow:
    """A year's target; `quarters` are the values expected at the end of each, missing ones None."""

    target_milli: int
    quarters: tuple[int | None, int | None, int | None, int | None] = (None, None, None, None)
    target_max_milli: int | None = None


@dataclass(frozen=True)
class ReadingRow:
    day: date
    value_milli: int
    source: str
    reported_by_id: int | None = None


@dataclass(frozen=True)
class IndicatorRow:
    """An indicator with its targets by year. With a `measure` it has no readings: the value is live."""

    text: str
    unit_label: str
    direction: str = Direction.HIGHER
    outcome: bool = False
    perspective: str = ""
    formula: str = ""
    baseline_milli: int | None = None
    baseline_year: int | None = None
    measure: str = ""
    source: str = ""
    responsible_id: int | None = None
    targets: Mapping[int, TargetRow] = field(default_factory=dict)
    readings: Sequence[ReadingRow] = ()


@dataclass(frozen=True)
class GoalRow:
    """A goal; `parent_code` is empty for an objective. Indicators are numbered in their order."""

    code: str
    kind: str
    text: str
    unit_id: int
    year_start: int
    year_end: int
    parent_code: str = ""
    source: str = ""
    indicators: Sequence[IndicatorRow] = ()


@transaction.atomic
def fill_goals(*, agency: Agency, rows: Sequence[GoalRow]) -> dict[str, Goal]:
    """Makes the goals that are not there yet, by code, with everything below them, by the system: ten queries and one
    journal entry however many rows. Returns all goals of the government by code.

    Raises ValidationError where a parent is missing or of a kind that the cascade does not allow.
    """
    known = {goal.code: goal for goal in Goal.objects.filter(agency=agency)}
    new = [row for row in rows if row.code not in known]
    _check(new, {**{code: goal.kind for code, goal in known.items()}, **{row.code: row.kind for row in new}})
    made = Goal.objects.bulk_create(_goal(agency, row) for row in new)
    known |= {goal.code: goal for goal in made}
    for row in new:
        known[row.code].parent = known[row.parent_code] if row.parent_code else None
    Goal.objects.bulk_update(made, ["parent"], batch_size=200)
    _fill_indicators(new, known)
    record("goals.goals_filled", actor=None, agency_id=agency.pk, changes={"count": len(made)})
    return known


def _check(rows: Sequence[GoalRow], kinds: Mapping[str, str]) -> None:
    for row in rows:
        allowed = PARENT_KINDS[row.kind]
        if bool(row.parent_code) != bool(allowed) or (row.parent_code and kinds.get(row.parent_code) not in allowed):
            raise ValidationError(_("Induk sasaran %(code)s tidak cocok atau tidak ada.") % {"code": row.code})


def _goal(agency: Agency, row: GoalRow) -> Goal:
    names = ("code", "kind", "text", "unit_id", "year_start", "year_end", "source")
    return Goal(agency=agency, **{name: getattr(row, name) for name in names})


def _fill_indicators(rows: Sequence[GoalRow], goals: Mapping[str, Goal]) -> None:
    pairs = [
        (each, _indicator(goals[row.code], number, each))
        for row in rows
        for number, each in enumerate(row.indicators, start=1)
    ]
    KeyIndicator.objects.bulk_create(indicator for _row, indicator in pairs)
    targets = [_target(indicator, year, each) for row, indicator in pairs for year, each in row.targets.items()]
    YearTarget.objects.bulk_create(targets, batch_size=1000)
    readings = [_reading(indicator, each) for row, indicator in pairs for each in row.readings]
    Reading.objects.bulk_create(readings, batch_size=1000)


def _indicator(goal: Goal, number: int, row: IndicatorRow) -> KeyIndicator:
    left_out = {"targets", "readings"}
    values = {name: getattr(row, name) for name in row.__dataclass_fields__ if name not in left_out}
    return KeyIndicator(goal=goal, number=number, **values)


def _target(indicator: KeyIndicator, year: int, row: TargetRow) -> YearTarget:
    quarters = {f"quarter{number}_milli": milli for number, milli in enumerate(row.quarters, start=1)}
    return YearTarget(
        indicator=indicator,
        year=year,
        target_milli=row.target_milli,
        target_max_milli=row.target_max_milli,
        **quarters,
    )


def _reading(indicator: KeyIndicator, row: ReadingRow) -> Reading:
    return Reading(
        indicator=indicator,
        day=row.day,
        value_milli=row.value_milli,
        source=row.source,
        reported_by_id=row.reported_by_id,
        reported_at=timezone.now(),
        form_key=uuid.uuid4(),
    )
