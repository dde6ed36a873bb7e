"""An official result as JSON: predicate, quadrant, ratings, the frozen suggestion, the organisation, the objection."""

from typing import Any

from django.urls import reverse

from terang.evaluation.appraisals.models import Appraisal, Objection
from terang.evaluation.appraisals.opened import Frozen, Official
from terang.evaluation.appraisals.wording import final_words, told_why
from terang.interchange.explaining.figures import BASIS_POINTS, POINTS, number

RESULT = "terang.explanation.result/1"
ORGANISATION_ARTICLE = "PermenPANRB 6/2022 Pasal 24(1), 25(1)"


def result_as_json(told: Official) -> dict[str, Any]:
    """The result with everything it rests on. The ratings and the predicate are those that count."""
    row = told.appraisal
    page = row.get_absolute_url()
    return {
        "schema": RESULT,
        "employee": {"id": row.employee_id, "name": row.employee.name},
        "post": row.post_title,
        "unit": {"id": row.home_id, "name": row.home.name},
        "period": {
            "id": row.window.period_id,
            "kind": row.window.period.kind,
            "name": row.window.period.title,
            "starts_on": row.window.period.starts_on.isoformat(),
            "last_day": row.window.period.last_day.isoformat(),
        },
        "page": page,
        "state": {"code": row.state, "text": row.get_state_display()},
        "predicate": {"code": told.predicate, "text": told.predicate_label, "why": told_why(row), "page": page},
        "quadrant": _quadrant(told),
        "ratings": {
            "work_result": {"code": told.work_result, "text": told.work_label},
            "behaviour": {"code": told.behaviour, "text": told.behaviour_label},
        },
        "items": [
            {
                "number": each.number,
                "title": each.title,
                "main": each.main,
                "rating": {"code": each.rating, "text": each.get_rating_display()},
                "remark": each.remark or None,
            }
            for each in row.items.all()
        ],
        "suggestion": _suggestion(told),
        "organisation": _organisation(told),
        "rater": {"id": row.rater_id, "name": row.rater.name, "instead_of_appraiser": row.instead},
        "decided_on": row.decided_on.isoformat() if row.decided_on else None,
        "reason": row.reason or None,
        "notes": row.notes or None,
        "final": final_words(row) or None,
        "calibration": _calibration(told),
        "objection": _objection(row),
    }


def _quadrant(told: Official) -> dict[str, Any]:
    return {
        "applies": told.is_by_quadrant,
        "article": told.rule.article,
        "source": told.rule.source,
        "rule_set": told.rule.id,
        "cells": [
            {
                "work_result": cell.work,
                "behaviour": cell.behaviour,
                "predicate": cell.label,
                "here": (cell.work, cell.behaviour) == (told.work_result, told.behaviour) and told.is_by_quadrant,
            }
            for row in told.quadrant
            for cell in row
        ],
    }


def _suggestion(told: Official) -> dict[str, Any] | None:
    """What evidence suggested when it was decided; null where no score was known then."""
    frozen, row = told.frozen, told.appraisal
    if frozen is None:
        return None
    place = [row.window.period_id, row.employee_id]
    return {
        "work_result": row.suggested_work or None,
        "behaviour": row.suggested_behaviour or None,
        **_frozen_numbers(frozen, reverse("evaluation:score", args=place)),
        "policy": {
            "version": frozen.policy,
            "page": reverse("evaluation:policy_version", args=[frozen.policy]),
        },
        "ruleset": frozen.ruleset,
        "input_digest": frozen.input_digest,
        "computed_at": frozen.computed_at.isoformat(),
        "since": told.since or None,
        "api": reverse("explaining:score", args=place),
    }


def _frozen_numbers(frozen: Frozen, page: str) -> dict[str, Any]:
    own = {"source": f"kebijakan/{frozen.policy}, {frozen.ruleset}", "page": page}
    return {
        "total": number(frozen.total_bp, POINTS, **own),
        "coverage": number(frozen.coverage_bp, BASIS_POINTS, **own),
        "work_result_score": number(frozen.work_result_bp, POINTS, **own),
        "behaviour_score": number(frozen.behaviour_bp, POINTS, **own),
    }


def _organisation(told: Official) -> dict[str, Any]:
    row, known = told.appraisal, told.organisation
    return {
        "unit": {"id": row.unit_id, "name": row.unit.name},
        "predicate": {"code": row.organisation, "text": row.get_organisation_display()},
        "basis": known.basis if known else None,
        "set_by": known.set_by.name if known else None,
        "set_at": known.set_at.isoformat() if known else None,
        "article": ORGANISATION_ARTICLE,
    }


def _calibration(told: Official) -> dict[str, Any] | None:
    """What the appraiser gave and what two others made of it before it was handed over."""
    made, row = told.aligned, told.appraisal
    if made is None:
        return None
    return {
        "before": {"work_result": row.work_result, "behaviour": row.behaviour, "predicate": row.predicate},
        "after": {"work_result": made.work_result, "behaviour": made.behaviour, "predicate": made.predicate},
        "reason": made.reason,
        "proposed_by": made.proposed_by.name,
        "confirmed_by": made.confirmed_by.name,
        "rater_word": made.rater_word or None,
        "decided_on": made.decided_on.isoformat(),
    }


def _objection(row: Appraisal) -> dict[str, Any] | None:
    found: Objection | None = getattr(row, "objection", None)
    if found is None:
        return None
    return {
        "filed_on": found.filed_on.isoformat(),
        "decision_due": found.decision_due.isoformat(),
        "text": found.text,
        "answer": found.answer or None,
        "outcome": found.outcome or None,
        "reason": found.reason or None,
        "decided_on": found.decided_on.isoformat() if found.decided_on else None,
        "predicate_before": row.handed.predicate,
        "page": f"{row.get_absolute_url()}#keberatan",
    }
