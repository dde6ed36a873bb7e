"""The last step down: from a measure to the records behind it, from whichever room keeps them."""

from collections.abc import Callable
from functools import partial

from terang.engine import evaluate_rows
from terang.evaluation.gathering import Window
from terang.evidence.attendance import evidence as attendance
from terang.evidence.citizens import evidence as citizens
from terang.evidence.colleagues import evidence as colleagues
from terang.evidence.complaints import evidence as complaints
from terang.evidence.observation import evidence as observation
from terang.evidence.oversight import evidence as oversight
from terang.evidence.records import Record
from terang.evidence.reports import evidence as reports
from terang.evidence.work import evidence as work
from terang.evidence.work.indicators import as_record, standings
from terang.rules.catalogue import MEASURES
from terang.rules.policies import MeasureRule, Policy

LIMIT = 50
Source = Callable[..., list[Record]]

_SOURCES: dict[str, Source] = {
    "plan_results": work.records,
    "tasks": work.records,
    "reporting": work.records,
    "attendance": attendance.records,
    "services": citizens.records,
    "surveys": citizens.records,
    "complaints": complaints.records,
    "reviews": colleagues.records,
    "inspections": oversight.records,
    "observations": observation.records,
    "report_ratings": reports.records,
}
"""Which room keeps the records behind an evidence table. Tables that no room fills yet have none."""


def records_behind(rule: MeasureRule, policy: Policy, employee_id: int, window: Window) -> list[Record]:
    """The records behind one measure of one person, latest first, at most `LIMIT`. At most 7 queries.

    Opinions come as groups and only from the policy's least number of answers on.
    """
    spec = MEASURES[rule.code]
    source = _SOURCES.get(spec.evidence)
    if source is None:
        return []
    if spec.evidence == "reporting":
        source = partial(source, as_of=window.as_of, reporting=policy.reporting)
    if spec.evidence == "complaints":
        source = partial(source, as_of=window.as_of)
    if spec.opinion:
        source = partial(source, min_answers=rule.min_answers)
    indicators = _indicators(rule, policy, employee_id, window) if spec.evidence == "plan_results" else []
    return [*indicators, *source(rule.code, employee_id, window.start, window.end, LIMIT)]


def _indicators(rule: MeasureRule, policy: Policy, employee_id: int, window: Window) -> list[Record]:
    """Each indicator with its own achievement: the rules are asked as if each belonged to a person of its own."""
    found = standings(rule.code, employee_id, window.start, window.end, window.as_of)
    if not found:
        return []
    rows = {
        "people": [(number, 0, False, "") for number in range(len(found))],
        "plan_results": [(number, *each.facts[1:]) for number, each in enumerate(found)],
    }
    measured = evaluate_rows(rows, policy).measures
    values = {each.employee_id: each.value_bp for each in measured if each.measure == rule.code}
    return [as_record(each, values.get(number)) for number, each in enumerate(found)]
