"""From an agreed document to rows that evidence proves; a row keeps its identity through all versions by its key."""

from datetime import date

from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState, PlanVersion
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, digest


def settle(version: PlanVersion, document: PlanDocument, today: date) -> None:
    """Writes the rows of an agreed version: known ones are updated, new ones added, dropped ones retired today.

    Sets `digest` on the version (unsaved) and the state of the plan (saved). The caller holds the transaction.
    """
    plan = version.plan
    known = {row.key: row for row in plan.results.all()}
    for number, result in document.printed_results:
        row = known.pop(result.key, None) or PlanResult(plan=plan, key=result.key)
        fill_result(row, number, result)
        row.save()
        _settle_indicators(row, result, today)
    PlanResult.objects.filter(pk__in=[row.pk for row in known.values()], retired_on=None).update(retired_on=today)
    plan.state, plan.agreed_on = PlanState.AGREED, plan.agreed_on or today
    plan.version += 1
    plan.save(update_fields=["state", "agreed_on", "version"])
    version.digest = digest(document)


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
    row.goal_indicator_id = result.goal_indicator_id or (result.leader.goal_indicator_id if result.leader else None)
    row.retired_on = None


def _settle_indicators(row: PlanResult, result: PlannedResult, today: date) -> None:
    known = {each.key: each for each in row.indicators.all()}
    for planned in result.indicators:
        indicator = known.pop(planned.key, None) or Indicator(result=row, key=planned.key)
        fill_indicator(indicator, planned)
        indicator.save()
    Indicator.objects.filter(pk__in=[each.pk for each in known.values()], retired_on=None).update(retired_on=today)


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
