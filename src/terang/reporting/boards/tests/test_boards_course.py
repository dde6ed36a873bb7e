"""A person's year: twelve equal months, what is told and what never is, and to whom."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.cast import NOW, TODAY

from terang.evidence.colleagues.models import ReviewGroup, ReviewRemark, ReviewRound
from terang.evidence.complaints.models import AnswerDue, Complaint
from terang.evidence.dialogue.models import Agreement, Feedback, Talk, TalkState
from terang.evidence.observation.models import Instrument, Observation
from terang.evidence.oversight.models import CheckState, Inspection, InspectionCheck
from terang.evidence.work.models import Entry, EntryState
from terang.planning.plans.models import Plan, PlanResult, PlanState
from terang.reporting.boards.course.page import course_of, spread_of
from terang.rules.observations.rubric import as_json, preset


@pytest.fixture(autouse=True)
def this_morning(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def feedback(cast, day, words="Ramah di loket", **more):
    told = {"giver_kind": "pimpinan", "behaviour": words, "day": day, "given_at": NOW, "form_key": uuid4()}
    return Feedback.objects.create(subject=cast.siti, giver=cast.dewi, **told, **more)


@pytest.fixture
def year(cast):
    """Siti's year: entries in March, feedback in May and November, a talk, an inspection, a released round."""
    plan = Plan.objects.create(
        employee=cast.siti, state=PlanState.AGREED, period_start=date(2026, 1, 1), period_end=date(2027, 1, 1)
    )
    result = PlanResult.objects.create(plan=plan, number=1, text="Bayi terlindungi")
    told = {"employee": cast.siti, "result": result, "text": "Imunisasi", "submitted_at": NOW}
    for number, state in enumerate((*[EntryState.ACCEPTED] * 3, EntryState.SUBMITTED, EntryState.RETURNED)):
        Entry.objects.create(**told, day=date(2026, 3, 2 + number), state=state, form_key=uuid4())
    feedback(cast, date(2026, 5, 4), "Menenangkan keluarga pasien")
    feedback(cast, TODAY, "Cepat sekali", symbol="jempol")
    feedback(cast, TODAY, "Kata yang dicabut", withdrawn_at=NOW, withdraw_reason="Salah orang")
    for state, day in ((TalkState.CONFIRMED, date(2026, 6, 8)), (TalkState.OPEN, TODAY)):
        talk = Talk.objects.create(leader=cast.dewi, employee=cast.siti, day=day, state=state, form_key=uuid4())
        Agreement.objects.create(talk=talk, owner=cast.siti, text=f"Sepakat {state}", due_on=date(2026, 7, 1))
    visit = Inspection.objects.create(
        unit=cast.units["puskesmas"], day=date(2026, 9, 1), lead=cast.agus, purpose="Standar layanan"
    )
    for criterion, met, state in (
        ("Papan maklumat terpasang", True, CheckState.CONFIRMED),
        ("Loket dijaga", False, CheckState.CONFIRMED),
        ("Masih disanggah", False, CheckState.WITHDRAWN),
    ):
        InspectionCheck.objects.create(
            inspection=visit, employee=cast.siti, criterion=criterion, met=met, state=state, form_key=uuid4()
        )
    released = ReviewRound.objects.create(
        agency=cast.agency,
        name="Putaran semester I",
        instrument="x",
        opens_on=date(2026, 6, 1),
        closes_on=date(2026, 7, 1),
        released_on=date(2026, 7, 2),
    )
    ReviewGroup.objects.create(round=released, subject=cast.siti, kind="peer", enough=True)
    ReviewRemark.objects.create(round=released, subject=cast.siti, text="Catatan rahasia rekan")
    return cast.siti


def lines(course):
    return {month.first.month: [each.text for each in month.moments] for month in course.months}


def test_every_kind_stands_in_its_month_and_empty_months_stay(year):
    found = lines(course_of(year.pk, 2026, TODAY))
    assert list(found) == list(range(1, 13))
    assert found[3] == ["3 kegiatan diterima"]
    assert found[5] == ["Pimpinan: Menenangkan keluarga pasien"]
    assert found[6] == ["Dialog kinerja dengan Dewi Anggraini", "Kesepakatan: Sepakat dikonfirmasi (lewat tenggat)"]
    assert found[7] == ["Hasil Putaran semester I dibuka"]
    assert found[9] == ["Pemeriksaan: 1 dari 2 butir terpenuhi", "Temuan: Loket dijaga"]
    assert found[11] == ["Pimpinan: Cepat sekali"]
    assert [number for number, told in found.items() if not told] == [1, 2, 4, 8, 10, 12]


def test_an_observation_is_named_with_what_came_of_it(cast):
    start = preset("poliklinik")
    instrument = Instrument.objects.create(
        agency=cast.agency,
        code="poliklinik",
        number=1,
        name="Observasi poliklinik",
        place=start.place,
        valid_from=date(2026, 1, 1),
        rubric=as_json(start.rubric),
        basis="SK 7/2026",
        form_key=uuid4(),
    )
    told = {"employee": cast.siti, "unit": cast.units["puskesmas"], "instrument": instrument, "state": "selesai"}
    for day, points in ((date(2026, 9, 1), {"points_milli": 5000, "max_milli": 6000}), (date(2026, 10, 1), {})):
        Observation.objects.create(**told, **points, day=day, planned_by=cast.dewi, form_key=uuid4())
    found = lines(course_of(cast.siti.pk, 2026, TODAY))
    assert found[9] == ["Observasi: Observasi poliklinik, 5 dari 6 poin"]
    assert found[10] == ["Observasi: Observasi poliklinik"]


def test_points_about_a_unit_stand_in_the_year_of_who_headed_it(year, cast):
    visit = Inspection.objects.get()
    InspectionCheck.objects.create(inspection=visit, criterion="Atap bocor", met=False, state=CheckState.CONFIRMED)
    assert lines(course_of(cast.dewi.pk, 2026, TODAY))[9] == [
        "Pemeriksaan: 0 dari 1 butir terpenuhi",
        "Temuan: Atap bocor",
    ]
    assert "Temuan: Atap bocor" not in lines(course_of(year.pk, 2026, TODAY))[9]


def test_the_month_to_come_is_ahead_and_not_empty(year):
    months = course_of(year.pk, 2026, TODAY).months
    assert [month.first.month for month in months if month.ahead] == [12]
    assert not any(month.ahead for month in course_of(year.pk, 2025, TODAY).months)


def test_one_kind_alone_keeps_the_counts_of_all(year):
    course = course_of(year.pk, 2026, TODAY, "umpan_balik")
    assert {number: told for number, told in lines(course).items() if told} == {
        5: ["Pimpinan: Menenangkan keluarga pasien"],
        11: ["Pimpinan: Cepat sekali"],
    }
    assert {code: count for code, _label, count in course.counts}["kegiatan"] == 3


@pytest.mark.parametrize(
    ("months", "told", "one_sided"),
    [
        ([], "Belum ada umpan balik", True),
        ([11] * 7 + [3, 5], "7 dari 9 umpan balik di bulan terakhir (November). 8 dari 11 bulan tanpa", True),
        (list(range(1, 12)), "1 dari 11 umpan balik di bulan terakhir (November).", False),
        ([2, 4], "0 dari 2 umpan balik di bulan terakhir (November). 9 dari 11 bulan", False),
    ],
)
def test_how_feedback_is_spread_is_said(months, told, one_sided):
    text, found = spread_of([date(2026, month, 3) for month in months], 2026, TODAY)
    assert told in text
    assert found is one_sided


def test_a_past_year_ends_with_december():
    assert "(Desember)" in spread_of([date(2025, 12, 1)], 2025, TODAY)[0]


def test_what_is_guarded_or_still_open_to_an_answer_never_appears(year, cast, sign_in):
    page = sign_in("dewi").get(reverse("boards:course", args=[year.pk])).content.decode()
    for hidden in ("Kata yang dicabut", "Salah orang", "Masih disanggah", "Catatan rahasia rekan", "Sepakat disiapkan"):
        assert hidden not in page
    assert "Menenangkan keluarga pasien" in page


@pytest.mark.parametrize("guard", ["is_secret", "is_misconduct"])
def test_a_guarded_complaint_is_not_even_counted(cast, guard, monkeypatch):
    """Two that were answered in time; the guarded one is missing from the count."""
    from terang.evidence.complaints.explanation import Counted
    from terang.reporting.boards.course import outside
    from terang.rules.complaints.closing import Outcome

    plain, hidden = Complaint(), Complaint()
    monkeypatch.setattr(Complaint, guard, property(lambda self: self is hidden), raising=False)
    monkeypatch.setattr(
        Complaint, "is_misconduct" if guard == "is_secret" else "is_secret", property(lambda self: False), raising=False
    )
    counted = Outcome(TODAY, in_time_confirmed=True, reopened=False)
    rows = [Counted(AnswerDue(complaint=each), counted) for each in (plain, hidden)]
    monkeypatch.setattr(outside, "counted", lambda *given: rows)
    told = outside.answered(cast.siti.pk, date(2026, 1, 1), date(2027, 1, 1), TODAY)
    assert [each.text for each in told] == ["1 pengaduan ditangani, 1 selesai tepat waktu"]


@pytest.mark.parametrize(
    ("who", "status"), [("siti", 200), ("dewi", 200), ("agus", 200), ("maya", 200), ("andi", 403), ("tono", 403)]
)
def test_who_sees_the_year_is_who_may_see_the_performance(year, sign_in, who, status):
    assert sign_in(who).get(reverse("boards:course", args=[year.pk])).status_code == status


def test_a_full_month_folds_what_is_more_and_says_how_much(year, cast, sign_in):
    for number in range(8):
        feedback(cast, date(2026, 5, 5 + number))
    page = sign_in("siti").get(reverse("boards:course", args=[year.pk])).content.decode()
    assert "3 lagi" in page


def test_odd_years_and_kinds_show_this_year_whole(year, sign_in):
    client = sign_in("siti")
    for asked in ({"tahun": "9999"}, {"tahun": "x"}, {"jenis": "rahasia"}):
        assert "Lini masa saya 2026" in client.get(reverse("boards:course", args=[year.pk]), asked).content.decode()
    nothing = client.get(reverse("boards:course", args=[year.pk]), {"tahun": "2021"}).content.decode()
    assert "Tidak ada catatan pada 2021" in nothing


def test_the_queries_do_not_grow_with_what_happened(year, cast, sign_in, django_assert_num_queries):
    with django_assert_num_queries(15):
        course_of(year.pk, 2026, TODAY)
    for number in range(40):
        feedback(cast, TODAY - timedelta(days=5 * number))
    with django_assert_num_queries(15):
        course_of(year.pk, 2026, TODAY)


def test_the_year_is_reached_from_score_feedback_team_and_report(year, sign_in):
    address = reverse("boards:course", args=[year.pk])
    client = sign_in("dewi")
    for page in (reverse("dialogue:person", args=[year.pk]), reverse("boards:team")):
        assert address in client.get(page).content.decode(), page
