"""The demo tells its story: checked on one government, Makassar, filled once for this file."""

import hashlib
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from statistics import median

import pytest
from django.db import transaction
from django.db.models import F, Q

from terang.demo import complaints
from terang.demo.blueprint import CODES, government
from terang.demo.cast import cast_entries
from terang.demo.fill import fill, steps
from terang.evaluation.drafts.models import PolicyDraft
from terang.evaluation.models import Score
from terang.evidence.attendance.models import DERIVED, AttendanceDay, Duty, RosterShift
from terang.evidence.attendance.roster import roster_of
from terang.evidence.citizens.models import RequestFile, Service, ServiceRequest, SurveyResponse
from terang.evidence.work.models import Entry
from terang.follow_up.coaching.models import Counsellor, Guidance
from terang.planning.goals.models import Reading
from terang.planning.plans.models import Indicator
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import appraisers_on
from terang.reporting.boards.times.page import service_page
from terang.rules.nip import check_nip
from terang.rules.policies import load_policy

TODAY = date(2026, 11, 24)
APRIL = date(2026, 4, 1)


@pytest.fixture(scope="module")
def makassar(django_db_setup, django_db_blocker):
    """Filled in a transaction that is rolled back after the last test of this file."""
    with django_db_blocker.unblock(), transaction.atomic():
        fill(TODAY, codes=("makassar",), progress=told.append)
        yield Employee.objects.first().agency
        transaction.set_rollback(True)


told: list[str] = []


def test_progress_is_told_for_every_step(makassar):
    assert len(told) == steps(("makassar",))


def total(name, month):
    return Score.objects.get(employee__name=name, period__starts_on=date(2026, month, 1)).total_bp


def test_about_eighty_people_with_well_formed_unique_numbers_and_names(makassar):
    people = list(Employee.objects.all())
    assert 75 <= len(people) <= 85
    assert len({check_nip(person.nip) for person in people}) == len(people)
    assert len({person.name for person in people}) == len(people)


def test_the_clerk_falls_below_the_standard_and_comes_back(makassar):
    june, september = total("Marwah Sikki", 6), total("Marwah Sikki", 9)
    assert june < 6500 < 7400 < september


def test_the_nurse_officer_lowers_dengue_beyond_the_target(makassar):
    last = Entry.objects.filter(
        employee__name="St. Aminah Daeng Situju", indicator__direction="impact", day__lt="2026-11-20"
    ).first()
    assert last.quantity_milli < 40_000
    score = Score.objects.get(employee=last.employee, period__starts_on=date(2026, 11, 1))
    assert score.components.get(measure="outcome_impact").value_bp > 10_000


def test_id_cards_take_half_the_time_after_the_steps_were_merged(makassar):
    days = [
        (
            request.completed_at.date() >= date(2026, 9, 1),
            request.completed_at.date() < APRIL,
            request.actual_minutes / 450,
        )
        for request in ServiceRequest.objects.filter(service__code="ktp", completed_at__isnull=False)
    ]
    before, after = median(d for _, early, d in days if early), median(d for late, _, d in days if late)
    assert before == pytest.approx(9, abs=0.5)
    assert after == pytest.approx(4.5, abs=0.5)


def test_satisfaction_follows_the_figures_of_the_story(makassar):
    def mean(**when):
        answers = SurveyResponse.objects.filter(service__code="ktp", **when).values_list("prosedur", "produk", "sarana")
        flat = [value for row in answers for value in row]
        return sum(flat) / len(flat) * 25

    assert mean(day__gte=date(2026, 9, 1)) - mean(day__lt=APRIL) > 10


def test_what_is_wrong_on_purpose_is_there(makassar):
    lost = Employee.objects.exclude(assignments__ends_on__isnull=True).filter(left_on__isnull=True)
    assert lost.count() == 1
    assert Assignment.objects.filter(post__is_head=True, ends_on__lte=TODAY).count() == 1
    assert AttendanceDay.objects.filter(status="gangguan").exists()
    assert Entry.objects.filter(state="diajukan", day__lt=date(2026, 10, 20)).exists()


def test_everybody_on_a_post_but_the_mayor_has_an_appraiser(makassar):
    working = Employee.objects.filter(assignments__ends_on__isnull=True)
    known = appraisers_on(makassar.pk, TODAY, [person.pk for person in working])
    assert [person.name for person in working if known.get(person.pk) is None] == ["Andi Makkulau Pallawa"]


def test_few_scores_lack_evidence_and_none_is_graded_without(makassar):
    scores = Score.objects.filter(period__starts_on=date(2026, 10, 1))
    assert scores.filter(status="insufficient").count() <= 3
    assert not scores.filter(status="insufficient", total_bp__isnull=False).exists()


def test_the_unit_that_works_in_shifts_has_rosters_that_add_up_and_days_that_follow(makassar):
    unit = Unit.objects.get(code="PUSKESMAS2")
    for month in (date(2026, 11, 1), date(2026, 12, 1)):
        view = roster_of(unit, month)
        assert view.version == 1
        assert len(view.lines) == 7
        assert {shift for line in view.lines for shift in (cell.code for cell in line.cells)} == {
            "",
            "P",
            "S",
            "M",
            "K",
        }
        for line in view.lines:
            assert not line.hints
            whole = [week for monday, week in line.weeks if monday + timedelta(days=7) <= date(2027, 1, 1)]
            in_turn = not any(cell.code == "K" for cell in line.cells)
            assert not in_turn or {week.difference for week in whole} == {0}
    shifts = RosterShift.objects.filter(employee__assignments__post__unit=unit, day__lt=TODAY)
    assert shifts.filter(label="M").exists()
    days = AttendanceDay.objects.filter(employee__assignments__post__unit=unit, day__gte=date(2026, 11, 1))
    assert set(days.values_list("source", flat=True)) == {DERIVED}
    assert set(days.values_list("employee_id", "day")) <= set(shifts.values_list("employee_id", "day"))
    nights = days.filter(day__in=shifts.filter(label="M").values("day"), check_in__gte=time(20), status="hadir")
    assert nights
    assert all(night.check_out <= time(8) for night in nights)


def test_every_day_of_duty_elsewhere_has_its_letter(makassar):
    days = set(AttendanceDay.objects.filter(status="dinas_luar").values_list("employee_id", "day"))
    assert len(days) > 100
    letters = Duty.objects.values_list("people", "starts_on")
    assert days == set(letters)
    assert len(letters) == len(days)


def test_the_head_of_the_unit_that_works_in_shifts_is_offered(makassar):
    [head] = [entry for entry in cast_entries(TODAY) if entry.unit == "Puskesmas Kassi-Kassi"]
    assert head.post == "Kepala Puskesmas"
    assert "jadwal sif" in head.hint


@pytest.mark.once
@pytest.mark.django_db
def test_the_same_day_makes_the_same_demo():
    def digest():
        with transaction.atomic():
            fill(TODAY, codes=("palu",))
            rows = [
                list(Employee.objects.order_by("nip").values_list("nip", "name")),
                list(Entry.objects.order_by("form_key").values_list("form_key", "day", "quantity_milli", "state")),
                list(Indicator.objects.order_by("key").values_list("result__key", "key", "text", "target_milli")),
                list(
                    Reading.objects.order_by("indicator__goal__code", "indicator__number", "day").values_list(
                        "day", "value_milli"
                    )
                ),
                list(ServiceRequest.objects.order_by("tracking_code").values_list("tracking_code", "actual_minutes")),
                list(
                    Score.objects.order_by("employee__nip", "period__starts_on").values_list("total_bp", "coverage_bp")
                ),
            ]
            transaction.set_rollback(True)
        return hashlib.sha256(repr(rows).encode()).hexdigest()

    assert digest() == digest()


def test_papers_came_with_their_request_and_nothing_lies_in_the_future(makassar):
    papers = RequestFile.objects.filter(is_result=False)
    assert papers.exists()
    assert not papers.exclude(added_at=F("request__received_at")).exists()
    end = datetime.combine(TODAY + timedelta(days=1), time(), UTC)
    for moment in ("received_at", "started_at", "completed_at", "ended_at"):
        assert not ServiceRequest.objects.filter(Q(**{f"{moment}__gt": end}) | Q(**{f"{moment}__lt": F("received_at")}))


def test_telephone_numbers_fit_their_region():
    areas = {name: government(name)["area_code"] for name in CODES}
    assert areas == {
        "aceh_tenggara": "0629", "makassar": "0411", "mamuju": "0426", "palu": "0451", "semarang": "024",
    }  # fmt: skip
    folder = Path(complaints.__file__).parent
    assert not [path for path in folder.glob("*.py") if "(0411)" in path.read_text()]


def test_what_changed_the_services_stands_on_their_time_axis_and_made_them_faster(makassar):
    services = Service.objects.select_related("unit__agency").filter(code__in=["ktp", "izin-usaha"]).order_by("code")
    told = [
        (card.mark.service.code, card.mark.day, card.kind)
        for service in services
        for card in service_page(service, TODAY).cards
    ]
    assert told == [
        ("izin-usaha", date(2026, 6, 10), "ok"),
        ("izin-usaha", date(2026, 3, 2), "ok"),
        ("ktp", date(2026, 4, 6), "ok"),
    ]
    assert all(
        "95 % atau lebih: lebih cepat" in card.surely for each in services for card in service_page(each, TODAY).cards
    )


def test_a_policy_waits_for_its_second_person(makassar):
    draft = PolicyDraft.objects.get(agency=makassar)
    assert (draft.state, draft.base.version, draft.author.name) == ("diajukan", 1, "Nurhayati Daeng Ngalle")
    weights = {each.code: each.weight_bp for each in load_policy(draft.text).aspects}
    assert weights == {"hasil": 4000, "layanan": 3500, "kegiatan": 1000, "disiplin": 1500}


def test_a_mentoring_runs_with_one_session_done_and_one_ahead_and_somebody_may_counsel(makassar):
    [guidance] = Guidance.objects.all()
    done, ahead = guidance.sessions.all()
    assert (done.state, ahead.state, ahead.day > TODAY) == ("selesai", "disepakati", True)
    assert [step.done_on is None for step in done.steps.all()] == [False, True]
    assert Counsellor.objects.count() == 1
