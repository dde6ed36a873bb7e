"""From evidence in the database through the engine to a stored score and its sentences, by a hand-calculated case."""

from datetime import date, timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.evaluation.explanation import explain
from terang.evaluation.models import Score, ScoreComponent
from terang.evaluation.selectors import score_in
from terang.evaluation.services import publish_policy, recompute, recompute_agency
from terang.evidence.attendance.models import AttendanceDay
from terang.registry.people.models import Assignment, Employee


def changed_entries():
    return JournalEntry.objects.filter(verb="evaluation.score_changed").order_by("id")


def test_a_score_is_what_the_evidence_adds_up_to(measured):
    """0.24 × 9,000 + 0.16 × 7,778 + 0.30 × 7,500 + 0.30 × 7,500 = 7,904.48, rounded half-up."""
    score = measured.score("andi")
    assert (score.total_bp, score.coverage_bp, score.status) == (7904, 10000, "complete")
    assert score.unit == measured.cast.units["register"]
    assert score.work_result == "meets"
    assert not score.below_standard
    values = {each.measure: each.value_bp for each in score.components.all()}
    assert values == {
        "attendance_rate": 9000,
        "punctuality": 7778,
        "service_timeliness": 7500,
        "citizen_satisfaction": 7500,
    }


def test_a_score_opens_to_sentences_with_its_numbers(measured):
    told = explain(score_in(measured.cast.andi.pk, measured.period.pk))
    sentences = {line.code: line.sentence for line in told.measures}
    assert sentences["attendance_rate"] == "Dari 10 hari wajib hadir, 9 hari hadir: 9/10 = 90\u00a0%."
    assert sentences["punctuality"] == "Dari 9 hari hadir, 7 hari tepat waktu: 7/9 = 77,8\u00a0%."
    assert sentences["citizen_satisfaction"] == (
        "5 warga menjawab. Jumlah jawaban 135 dari 45 isian, rata-rata 3 dari 4. "
        "Rata-rata sembilan unsur dikalikan 25 = IKM 75."
    )
    attendance = told.line("disiplin", "attendance_rate")
    assert attendance.weight_sentence == "Bobotnya 24\u00a0% dari nilai."
    assert attendance.contribution_sentence == "Sumbangannya 90\u00a0% × 24\u00a0% = 21,6 poin."


def test_contributions_add_up_to_the_total_on_the_screen(measured):
    told = explain(score_in(measured.cast.andi.pk, measured.period.pk))
    assert [line.contribution_bp for line in told.measures] == [2160, 1240, 2250, 2250]
    assert [aspect.contribution_bp for aspect in told.aspects] == [3400, 4500]
    assert sum(aspect.contribution_bp for aspect in told.aspects) == 7900
    assert [aspect.score_bp for aspect in told.aspects] == [8511, 7500]


def test_missing_is_shared_out_and_said_never_zero(city):
    city.attend("andi", present=10)
    city.serve("andi", timely=1)
    city.compute("andi")
    score = city.score("andi")
    assert (score.total_bp, score.coverage_bp, score.status) == (10000, 7000, "partial")
    line = explain(score_in(city.cast.andi.pk, city.period.pk)).line("layanan", "citizen_satisfaction")
    assert line.sentence == "Belum ada bukti pada periode ini."
    assert "tidak dihitung nol" in line.treatment
    assert line.contribution_bp is None


def test_too_little_evidence_is_no_grade(city):
    city.attend("andi", present=10)
    city.compute("andi")
    score = city.score("andi")
    assert (score.total_bp, score.status, score.coverage_bp) == (None, "insufficient", 4000)
    assert (score.below_standard, score.work_result) == (False, "none")
    told = explain(score_in(city.cast.andi.pk, city.period.pk))
    assert not told.enough
    assert all(line.contribution_bp is None for line in told.measures)


def test_the_units_average_stands_in_and_is_named(city):
    city.attend("andi", present=10)
    city.answer("rina", 4, times=6)
    city.answer("andi", 1, times=2)
    city.compute("andi")
    line = explain(score_in(city.cast.andi.pk, city.period.pk)).line("layanan", "citizen_satisfaction")
    assert line.is_unit_average
    assert line.stored.value_bp == 8125
    assert "nilai unit kerja" in line.treatment


def test_computing_again_changes_and_writes_nothing(measured):
    before = measured.score("andi")
    components = set(ScoreComponent.objects.values_list("pk", flat=True))
    told = changed_entries().count()
    outcome = recompute(employee_ids=[measured.cast.andi.pk], period=measured.period)
    after = measured.score("andi")
    assert (outcome.people, outcome.changed) == (1, 0)
    assert (after.computed_at, after.input_digest, after.pk) == (before.computed_at, before.input_digest, before.pk)
    assert set(ScoreComponent.objects.values_list("pk", flat=True)) == components
    assert changed_entries().count() == told == 1


def test_a_change_is_told_once_with_old_and_new(measured):
    measured.attend("andi", present=10, first=date(2026, 11, 12))
    measured.compute("andi")
    score, entry = measured.score("andi"), changed_entries().last()
    assert (score.previous_bp, score.total_bp) == (7904, 8212)
    assert entry.changes["total_bp"] == [7904, 8212]
    assert (entry.subject_employee_id, entry.unit_id) == (measured.cast.andi.pk, measured.cast.units["register"].pk)
    assert (entry.agency_id, entry.object_id, entry.actor_id) == (measured.cast.agency.pk, score.pk, None)
    assert score.components.count() == 4


def test_new_evidence_with_the_same_result_is_not_told(measured):
    measured.answer("andi", 3, times=5)
    measured.compute("andi")
    assert changed_entries().count() == 2, "the number of answers behind a measure is part of the result"
    day = AttendanceDay.objects.filter(employee=measured.cast.andi).first()
    AttendanceDay.objects.filter(pk=day.pk).update(check_in="07:10")
    measured.compute("andi")
    assert changed_entries().count() == 2


def test_a_new_policy_version_recomputes_what_it_is_in_force_for(measured):
    text = measured.version.text.replace("version = 1", "version = 2").replace("weight_bp = 4000", "weight_bp = 5000")
    publish_policy(agency=measured.cast.agency, text=text.replace("weight_bp = 6000", "weight_bp = 5000"))
    measured.compute("andi")
    score = measured.score("andi")
    assert score.policy.version == 2
    assert score.total_bp == 8006


def test_a_closed_period_keeps_its_results(measured):
    measured.period.closed_at = timezone.now()
    measured.period.save()
    measured.attend("andi", present=10, first=date(2026, 11, 12))
    measured.compute("andi")
    assert measured.score("andi").total_bp == 7904


def test_what_is_not_due_yet_does_not_count(city):
    city.attend("andi", present=2)
    city.attend("andi", present=0, absent=3, first=date(2026, 11, 25))
    city.serve("andi", timely=1)
    city.compute("andi", as_of=date(2026, 11, 3))
    early = city.score("andi").components.get(measure="attendance_rate")
    city.compute("andi", as_of=date(2026, 11, 30))
    late = city.score("andi").components.get(measure="attendance_rate")
    assert (early.numerator, early.denominator) == (2, 2)
    assert (late.numerator, late.denominator) == (2, 5)
    assert recompute(employee_ids=[city.cast.andi.pk], period=city.period, as_of=date(2026, 10, 1)).people == 0


def test_elected_officials_and_people_without_a_post_have_no_score(city):
    Assignment.objects.filter(employee=city.cast.joko).update(ends_on=date(2026, 10, 1))
    outcome = recompute_agency(agency=city.cast.agency)
    scored = set(Score.objects.values_list("employee__name", flat=True))
    assert outcome.people == len(scored) == 11
    assert {"Ratna Dewanti", "Joko Susilo"}.isdisjoint(scored)


def test_below_the_standard_is_kept_since_when_and_cleared_above_it(city):
    city.attend("andi", present=1, absent=9)
    city.serve("andi", timely=0, late=3)
    city.compute("andi", as_of=date(2026, 11, 12))
    city.compute("andi", as_of=TODAY)
    score = city.score("andi")
    assert (score.below_standard, score.below_since) == (True, date(2026, 11, 12))
    city.serve("andi", timely=40)
    city.attend("andi", present=12, first=date(2026, 11, 12))
    city.compute("andi")
    score = city.score("andi")
    assert (score.below_standard, score.below_since) == (False, None)


def test_computing_takes_as_many_queries_for_fifty_as_for_one(city):
    for number in range(51):
        employee = Employee.objects.create(
            agency=city.cast.agency, nip=f"1985010120100110{number:02}", name=f"Pegawai {number}", joined_on=TODAY
        )
        post = city.cast.posts["register_officer"]
        Assignment.objects.create(employee=employee, post=post, starts_on=TODAY - timedelta(days=300))
        city.cast.people[f"p{number}"] = employee
        city.attend(f"p{number}", present=3, absent=1)
        city.serve(f"p{number}", timely=1)
    with CaptureQueriesContext(connection) as one:
        city.compute("p50")
    with CaptureQueriesContext(connection) as fifty:
        city.compute(*(f"p{number}" for number in range(50)))
    assert Score.objects.count() == 51
    assert len(one) <= 40, len(one)
    assert len(fifty) - len(one) <= 2, "only the rows written are told to the database in portions"
