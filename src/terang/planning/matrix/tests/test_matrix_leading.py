"""Who still writes a matrix: its owner and the leader above, while they lead; and what enters a plan as approved."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.cast import TODAY

from terang.planning.matrix.access import may_edit, may_lead
from terang.planning.matrix.models import Matrix, MatrixCell, MemberState
from terang.planning.matrix.offers import offers_for
from terang.planning.matrix.selectors import unplaced_in
from terang.planning.matrix.services import (
    Wanted,
    add_member,
    begin_matrix,
    copy_row,
    decide_member,
    fill_cell,
    lead_team,
    propose_result,
    split_column,
)
from terang.planning.matrix.services.cells import Slice
from terang.planning.matrix.tests.conftest import indicator
from terang.planning.plans.services import answer_assignment, submit, write_document
from terang.registry.people.models import Assignment
from terang.registry.people.services import record_departure
from terang.rules.plans import PlannedResult
from terang.web.errors import NotAllowed, NotNow

OWN = (indicator("z1", "Vaksin diberikan", 100_000, "dosis"),)


def seen(pk):
    return Matrix.objects.select_related("owner__agency", "unit", "parent__owner").get(pk=pk)


def leave(desk, name):
    person = desk.cast.people[name]
    person.refresh_from_db()
    record_departure(
        actor=desk.cast.viewer("maya"), employee=person, version=person.version, on=TODAY, reason="pensiun"
    )


def give_up_post(desk, name):
    Assignment.objects.filter(employee=desk.cast.people[name]).update(ends_on=TODAY)


def fill(desk, who, matrix, member, *texts):
    fill_cell(
        actor=desk.cast.viewer(who),
        member=desk.member(matrix, member),
        column=desk.column(matrix),
        seen={},
        parts=[Wanted(text) for text in texts],
    )


# ── Who still leads ──────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("end", [leave, give_up_post])
def test_a_former_leader_reads_and_no_longer_writes(desk, end):
    matrix = desk.matrix("hendra", "Antrean tertib")
    fill(desk, "hendra", matrix, "andi", "Nomor antrean tersedia")
    end(desk, "hendra")
    with pytest.raises(NotAllowed, match="tidak lagi memimpin"):
        fill(desk, "hendra", matrix, "rina", "Loket ramah")
    assert not may_lead(desk.cast.viewer("hendra"))
    assert MatrixCell.objects.count() == 1


def test_who_appraises_the_members_writes_without_heading_the_unit(desk):
    """An appraiser by override heads no unit and leads all the same."""
    matrix = desk.matrix("hendra", "Antrean tertib")
    desk.cast.andi.appraiser_overrides.create(appraiser=desk.cast.joko, starts_on=TODAY, document="SK", reason="x")
    own = begin_matrix(actor=desk.cast.viewer("joko"), day=TODAY)
    assert may_edit(desk.cast.viewer("joko"), seen(own.pk))
    assert not may_edit(desk.cast.viewer("joko"), seen(matrix.pk))
    desk.cast.andi.appraiser_overrides.update(ends_on=TODAY)
    assert not may_edit(desk.cast.viewer("joko"), seen(own.pk))


def test_a_team_leader_writes_while_the_line_above_stands(desk):
    matrix = desk.matrix("hendra", "Antrean tertib")
    lead_team(actor=desk.cast.viewer("hendra"), member=desk.member(matrix, "andi"), seen=matrix.version, leads=True)
    team = Matrix.objects.get(parent=matrix).pk
    assert may_edit(desk.cast.viewer("andi"), seen(team))
    assert may_edit(desk.cast.viewer("hendra"), seen(team))
    give_up_post(desk, "hendra")
    assert not may_edit(desk.cast.viewer("hendra"), seen(team))
    assert not may_edit(desk.cast.viewer("andi"), seen(team)), "nobody leads above any more"


def test_a_team_leader_of_yesterday_no_longer_writes(desk):
    matrix = desk.matrix("hendra", "Antrean tertib")
    lead_team(actor=desk.cast.viewer("hendra"), member=desk.member(matrix, "andi"), seen=matrix.version, leads=True)
    team = Matrix.objects.get(parent=matrix).pk
    matrix.refresh_from_db()
    lead_team(actor=desk.cast.viewer("hendra"), member=desk.member(matrix, "andi"), seen=matrix.version, leads=False)
    assert not may_edit(desk.cast.viewer("andi"), seen(team))


def test_a_departed_team_leader_no_longer_writes(desk):
    matrix = desk.matrix("hendra", "Antrean tertib")
    lead_team(actor=desk.cast.viewer("hendra"), member=desk.member(matrix, "andi"), seen=matrix.version, leads=True)
    leave(desk, "andi")
    assert not may_edit(desk.cast.viewer("andi"), seen(Matrix.objects.get(parent=matrix).pk))
    assert not may_lead(desk.cast.viewer("andi"))


def test_a_former_leaders_work_waits_for_the_appraiser_of_today(desk):
    matrix = desk.matrix("hendra", "Antrean tertib")
    [cell] = desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    plan = desk.plan("andi").plan
    give_up_post(desk, "hendra")
    desk.take("andi", plan, cell)
    [row] = desk.document(plan).results
    assert (row.assigner_id, row.approved) == (desk.cast.hendra.pk, None)


# ── What the appraiser said yes to ───────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def lent(desk):
    """Siti carries a part for Hendra with Dewi's yes, taken into her plan."""
    matrix = desk.matrix("hendra", "Antrean tertib")
    member = add_member(actor=desk.cast.viewer("hendra"), matrix=matrix, employee=desk.cast.siti)
    decide_member(actor=desk.cast.viewer("dewi"), member=member, approve=True)
    [cell] = desk.give(matrix, "siti", 1, "Vaksin di loket")
    plan = desk.plan("siti").plan
    desk.take("siti", plan, cell)
    return plan, cell


def write(desk, plan, **changes):
    version = plan.versions.get()
    document = desk.document(plan)
    rows = tuple(replace(row, **changes) for row in document.results)
    write_document(
        actor=desk.cast.viewer("siti"), version=version, seen=version.version, document=replace(document, results=rows)
    )


def said(desk, plan):
    return [(row.text, row.approved) for row in desk.document(plan).results]


def test_the_first_taking_needs_no_second_yes(desk, lent):
    plan, _cell = lent
    assert said(desk, plan) == [("Vaksin di loket", True)]
    write(desk, plan, indicators=OWN)
    assert said(desk, plan) == [("Vaksin di loket", True)], "how it is measured is not another assignment"
    write(desk, plan, indicators=(replace(OWN[0], text="Lain"),))
    assert said(desk, plan) == [("Vaksin di loket", None)], "another measure is another wording"


def test_own_words_wait_however_often_the_part_is_taken(desk, lent):
    plan, cell = lent
    write(desk, plan, text="Sesuatu yang lain", indicators=OWN)
    for _ in range(2):
        desk.take("siti", plan, cell)
        assert said(desk, plan) == [("Sesuatu yang lain", None)]


def refuse(desk, plan):
    version = submit(actor=desk.cast.viewer("siti"), version=plan.versions.get(), seen=plan.versions.get().version)
    [row] = desk.document(plan).results
    dewi = desk.cast.viewer("dewi")
    answer_assignment(actor=dewi, version=version, seen=version.version, row_key=row.key, approved=False)


def test_a_refusal_is_not_undone_by_taking_again(desk, lent):
    plan, cell = lent
    write(desk, plan, indicators=OWN)
    refuse(desk, plan)
    desk.take("siti", plan, cell)
    assert said(desk, plan) == [("Vaksin di loket", False)]


def test_a_refusal_is_not_undone_by_dropping_and_taking_again(desk, lent):
    plan, cell = lent
    write(desk, plan, indicators=OWN)
    refuse(desk, plan)
    version = plan.versions.get()
    empty = replace(desk.document(plan), results=())
    write_document(actor=desk.cast.viewer("siti"), version=version, seen=version.version, document=empty)
    for _ in range(2):
        desk.take("siti", plan, cell)
        assert said(desk, plan) == [("Vaksin di loket", None)]


@pytest.mark.parametrize(("own", "approved"), [((), True), (OWN, None)])
def test_new_words_of_the_leader_are_approved_unless_the_row_holds_own_measures(desk, lent, own, approved):
    plan, cell = lent
    if own:
        write(desk, plan, indicators=own)
    cell.refresh_from_db()
    matrix = seen(cell.column.matrix_id)
    fill_cell(
        actor=desk.cast.viewer("hendra"),
        member=desk.member(matrix, "siti"),
        column=desk.column(matrix),
        seen={cell.pk: cell.version},
        parts=[Wanted("Vaksin di dua loket", cell_id=cell.pk)],
    )
    desk.take("siti", plan, cell)
    assert said(desk, plan) == [("Vaksin di dua loket", approved)]


# ── Refused people ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_given_to_whom_the_appraiser_refused(desk):
    matrix, hendra = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra")
    desk.give(matrix, "andi", 1, "Nomor antrean tersedia")
    member = add_member(actor=hendra, matrix=matrix, employee=desk.cast.siti)
    fill(desk, "hendra", matrix, "siti", "Vaksin di loket")
    with pytest.raises(NotNow, match="belum menyetujui"):
        propose_result(actor=desk.cast.viewer("siti"), column=desk.column(matrix), text="Lain")
    decide_member(actor=desk.cast.viewer("dewi"), member=member, approve=False, reason="Sedang sibuk")
    [cell] = member.cells.all()
    words = "Siti Rahma tidak menyetujui"
    with pytest.raises(NotNow, match=words):
        desk.give(matrix, "siti", 1, "Satu lagi")
    with pytest.raises(NotNow, match=words):
        copy_row(actor=hendra, source=desk.member(matrix, "andi"), targets=[desk.member(matrix, "siti")])
    with pytest.raises(NotNow, match=words):
        split_column(actor=hendra, column=desk.column(matrix), seen={cell.pk: 1}, slices={member.pk: Slice("Lain")})
    with pytest.raises(NotNow, match=words):
        propose_result(actor=desk.cast.viewer("siti"), column=desk.column(matrix), text="Lain")
    assert [each.text for each in member.cells.all()] == ["Vaksin di loket"]
    where = {"actor": hendra, "member": desk.member(matrix, "siti"), "column": desk.column(matrix)}
    fill_cell(**where, seen={cell.pk: 1}, parts=[])
    assert not member.cells.exists(), "what such a person holds can be taken away"


# ── From below ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_drafts_from_below_only_of_people_one_may_see(desk):
    matrix, hendra = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra")
    member = add_member(actor=hendra, matrix=matrix, employee=desk.cast.siti)
    decide_member(actor=desk.cast.viewer("dewi"), member=member, approve=True)
    row = PlannedResult("s1", "Imunisasi lengkap", indicators=OWN)
    version = desk.plan("siti", row)
    desk.plan("andi", replace(row, key="a1", text="Berkas lengkap"))
    assert [each.text for each in unplaced_in(hendra, matrix)] == ["Berkas lengkap"]
    submit(actor=desk.cast.viewer("siti"), version=version, seen=version.version)
    assert [each.text for each in unplaced_in(hendra, matrix)] == ["Berkas lengkap", "Imunisasi lengkap"]


def test_who_asked_again_waits_again(desk):
    """The yes of the appraiser belongs to the request it answered."""
    matrix, hendra = desk.matrix("hendra", "Antrean tertib"), desk.cast.viewer("hendra")
    member = add_member(actor=hendra, matrix=matrix, employee=desk.cast.siti)
    decide_member(actor=desk.cast.viewer("dewi"), member=member, approve=False, reason="Sedang sibuk")
    again = add_member(actor=hendra, matrix=matrix, employee=desk.cast.siti)
    assert (again.state, again.decided_by, again.asked_on) == (MemberState.ASKED, None, TODAY)
    assert again.answer_due > TODAY + timedelta(days=1)
    assert [offer.kind for offer in offers_for(desk.cast.siti, None, TODAY).rows] == []
