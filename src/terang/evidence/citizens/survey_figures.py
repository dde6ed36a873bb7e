"""What a survey period says: one plain JSON value, the same for the live page, the frozen result and the report.

Everything is computed from the answers alone, exactly, and rounded once where it is written. Groups with fewer answers
than the policy's least number, and those that would give them away, have no figures (`hidden`).
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from terang.evidence.citizens.models import Service, SurveyPeriod, SurveyResult
from terang.evidence.citizens.models.survey_periods import Published
from terang.evidence.citizens.survey_privacy import least_answers
from terang.evidence.citizens.survey_tallies import (
    answers_in,
    finished_by_service,
    profile,
    services_below,
    tallies,
)
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.sample_size import achieved_margin_bp, sample_size
from terang.rules.regulations.satisfaction import WEIGHTS, grade
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.survey_tally import (
    Tally,
    hidden_groups,
    index_of,
    mean_index,
    ranks,
    together,
    weakest,
)
from terang.rules.tables import ELEMENTS

Figures = dict[str, Any]
FORM = 1
"""The shape of `figures`; a change of shape is a new number, and old results keep theirs."""
TREND = 6


def figures_of(period: SurveyPeriod, today: date) -> Figures:
    """The figures of a period on a day. Six queries whatever its size. `index` is missing (None) while the
    respondents or the answers to one element are too few."""
    unit, end = period.unit, period.ends_on
    rows = answers_in(unit, period.starts_on, end)
    by_service, services = tallies(rows), services_below(unit)
    finished = finished_by_service(unit, period.starts_on, end)
    least = least_answers(unit.agency_id, period.starts_on)
    whole = together(by_service.values())
    lines = _units(period, by_service, services, least)
    pooled = _pooled(whole, period, least)
    mean = _mean_of_units(lines)
    headline = mean if period.headline == Published.UNITS else pooled
    return {
        "form": FORM,
        "agency": unit.agency.name,
        "unit": {"id": unit.pk, "name": unit.name, "government": unit.parent_id is None},
        "kind": period.kind,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": end.isoformat(),
        "method": _method(period, whole, finished, least, today),
        "respondents": whole.respondents,
        "straight": whole.straight,
        "short": whole.short,
        "blanks": sum(whole.blanks(each) for each in ELEMENTS),
        "elements": _elements(whole, period, least),
        "weakest": weakest(whole.means()) if pooled else [],
        "index": headline,
        "pooled": pooled,
        "mean_of_units": mean,
        "units": [{key: value for key, value in line.items() if key != "exact"} for line in lines],
        "services": _services(period, by_service, services, finished, least),
        "profile": _profile(profile(rows), least),
        "trend": _trend(period),
    }


def digest_of(figures: Figures) -> str:
    """SHA-256 of figures, whatever the order of their keys."""
    return hashlib.sha256(json.dumps(figures, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _method(period: SurveyPeriod, whole: Tally, finished: Mapping[int, int], least: int, today: date) -> dict[str, Any]:
    """How it was done. The population is never less than those who answered."""
    counted = sum(finished.values())
    population = period.population_given if period.population_given is not None else counted
    on, margin = period.starts_on, None
    if population and whole.respondents:
        margin = achieved_margin_bp(max(population, whole.respondents), whole.respondents, on)
    return {
        "weights": period.weights,
        "rule_set": rule_set("ikm", on).id,
        "sample_rule_set": rule_set("sample_size", on).id,
        "headline": period.headline,
        "least": least,
        "population": population or None,
        "population_given": period.population_given is not None,
        "population_note": period.population_note,
        "target": sample_size(population, on) if population else None,
        "margin_bp": margin,
        "until": min(today, period.last_day).isoformat(),
    }


def _elements(whole: Tally, period: SurveyPeriod, least: int) -> list[dict[str, Any]]:
    means = {each: mean for each, mean in whole.means().items() if whole.answered(each) >= least}
    places, weight = ranks(means), WEIGHTS[period.weights]
    return [_element(each, whole, means.get(each), places.get(each), weight, period.starts_on) for each in ELEMENTS]


def _element(
    code: str, whole: Tally, mean: Fraction | None, place: int | None, weight: Fraction, on: date
) -> dict[str, Any]:
    told: dict[str, Any] = {"code": code, "answered": whole.answered(code), "blank": whole.blanks(code), "rank": place}
    if mean is None:
        return told | {"counts": None, "total": None, "nrr": None, "weighted": None, "ikm": None, "grade": ""}
    value = half_up(mean * 25, 2)
    return told | {
        "counts": list(whole.of(code)),
        "total": whole.total(code),
        "nrr": str(half_up(mean, 3)),
        "weighted": str(half_up(mean * weight, 3)),
        "ikm": str(value),
        "grade": grade(value, on),
    }


def _pooled(tally: Tally, period: SurveyPeriod, least: int) -> dict[str, Any] | None:
    """The index of a group; None where the group, or those who answered one element, are too few."""
    if tally.respondents < least or any(tally.answered(each) < least for each in ELEMENTS):
        return None
    found = index_of(tally, period.weights, period.starts_on)
    if found is None:
        return None
    return {"skm": str(half_up(found.index / 25, 3)), "ikm": str(found.value), "grade": found.grade}


def _units(
    period: SurveyPeriod, by_service: Mapping[int, Tally], services: Mapping[int, Service], least: int
) -> list[dict[str, Any]]:
    """A line for each unit that offers a service, in the order of the tree."""
    sums: dict[int, Tally] = {}
    for pk, service in services.items():
        sums[service.unit_id] = sums.get(service.unit_id, Tally()) + by_service.get(pk, Tally())
    names = {service.unit_id: (service.unit.path, service.unit.name) for service in services.values()}
    hidden = hidden_groups({str(pk): tally.respondents for pk, tally in sums.items()}, least)
    return [
        {"id": pk, "name": names[pk][1], **_line(sums[pk], period, least, str(pk) in hidden)}
        for pk in sorted(sums, key=names.__getitem__)
    ]


def _line(tally: Tally, period: SurveyPeriod, least: int, hidden: bool) -> dict[str, Any]:
    """`exact` is the index as a fraction, for the mean of units; it is not stored."""
    if hidden:
        return {"hidden": True, "respondents": None, "ikm": None, "grade": "", "exact": None}
    told = _pooled(tally, period, least)
    found = index_of(tally, period.weights, period.starts_on) if told else None
    return {
        "hidden": False,
        "respondents": tally.respondents,
        "ikm": told["ikm"] if told else None,
        "grade": told["grade"] if told else "",
        "exact": found.index if found else None,
    }


def _mean_of_units(lines: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    """The mean of the units that are shown; missing with fewer than two."""
    known = [line["exact"] for line in lines if line["exact"] is not None]
    value = mean_index(known)
    if value is None or len(known) < 2:
        return None
    return {"ikm": str(value), "grade": grade(value), "skm": str(half_up(Fraction(value) / 25, 3)), "units": len(known)}


def _services(
    period: SurveyPeriod,
    by_service: Mapping[int, Tally],
    services: Mapping[int, Service],
    finished: Mapping[int, int],
    least: int,
) -> list[dict[str, Any]]:
    hidden = hidden_groups({str(pk): tally.respondents for pk, tally in by_service.items()}, least)
    told = []
    for pk, service in sorted(services.items(), key=lambda item: (item[1].unit.path, item[1].name)):
        line = _line(by_service.get(pk, Tally()), period, least, str(pk) in hidden)
        line.pop("exact")
        told.append({"id": pk, "name": service.name, "unit": service.unit.name, "finished": finished.get(pk, 0)} | line)
    return told


def _profile(counts: Mapping[str, Mapping[str, int]], least: int) -> dict[str, dict[str, int | None]]:
    """Numbers by attribute; a group that is too small has none (None)."""
    told: dict[str, dict[str, int | None]] = {}
    for name, groups in counts.items():
        hidden = hidden_groups(groups, least)
        told[name] = {key: None if key in hidden else size for key, size in groups.items()}
    return told


def _trend(period: SurveyPeriod) -> list[dict[str, Any]]:
    """The published results of earlier periods of the same kind, oldest first. One query."""
    earlier = SurveyResult.objects.filter(
        period__unit_id=period.unit_id, period__kind=period.kind, period__starts_on__lt=period.starts_on
    ).order_by("-period__starts_on", "-number")
    latest: dict[date, dict[str, Any]] = {}
    for start, ikm, letter, n in earlier.values_list("period__starts_on", "ikm", "grade", "respondents"):
        value = str(Decimal(ikm).scaleb(-2))
        latest.setdefault(start, {"starts_on": start.isoformat(), "ikm": value, "grade": letter, "respondents": n})
    return list(reversed(list(latest.values())[:TREND]))
