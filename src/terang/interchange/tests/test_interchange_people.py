"""Bringing people in: what is refused and why, what is shown, what is applied, and that nothing is half-done."""

import io
import zipfile
from datetime import date, time

import pytest
import xlsxwriter

from terang.accounts.models import User
from terang.audit.models import JournalEntry
from terang.interchange.people.services import apply, preview
from terang.registry.organization.models import Agency, Unit, WorkWeek
from terang.registry.people.models import Assignment, Employee, Post, Role, RoleGrant
from terang.web.errors import NotNow, Stale
from terang.web.sheets import MAX_BYTES, SpreadsheetError

HEADER = ["NIP", "Nama", "Status", "Golongan", "Surel", "Kode unit", "Jabatan", "Jenis jabatan", "Memimpin unit"]
DAY = date(2026, 12, 1)
ANDI = ["199001012015041071", "Andi Rahmat", "PNS", "III/b", "", "DUKCAPIL", "Operator Layanan", "Pelaksana", "tidak"]
SRI = [
    "198002022005042071",
    "Sri Wahyuni",
    "PNS",
    "IV/b",
    "sri@contoh.go.id",
    "DUKCAPIL",
    "Kepala Dinas",
    "Pimpinan tinggi",
    "ya",
]

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency():
    agency = Agency.objects.create(code="73.99", name="Pemerintah Kota Uji", kind="kota", time_zone="Asia/Makassar")
    root = Unit.objects.create(
        agency=agency, kind="pemerintah", code="ROOT", name="Kota Uji", valid_from=date(2020, 1, 1)
    )
    unit = Unit.objects.create(
        agency=agency, parent=root, kind="dinas", code="DUKCAPIL", name="Dukcapil", valid_from=date(2020, 1, 1)
    )
    Unit.objects.filter(pk=unit.pk).update(path=f"/{root.pk}/{unit.pk}/")
    WorkWeek.objects.create(agency=agency, starts_at=time(7, 30), ends_at=time(16), valid_from=date(2020, 1, 1))
    return agency


def csv_of(*rows, header=HEADER):
    return "\n".join(";".join(row) for row in (header, *rows)).encode("utf-8-sig")


def xlsx_of(fill):
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False})
    fill(book.add_worksheet())
    book.close()
    return buffer.getvalue()


def shown(agency, data, name="pegawai.csv", *, complete=False, day=DAY):
    return preview(data, name, agency=agency, effective_on=day, complete=complete)


def take(agency, data, **options):
    differences = shown(agency, data, **options)
    return apply(differences, agency=agency, effective_on=options.get("day", DAY), actor=None)


def test_new_people_get_account_post_and_assignment(agency):
    counts = take(agency, csv_of(ANDI, SRI))
    assert counts == {"new": 2, "changed": 0, "ended": 0, "unchanged": 0, "wrong": 0}
    sri = Assignment.objects.select_related("post", "employee").get(employee__nip=SRI[0])
    assert (sri.post.title, sri.post.is_head, sri.starts_on) == ("Kepala Dinas", True, DAY)
    assert not User.objects.get(nip=ANDI[0]).has_usable_password()
    assert JournalEntry.objects.filter(verb="people.employee_imported").count() == 2


def test_an_account_made_before_is_taken_over(agency):
    """The first administrator has an account before anybody is imported."""
    early = User.objects.create_user(SRI[0], "kopi-tubruk-pagi-7", name="Sri Wahyuni")
    take(agency, csv_of(ANDI, SRI))
    assert User.objects.get(employee__nip=SRI[0]) == early
    assert User.objects.count() == 2


def test_the_same_file_again_changes_nothing(agency):
    take(agency, csv_of(ANDI, SRI))
    assert shown(agency, csv_of(SRI, ANDI), day=date(2026, 12, 5)).counts()["unchanged"] == 2


def test_a_move_ends_the_old_assignment_on_the_day_the_new_one_starts(agency):
    take(agency, csv_of(ANDI))
    moved = [*ANDI[:6], "Verifikator Data", *ANDI[7:]]
    take(agency, csv_of(moved), day=date(2027, 1, 4))
    old, new = Assignment.objects.order_by("starts_on")
    assert (old.ends_on, new.starts_on, new.post.title) == (date(2027, 1, 4), date(2027, 1, 4), "Verifikator Data")


def test_a_complete_list_ends_those_it_does_not_name_and_a_partial_one_does_not(agency):
    take(agency, csv_of(ANDI, SRI))
    assert shown(agency, csv_of(SRI), day=date(2027, 1, 4)).ended == []
    take(agency, csv_of(SRI), complete=True, day=date(2027, 1, 4))
    assert Employee.objects.get(nip=ANDI[0]).left_on == date(2027, 1, 4)


def test_who_is_ended_keeps_neither_acting_post_nor_role(agency):
    take(agency, csv_of(ANDI, SRI))
    andi = Employee.objects.get(nip=ANDI[0])
    head = Post.objects.get(title="Kepala Dinas")
    Assignment.objects.create(employee=andi, post=head, kind="plt", starts_on=DAY)
    RoleGrant.objects.create(employee=andi, role=Role.OPERATOR, starts_on=DAY, document="SK")
    take(agency, csv_of(SRI), complete=True, day=date(2027, 1, 4))
    assert set(andi.assignments.values_list("ends_on", flat=True)) == {date(2027, 1, 4)}
    assert andi.role_grants.get().ends_on == date(2027, 1, 4)


def test_nobody_is_ended_on_the_day_they_begin(agency):
    take(agency, csv_of(ANDI, SRI))
    [problem] = shown(agency, csv_of(SRI), complete=True).problems
    assert "Andi Rahmat" in problem.message


def test_a_page_opened_before_an_import_is_stale_after_it(agency):
    take(agency, csv_of(ANDI, SRI))
    before = Employee.objects.get(nip=ANDI[0]).version
    take(agency, csv_of([ANDI[0], "Andi R.", *ANDI[2:]]), day=date(2027, 1, 4))
    changed, untouched = Employee.objects.get(nip=ANDI[0]), Employee.objects.get(nip=SRI[0])
    assert (changed.version, untouched.version) == (before + 1, before)


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        ([ANDI[0][:17], *ANDI[1:]], "NIP", "17 angka"),
        (["19900230" + ANDI[0][8:], *ANDI[1:]], "NIP", "tanggal lahir"),
        ([ANDI[0], "", *ANDI[2:]], "Nama", "belum diisi"),
        ([*ANDI[:2], "Honorer", *ANDI[3:]], "Status", "Pilih: PNS"),
        ([*ANDI[:4], "bukan-surel", *ANDI[5:]], "Surel", "bukan alamat surel"),
        ([*ANDI[:5], "DUKCAPI", *ANDI[6:]], "Kode unit", "Maksudnya DUKCAPIL?"),
        ([*ANDI[:7], "Magang", ANDI[8]], "Jenis jabatan", "tidak dikenal"),
        ([ANDI[0], "=SUM(A1)", *ANDI[2:]], "Nama", "rumus"),
        ([ANDI[0], "2026-01-02", *ANDI[2:]], "Nama", "tanggal"),
    ],
)
def test_a_wrong_cell_is_told_with_row_column_and_what_to_do(agency, row, column, words):
    differences = shown(agency, csv_of(SRI, row))
    [problem] = differences.problems
    assert (problem.row, problem.column) == (3, column)
    assert words in problem.message


def test_nothing_is_applied_while_one_row_is_wrong(agency):
    differences = shown(agency, csv_of(SRI, [*ANDI[:5], "TIDAKADA", *ANDI[6:]]))
    with pytest.raises(NotNow, match="1 baris"):
        apply(differences, agency=agency, effective_on=DAY, actor=None)
    assert not Employee.objects.exists()


def test_twice_the_same_nip_names_the_first_row(agency):
    [problem] = shown(agency, csv_of(ANDI, SRI, ANDI)).problems
    assert (problem.row, "baris 2" in problem.message) == (4, True)


def test_a_nip_of_another_agency_is_refused(agency):
    other = Agency.objects.create(code="73.98", name="Pemerintah Kota Lain", kind="kota")
    Employee.objects.create(agency=other, nip=ANDI[0], name="Andi", status="pns", joined_on=DAY)
    [problem] = shown(agency, csv_of(ANDI)).problems
    assert "Pemerintah Kota Lain" in problem.message


def test_differences_shown_earlier_are_not_applied_to_newer_data(agency):
    seen = shown(agency, csv_of(ANDI)).digest
    take(agency, csv_of(ANDI))
    now = shown(agency, csv_of([ANDI[0], "Andi R.", *ANDI[2:]]), day=date(2026, 12, 5))
    with pytest.raises(Stale):
        apply(now, agency=agency, effective_on=date(2026, 12, 5), actor=None, expected_digest=seen)
    assert Employee.objects.get().name == "Andi Rahmat"


def test_a_nip_typed_as_number_has_lost_digits_and_is_refused(agency):
    def fill(sheet):
        sheet.write_row(0, 0, HEADER)
        sheet.write_number(1, 0, 199001012015041071)
        sheet.write_row(1, 1, ANDI[1:])

    [problem] = shown(agency, xlsx_of(fill), "pegawai.xlsx").problems
    assert "tersimpan sebagai angka" in problem.message


def test_text_nips_in_a_workbook_are_read_whole(agency):
    def fill(sheet):
        for n, row in enumerate((HEADER, ANDI, SRI)):
            for m, value in enumerate(row):
                sheet.write_string(n, m, value)

    assert [row.nip for row in shown(agency, xlsx_of(fill), "pegawai.xlsx").new] == [ANDI[0], SRI[0]]


def _merged(sheet):
    sheet.write_row(0, 0, HEADER)
    sheet.merge_range(1, 0, 1, 3, "Gabungan")


def _formula(sheet):
    sheet.write_row(0, 0, HEADER)
    sheet.write_formula(1, 1, "=A1")


def _bomb():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * (401 * 1024 * 1024))
    return buffer.getvalue()


def _damaged():
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", bytes(range(256)) * 64)
    data = bytearray(buffer.getvalue())
    data[60:90] = b"\xff" * 30
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (_damaged(), "a.xlsx", "bukan XLSX"),
        (b"", "a.csv", "kosong"),
        (b"x", "a.pdf", "Simpan sebagai"),
        (b"PK\x03\x04 rusak", "a.xlsx", "bukan XLSX"),
        (b"\x00\x01\x02", "a.csv", "bukan CSV"),
        (b"0" * (MAX_BYTES + 1), "a.xlsx", "terlalu besar"),
        (csv_of(ANDI, header=["A", *HEADER[1:]]), "a.csv", "NIP tidak ditemukan"),
        (csv_of(ANDI, header=["NIP", "NIP", *HEADER[2:]]), "a.csv", "dua kali"),
        (xlsx_of(_merged), "a.xlsx", "sel gabungan mulai baris 2"),
        (xlsx_of(_formula), "a.xlsx", "rumus"),
    ],
)
def test_a_file_of_no_use_is_refused_with_what_to_do(agency, data, name, words):
    with pytest.raises(SpreadsheetError, match=words):
        shown(agency, data, name)


def test_a_zip_bomb_is_refused_before_it_unpacks(agency):
    with pytest.raises(SpreadsheetError, match="membengkak"):
        shown(agency, _bomb(), "a.xlsx")


def test_preview_asks_the_database_the_same_number_of_questions_for_one_and_for_two_hundred(
    agency, django_assert_num_queries
):
    many = [[f"1990010120150410{n:02}"[:14] + f"1{n:03}", *ANDI[1:]] for n in range(1, 201)]
    for rows in ([ANDI], many):
        with django_assert_num_queries(5):
            shown(agency, csv_of(*rows))


def test_formations_hold_the_people_imported(agency):
    take(agency, csv_of(ANDI, [f"{ANDI[0][:15]}999", "Budi", *ANDI[2:]]))
    assert Post.objects.get(title="Operator Layanan").seats == 2
