"""Decided appraisals of a window as plain rows for the lens. What is not known of a person is left out."""

from dataclasses import replace
from datetime import date, timedelta

from terang.evaluation.appraisals.models import Appraisal, AppraisalState, CarryAnswer, Predicate, RatingWindow
from terang.evaluation.models import Period, Score
from terang.registry.organization.zones import zones_of
from terang.registry.people.models import Assignment
from terang.registry.people.viewer import in_force
from terang.rules.fairness.model import LEVELS, Rated
from terang.rules.fairness.people import age_band, sex_of

RECENT_DAYS = 62
"""The last weeks of a period: its last two months. A declared choice."""


def rated_in(window: RatingWindow) -> list[Rated]:
    """Everybody with a decided appraisal, by person. Ratings as the appraiser gave them: what calibration or an
    objection changed is another's, and so is a result that was carried over. Five queries."""
    period = window.period
    day = period.ends_on - timedelta(days=1)
    decided = Appraisal.objects.filter(window=window).exclude(state=AppraisalState.DRAFT)
    rows = decided.exclude(carry_over__answer=CarryAnswer.AGREED)
    kinds, recent, zones = _post_kinds(window, day), _recent(period), zones_of(period.agency)
    found = []
    for row in rows.select_related("employee", "home").prefetch_related("items").order_by("employee_id"):
        groups = {
            "sex": sex_of(row.employee.nip),
            "age": age_band(row.employee.nip, day),
            "place": "remote" if zones.hold(row.home, day) else "town",
            "status": row.employee.status,
            "post": kinds.get(row.employee_id),
        }
        known = {name: group for name, group in groups.items() if group}
        found.append(_rated(row, recent.get(row.employee_id, []), known))
    return found


def _rated(row: Appraisal, months: list[tuple[int | None, int | None]], groups: dict[str, str]) -> Rated:
    found = Rated(
        key=row.employee_id,
        rater=row.rater_id,
        work=LEVELS[row.work_result],
        behaviour=LEVELS[row.behaviour],
        suggested_work=LEVELS.get(row.suggested_work),
        suggested_behaviour=LEVELS.get(row.suggested_behaviour),
        work_bp=row.frozen.get("work_result_bp"),
        behaviour_bp=row.frozen.get("behaviour_bp"),
        is_high=row.predicate == Predicate.VERY_GOOD,
        groups=groups,
        items=len(items := [each.rating for each in row.items.all()]),
        are_items_alike=len(set(items)) == 1,
    )
    return replace(found, recent_bp=_recent_bp(months, found.parts))


def _post_kinds(window: RatingWindow, day: date) -> dict[int, str]:
    """The kind of each person's definitive post on the last day of the period."""
    rows = Assignment.objects.filter(in_force(day), employee__appraisals__window=window, kind="definitif")
    return dict(rows.order_by("pk").values_list("employee_id", "post__kind"))


def _recent(period: Period) -> dict[int, list[tuple[int | None, int | None]]]:
    """Evidence of work and behaviour of each month in the last weeks of a longer period; nobody for a month."""
    if period.kind == "month":
        return {}
    rows = Score.objects.filter(
        period__agency_id=period.agency_id,
        period__kind="month",
        period__starts_on__gte=period.ends_on - timedelta(days=RECENT_DAYS),
        period__ends_on__lte=period.ends_on,
    )
    found: dict[int, list[tuple[int | None, int | None]]] = {}
    for person, work, behaviour in rows.values_list("employee_id", "work_result_bp", "behaviour_bp"):
        found.setdefault(person, []).append((work, behaviour))
    return found


def _recent_bp(months: list[tuple[int | None, int | None]], parts: tuple[bool, bool]) -> int | None:
    """The mean over those parts and months, rounded half up; missing where one of them is."""
    wanted = [value for month in months for value, there in zip(month, parts, strict=True) if there]
    known = [value for value in wanted if value is not None]
    return (2 * sum(known) + len(known)) // (2 * len(known)) if known and len(known) == len(wanted) else None
