"""A measured score as JSON, from the total to the records. Field names never change within a version of the schema."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from terang.evaluation import wording
from terang.evaluation.explanation import AspectLine, Explanation, MeasureLine
from terang.evaluation.models import Score
from terang.evidence.records import Record
from terang.interchange.explaining.figures import (
    BASIS_POINTS,
    COUNT,
    POINTS,
    article_of,
    number,
    policy_source,
    units_of,
)

SCORE, MEASURE = "terang.explanation.score/1", "terang.explanation.measure/1"


def score_as_json(told: Explanation) -> dict[str, Any]:
    """The whole score: totals, suggestions, aspects with their measures, and what it was made with."""
    found, page = told.score, page_of(told.score)
    source = policy_source(found.policy)
    thin = "" if told.enough else wording.reason("no_evidence")
    return {
        "schema": SCORE,
        **_about(found),
        "page": page,
        "total": number(found.total_bp, POINTS, source=source, page=page, missing=thin),
        "coverage": number(found.coverage_bp, BASIS_POINTS, source=source, page=page),
        "standard": number(told.policy.standard_bp, POINTS, source=source, page=_policy_page(found)),
        "below_standard": found.below_standard,
        "suggestions": {
            "work_result": _suggestion(found.work_result, found.work_result_bp, told.work_result_why, found),
            "behaviour": _suggestion(found.behaviour, found.behaviour_bp, told.behaviour_why, found),
        },
        "aspects": [_aspect(each, found) for each in told.aspects],
        "made_with": {
            "policy": {"version": found.policy.version, "title": found.policy.title, "page": _policy_page(found)},
            "ruleset": found.ruleset,
            "input_digest": found.input_digest,
            "computed_at": found.computed_at.isoformat(),
        },
    }


def measure_as_json(told: Explanation, line: MeasureLine, records: Sequence[Record], limit: int) -> dict[str, Any]:
    """One measure with the records behind it, the latest first, at most `limit`."""
    return {
        "schema": MEASURE,
        **_about(told.score),
        "aspect": line.aspect,
        **_measure(line, told.score),
        "records": [_record(each) for each in records],
        "records_limit": limit,
    }


def page_of(score: Score) -> str:
    return reverse("evaluation:score", args=[score.period_id, score.employee_id])


def _about(score: Score) -> dict[str, Any]:
    return {
        "employee": {"id": score.employee_id, "name": score.employee.name},
        "unit": {"id": score.unit_id, "name": score.unit.name},
        "period": {
            "id": score.period_id,
            "kind": score.period.kind,
            "name": score.period.title,
            "starts_on": score.period.starts_on.isoformat(),
            "last_day": score.period.last_day.isoformat(),
        },
    }


def _policy_page(score: Score) -> str:
    return reverse("evaluation:policy_version", args=[score.policy.version])


def _suggestion(word: str, value_bp: int | None, why: str, score: Score) -> dict[str, Any]:
    known = word in ("above", "meets", "below")
    told = wording.rating(word)
    return {
        "rating": word if known else None,
        "text": told,
        "why": why,
        "score": number(value_bp, POINTS, source=policy_source(score.policy), page=page_of(score), missing=told),
    }


def _aspect(line: AspectLine, score: Score) -> dict[str, Any]:
    source, page = policy_source(score.policy), f"{page_of(score)}#{line.code}"
    none = wording.reason("no_evidence")
    return {
        "code": line.code,
        "label": line.label,
        "weight": number(line.weight_bp, BASIS_POINTS, source=source, page=_policy_page(score)),
        "effective_weight": number(line.effective_weight_bp, BASIS_POINTS, source=source, page=page),
        "score": number(line.score_bp, POINTS, source=source, page=page, missing=none),
        "contribution": number(line.contribution_bp, POINTS, source=source, page=page, missing=none),
        "measures": [_measure(each, score) for each in line.measures],
    }


def _measure(line: MeasureLine, score: Score) -> dict[str, Any]:
    stored, source, article = line.stored, policy_source(score.policy), article_of(line.code)
    place = [score.period_id, score.employee_id, line.aspect, line.code]
    page = reverse("evaluation:measure", args=place)
    why = wording.reason(stored.reason)
    above, below = units_of(line.code)
    own = {"source": source, "page": page}
    return {
        "code": line.code,
        "label": line.label,
        "formula": line.formula,
        "sentence": line.sentence,
        "value": number(stored.value_bp, BASIS_POINTS, article=article, missing=why, **own),
        "score": number(stored.score_bp, BASIS_POINTS, missing=line.treatment or why, **own),
        "weight": number(stored.weight_bp, BASIS_POINTS, **own),
        "effective_weight": number(stored.effective_weight_bp, BASIS_POINTS, **own),
        "contribution": number(line.contribution_bp, POINTS, missing=line.treatment or why, **own),
        "numerator": number(stored.numerator, above, missing=why, **own),
        "denominator": number(stored.denominator, below, missing=why, **own),
        "records_counted": number(stored.n, COUNT, **own),
        "reason": {"code": stored.reason, "text": why},
        "treatment": line.treatment or None,
        "capped": line.cap_sentence or None,
        "guards": [{"label": each.label, "text": each.text, "page": each.url or None} for each in line.guards],
        "page": page,
        "api": reverse("explaining:measure", args=place),
    }


def _record(record: Record) -> dict[str, Any]:
    return {
        "id": record.id or None,
        "day": record.day.isoformat() if record.day else None,
        "title": record.title,
        "detail": record.detail,
        "counted": record.counted,
        "effect": record.effect,
        "entered_by": record.entered_by or None,
        "entered_at": record.entered_at.isoformat() if record.entered_at else None,
        "accepted_by": record.accepted_by or None,
        "accepted_at": record.accepted_at.isoformat() if record.accepted_at else None,
        "lines": list(record.lines),
        "page": record.url or None,
    }
