"""How a plan document is shown: printed targets, words for codes, findings beside their rows."""

from dataclasses import replace
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from terang.planning.plans.presenting import aspect_labels, present, target_text
from terang.planning.plans.study import study_facts
from terang.rules.plans import LeaderRow, PlanDocument, PlannedIndicator, PlannedResult, Step, Study
from terang.rules.plans.checks import Problem, problems
from terang.rules.sentences import Sentence

COUNT = PlannedIndicator("i1", "Jumlah KTP terbit", unit_label="dokumen", target_milli=960_000)


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({}, "960\u00a0dokumen"),
        ({"target_milli": 80_000, "target_max_milli": 90_000, "unit_label": "%"}, "80–90\u00a0%"),
        ({"target_milli": 3_500, "unit_label": "dari 5"}, "3,5\u00a0dari 5"),
        ({"target_milli": 7_000, "target_max_milli": 7_000, "unit_label": "bulan"}, "7\u00a0bulan"),
        ({"target_text": "Tidak ada kesalahan tindakan"}, "Tidak ada kesalahan tindakan"),
        ({"direction": "yes_no", "target_milli": 1000, "unit_label": ""}, "Ya"),
        (
            {"direction": "impact", "baseline_milli": 20_000, "target_milli": 14_000, "unit_label": "%"},
            "dari 20 menjadi 14\u00a0%",
        ),
        ({"target_milli": 0, "unit_label": "kesalahan"}, "0\u00a0kesalahan"),
        ({"target_milli": None}, ""),
    ],
)
def test_a_target_is_printed_as_people_write_it(change, text):
    assert target_text(replace(COUNT, **change)) == text


def test_a_range_from_zero_keeps_both_ends():
    assert target_text(replace(COUNT, target_milli=0, target_max_milli=2000)) == "0–2\u00a0dokumen"


def test_english_numbers_are_written_the_english_way():
    with translation.override("en"):
        assert target_text(replace(COUNT, target_milli=87_500, unit_label="%")) == "87.5%"


def test_aspects_stand_in_the_regulations_order():
    assert aspect_labels(("waktu", "kuantitas")) == ("Kuantitas", "Waktu")


def test_rows_are_numbered_through_and_findings_stand_beside_them():
    lost = PlannedResult("r2", "Arsip tertata", main=False)
    first = PlannedResult("r1", "KTP terbit tepat waktu", indicators=(COUNT,), steps=(Step("Jadwal", "2026-03-31"),))
    document = PlanDocument(results=(lost, first), behaviour={"BP": "Menjawab dalam satu hari"})
    rows = present(document, problems(document))
    assert [(row.number, row.key) for row in rows.results] == [(1, "r1"), (2, "r2")]
    assert rows.errors == 1
    assert [problem.severity for problem in rows.additional[0].problems if problem.severity == "error"] == ["error"]
    assert not [problem for problem in rows.main[0].problems if problem.severity == "error"]
    assert rows.main[0].steps[0].day == date(2026, 3, 31)
    assert [row.expectation for row in rows.behaviour] == ["Menjawab dalam satu hari", "", "", "", "", "", ""]


def test_a_finding_about_nothing_on_the_page_is_not_lost():
    stray = Problem("x", "hint", Sentence("Lihat lagi."), Sentence(""), row_key="gone")
    assert [each.message for each in present(PlanDocument(), (stray,)).problems] == ["Lihat lagi."]


def test_work_for_another_leader_waits_for_the_appraiser():
    given = PlannedResult("r1", "Naskah siap", assigned_by="Ketua Tim", assigner_id=7)
    one, two = present(PlanDocument(results=(given, replace(given, key="r2", approved=False)))).main
    assert (one.pending, one.refused, two.pending, two.refused) == (True, False, False, True)


def test_the_card_of_a_result_shows_what_it_serves_and_its_target():
    result = PlannedResult("r1", "KTP terbit", leader=LeaderRow("Layanan cepat", "Waktu terbit"), indicators=(COUNT,))
    html = render_to_string("plans/_result.html", {"row": present(PlanDocument(results=(result,))).main[0]})
    for text in (
        "1. KTP terbit",
        "Layanan cepat",
        "Waktu terbit",
        "Jumlah KTP terbit",
        "960\u00a0dokumen",
        "Kuantitas",
    ):
        assert text in html


def test_a_study_leave_is_told_as_far_as_it_was_written():
    told = dict(study_facts(Study("Universitas Terbuka", "S-2", grade_point_centi=350, finishes_on="2028-07-31")))
    assert told == {
        "Perguruan tinggi": "Universitas Terbuka",
        "Jenjang": "S-2",
        "IPK yang diharapkan": "3,5",
        "Selesai paling lambat": "31 Juli 2028",
    }
    assert study_facts(Study("Universitas Terbuka", "S-2", abroad=True))[-1] == ("Tempat", "luar negeri")
