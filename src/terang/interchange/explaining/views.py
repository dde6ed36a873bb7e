"""The addresses: a score, one of its measures, an official result, the schema. Who may open the page may ask here."""

import json
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from terang.evaluation.access import require_score_of
from terang.evaluation.appraisals.opened import open_result
from terang.evaluation.appraisals.selectors import appraisal_for
from terang.evaluation.explanation import Explanation, explain
from terang.evaluation.gathering import window_of
from terang.evaluation.policies import rules_of
from terang.evaluation.records import LIMIT, records_behind
from terang.evaluation.selectors import score_in
from terang.interchange.explaining.answers import answers
from terang.interchange.explaining.measured import measure_as_json, score_as_json
from terang.interchange.explaining.official import result_as_json
from terang.registry.people.viewer import Viewer

SCHEMA = Path(__file__).with_name("schema.json")


@answers
def score(request: HttpRequest, viewer: Viewer, period_id: int, employee_id: int) -> dict[str, Any]:
    return score_as_json(_told(viewer, period_id, employee_id))


@answers
def measure(
    request: HttpRequest, viewer: Viewer, period_id: int, employee_id: int, aspect: str, measure: str
) -> dict[str, Any]:
    told = _told(viewer, period_id, employee_id)
    line = told.line(aspect, measure)
    if line is None:
        raise Http404
    window = window_of(told.score.period, viewer.today)
    rules = rules_of(told.score.policy)
    records = records_behind(line.rule, rules, employee_id, window) if window else []
    return measure_as_json(told, line, records, LIMIT)


@answers
def result(request: HttpRequest, viewer: Viewer, pk: int) -> dict[str, Any]:
    return result_as_json(open_result(appraisal_for(viewer, pk)))


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of all answers; the same for everybody."""
    return JsonResponse(json.loads(SCHEMA.read_text(encoding="utf-8")), json_dumps_params={"indent": 1})


def _told(viewer: Viewer, period_id: int, employee_id: int) -> Explanation:
    """Raises Http404 where there is no score, NotAllowed where the viewer may not see the person."""
    found = score_in(employee_id, period_id)
    if found is None:
        raise Http404
    require_score_of(viewer, found.employee)
    return explain(found)
