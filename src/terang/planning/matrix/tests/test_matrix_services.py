"""The verbs of a matrix: what each does, and whom and when it refuses."""

from dataclasses import replace
from datetime import date

import pytest
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.planning.matrix.coverage import coverage_of
from terang.planning.matrix.followers import follow
from terang.planning.matrix.models import CellState, Matrix, MatrixCell, MemberState
from terang.planning.matrix.offers import offers_for
from terang.planning.matrix.printing import printed
from terang.planning.matrix.selectors import requests_for, similar_members, unplaced_in, waiting_in
from terang.planning.matrix.services import (
    Heading,
    Slice,
    Wanted,
    accept_proposal,
    add_column,
    add_member,
    begin_matrix,
    change_column,
    copy_row,
    decide_member,
    decline_proposal,
    dispute_cell,
    drop_column,
    fill_cell,
    keep_part,
    lead_team,
    place_result,
    propose_result,
    remove_member,
    retract_proposal,
    say_no_role,
    split_column,
    sync_matrix,
    take_cells,
    withdraw_part,
)
from terang.planning.matrix.tests.conftest import indicator
from terang.planning.plans.services import open_change, submit, write_document
from terang.rules.plans import PlannedResult
from terang.web.errors import NotAllowed, NotNow, Stale

CARDS = PlannedResult("r1", "KTP terbit tepat waktu", indicators=(indicator("k1", "KTP terbit", 960_000, "KTP"),))
QUEUE = PlannedResult("r2", "Antrean tertib", indicators=(indicator("k2", "Lama antre", 15_000, "menit"),))


def verbs():
    return [entry.verb for entry in JournalEntry.objects.order_by("id") if entry.verb.startswith("matrix.")]


# ── Columns ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_matrix_begins_with_the_plan_and_the_people_appraised(desk):
    desk.agreed("hendra", "sri", CARDS, QUEUE)
    matrix = desk.matrix("hendra")
    told = [(column.text, column.source_key, column.target_milli) for column in matrix.columns.all()]
    assert told == [("KTP terbit tepat waktu", "r1", 960_000), ("Antrean tertib", "r2", 15_000)]
    assert {member.employee for member in matrix.members.all()} == {desk.cast.andi, desk.cast.rina}
    assert matrix.unit == desk.cast.units["register"]
    assert begin_matrix(actor=desk.cast.viewer("hendra"), day=TODAY) == matrix, "beginning twice is beginning once"
    assert verbs() == ["matrix.matrix_created"]


def test_who_leads_nobody_has_no_matrix(desk):
    with pytest.raises(NotAllowed, match="pimpinan dan ketua tim"):
        begin_matrix(actor=desk.cast.viewer("andi"), day=TODAY)
    assert not Matrix.objects.exists()


def test_next_year_is_begun_late_in_this_one_and_no_further(desk):
    hendra = desk.cast.viewer("hendra")
    matrix = begin_matrix(actor=hendra, day=date(2027, 1, 1))
    assert (matrix.period_start, matrix.members.count()) == (date(2027, 1, 1), 2)
    with pytest.raises(NotNow, match="belum dapat dimulai"):
        begin_matrix(actor=hendra, day=date(2028, 1, 1))


def test_a_late_plan_blocks_nobody_and_is_tied_later(desk):
    """Columns by hand first; once the plan has the same words the column belongs to its row and keeps its parts."""
    matrix = desk.matrix("hendra", "Antrean tertib", "Loket ramah")
    [cell] = desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    desk.plan("hendra", CARDS, QUEUE)
    sync_matrix(actor=desk.cast.viewer("hendra"), matrix=matrix, seen=matrix.version)
    told = [(column.text, column.source_key) for column in matrix.columns.all()]
    assert told == [("Antrean tertib", "r2"), ("Loket ramah", ""), ("KTP terbit tepat waktu", "r1")]
    cell.refresh_from_db()
    assert cell.column.source_key == "r2"
    with pytest.raises(Stale):
        sync_matrix(actor=desk.cast.viewer("hendra"), matrix=matrix, seen=matrix.version)


def test_a_hand_written_column_is_tied_by_choice(desk):
    desk.plan("hendra", CARDS)
    matrix = desk.matrix("hendra", "Kartu selesai")
    column = desk.column(matrix, 2)
    heading = Heading("Kartu selesai", source_key="r1")
    change_column(actor=desk.cast.viewer("hendra"), column=column, seen=matrix.version, heading=heading)
    plan = desk.plan("andi").plan
    desk.take("andi", plan, *desk.give(matrix, "andi", 2, "Berkas lengkap"))
    assert desk.document(plan).results[0].leader.text == "KTP terbit tepat waktu"


def test_a_column_goes_only_while_nobody_carries_it(desk):
    matrix, hendra = desk.matrix("hendra", "Antrean tertib", "Loket ramah"), desk.cast.viewer("hendra")
    desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    with pytest.raises(NotNow, match="masih dipegang"):
        drop_column(actor=hendra, column=desk.column(matrix, 1), seen=matrix.version)
    drop_column(actor=hendra, column=desk.column(matrix, 2), seen=matrix.version)
    assert [column.text for column in matrix.columns.all()] == ["Antrean tertib"]


def test_only_the_owner_and_the_leader_above_write(desk):
    above = desk.matrix("sri", "Indeks pelayanan")
    matrix = desk.matrix("hendra", "Antrean tertib")
    for name in ("andi", "rina", "maya", "lina", "bambang", "sri"):
        with pytest.raises(NotAllowed):
            add_column(actor=desk.cast.viewer(name), matrix=matrix, heading=Heading("Baru"))
    lead_team(actor=desk.cast.viewer("sri"), member=desk.member(above, "hendra"), seen=above.version, leads=True)
    team = Matrix.objects.select_related("owner", "parent").get(pk=matrix.pk)
    assert team.parent == above
    add_column(actor=desk.cast.viewer("sri"), matrix=team, heading=Heading("Baru"))
    assert team.columns.count() == 2


def test_the_same_column_twice_is_one(desk):
    matrix = desk.matrix("hendra")
    for _ in range(2):
        add_column(actor=desk.cast.viewer("hendra"), matrix=matrix, heading=Heading("Antrean tertib"))
    assert matrix.columns.count() == 1


# ── Filling ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_two_leaders_at_once_the_second_is_told(desk):
    matrix, hendra = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra")
    where = {"actor": hendra, "member": desk.member(matrix, "andi"), "column": desk.column(matrix)}
    fill_cell(**where, seen={}, parts=[Wanted("Nomor antrean tersedia")])
    fill_cell(**where, seen={}, parts=[Wanted("Nomor antrean tersedia")])  # the same form sent twice
    with pytest.raises(Stale):
        fill_cell(**where, seen={}, parts=[Wanted("Loket dibuka tepat waktu")])
    [cell] = MatrixCell.objects.all()
    fill_cell(**where, seen={cell.pk: 1}, parts=[Wanted("Nomor antrean terbit", cell_id=cell.pk)])
    with pytest.raises(Stale):
        fill_cell(**where, seen={cell.pk: 1}, parts=[Wanted("Lain lagi", cell_id=cell.pk)])
    cell.refresh_from_db()
    assert (cell.text, cell.version) == ("Nomor antrean terbit", 2)
    assert verbs().count("matrix.cell_filled") == 2


def test_several_results_in_one_go_and_one_dropped(desk):
    matrix, hendra = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra")
    first, second = desk.give(matrix, "andi", 1, "Satu", "Dua")
    where = {"actor": hendra, "member": desk.member(matrix, "andi"), "column": desk.column(matrix)}
    parts = [Wanted("Dua", cell_id=second.pk), Wanted("Tiga", "output_antara")]
    fill_cell(**where, seen={first.pk: 1, second.pk: 1}, parts=parts)
    told = [(cell.text, cell.strategy, cell.version) for cell in MatrixCell.objects.order_by("number")]
    assert told == [("Dua", "aspek", 1), ("Tiga", "output_antara", 1)]


def test_a_column_of_another_matrix_is_refused(desk):
    matrix, other = desk.matrix("hendra", "Antrean tertib"), desk.matrix("dewi", "Vaksin tersedia")
    with pytest.raises(NotAllowed, match="bukan bagian"):
        fill_cell(
            actor=desk.cast.viewer("hendra"),
            member=desk.member(matrix, "andi"),
            column=desk.column(other),
            seen={},
            parts=[Wanted("x")],
        )
    with pytest.raises(NotAllowed, match="bukan anggota"):
        split_column(
            actor=desk.cast.viewer("hendra"),
            column=desk.column(matrix),
            seen={},
            slices={desk.member(other, "siti").pk: Slice("x")},
        )


def test_a_row_is_copied_to_people_on_the_same_post_without_numbers(desk):
    matrix = desk.matrix("hendra", "Antrean tertib", "KTP terbit")
    desk.give(matrix, "andi", 1, "Nomor antrean tersedia", "Loket dibuka tepat waktu")
    desk.give(matrix, "andi", 2, Wanted("KTP terbit", "target", 500_000))
    desk.give(matrix, "rina", 1, "Loket dibuka tepat waktu")
    andi, rina = desk.member(matrix, "andi"), desk.member(matrix, "rina")
    assert [member for member, _unit in similar_members(andi, TODAY)] == [rina]
    assert copy_row(actor=desk.cast.viewer("hendra"), source=andi, targets=[rina]) == 2
    assert copy_row(actor=desk.cast.viewer("hendra"), source=andi, targets=[rina]) == 0, "nothing twice"
    told = sorted((cell.text, cell.part_milli) for cell in rina.cells.all())
    assert told == [("KTP terbit", None), ("Loket dibuka tepat waktu", None), ("Nomor antrean tersedia", None)]
    with pytest.raises(NotAllowed):
        copy_row(actor=desk.cast.viewer("andi"), source=andi, targets=[rina])


def test_no_role_fills_what_is_empty(desk):
    matrix = desk.matrix("hendra", "Antrean tertib", "Loket ramah")
    desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    andi = desk.member(matrix, "andi")
    assert say_no_role(actor=desk.cast.viewer("hendra"), member=andi) == 1
    assert say_no_role(actor=desk.cast.viewer("hendra"), member=andi) == 0
    assert sorted(cell.state for cell in andi.cells.all()) == [CellState.GIVEN, CellState.NONE]


# ── People ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_elses_person_waits_for_the_own_appraiser(desk):
    matrix, hendra = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra")
    desk.plan("siti", CARDS, QUEUE)
    asked = add_member(actor=hendra, matrix=matrix, employee=desk.cast.siti, reason="Vaksin di loket dua hari seminggu")
    assert asked.reason == "Vaksin di loket dua hari seminggu"
    assert add_member(actor=hendra, matrix=matrix, employee=desk.cast.siti) == asked
    desk.give(matrix, "siti", 1, "Vaksin di loket")
    [request] = requests_for(desk.cast.viewer("dewi"))
    assert (request.member, request.results, [cell.text for cell in request.parts]) == (asked, 2, ["Vaksin di loket"])
    assert requests_for(desk.cast.viewer("bambang")) == []
    for name in ("hendra", "siti", "bambang", "maya"):
        with pytest.raises(NotAllowed):
            decide_member(actor=desk.cast.viewer(name), member=asked, approve=True)
    with pytest.raises(NotNow, match="alasan"):
        decide_member(actor=desk.cast.viewer("dewi"), member=asked, approve=False)
    done = decide_member(actor=desk.cast.viewer("dewi"), member=asked, approve=False, reason="Sedang imunisasi massal")
    assert (done.state, done.decided_by) == (MemberState.REFUSED, desk.cast.dewi)
    with pytest.raises(NotNow, match="sudah dijawab"):
        decide_member(actor=desk.cast.viewer("dewi"), member=asked, approve=True)
    again = add_member(actor=hendra, matrix=matrix, employee=desk.cast.siti)
    assert (again.pk, again.state) == (asked.pk, MemberState.ASKED), "a leader may ask again"
    assert decide_member(actor=desk.cast.viewer("dewi"), member=again, approve=True).state == MemberState.IN


def test_who_cannot_be_asked(desk):
    matrix, hendra = desk.matrix("hendra"), desk.cast.viewer("hendra")
    with pytest.raises(NotNow, match="Pemilik matriks"):
        add_member(actor=hendra, matrix=matrix, employee=desk.cast.hendra)
    with pytest.raises(NotNow, match="belum punya pejabat penilai"):
        add_member(actor=hendra, matrix=matrix, employee=desk.cast.mayor)


def test_a_team_leader_gets_a_matrix_below_and_people_of_the_leader_at_once(desk):
    matrix, hendra = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra")
    desk.give(matrix, "andi", 1, "Antrean daring berjalan")
    lead_team(actor=hendra, member=desk.member(matrix, "andi"), seen=matrix.version, leads=True)
    andi = desk.cast.viewer("andi")
    team = Matrix.objects.select_related("owner__agency", "unit", "parent").get(owner=desk.cast.andi)
    assert begin_matrix(actor=andi, day=TODAY) == team
    sync_matrix(actor=andi, matrix=team, seen=team.version)
    assert [column.text for column in team.columns.all()] == ["Antrean daring berjalan"], "parts given are the heads"
    member = add_member(actor=andi, matrix=team, employee=desk.cast.rina)
    assert (member.state, member.outside) == (MemberState.IN, False)
    assert add_member(actor=andi, matrix=team, employee=desk.cast.siti).state == MemberState.ASKED
    plan = desk.plan("rina").plan
    desk.take("rina", plan, *desk.give(team, "rina", 1, "Petunjuk antrean tersedia"))
    [row] = desk.document(plan).results
    assert (row.assigner_id, row.leader.text) == (desk.cast.andi.pk, "Antrean daring berjalan")
    assert row.approved is None, "a team leader is not the appraiser, who is asked in the plan"
    sheet = printed(Matrix.objects.select_related("owner__agency", "unit").get(pk=matrix.pk))
    assert [(each.leader_name, [row.name for row in each.rows]) for each in sheet.teams] == [
        ("Andi Pratama", ["Rina Marlina"])
    ]


def test_matrices_never_hang_under_each_other(desk):
    above, matrix = desk.matrix("sri"), desk.matrix("hendra")
    lead_team(actor=desk.cast.viewer("sri"), member=desk.member(above, "hendra"), seen=above.version, leads=True)
    matrix = Matrix.objects.select_related("owner", "parent").get(pk=matrix.pk)
    boss = matrix.members.create(employee=desk.cast.sri)
    with pytest.raises(NotNow, match="di bawah"):
        lead_team(actor=desk.cast.viewer("hendra"), member=boss, seen=matrix.version, leads=True)


def test_a_person_leaves_only_without_parts(desk):
    matrix, hendra = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra")
    desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    with pytest.raises(NotNow, match="masih memegang"):
        remove_member(actor=hendra, member=desk.member(matrix, "andi"), seen=matrix.version)
    remove_member(actor=hendra, member=desk.member(matrix, "rina"), seen=matrix.version)
    assert [member.employee for member in matrix.members.all()] == [desk.cast.andi]


# ── The member ───────────────────────────────────────────────────────────────────────────────────────────────────────


def kinds(desk, name, plan):
    return [offer.kind for offer in offers_for(desk.cast.people[name], plan, TODAY).rows]


def test_a_part_is_taken_once_with_the_leaders_settled_row(desk):
    desk.agreed("hendra", "sri", CARDS)
    matrix = desk.matrix("hendra")
    [cell] = desk.give(matrix, "andi", 1, Wanted("KTP terbit di loket 1", "target", 500_000))
    plan = desk.plan("andi").plan
    assert kinds(desk, "andi", plan) == ["new"]
    assert desk.take("andi", plan, cell) == 1
    assert desk.take("andi", plan, cell) == 0, "a double click adds nothing"
    [row] = desk.document(plan).results
    settled = desk.cast.hendra.plans.get().results.get()
    assert (row.text, row.main, row.cell_id, row.leader.result_id) == (cell.text, True, cell.pk, settled.pk)
    assert [(each.target_milli, each.unit_label) for each in row.indicators] == [(500_000, "KTP")]
    assert (row.assigned_by, row.assigner_id) == ("", None), "given by the appraiser"
    cell.refresh_from_db()
    assert (cell.state, cell.result_key, cell.changed_since_taken) == (CellState.TAKEN, row.key, False)
    assert kinds(desk, "andi", plan) == ["taken"]
    assert verbs().count("matrix.parts_taken") == 1


def test_a_part_is_not_taken_by_others_nor_while_the_plan_is_closed(desk):
    matrix = desk.matrix("hendra", "Antrean tertib")
    [cell] = desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    version = desk.plan("andi", CARDS)
    other = desk.plan("rina").plan
    with pytest.raises(NotAllowed):
        desk.take("rina", other, cell)
    with pytest.raises(NotAllowed):
        take_cells(actor=desk.cast.viewer("hendra"), plan=version.plan, cell_ids=[cell.pk])
    submit(actor=desk.cast.viewer("andi"), version=version, seen=version.version)
    with pytest.raises(NotNow):
        desk.take("andi", version.plan, cell)
    cell.refresh_from_db()
    assert cell.state == CellState.GIVEN, "all or nothing"


def test_a_part_of_another_year_is_not_taken(desk):
    matrix = Matrix.objects.get(pk=begin_matrix(actor=desk.cast.viewer("hendra"), day=date(2027, 1, 1)).pk)
    add_column(actor=desk.cast.viewer("hendra"), matrix=matrix, heading=Heading("Antrean tertib"))
    [cell] = desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    with pytest.raises(NotNow, match="masa lain"):
        desk.take("andi", desk.plan("andi").plan, cell)


def test_a_part_for_an_agreed_plan_waits_for_a_change(desk):
    plan = desk.agreed("andi", "hendra", CARDS).plan
    matrix = desk.matrix("hendra", "Antrean tertib")
    [cell] = desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    with pytest.raises(NotNow, match="Buka perubahan dahulu"):
        desk.take("andi", plan, cell)
    open_change(actor=desk.cast.viewer("andi"), plan=plan, reason="Tugas baru dari matriks")
    assert desk.take("andi", plan, cell) == 1
    assert desk.document(plan).results[0].key == "r1"


def test_what_the_leader_changes_afterwards_is_told_and_the_plan_stays(desk):
    matrix, hendra = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra")
    [cell] = desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    plan = desk.plan("andi").plan
    desk.take("andi", plan, cell)
    cell.refresh_from_db()
    where = {"actor": hendra, "member": desk.member(matrix, "andi"), "column": desk.column(matrix)}
    new = Wanted("Nomor antrean daring tersedia", cell_id=cell.pk)
    fill_cell(**where, seen={cell.pk: cell.version}, parts=[new])
    cell.refresh_from_db()
    assert (cell.state, cell.changed_since_taken) == (CellState.TAKEN, True)
    assert desk.document(plan).results[0].text == "Nomor antrean tersedia"
    assert kinds(desk, "andi", plan) == ["changed"]
    key = desk.document(plan).results[0].key
    assert desk.take("andi", plan, cell) == 1
    assert [(row.key, row.text) for row in desk.document(plan).results] == [(key, "Nomor antrean daring tersedia")]
    cell.refresh_from_db()
    fill_cell(**where, seen={cell.pk: cell.version}, parts=[])
    cell.refresh_from_db()
    assert cell.state == CellState.WITHDRAWN
    assert len(desk.document(plan).results) == 1
    assert kinds(desk, "andi", plan) == ["withdrawn"]


def test_a_new_share_is_told_and_taken_again(desk):
    matrix = desk.matrix("hendra", Heading("KTP terbit", "target", 10_000, "ribu"))
    [cell] = desk.give(matrix, "andi", 1, Wanted("KTP terbit", "target", 5_000))
    plan = desk.plan("andi").plan
    desk.take("andi", plan, cell)
    cell.refresh_from_db()
    split_column(
        actor=desk.cast.viewer("hendra"),
        column=desk.column(matrix),
        seen={cell.pk: cell.version},
        slices={cell.member_id: Slice(part_milli=4_000)},
    )
    assert kinds(desk, "andi", plan) == ["changed"]
    desk.take("andi", plan, cell)
    assert [each.target_milli for each in desk.document(plan).results[0].indicators] == [4_000]
    assert kinds(desk, "andi", plan) == ["taken"]


def test_a_member_disputes_and_the_leader_answers(desk):
    matrix, hendra, andi = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra"), desk.cast.viewer("andi")
    [cell] = desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    with pytest.raises(NotNow, match="Tulis apa"):
        dispute_cell(actor=andi, cell=cell, seen=1, reason=" ")
    with pytest.raises(NotAllowed):
        dispute_cell(actor=desk.cast.viewer("rina"), cell=cell, seen=1, reason="x")
    cell = dispute_cell(actor=andi, cell=cell, seen=1, reason="Mesin antrean rusak")
    assert [each.reason for each in waiting_in(matrix)] == ["Mesin antrean rusak"]
    with pytest.raises(NotNow):
        desk.take("andi", desk.plan("andi").plan, cell)
    with pytest.raises(NotAllowed):
        keep_part(actor=andi, cell=cell, seen=cell.version, reason="x")
    with pytest.raises(Stale):
        keep_part(actor=hendra, cell=cell, seen=1, reason="Mesin diganti Maret")
    cell = keep_part(actor=hendra, cell=cell, seen=cell.version, reason="Mesin diganti Maret")
    assert (cell.state, cell.reason) == (CellState.GIVEN, "Mesin diganti Maret")
    cell = dispute_cell(actor=andi, cell=cell, seen=cell.version, reason="Tetap belum ada")
    with pytest.raises(NotNow, match="jawaban"):
        withdraw_part(actor=hendra, cell=cell, seen=cell.version, reason="")
    withdraw_part(actor=hendra, cell=cell, seen=cell.version, reason="Baik, tahun depan")
    assert not waiting_in(matrix)
    assert coverage_of(matrix, matrix.columns.all()).uncarried == 1


def test_a_member_proposes_and_the_leader_answers(desk):
    matrix, hendra, andi = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra"), desk.cast.viewer("andi")
    column = desk.column(matrix)
    cell = propose_result(actor=andi, column=column, text="Loket prioritas lansia")
    assert propose_result(actor=andi, column=column, text="Loket prioritas lansia") == cell
    with pytest.raises(NotAllowed, match="bukan anggota"):
        propose_result(actor=desk.cast.viewer("joko"), column=column, text="x")
    with pytest.raises(NotAllowed):
        accept_proposal(actor=andi, cell=cell, seen=1)
    assert coverage_of(matrix, [column]).columns[0].people == 0, "a proposal is carried once it is accepted"
    assert accept_proposal(actor=hendra, cell=cell, seen=1).state == CellState.GIVEN
    with pytest.raises(NotNow):
        decline_proposal(actor=hendra, cell=cell, seen=2, reason="x")
    other = propose_result(actor=andi, column=column, text="Loket malam")
    decline_proposal(actor=hendra, cell=other, seen=1, reason="Belum ada petugas")
    third = propose_result(actor=andi, column=column, text="Loket minggu")
    retract_proposal(actor=andi, cell=third, seen=1)
    states = dict(MatrixCell.objects.values_list("text", "state"))
    assert states == {"Loket prioritas lansia": CellState.GIVEN, "Loket malam": CellState.WITHDRAWN}


def test_what_grew_from_below_gets_its_place(desk):
    """The member planned first; the late leader places the result, and the plan learns what it serves."""
    plan = desk.plan("andi", QUEUE).plan
    assert offers_for(desk.cast.andi, plan, TODAY).leader_late == "Hendra Saputra"
    matrix = desk.matrix("hendra", "Pelayanan prima")
    assert offers_for(desk.cast.andi, plan, TODAY).leader_late == ""
    [found] = unplaced_in(desk.cast.viewer("hendra"), matrix)
    where = {"column": desk.column(matrix), "member": desk.member(matrix, "andi")}
    for _ in range(2):
        cell = place_result(actor=desk.cast.viewer("hendra"), **where, key=found.key, text=found.text)
    assert unplaced_in(desk.cast.viewer("hendra"), matrix) == []
    assert (MatrixCell.objects.count(), kinds(desk, "andi", plan)) == (1, ["unlinked"])
    assert desk.take("andi", plan, cell) == 1
    [row] = desk.document(plan).results
    assert (row.key, row.text, row.leader.text, row.cell_id) == ("r2", "Antrean tertib", "Pelayanan prima", cell.pk)
    assert kinds(desk, "andi", plan) == ["taken"]


def test_a_result_the_member_dropped_is_offered_again(desk):
    matrix = desk.matrix("hendra", "Antrean tertib")
    [cell] = desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    plan = desk.plan("andi").plan
    desk.take("andi", plan, cell)
    version = plan.versions.get()
    empty = replace(desk.document(plan), results=())
    write_document(actor=desk.cast.viewer("andi"), version=version, seen=version.version, document=empty)
    assert kinds(desk, "andi", plan) == ["new"]
    assert desk.take("andi", plan, cell) == 1
    assert kinds(desk, "andi", plan) == ["taken"]


def test_a_part_taken_before_the_leaders_plan_was_agreed_finds_its_row(desk):
    """The member is earlier than the leader; the outcome tree is whole once both have agreed."""
    draft = desk.plan("hendra", CARDS)
    matrix = desk.matrix("hendra")
    version = desk.plan("andi", QUEUE)
    desk.take("andi", version.plan, *desk.give(matrix, "andi", 1, Wanted("KTP loket 1", "target", 500_000)))
    desk.settle("andi", "hendra", version)
    row = desk.cast.andi.plans.get().results.get(text="KTP loket 1")
    assert row.leader_result is None
    follow(list(JournalEntry.objects.all()))
    row.refresh_from_db()
    assert row.leader_result is None, "the leader has agreed nothing yet"
    desk.settle("hendra", "sri", draft)
    for _ in range(2):
        follow(list(JournalEntry.objects.all()))
    row.refresh_from_db()
    assert row.leader_result == desk.cast.hendra.plans.get().results.get()
    assert desk.cast.andi.plans.get().results.get(key="r2").leader_result is None, "its own result serves nobody's"


def test_every_verb_is_told_with_the_person_it_is_about(desk):
    matrix = desk.matrix("hendra", "Antrean tertib")
    desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    entry = JournalEntry.objects.filter(verb="matrix.cell_filled").get()
    assert (entry.subject_employee_id, entry.unit_id) == (desk.cast.andi.pk, desk.cast.units["register"].pk)
