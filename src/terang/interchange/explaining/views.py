"""The addresses: a score, one of its measures, an official result, the schema. Who may open the page may ask here."""

import json
from pathlib import Path
from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from terang.evaluation.appraisals.opened import open_result
from terang.evaluation.appraisals.selectors import appraisal_for
from terang.interchange.explaining.answers import answers
from terang.interchange.explaining.asked import measure_for, score_for
from terang.interchange.explaining.official import result_as_json
from terang.registry.people.viewer import Viewer

SCHEMA = Path(__file__).with_name("schema.json")


@answers
def score(request: HttpRequest, viewer: Viewer, period_id: int, employee_id: int) -> dict[str, Any]:
    return score_for(viewer, period_id, employee_id)


@answers
def measure(
    request: HttpRequest, viewer: Viewer, period_id: int, employee_id: int, aspect: str, measure: str
) -> dict[str, Any]:
    return measure_for(viewer, period_id, employee_id, aspect, measure)


@answers
def result(request: HttpRequest, viewer: Viewer, pk: int) -> dict[str, Any]:
    return result_as_json(open_result(appraisal_for(viewer, pk)))


@require_safe
def schema(request: HttpRequest) -> JsonResponse:
    """The JSON Schema of all answers; the same for everybody."""
    return JsonResponse(json.loads(SCHEMA.read_text(encoding="utf-8")), json_dumps_params={"indent": 1})
