"""What is advised to whom: only from figures, with their numbers, and only while they are weak."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.cast import TODAY

from terang.evaluation.appraisals.models import Appraisal, RatingWindow
from terang.evaluation.models import Score, ScoreComponent
from terang.evidence.colleagues.models import ReviewRound, ReviewTally
from terang.follow_up.training.models import TrainingRecord
from terang.follow_up.training.needs import frozen, needs_of, needs_of_one, thawed
from terang.follow_up.training.tests.conftest import LIMIT, MANNER, NOVEMBER, WORDS
from terang.registry.people.models import Employee


def titles(office, name="siti"):
    return [each.course.title for each in needs_of_one(office.cast.people[name], office.day)]


def with_aims(*aims, title="Lain"):
    return WORDS.__class__(title, "Isi", "daring", 4, "LAN", aims)


def test_a_weak_manner_leads_to_the_course_that_helps_with_the_numbers_behind_it(weak):
    weak.course()
    [need] = needs_of_one(weak.cast.siti, weak.day)
    [reason] = need.reasons
    assert (reason.value_bp, reason.n, reason.below_bp) == (6_250, 10, LIMIT)
    assert reason.sentence == "Perilaku pelaksana: 62,5, di bawah 76,6"
    assert "10 jawaban, November 2026" in reason.behind
    assert reason.url.endswith(f"/{weak.period.pk}/{weak.cast.siti.pk}/layanan/citizen_satisfaction/")


def test_a_value_at_the_limit_and_an_unasked_course_advise_nothing(office):
    office.course(with_aims((MANNER, 7_500)))
    office.course(with_aims(("element.waktu", LIMIT), title="Antrean"))
    office.answers("siti", 10, perilaku=3)
    assert titles(office) == []


@pytest.mark.parametrize(("times", "advised"), [(4, []), (5, [WORDS.title])])
def test_opinions_are_told_from_the_policys_least_number_on(office, times, advised):
    office.course()
    office.answers("siti", times, perilaku=1)
    assert titles(office) == advised


def test_the_period_before_speaks_where_this_one_is_still_silent_and_no_longer_when_it_is_not(office):
    office.course()
    office.answers("siti", 6, day=date(2026, 10, 15), perilaku=2)
    office.answers("siti", 3, perilaku=4)
    assert titles(office) == [WORDS.title]
    office.answers("siti", 3, perilaku=4)
    assert titles(office) == []


def test_answers_of_days_to_come_and_about_others_count_for_nothing(office):
    office.course()
    office.answers("siti", 8, day=TODAY + timedelta(days=1), perilaku=1)
    office.answers("dewi", 8, perilaku=1)
    assert titles(office) == []
    assert titles(office, "dewi") == [WORDS.title]


def measured(office, value_bp, reason="", name="siti"):
    score = Score.objects.create(
        employee=office.cast.people[name],
        period=office.period,
        unit=office.cast.units["puskesmas"],
        policy=office.version,
        total_bp=value_bp,
        coverage_bp=10_000,
        status="complete",
        work_result="",
        behaviour="",
        ruleset="terang-3",
        input_digest="d" * 64,
        computed_at=office.cast.now,
    )
    ScoreComponent.objects.create(
        score=score,
        aspect="layanan",
        measure="service_timeliness",
        value_bp=value_bp,
        score_bp=value_bp,
        weight_bp=5_000,
        effective_weight_bp=5_000,
        n=4,
        reason=reason,
    )


def test_a_measure_of_the_live_score_opens_where_it_was_computed(office):
    office.course(with_aims(("measure.service_timeliness", 8_000)))
    measured(office, 6_000)
    [need] = needs_of_one(office.cast.siti, office.day)
    assert need.reasons[0].url.endswith(f"/{office.period.pk}/{office.cast.siti.pk}/layanan/service_timeliness/")
    assert need.reasons[0].sentence == "Layanan tepat waktu: 60\u00a0%, di bawah 80\u00a0%"


def test_a_units_average_is_no_weakness_of_a_person(office):
    office.course(with_aims(("measure.service_timeliness", 8_000)))
    measured(office, 6_000, reason="unit_average")
    assert titles(office) == []


def reviewed(office, mean_milli, answers=4):
    opening = ReviewRound.objects.create(
        agency=office.cast.agency,
        name="Putaran Oktober",
        instrument="berakhlak",
        aspects=[["harmonis", "Harmonis"]],
        opens_on=date(2026, 10, 1),
        closes_on=date(2026, 10, 20),
        released_on=date(2026, 10, 21),
    )
    ReviewTally.objects.create(
        round=opening, subject=office.cast.siti, kind="peer", aspect="harmonis", answers=answers, mean_milli=mean_milli
    )
    return opening


def test_an_aspect_of_the_review_is_told_on_the_scale_of_the_round(office):
    """Mean 3 of 1 to 5 is the middle: 50 per cent."""
    office.course(with_aims(("aspect.berakhlak.harmonis", 6_000)))
    reviewed(office, 3_000)
    [need] = needs_of_one(office.cast.siti, office.day)
    assert (need.reasons[0].value_bp, need.reasons[0].label) == (5_000, "Harmonis")


def test_a_round_that_is_not_released_or_too_old_says_nothing(office):
    office.course(with_aims(("aspect.berakhlak.harmonis", 6_000)))
    opening = reviewed(office, 2_000)
    ReviewRound.objects.filter(pk=opening.pk).update(released_on=None)
    assert titles(office) == []
    ReviewRound.objects.filter(pk=opening.pk).update(
        released_on=date(2025, 10, 21), opens_on=date(2025, 10, 1), closes_on=date(2025, 10, 20)
    )
    assert titles(office) == []


def rated(office, state, behaviour="below"):
    window = RatingWindow.objects.create(
        period=office.period, opens_on=NOVEMBER, closes_on=TODAY, basis="SK", opened_by=office.cast.maya
    )
    return Appraisal.objects.create(
        window=window,
        employee=office.cast.siti,
        home=office.cast.units["puskesmas"],
        unit=office.cast.units["puskesmas"],
        rater=office.cast.dewi,
        state=state,
        work_result="meets",
        behaviour=behaviour,
        predicate="butuh_perbaikan",
        handed_on=TODAY,
    )


def test_an_official_rating_below_expectation_counts_once_the_person_has_it(office):
    office.course(with_aims(("rating.behaviour", None)))
    row = rated(office, "ditetapkan")
    assert titles(office) == []
    Appraisal.objects.filter(pk=row.pk).update(state="diserahkan")
    [need] = needs_of_one(office.cast.siti, office.day)
    assert need.reasons[0].url == row.get_absolute_url()
    assert need.reasons[0].sentence == "Rating perilaku kerja: Di bawah ekspektasi"


def test_a_rating_that_meets_expectation_advises_nothing(office):
    office.course(with_aims(("rating.behaviour", None)))
    rated(office, "diserahkan", behaviour="meets")
    assert titles(office) == []


def test_a_course_taken_since_is_told_and_not_advised_anew(weak):
    course = weak.course()
    told = {"title": course.title, "form": "klasikal", "provider": "BKD", "hours": 20, "certificate": "1"}
    row = TrainingRecord.objects.create(
        employee=weak.cast.siti, course=course, starts_on=NOVEMBER, ends_on=NOVEMBER, **told
    )
    [need] = needs_of_one(weak.cast.siti, weak.day)
    assert need.record == row
    TrainingRecord.objects.update(starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 2))
    [need] = needs_of_one(weak.cast.siti, weak.day)
    assert need.record is None


def test_a_reason_that_was_kept_reads_as_it_was(weak):
    weak.course()
    [need] = needs_of_one(weak.cast.siti, weak.day)
    assert thawed(frozen(need)) == list(need.reasons)
    assert frozen(None) == {}
    assert thawed({}) == []


def test_many_people_cost_as_many_questions_as_one(weak):
    weak.course()
    weak.course(with_aims(("measure.service_timeliness", 8_000), ("aspect.berakhlak.harmonis", 6_000)))
    ids = list(Employee.objects.values_list("pk", flat=True))
    for name in ("andi", "rina", "joko"):
        weak.answers(name, 6, perilaku=1)
    with CaptureQueriesContext(connection) as one:
        needs_of(weak.cast.agency.pk, [weak.cast.siti.pk], weak.day)
    with CaptureQueriesContext(connection) as all_:
        assert len(needs_of(weak.cast.agency.pk, ids, weak.day)) == 4
    assert len(one) == len(all_) <= 11


def test_without_a_policy_nothing_is_advised(cast):
    assert needs_of(cast.agency.pk, [cast.siti.pk], TODAY) == {}
