"""From an agreed document to rows that evidence proves; a row keeps its identity through all versions by its key."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db import models

from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState, PlanVersion
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, digest

RESULT_FIELDS = ("number", "text", "main", "programme", "leader_result", "goal_indicator", "retired_on")
INDICATOR_FIELDS = (
    "text",
    "aspect",
    "direction",
    "gathering",
    "unit_label",
    "baseline_milli",
    "target_milli",
    "target_max_milli",
    "share_bp",
    "measure",
    "entry",
    "retired_on",
)
"""What `fill_result` and `fill_indicator` set."""


def settle(version: PlanVersion, document: PlanDocument, today: date) -> None:
    """Writes the rows of an agreed version: known ones are updated, new ones added, dropped ones retired today.

    Sets `digest` on the version (unsaved) and the state of the plan (saved). The caller holds the transaction. At most
    nine queries, whatever the number of rows.
    """
    plan = version.plan
    old = {row.key: row for row in plan.results.prefetch_related("indicators")}
    results: list[PlanResult] = []
    indicators: list[Indicator] = []
    dropped: list[Indicator] = []
    for number, planned in document.printed_results:
        row = old.pop(planned.key, None) or PlanResult(plan=plan, key=planned.key)
        fill_result(row, number, planned)
        results.append(row)
        kept, gone = _indicators(row, planned)
        indicators += kept
        dropped += gone
    _save(PlanResult, results, RESULT_FIELDS)
    _save(Indicator, indicators, INDICATOR_FIELDS)
    _retire(PlanResult, old.values(), today)
    _retire(Indicator, dropped, today)
    plan.state, plan.agreed_on = PlanState.AGREED, plan.agreed_on or today
    plan.version += 1
    plan.save(update_fields=["state", "agreed_on", "version"])
    version.digest = digest(document)


def _indicators(row: PlanResult, planned: PlannedResult) -> tuple[list[Indicator], Collection[Indicator]]:
    """The unsaved indicators of a result in the order of the document, and those it has no more. No query: what there
    was is read with the results."""
    known = {each.key: each for each in row.indicators.all()} if row.pk else {}
    kept = []
    for each in planned.indicators:
        indicator = known.pop(each.key, None) or Indicator(result=row, key=each.key)
        fill_indicator(indicator, each)
        kept.append(indicator)
    return kept, known.values()


def _save(kind: type[models.Model], rows: Sequence[models.Model], fields: Sequence[str]) -> None:
    """New rows by one statement, known ones by another."""
    kind._default_manager.bulk_create([row for row in rows if row.pk is None])
    if known := [row for row in rows if row.pk is not None]:
        kind._default_manager.bulk_update(known, fields)


def _retire(kind: type[models.Model], rows: Iterable[models.Model], today: date) -> None:
    if ids := [row.pk for row in rows]:
        kind._default_manager.filter(pk__in=ids, retired_on=None).update(retired_on=today)


def new_rows(plan: Plan, document: PlanDocument) -> tuple[tuple[PlanResult, ...], tuple[Indicator, ...]]:
    """The unsaved rows of a plan that has none yet, in printed order: results, and indicators of all of them."""
    results, indicators = [], []
    for number, planned in document.printed_results:
        row = PlanResult(plan=plan, key=planned.key)
        fill_result(row, number, planned)
        results.append(row)
        for each in planned.indicators:
            indicator = Indicator(result=row, key=each.key)
            fill_indicator(indicator, each)
            indicators.append(indicator)
    return tuple(results), tuple(indicators)


def fill_result(row: PlanResult, number: int, result: PlannedResult) -> None:
    """Copies the wording, and what it serves above; a row that was dropped is there again."""
    row.number, row.text, row.main, row.programme = number, result.text, result.main, result.programme
    row.leader_result_id = result.leader.result_id if result.leader else None
    own = next((each.goal_indicator_id for each in result.indicators if each.goal_indicator_id), None)
    above = result.leader.goal_indicator_id if result.leader else None
    row.goal_indicator_id = result.goal_indicator_id or own or above
    row.retired_on = None


def fill_indicator(row: Indicator, planned: PlannedIndicator) -> None:
    """Copies the wording and the numbers; a target in words alone counts as reached or not (1 of 1)."""
    counted = planned.target_milli is not None
    row.text, row.aspect = planned.text, ",".join(planned.aspects)
    row.direction = planned.direction if counted else "yes_no"
    row.gathering = planned.gathering if counted else "latest"
    row.unit_label, row.baseline_milli = planned.unit_label, planned.baseline_milli
    row.target_milli = planned.target_milli if planned.target_milli is not None else 1000
    row.target_max_milli, row.share_bp = planned.target_max_milli, planned.share_bp
    row.measure, row.entry_id, row.retired_on = planned.measure, planned.entry_id, None
