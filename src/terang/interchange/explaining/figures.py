"""One number as the schema wants it: never without its unit, where it comes from, and where it can be opened."""

from typing import Any

from terang.evaluation import wording
from terang.evaluation.models import PolicyVersion
from terang.rules.catalogue import MEASURES
from terang.web.glossary import terms
from terang.web.numbers import grouped, percent, quantity, score

BASIS_POINTS, POINTS, COUNT = "basis_points", "points_bp", "count"
RATIOS = frozenset(
    {
        "attendance_rate",
        "punctuality",
        "reporting_regularity",
        "services_completed",
        "service_timeliness",
        "service_speed",
        "complaint_response",
        "inspection_compliance",
    }
)
"""Measures that divide two counts of the same thing."""
WEIGHTED = frozenset({"outcome_impact", "report_rating"})
"""Measures that divide a sum of value times share by the sum of the shares."""
_FORMS = {BASIS_POINTS: percent, POINTS: score}


def number(
    value: int | None, unit: str, *, source: str, article: str = "", page: str = "", missing: str = ""
) -> dict[str, Any]:
    """`value` is missing (null) and never zero where nothing is known; `missing` then says why."""
    return {
        "value": value,
        "unit": unit,
        "text": _FORMS.get(unit, _counted)(value),
        "source": source,
        "article": article or None,
        "page": page or None,
        "missing": (missing or None) if value is None else None,
    }


def units_of(measure: str) -> tuple[str, str]:
    """In what the numerator and the denominator of a measure are counted. Means add up basis points and divide by their
    number; points of observations are in milli-points; the sums of a survey are marks of 1 to 4."""
    own = MEASURES[measure].unit if measure in MEASURES else COUNT
    if measure in RATIOS:
        return own, own
    if measure == "observation_score":
        return f"milli_{own}", f"milli_{own}"
    if measure == "citizen_satisfaction":
        return "mark_1_4", own
    if measure in WEIGHTED:
        return "basis_points_squared", BASIS_POINTS
    return BASIS_POINTS, own


def policy_source(policy: PolicyVersion) -> str:
    """ "Kebijakan kinerja Kota Terang, versi 3"."""
    return f"{policy.title}, {wording.version(policy.version)}"


def article_of(measure: str) -> str:
    """The article a measure's field rests on; empty where only the government's policy does."""
    known = terms()
    found = [known[code].article for code in wording.terms_of(measure) if known[code].article]
    return "; ".join(dict.fromkeys(found))


def _counted(value: int | None) -> str:
    return quantity(None) if value is None else grouped(value)
