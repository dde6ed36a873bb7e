"""Plan achievement opens down to each indicator, with target, result and its own achievement by the same rules."""

import uuid
from datetime import date, timedelta

from django.utils import timezone

from terang.evaluation.gathering import Window
from terang.evaluation.records import records_behind
from terang.evidence.work.models import Entry, EntryState
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState
from terang.rules.policies import load_preset

OCTOBER = Window(date(2026, 10, 1), date(2026, 11, 1), date(2026, 10, 31))


def indicator(plan, number, **fields):
    result = PlanResult.objects.create(plan=plan, number=number, text=f"Hasil {number}")
    return Indicator.objects.create(result=result, text=f"Indikator {number}", **fields)


def entry(employee, told, day, quantity_milli):
    Entry.objects.create(
        employee=employee,
        day=day,
        result=told.result,
        indicator=told,
        text="Melaporkan capaian",
        quantity_milli=quantity_milli,
        state=EntryState.ACCEPTED,
        submitted_at=timezone.now(),
        form_key=uuid.uuid4(),
    )


def behind(cast, measure):
    policy = load_preset("makassar")
    rule = next(rule for aspect in policy.aspects for rule in aspect.measures if rule.code == measure)
    return records_behind(rule, policy, cast.people["andi"].pk, OCTOBER)


def test_each_indicator_stands_with_its_numbers_before_the_entries(cast):
    andi = cast.people["andi"]
    plan = Plan.objects.create(
        employee=andi, period_start=date(2026, 1, 1), period_end=date(2027, 1, 1), state=PlanState.AGREED
    )
    counted = indicator(plan, 1, unit_label="dokumen", target_milli=120_000)
    level = indicator(plan, 2, unit_label="%", target_milli=98_000, gathering="latest")
    indicator(plan, 3, unit_label="kali", target_milli=12_000)
    impact = indicator(
        plan, 4, unit_label="kasus", target_milli=40_000, baseline_milli=58_000, direction="impact", gathering="latest"
    )
    entry(andi, counted, date(2026, 10, 5), 9_000)
    entry(andi, level, OCTOBER.start - timedelta(days=3), 49_000)
    entry(andi, impact, date(2026, 10, 20), 49_000)
    first, second, third, *entries = behind(cast, "plan_achievement")
    assert "tercapai 9 dari target 9,677 dokumen" in first.detail  # 120 a year, due through the 30th of 31 days
    assert first.effect == "capaian 93\N{NO-BREAK SPACE}%"
    assert ("49 dari target 98 %" in second.detail, second.effect) == (True, "capaian 50\N{NO-BREAK SPACE}%")
    assert (third.counted, "belum ada nilai" in third.detail) == (False, True)
    assert len(entries) == 1
    [effect, _] = behind(cast, "outcome_impact")
    assert ("dari 58 menjadi 49 kasus" in effect.detail, effect.effect) == (True, "capaian 50\N{NO-BREAK SPACE}%")


def test_without_a_plan_there_is_nothing_behind(cast):
    assert behind(cast, "plan_achievement") == []
