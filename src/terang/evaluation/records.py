"""The last step down: from a measure to the records behind it, from whichever room keeps them."""

from collections.abc import Callable
from functools import partial

from terang.evaluation.gathering import Window, rhythm_of
from terang.evidence.attendance import evidence as attendance
from terang.evidence.citizens import evidence as citizens
from terang.evidence.colleagues import evidence as colleagues
from terang.evidence.oversight import evidence as oversight
from terang.evidence.records import Record
from terang.evidence.work import evidence as work
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
    "reviews": colleagues.records,
    "inspections": oversight.records,
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
        source = partial(source, as_of=window.as_of, window=rhythm_of(policy))
    if spec.opinion:
        source = partial(source, min_answers=rule.min_answers)
    return source(rule.code, employee_id, window.start, window.end, LIMIT)
