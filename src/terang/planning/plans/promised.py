"""What a unit promised for a year (Perjanjian Kinerja), for the plan of its head: signed, or the draft of January."""

from datetime import date

from django.utils import timezone

from terang.planning.goals.models import AgreementItem, AgreementState, YearTarget
from terang.planning.plans.models import Plan
from terang.rules.regulations.source import rule_set


def promised_items(plan: Plan) -> list[AgreementItem]:
    """The items of the signed agreement with their indicators; where nothing is signed and the draft may be used
    already, today's targets as unsaved items (their `pk` is missing). None for who heads no unit. Two queries at most.
    """
    if plan.post is None or plan.unit_id is None or not plan.post.is_head:
        return []
    year = plan.period_start.year
    signed = AgreementItem.objects.filter(
        agreement__unit_id=plan.unit_id, agreement__year=year, agreement__state=AgreementState.SIGNED
    )
    found = list(signed.select_related("indicator"))
    today = timezone.localdate()
    return found or (_drafted(plan.unit_id, year, today) if today >= draft_from(year) else [])


def draft_from(year: int) -> date:
    """From when plans of a year may be made of the agreement's draft (Lampiran II p. 27)."""
    first = rule_set("planning", date(year, 12, 31)).values["agreement_draft_from"]
    return date(year, first["month"], first["day"])


def _drafted(unit_id: int, year: int, today: date) -> list[AgreementItem]:
    goals = {"indicator__goal__unit_id": unit_id, "indicator__goal__year_start__lte": year}
    rows = YearTarget.objects.filter(year=year, indicator__goal__year_end__gte=year, **goals)
    rows = rows.exclude(indicator__retired_on__lte=today).exclude(indicator__goal__retired_on__lte=today)
    ordered = rows.select_related("indicator__goal").order_by("indicator__goal__code", "indicator__number")
    return [
        AgreementItem(
            indicator=row.indicator,
            goal_text=row.indicator.goal.text,
            text=row.indicator.text,
            unit_label=row.indicator.unit_label,
            target_milli=row.target_milli,
            target_max_milli=row.target_max_milli,
        )
        for row in ordered
    ]
