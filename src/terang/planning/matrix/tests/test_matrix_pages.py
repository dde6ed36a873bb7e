"""The pages of a matrix: who opens them, what a form does, how many queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import SINCE

from terang.accounts.models import User
from terang.planning.matrix.models import CellState, Matrix, MatrixCell, MemberState
from terang.planning.matrix.selectors import printed
from terang.planning.matrix.services import Heading, Wanted, add_member, lead_team, propose_result
from terang.planning.matrix.tests.conftest import indicator
from terang.registry.people.models import Assignment, Employee
from terang.rules.plans import PlannedResult

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def matrix(desk):
    """Hendra's, with a counted column and a part for Andi."""
    found = desk.matrix("hendra", Heading("KTP terbit", "target", 10_000, "ribu"), "Antrean tertib")
    desk.give(found, "andi", 1, Wanted("KTP terbit", "target", 5_000))
    return found


def page(sign_in, name, url, *args, **query):
    return sign_in(name).get(reverse(url, args=args), query)


def send(sign_in, who, url, *args, htmx=False, **values):
    return sign_in(who).post(reverse(url, args=args), values, **(HTMX if htmx else {}))


def test_who_opens_a_matrix(sign_in, desk, matrix):
    """Owner, members, the appraiser chain, and the appointed roles that see performance; nobody else."""
    may = {"hendra", "andi", "rina", "sri", "mayor", "maya", "agus", "lina"}
    for name in desk.cast.people:
        answer = page(sign_in, name, "matrix:show", matrix.pk)
        assert answer.status_code == (200 if name in may else 403), name
    for name in ("andi", "sri", "maya"):
        assert "Tambah orang" not in page(sign_in, name, "matrix:show", matrix.pk).content.decode()
        column = desk.column(matrix)
        cell = reverse("matrix:cell", args=[desk.member(matrix, "andi").pk, column.pk])
        assert sign_in(name).get(cell).status_code == 403
        assert send(sign_in, name, "matrix:column", column.pk, seen="").status_code == 403
    assert MatrixCell.objects.count() == 1


def test_beginning_from_the_page(sign_in, desk):
    assert "Mulai matriks" in page(sign_in, "hendra", "matrix:own").content.decode()
    assert page(sign_in, "andi", "matrix:own").status_code == 403
    for _ in range(2):
        send(sign_in, "hendra", "matrix:begin")
    assert Matrix.objects.count() == 1
    text = page(sign_in, "hendra", "matrix:own").content.decode()
    assert "Belum ada kolom" in text
    assert "Mulai matriks" not in text


def test_a_cell_is_filled_in_place_with_its_check(sign_in, desk, matrix):
    member, column = desk.member(matrix, "rina"), desk.column(matrix)
    editor = page(sign_in, "hendra", "matrix:cell", member.pk, column.pk).content.decode()
    assert 'name="text_new3"' in editor
    typed = {"seen": "", "strategy": "target", "text_new1": "KTP terbit", "part_new1": "4"}
    answer = send(sign_in, "hendra", "matrix:cell", member.pk, column.pk, htmx=True, **typed)
    text = answer.content.decode()
    assert "KTP terbit" in text
    assert "9 dari 10 ribu terbagi" in text
    assert "1 belum terbagi" in text
    assert MatrixCell.objects.get(member=member).part_milli == 4_000
    stale = {"seen": "", "strategy": "target", "text_new1": "Lain"}
    assert send(sign_in, "hendra", "matrix:cell", member.pk, column.pk, htmx=True, **stale).status_code == 409
    wrong = {"seen": "", "strategy": "target", "text_new1": "x", "part_new1": "empat"}
    assert send(sign_in, "hendra", "matrix:cell", member.pk, column.pk, **wrong).status_code == 422


def test_an_emptied_line_is_dropped_and_no_role_is_said(sign_in, desk, matrix):
    member, column = desk.member(matrix, "andi"), desk.column(matrix)
    [cell] = MatrixCell.objects.all()
    typed = {"seen": f"{cell.pk}:1", "strategy": "target", f"text_{cell.pk}": "", "no_role": "on"}
    send(sign_in, "hendra", "matrix:cell", member.pk, column.pk, **typed)
    assert [each.state for each in MatrixCell.objects.all()] == [CellState.NONE]
    assert "tidak ada peran" in page(sign_in, "hendra", "matrix:show", matrix.pk).content.decode()


def test_a_column_is_split_over_everybody_at_once(sign_in, desk, matrix):
    column, andi, rina = desk.column(matrix), desk.member(matrix, "andi"), desk.member(matrix, "rina")
    [cell] = MatrixCell.objects.all()
    typed = {"seen": f"{cell.pk}:1", f"slice_{andi.pk}": "6", f"slice_{rina.pk}": "4"}
    assert send(sign_in, "hendra", "matrix:column", column.pk, **typed).status_code == 302
    assert sorted(MatrixCell.objects.values_list("part_milli", flat=True)) == [4_000, 6_000]
    assert send(sign_in, "hendra", "matrix:column", column.pk, **{**typed, f"slice_{rina.pk}": "9"}).status_code == 409


def test_a_request_goes_to_the_own_appraiser_and_back(sign_in, desk, matrix):
    found = page(sign_in, "hendra", "matrix:person_new", matrix.pk, cari="Siti").content.decode()
    assert "Siti Rahma" in found
    send(sign_in, "hendra", "matrix:person_new", matrix.pk, employee=desk.cast.siti.pk)
    member = desk.member(matrix, "siti")
    assert member.state == MemberState.ASKED
    assert "menunggu penilainya" in page(sign_in, "hendra", "matrix:show", matrix.pk).content.decode()
    assert "Siti Rahma" in page(sign_in, "dewi", "matrix:requests").content.decode()
    assert "Siti Rahma" not in page(sign_in, "bambang", "matrix:requests").content.decode()
    assert send(sign_in, "bambang", "matrix:decide", member.pk, decision="approve").status_code == 403
    assert send(sign_in, "dewi", "matrix:decide", member.pk, decision="refuse", reason="").status_code == 409
    assert send(sign_in, "dewi", "matrix:decide", member.pk, decision="approve", reason="").status_code == 302
    assert desk.member(matrix, "siti").state == MemberState.IN


def test_a_row_in_one_step(sign_in, desk, matrix):
    andi, rina = desk.member(matrix, "andi"), desk.member(matrix, "rina")
    assert "Rina Marlina" in page(sign_in, "hendra", "matrix:person", andi.pk).content.decode()
    send(sign_in, "hendra", "matrix:person", andi.pk, action="copy", to=rina.pk)
    assert rina.cells.count() == 1
    send(sign_in, "hendra", "matrix:person", andi.pk, action="no_role")
    assert andi.cells.filter(state=CellState.NONE).count() == 1
    assert send(sign_in, "hendra", "matrix:person", andi.pk, action="lead", version=0).status_code == 409
    send(sign_in, "hendra", "matrix:person", andi.pk, action="lead", version=matrix.version)
    team = Matrix.objects.get(parent=matrix)
    assert "Matriks tim" in page(sign_in, "hendra", "matrix:show", matrix.pk).content.decode()
    assert page(sign_in, "andi", "matrix:own").context["matrix"] == team
    matrix.refresh_from_db()
    assert send(sign_in, "hendra", "matrix:person", rina.pk, action="remove", version=matrix.version).status_code == 409
    assert send(sign_in, "rina", "matrix:person", rina.pk, action="no_role").status_code == 403


def test_columns_are_written_and_dropped(sign_in, desk, matrix):
    typed = {"version": matrix.version, "text": "Loket ramah", "strategy": "layanan"}
    send(sign_in, "hendra", "matrix:column_new", matrix.pk, **typed)
    matrix.refresh_from_db()
    third = desk.column(matrix, 3)
    assert third.strategy == "layanan"
    assert "Hapus kolom" in page(sign_in, "hendra", "matrix:column_edit", third.pk).content.decode()
    assert "Hapus kolom" not in page(sign_in, "hendra", "matrix:column_edit", desk.column(matrix).pk).content.decode()
    edit = {**typed, "version": matrix.version - 1, "text": "Loket sangat ramah"}
    assert send(sign_in, "hendra", "matrix:column_edit", third.pk, **edit).status_code == 409
    edit["version"] = matrix.version
    send(sign_in, "hendra", "matrix:column_edit", third.pk, **edit)
    matrix.refresh_from_db()
    drop = {**edit, "version": matrix.version, "action": "drop"}
    send(sign_in, "hendra", "matrix:column_edit", third.pk, **drop)
    assert matrix.columns.count() == 2


def test_coverage_names_what_is_open(sign_in, desk, matrix):
    text = page(sign_in, "hendra", "matrix:coverage", matrix.pk).content.decode()
    assert "Belum ada yang memegang hasil ini." in text
    assert "5 belum terbagi" in text
    assert "Rina Marlina" in text


def test_the_leader_answers_proposals_on_the_page(sign_in, desk, matrix):
    andi = desk.cast.viewer("andi")
    first = propose_result(actor=andi, column=desk.column(matrix, 2), text="Loket lansia dibuka")
    second = propose_result(actor=andi, column=desk.column(matrix, 2), text="Loket malam dibuka")
    assert "Loket lansia dibuka" in page(sign_in, "hendra", "matrix:waiting", matrix.pk).content.decode()
    assert page(sign_in, "andi", "matrix:waiting", matrix.pk).status_code == 403
    send(sign_in, "hendra", "matrix:answer", first.pk, action="accept", version=1)
    answer = send(sign_in, "hendra", "matrix:answer", second.pk, action="decline", version=1, reason="")
    assert answer.status_code == 409
    assert send(sign_in, "hendra", "matrix:answer", second.pk, action="apa", version=1).status_code == 409
    assert dict(MatrixCell.objects.filter(column__number=2).values_list("text", "state")) == {
        "Loket lansia dibuka": CellState.GIVEN,
        "Loket malam dibuka": CellState.PROPOSED,
    }


def test_a_member_takes_disputes_and_proposes(sign_in, desk, matrix):
    assert "Mulai SKP Anda" in page(sign_in, "andi", "matrix:mine").content.decode()
    plan = desk.plan("andi").plan
    [cell] = MatrixCell.objects.all()
    fragment = sign_in("andi").get(reverse("matrix:offers", args=[plan.pk]), **HTMX).content.decode()
    assert "Ambil ke SKP" in fragment
    assert "<html" not in fragment
    assert "Ambil ke SKP" not in page(sign_in, "hendra", "matrix:offers", plan.pk).content.decode()
    assert page(sign_in, "joko", "matrix:offers", plan.pk).status_code == 403
    assert send(sign_in, "hendra", "matrix:take", plan.pk, cell=cell.pk).status_code == 403
    assert send(sign_in, "andi", "matrix:take", plan.pk).status_code == 409
    answer = send(sign_in, "andi", "matrix:take", plan.pk, cell=cell.pk)
    assert answer.status_code == 303
    assert [row.text for row in desk.document(plan).results] == ["KTP terbit"]
    cell.refresh_from_db()
    assert send(sign_in, "rina", "matrix:dispute", cell.pk, version=cell.version, reason="x").status_code == 403
    send(sign_in, "andi", "matrix:dispute", cell.pk, version=cell.version, reason="Mesin rusak")
    cell.refresh_from_db()
    assert (cell.state, cell.reason) == (CellState.DISPUTED, "Mesin rusak")
    send(sign_in, "andi", "matrix:propose", column=desk.column(matrix, 2).pk, text="Loket lansia dibuka")
    own = MatrixCell.objects.get(state=CellState.PROPOSED)
    assert send(sign_in, "joko", "matrix:propose", column=desk.column(matrix, 2).pk, text="x").status_code == 422
    send(sign_in, "andi", "matrix:retract", own.pk, version=1)
    assert not MatrixCell.objects.filter(state=CellState.PROPOSED).exists()


def test_nobody_waits_for_a_silent_leader(sign_in, desk):
    text = page(sign_in, "andi", "matrix:mine").content.decode()
    assert "Matriks pimpinan belum ada" in text
    assert "Anda dapat mulai dari bawah" in text


def test_what_grew_from_below_is_placed_on_the_page(sign_in, desk, matrix):
    desk.plan("andi", PlannedResult("r9", "Arsip KTP tertata", indicators=(indicator("k9", "Berkas"),)))
    assert "Arsip KTP tertata" in page(sign_in, "hendra", "matrix:below", matrix.pk).content.decode()
    row = f"{desk.member(matrix, 'andi').pk}:r9"
    send(sign_in, "hendra", "matrix:below", matrix.pk, row=row, column=desk.column(matrix, 2).pk)
    assert MatrixCell.objects.get(result_key="r9").state == CellState.TAKEN
    assert page(sign_in, "andi", "matrix:below", matrix.pk).status_code == 403


def test_the_printed_matrix_holds_only_what_is_given(desk, matrix):
    propose_result(actor=desk.cast.viewer("andi"), column=desk.column(matrix, 2), text="Belum dijawab")
    siti = add_member(actor=desk.cast.viewer("hendra"), matrix=matrix, employee=desk.cast.siti)
    assert siti.state == MemberState.ASKED
    sheet = printed(Matrix.objects.select_related("owner__agency", "unit").get(pk=matrix.pk))
    assert (sheet.leader_name, sheet.post) == ("Hendra Saputra", "Kepala Bidang Pendaftaran Penduduk")
    assert (sheet.columns, sheet.by_indicator) == (("KTP terbit", "Antrean tertib"), False)
    assert [(row.name, row.cells) for row in sheet.rows] == [
        ("Andi Pratama", (("KTP terbit",), ())),
        ("Rina Marlina", ((), ())),
    ]


def test_a_leading_officials_printed_matrix_is_by_indicator(desk):
    result = PlannedResult("d1", "Pelayanan prima", indicators=(indicator("i1", "Indeks kepuasan", 88_000),))
    desk.plan("sri", result, form="jpt")
    matrix = Matrix.objects.select_related("owner__agency", "unit").get(pk=desk.matrix("sri").pk)
    assert (printed(matrix).by_indicator, printed(matrix).columns) == (True, ("Indeks kepuasan",))


def staff(desk, names):
    """People more in Hendra's unit."""
    for name in names:
        number = Employee.objects.count()
        user = User.objects.create(nip=f"1990010120150{number:05d}", name=name, password="!")
        person = Employee.objects.create(
            agency=desk.cast.agency, user=user, nip=user.nip, name=name, status="pns", joined_on=SINCE
        )
        Assignment.objects.create(employee=person, post=desk.cast.posts["register_officer"], starts_on=SINCE)


@pytest.mark.parametrize(
    ("url", "of"),
    [
        ("matrix:show", "matrix"),
        ("matrix:coverage", "matrix"),
        ("matrix:column", "column"),
        ("matrix:below", "matrix"),
        ("matrix:waiting", "matrix"),
    ],
)
def test_as_many_queries_for_3_people_as_for_60(sign_in, desk, url, of):
    staff(desk, ["Wahyu"])
    small = _queries(sign_in, desk, url, of)
    MatrixCell.objects.all().delete()
    Matrix.objects.all().delete()
    staff(desk, [f"Pegawai {n}" for n in range(57)])
    large = _queries(sign_in, desk, url, of)
    assert small == large


def _queries(sign_in, desk, url, of):
    found = desk.matrix("hendra", "KTP terbit", "Antrean tertib")
    columns = list(found.columns.all())
    MatrixCell.objects.bulk_create(
        MatrixCell(column=column, member=member, text=f"Bagian {n}", state=state)
        for member in found.members.all()
        for n, (column, state) in enumerate(zip(columns, ("diberikan", "diusulkan"), strict=True))
    )
    address = reverse(url, args=[columns[0].pk if of == "column" else found.pk])
    browser = sign_in("hendra")
    browser.get(address)
    with CaptureQueriesContext(connection) as asked:
        answer = browser.get(address)
    assert answer.status_code == 200
    assert len(asked) < 32
    return len(asked)


def test_as_many_queries_for_3_offers_as_for_60(sign_in, desk, matrix):
    plan = desk.plan("andi").plan
    member, column = desk.member(matrix, "andi"), desk.column(matrix)

    def queries(number):
        MatrixCell.objects.bulk_create(
            MatrixCell(column=column, member=member, text=f"Bagian {n}") for n in range(number)
        )
        with CaptureQueriesContext(connection) as asked:
            page(sign_in, "andi", "matrix:offers", plan.pk)
        return len(asked)

    queries(0)
    assert queries(3) == queries(57)


def test_a_team_is_seen_from_its_leader_above(sign_in, desk, matrix):
    andi = desk.member(matrix, "andi")
    lead_team(actor=desk.cast.viewer("hendra"), member=andi, seen=matrix.version, leads=True)
    team = Matrix.objects.get(parent=matrix)
    assert "Tambah orang" in page(sign_in, "hendra", "matrix:show", team.pk).content.decode()
    assert page(sign_in, "rina", "matrix:show", team.pk).status_code == 403
