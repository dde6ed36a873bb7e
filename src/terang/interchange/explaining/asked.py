"""What is asked for: a score or one of its measures, for who may open the page. Shared by all doors."""

from typing import Any

from django.http import Http404

from terang.evaluation.access import require_score_of
from terang.evaluation.explanation import Explanation, explain
from terang.evaluation.gathering import window_of
from terang.evaluation.policies import rules_of
from terang.evaluation.records import LIMIT, records_behind
from terang.evaluation.selectors import score_in
from terang.interchange.explaining.measured import measure_as_json, score_as_json
from terang.registry.people.viewer import Viewer


def score_for(viewer: Viewer, period_id: int, employee_id: int) -> dict[str, Any]:
    """Raises Http404 where there is no score, NotAllowed where the viewer may not see the person."""
    return score_as_json(_told(viewer, period_id, employee_id))


def measure_for(viewer: Viewer, period_id: int, employee_id: int, aspect: str, measure: str) -> dict[str, Any]:
    """One measure with its records. Raises as `score_for`, and Http404 for a measure that the score does not have."""
    told = _told(viewer, period_id, employee_id)
    line = told.line(aspect, measure)
    if line is None:
        raise Http404
    window = window_of(told.score.period, viewer.today)
    records = records_behind(line.rule, rules_of(told.score.policy), employee_id, window) if window else []
    return measure_as_json(told, line, records, LIMIT)


def _told(viewer: Viewer, period_id: int, employee_id: int) -> Explanation:
    found = score_in(employee_id, period_id)
    if found is None:
        raise Http404
    require_score_of(viewer, found.employee)
    return explain(found)
