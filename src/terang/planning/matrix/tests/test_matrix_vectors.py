"""The regulation's own examples: V23–V32 and V42 (PermenPANRB 6/2022, annexes 2 and 3)."""

from dataclasses import replace

import pytest

from terang.planning.matrix.coverage import cover, coverage_of
from terang.planning.matrix.models import CellState, MatrixCell, MatrixColumn, MemberState, Strategy
from terang.planning.matrix.services import (
    Heading,
    Slice,
    Wanted,
    add_member,
    decide_member,
    fill_cell,
    lead_team,
    split_column,
)
from terang.planning.matrix.services.cells import sliced_text
from terang.planning.matrix.tests.conftest import indicator
from terang.rules.plans import PlannedResult
from terang.web.errors import NotAllowed

INDEX = PlannedResult(
    "d1", "Meningkatnya mutu SKP", indicators=(indicator("i1", "Persentase SKP bermutu", 80_000, "%"),)
)


def director(desk):
    """The JPT with one indicator in the plan, who splits it."""
    desk.plan("sri", INDEX, form="jpt")
    return desk.matrix("sri")


def test_v23_three_roles_are_three_results_that_serve_result_and_indicator(desk):
    matrix = director(desk)
    assert [column.text for column in matrix.columns.all()] == ["Persentase SKP bermutu"]
    plan = desk.plan("hendra").plan
    given = desk.give(matrix, "hendra", 1, "Pedoman SKP tersedia", "Pelatihan terlaksana", "Telaah SKP tersedia")
    assert desk.take("hendra", plan, *given) == 3
    document = desk.document(plan)
    assert [row.text for row in document.main_results] == [cell.text for cell in given]
    assert not document.additional_results
    served = {(row.leader.text, row.leader.indicator_text) for row in document.results}
    assert served == {("Meningkatnya mutu SKP", "Persentase SKP bermutu")}


def team(desk, *counts):
    """Hendra's team matrix over three results of his own plan; how many parts Andi gets of each."""
    results = [PlannedResult(f"h{n}", f"Hasil {n}", indicators=(indicator(f"k{n}", "Jumlah"),)) for n in (1, 2, 3)]
    desk.plan("hendra", *results)
    matrix = desk.matrix("hendra")
    given = []
    for number, count in enumerate(counts, 1):
        texts = [f"Bagian {number}.{each}" for each in range(1, count + 1)]
        given += desk.give(matrix, "andi", number, *texts) if texts else []
    return matrix, given


@pytest.mark.parametrize(
    ("counts", "served"),
    [
        pytest.param((1, 2, 1), ["Hasil 1", "Hasil 2", "Hasil 2", "Hasil 3"], id="v24 JF Teknis TBP Muda"),
        pytest.param((4, 2, 1), ["Hasil 1"] * 4 + ["Hasil 2"] * 2 + ["Hasil 3"], id="v25 Pranata Komputer"),
        pytest.param((2, 1, 0), ["Hasil 1", "Hasil 1", "Hasil 2"], id="v27 Dokter"),
        pytest.param((1, 1, 0), ["Hasil 1", "Hasil 2"], id="v27 Petugas Loket"),
        pytest.param((0, 1, 0), ["Hasil 2"], id="v27 Sopir Ambulans"),
    ],
)
def test_v24_v25_v27_a_team_row_becomes_as_many_results(desk, counts, served):
    """Columns of a team are RHK, so no indicator is named; an empty cell is no role and no error."""
    matrix, given = team(desk, *counts)
    plan = desk.plan("andi").plan
    assert desk.take("andi", plan, *given) == sum(counts)
    rows = desk.document(plan).results
    assert [row.leader.text for row in rows] == served
    assert {row.leader.indicator_text for row in rows} == {""}
    carried = [each.people for each in coverage_of(matrix, matrix.columns.all()).columns]
    assert carried == [int(bool(count)) for count in counts]


def test_v26_the_appraiser_sets_one_low_and_the_numbers_run_on(desk):
    _matrix, given = team(desk, 2, 1, 1)
    plan = desk.plan("andi").plan
    desk.take("andi", plan, *given)
    document = desk.document(plan)
    low = replace(document.results[1], main=False)
    after = replace(document, results=(document.results[0], low, *document.results[2:]))
    assert [(number, row.main) for number, row in after.printed_results] == [
        (1, True),
        (2, True),
        (3, True),
        (4, False),
    ]


def test_v28_an_area_for_each_team_keeps_the_leaders_words(desk):
    matrix = desk.matrix("sri", Heading("Jumlah instansi dengan SMK minimal Baik", Strategy.AREA))
    for name in ("hendra", "joko"):
        lead_team(actor=desk.cast.viewer("sri"), member=desk.member(matrix, name), seen=matrix.version, leads=True)
        matrix.refresh_from_db()
    areas = {"hendra": "wilayah I", "joko": "wilayah II"}
    slices = {desk.member(matrix, name).pk: Slice(area) for name, area in areas.items()}
    assert split_column(actor=desk.cast.viewer("sri"), column=desk.column(matrix), seen={}, slices=slices) == 2
    cells = MatrixCell.objects.order_by("member")
    assert {cell.text for cell in cells} == {
        "Jumlah instansi dengan SMK minimal Baik di wilayah I",
        "Jumlah instansi dengan SMK minimal Baik di wilayah II",
    }
    assert all(cell.represents_leader for cell in cells)


def coverage(strategies, target_milli=None, parts=()):
    column = MatrixColumn(pk=1, text="x", target_milli=target_milli)
    rows = [(1, n, strategy, part) for n, (strategy, part) in enumerate(zip(strategies, parts, strict=True), 1)]
    return cover([column], range(1, len(rows) + 1), rows).columns[0]


def test_v29_parts_that_do_not_add_up_are_told_and_never_refused(desk):
    matrix = desk.matrix("hendra", Heading("Produksi pupuk", Strategy.LOAD, 10_000, "ton"))
    column, andi, rina = desk.column(matrix), desk.member(matrix, "andi"), desk.member(matrix, "rina")
    hendra = desk.cast.viewer("hendra")
    five = {andi.pk: Slice(part_milli=5_000), rina.pk: Slice(part_milli=5_000)}
    split_column(actor=hendra, column=column, seen={}, slices=five)
    [whole] = coverage_of(matrix, [column]).columns
    assert (whole.missing_milli, whole.findings, whole.represents_leader) == (0, (), True)
    seen = dict(MatrixCell.objects.values_list("pk", "version"))
    split_column(actor=hendra, column=column, seen=seen, slices={**five, rina.pk: Slice(part_milli=4_000)})
    [short] = coverage_of(matrix, [column]).columns
    assert short.missing_milli == 1_000
    assert short.findings == ("Bagian-bagiannya belum genap: 1 belum terbagi.",)
    assert MatrixCell.objects.count() == 2, "the number replaced the old one"


def test_v30_twelve_aspects_stand_for_the_leaders_value():
    twelve = coverage(["aspek"] * 12, parts=[None] * 12)
    assert (twelve.represents_leader, twelve.people, twelve.findings) == (True, 12, ())


@pytest.mark.parametrize(
    ("strategy", "represents"),
    [("output_antara", False), ("layanan", False), ("aspek", True), ("wilayah", True), ("target", True)],
)
def test_v31_v32_only_direct_ways_of_splitting_stand_for_the_leader(strategy, represents):
    """V31: recommendations from benchmarking serve "regulation passed"; V32: the draft ready is a stage of it."""
    assert MatrixCell(strategy=strategy).represents_leader is represents
    assert coverage([strategy], parts=[None]).represents_leader is represents


def test_a_slice_has_the_words_of_its_strategy():
    assert sliced_text(MatrixColumn(text="Beras", strategy=Strategy.LOAD), "apa saja") == "Beras"
    assert sliced_text(MatrixColumn(text="Beras", strategy=Strategy.AREA), "Palu Timur") == "Beras di Palu Timur"
    assert sliced_text(MatrixColumn(text="Beras", strategy=Strategy.OUTPUT), "Kajian gabah") == "Kajian gabah"


def test_v42_nothing_enters_the_plan_before_the_own_appraiser_agrees(desk):
    matrix = desk.matrix("hendra", "Antrean tertib")
    member = add_member(actor=desk.cast.viewer("hendra"), matrix=matrix, employee=desk.cast.siti)
    assert (member.state, member.outside) == (MemberState.ASKED, True)
    given = desk.give(matrix, "siti", 1, "Vaksin di loket")
    plan = desk.plan("siti").plan
    with pytest.raises(NotAllowed, match="Penilai Anda belum menyetujui"):
        desk.take("siti", plan, *given)
    assert desk.document(plan).results == ()
    assert coverage_of(matrix, matrix.columns.all()).columns[0].people == 0, "what waits is not carried yet"
    decide_member(actor=desk.cast.viewer("dewi"), member=member, approve=True)
    assert desk.take("siti", plan, *given) == 1
    [row] = desk.document(plan).results
    assert (row.assigner_id, row.assigned_by, row.approved) == (
        desk.cast.hendra.pk,
        "Kepala Bidang Pendaftaran Penduduk",
        True,
    )


def test_no_role_is_said_and_is_not_an_error(desk):
    matrix = desk.matrix("hendra", "Antrean tertib")
    column, andi = desk.column(matrix), desk.member(matrix, "andi")
    fill_cell(actor=desk.cast.viewer("hendra"), member=andi, column=column, seen={}, parts=[], no_role=True)
    assert [cell.state for cell in andi.cells.all()] == [CellState.NONE]
    assert andi.pk in coverage_of(matrix, [column]).without_role
    desk.give(matrix, "andi", 1, Wanted("Loket dibuka tepat waktu"))
    assert [cell.state for cell in andi.cells.exclude(text="")] == [CellState.GIVEN]
