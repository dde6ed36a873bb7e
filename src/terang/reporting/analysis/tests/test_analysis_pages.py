"""The page of the analysis: figures by hand, who opens it, what is hidden, how many queries it costs."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.policy import DISCIPLINE

from terang.evaluation.models import Score, ScoreComponent
from terang.evaluation.services import publish_policy
from terang.follow_up.training.models import TrainingRecord
from terang.registry.people.models import Assignment
from terang.reporting.analysis.answers import EVERYBODY, answer_to
from terang.reporting.analysis.forms import AskForm
from terang.reporting.analysis.page import Shown
from terang.reporting.analysis.selectors import menu_of

REGISTER = [5000, 6000, 6500, 7000, 7500, 8000, 9000, 9900]
CIVIL = [8000, 8100, None]


def text_of(response):
    return " ".join(response.content.decode().replace("\xa0", " ").split())


def shown_to(town, name, **asked):
    """The answer to a question as somebody of the cast reads it."""
    viewer = town.cast.viewer(name)
    menu = menu_of(viewer)
    form = AskForm({key: str(value) for key, value in asked.items()}, menu=menu)
    assert form.is_valid(), form.errors
    return Shown(viewer, menu, form.question, answer_to(viewer, menu, form.question))


def figures(shown):
    """Label, people, quartiles and median of every line."""
    return [
        (row.label, row.cell.people, *((s.quarter, s.median, s.three_quarters) if (s := row.spread) else (None,) * 3))
        for row in shown.rows
    ]


@pytest.fixture
def two_offices(town):
    town.crowd("register_officer", "register", REGISTER)
    town.crowd("civil_officer", "civil", CIVIL)
    return town


def test_units_side_by_side_by_hand(two_offices):
    """Register in order 50 60 65 70 75 80 90 99: lower quartiles 60, 70, 80. Civil: 80 and 81, one without a value.
    Together ten values 50 60 65 70 75 80 80 81 90 99: the 3rd, 5th and 8th."""
    shown = shown_to(two_offices, "maya", unit=two_offices.cast.units["dukcapil"].pk)
    assert figures(shown) == [
        ("Semua yang dipilih", 11, 6500, 7500, 8100),
        ("Bidang Pelayanan Pendaftaran Penduduk", 8, 6000, 7000, 8000),
        ("Bidang Pelayanan Pencatatan Sipil", 3, 8000, 8000, 8100),
    ]
    civil = shown.rows[-1]
    assert civil.missing == "1 bukti terlalu tipis"
    assert civil.interval == ""
    assert shown.rows[0].interval == "60,0 – 90,0"


def test_families_side_by_side(two_offices):
    two_offices.crowd("nurse", "puskesmas", [9000] * 5)
    assert figures(shown_to(two_offices, "maya", menurut="rumpun")) == [
        ("Semua yang dipilih", 16, 7000, 8100, 9000),
        ("Pelaksana", 11, 6500, 7500, 8100),
        ("Perawat", 5, 9000, 9000, 9000),
    ]
    assert figures(shown_to(two_offices, "maya", rumpun="rumpun:perawat", menurut="semua"))[0][1] == 5


def test_a_person_right_in_the_unit_stands_beside_those_below(two_offices):
    two_offices.score(two_offices.cast.sri, "dukcapil", 9500)
    labels = [each[0] for each in figures(shown_to(two_offices, "maya", unit=two_offices.cast.units["dukcapil"].pk))]
    assert labels[1] == "Langsung di Dinas Kependudukan dan Pencatatan Sipil"


def test_an_aspect_and_a_measure_come_from_the_components(two_offices):
    """Of an aspect the mean by weight, rounded half up: (6,000 · 8,001 + 4,000 · 7,000) / 10,000 = 7,600.6."""
    score = two_offices.score(two_offices.cast.siti, "puskesmas", 8000)
    ScoreComponent.objects.filter(score=score, measure="attendance_rate").update(value_bp=8001, score_bp=8001)
    ScoreComponent.objects.filter(score=score, measure="punctuality").update(value_bp=7000, score_bp=7000)
    asked = {"unit": two_offices.cast.units["puskesmas"].pk, "menurut": "semua"}
    assert shown_to(two_offices, "maya", apa="aspek:disiplin", **asked).rows[0].spread.median == 7601
    shown = shown_to(two_offices, "maya", apa="ukuran:punctuality", **asked)
    assert shown.rows[0].spread.median == 7000
    assert "Ukurannya:" in shown.method
    ScoreComponent.objects.filter(score=score).delete()
    cache.clear()
    assert (
        shown_to(two_offices, "maya", apa="ukuran:punctuality", **asked).rows[0].missing == "1 tidak dinilai dengan ini"
    )


def test_a_course_has_a_cell_for_each_period_and_a_mark_where_the_policy_changed(town):
    people = town.crowd("register_officer", "register", [6000] * 6, town.october)
    newer = publish_policy(agency=town.cast.agency, text=DISCIPLINE.replace("version = 1", "version = 2"))
    for employee in people:
        town.score(employee, "register", 7000)
    Score.objects.filter(period=town.november).update(policy=newer)
    shown = shown_to(town, "maya", cara="tren", menurut="semua", dari=town.october.pk)
    assert [(row.period.title, row.spread.median) for row in shown.rows] == [
        ("Oktober 2026", 6000),
        ("November 2026", 7000),
    ]
    assert [pin.place for pin in shown.chart.pins] == [0.5]
    assert any("Kebijakan berganti" in warning for warning in shown.warnings)
    assert dict(shown.facts)["Kebijakan"].count("versi") == 2


def test_a_distribution_counts_everybody_with_a_value_once(two_offices):
    shown = shown_to(two_offices, "maya", cara="sebaran")
    assert [bar.value for bar in shown.chart.columns] == [0, 0, 0, 0, 0, 1, 2, 2, 3, 2]
    assert "1 orang tanpa nilai tidak digambar" in shown.chart.lead


def test_a_cohort_before_and_after_beside_the_others(town):
    trained = town.crowd("register_officer", "register", [5000, 5200, 6000], town.october)
    others = town.crowd("register_officer", "register", [7000, 7100, None], town.october)
    for employee, total in zip((*trained, *others), (6000, 6100, 7500, 7000, 7200, 8000), strict=True):
        town.score(employee, "register", total)
    for employee in trained:
        TrainingRecord.objects.create(
            employee=employee,
            title="Pelayanan prima",
            form="klasikal",
            provider="BPSDM",
            starts_on=date(2026, 10, 20),
            ends_on=date(2026, 10, 21),
            hours=8,
            certificate=str(employee.pk),
        )
    shown = shown_to(town, "maya", cara="kohort", kohort="latih", dari=town.october.pk)
    assert [(each.label, each.spread.n, each.spread.median) for each in shown.shifts] == [
        ("Menyelesaikan pelatihan", 3, 1000),
        ("Yang lain", 2, 0),
    ]
    assert any("belum berarti karena itu" in warning for warning in shown.warnings)


def test_newcomers_and_those_who_moved_are_told_by_their_assignments(town):
    newcomer = town.person("register_officer", since=date(2026, 11, 3))
    moved = town.person("register_officer")
    Assignment.objects.filter(employee=moved).update(ends_on=date(2026, 11, 5))
    Assignment.objects.create(
        employee=moved, post=town.cast.posts["civil_officer"], starts_on=date(2026, 11, 5), document="SK"
    )
    for employee in (newcomer, moved, town.cast.andi):
        town.score(employee, "register", 7000)
    for cohort in ("baru", "pindah"):
        shown = shown_to(town, "maya", cara="kohort", kohort=cohort)
        assert [row.cell.people for row in shown.rows] == [1, 2], cohort


# Who sees what


def test_a_leader_sees_the_own_subtree_and_no_more(two_offices, open_as):
    two_offices.crowd("nurse", "puskesmas", [9000] * 5)
    page = text_of(open_as("sri", "/analisis/"))
    assert "Dinas Kependudukan" in page
    assert "Puskesmas Melati" not in page
    assert '<select name="unit" id="id_unit">' in page or '<select id="id_unit" name="unit">' in page
    other = open_as("sri", f"/analisis/?unit={two_offices.cast.units['puskesmas'].pk}")
    assert other.status_code == 422
    assert "di luar yang boleh Anda lihat" in text_of(other)
    assert "90,0" not in text_of(other)
    assert figures(shown_to(two_offices, "hendra"))[0][1] == 8


@pytest.mark.parametrize("name", ["maya", "agus", "lina", "mayor", "sri", "hendra", "dewi"])
def test_who_may_open_it(two_offices, open_as, name):
    assert open_as(name, "/analisis/").status_code == 200


@pytest.mark.parametrize("name", ["andi", "siti", "tono"])
def test_an_officer_is_told_why_not_and_where_the_own_figures_are(two_offices, open_as, name):
    page = open_as(name, "/analisis/")
    assert page.status_code == 403
    assert "Angka Anda sendiri ada pada “Nilai saya”" in text_of(page)
    assert "/analisis/" not in text_of(open_as(name, "/hari-ini/"))


def gone(town, people):
    """They have left the office since."""
    Assignment.objects.filter(employee__in=people).update(ends_on=date(2026, 11, 20))


def test_fewer_than_five_who_moved_away_are_hidden_from_the_leader_and_five_are_not(town, open_as):
    town.crowd("register_officer", "register", [7000, 7200])
    moved = town.crowd("register_officer", "register", [1000, 1100, 1200, 1300])
    gone(town, moved)
    shown = shown_to(town, "hendra", menurut="semua")
    assert figures(shown) == [("Semua yang dipilih", 2, 7000, 7000, 7200)]
    assert shown.rows[0].cell.left_out == 4
    assert "4 orang" in shown.rows[0].hidden
    gone(town, town.crowd("register_officer", "register", [1400]))
    cache.clear()
    shown = shown_to(town, "hendra", menurut="semua")
    assert (shown.rows[0].cell.people, shown.rows[0].cell.left_out) == (7, 0)
    page = text_of(open_as("hendra", f"/analisis/orang/?kelompok=&saat={town.november.pk}&menurut=semua"))
    assert "5 orang lain tidak dapat Anda lihat" in page
    assert moved[0].name not in page
    assert shown_to(town, "maya", menurut="semua").rows[0].cell.people == 7


def test_a_cell_of_too_few_is_hidden_whole(town, open_as):
    gone(town, town.crowd("register_officer", "register", [1000, 1100]))
    page = text_of(open_as("hendra", "/analisis/"))
    assert "terlalu sedikit untuk ditampilkan" in page
    assert "10,0" not in page
    assert "11,0" not in page
    assert shown_to(town, "maya").rows[0].cell.people == 2


def test_in_a_cohort_who_moved_away_never_counts_for_the_leader(town):
    town.crowd("register_officer", "register", [7000])
    gone(town, town.crowd("register_officer", "register", [1000] * 8))
    assert sum(row.cell.people for row in shown_to(town, "hendra", cara="kohort").rows) == 1


# Down to the people, and odd questions


def test_a_figure_opens_to_its_people_and_their_explanation(two_offices, open_as):
    shown = shown_to(two_offices, "maya", unit=two_offices.cast.units["dukcapil"].pk)
    page = text_of(open_as("maya", shown.rows[-1].url))
    people = Score.objects.filter(unit=two_offices.cast.units["civil"]).select_related("employee")
    for score in people:
        assert score.employee.name in page
        assert f"/nilai/{two_offices.november.pk}/{score.employee_id}/" in page
    assert "bukti terlalu tipis" in page
    assert "80,0" in page


@pytest.mark.parametrize("query", ["kelompok=u:99", "kelompok=&saat=999", "kelompok=&saat=²", "unit=999&kelompok="])
def test_a_cell_that_is_not_there_is_not_found(two_offices, open_as, query):
    assert open_as("maya", f"/analisis/orang/?{query}").status_code == 404


@pytest.mark.parametrize("odd", ["²", "-1", "abc", "9" * 30, "\x00", "<a>"])
def test_odd_questions_are_answered_beside_the_field(two_offices, open_as, odd):
    for name in ("cara", "apa", "unit", "rumpun", "dari", "sampai", "menurut", "kohort", "halaman"):
        page = open_as("maya", "/analisis/", {name: odd})
        assert page.status_code in (200, 422), (name, odd)


def test_periods_the_wrong_way_round_are_told(two_offices, open_as):
    page = open_as("maya", f"/analisis/?dari={two_offices.november.pk}&sampai={two_offices.october.pk}")
    assert page.status_code == 422
    assert "Periode awal tidak boleh sesudah periode akhir" in text_of(page)


def test_without_any_score_the_page_says_when_it_fills(town, open_as):
    assert "Belum ada nilai untuk dianalisis" in text_of(open_as("maya", "/analisis/"))
    assert open_as("maya", "/analisis/unduh/csv/", method="post").status_code == 404


def test_people_with_other_measures_are_not_compared_silently(two_offices):
    Score.objects.filter(unit=two_offices.cast.units["civil"]).update(variant="guru")
    assert any("dinilai dengan ukuran lain" in each for each in shown_to(two_offices, "maya").warnings)
    one = shown_to(two_offices, "maya", apa="ukuran:punctuality")
    assert not any("dinilai dengan ukuran lain" in each for each in one.warnings)


def test_the_whole_is_the_same_whatever_it_is_divided_by(two_offices):
    wholes = [
        shown_to(two_offices, "maya", menurut=by).answer.cell(EVERYBODY, two_offices.november.pk)
        for by in ("unit", "rumpun", "semua")
    ]
    assert wholes[0] == wholes[1] == wholes[2]


@pytest.mark.parametrize("query", ["", "?cara=tren", "?cara=kohort&kohort=latih", "?apa=aspek:disiplin&menurut=rumpun"])
@pytest.mark.parametrize("name", ["maya", "sri"])
def test_more_people_cost_no_more_queries(town, open_as, query, name):
    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as asked:
            assert open_as(name, f"/analisis/{query}").status_code == 200
        return len(asked)

    town.crowd("register_officer", "register", [7000])
    queries()
    few = queries()
    town.crowd("civil_officer", "civil", [6000 + number for number in range(50)])
    assert queries() == few
