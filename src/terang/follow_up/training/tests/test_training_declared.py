"""Trainings from elsewhere: two keys, contests, and a table that comes in whole or not at all."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.cast import TODAY

from terang.audit.models import JournalEntry
from terang.follow_up.training.hours import hours_of
from terang.follow_up.training.models import DeclaredTraining, TrainingRecord, TrainingSheet
from terang.follow_up.training.services import (
    Learned,
    answer_training,
    apply_sheet,
    contest_training,
    declare_training,
    return_declared,
    upload_sheet,
    verify,
    verify_sheet,
)
from terang.follow_up.training.sheets import compare
from terang.registry.people.models import Role, RoleGrant
from terang.web.errors import NotAllowed, NotNow, Stale

LEARNED = Learned("Arsip digital", "daring", "LAN", date(2025, 12, 30), date(2026, 1, 2), 12, "LAN/7")
HEADER = "NIP;Nama pelatihan;Bentuk;Penyelenggara;Mulai;Selesai;JP;Nomor sertifikat"


@pytest.fixture
def office(office, settings, tmp_path):
    """With a second person in the personnel agency: Hendra."""
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    RoleGrant.objects.create(
        employee=office.cast.people["hendra"], role=Role.PERSONNEL, starts_on=TODAY, document="SK rekaan"
    )
    return office


def declare(office, learned=LEARNED, form_key=None) -> DeclaredTraining:
    proof = SimpleUploadedFile("sertifikat.pdf", b"%PDF-1.4\n%%EOF\n")
    return declare_training(actor=office.viewer("siti"), learned=learned, proof=proof, form_key=form_key or uuid4())


def upload(office, *rows: str, header: str = HEADER) -> TrainingSheet:
    data = "\n".join([header, *rows]).encode()
    return upload_sheet(actor=office.viewer("maya"), data=data, file_name="lama.csv", form_key=uuid4())


def row_of(office, name: str = "siti", number: int = 1, hours: str = "8", ends: str = "31-12-2025") -> str:
    nip = office.cast.people[name].nip
    return f"{nip};Kearsipan;Klasikal;LAN;30-12-2025;{ends};{hours};LAN/{number}"


def apply(office, sheet: TrainingSheet) -> TrainingSheet:
    return apply_sheet(actor=office.viewer("maya"), sheet=sheet, digest=compare(sheet, TODAY).digest)


def test_ones_own_training_counts_in_its_year_once_a_second_person_verified_it(office):
    key = uuid4()
    row = declare(office, form_key=key)
    assert declare(office, form_key=key) == row
    assert hours_of(office.cast.siti, 2026).done == 0
    verify(actor=office.viewer("maya"), row=row, version=row.version)
    verify(actor=office.viewer("maya"), row=row, version=row.version)
    assert (hours_of(office.cast.siti, 2026).done, hours_of(office.cast.siti, 2025).done) == (12, 0)
    assert row.proof.uploaded_by_id == office.cast.siti.pk
    with pytest.raises(NotNow, match="sudah tercatat"):
        declare(office)


@pytest.mark.parametrize("name", ["siti", "dewi", "agus"])
def test_only_the_personnel_agency_verifies(office, name):
    row = declare(office)
    with pytest.raises(NotAllowed):
        verify(actor=office.viewer(name), row=row, version=row.version)


def test_what_makes_no_sense_is_refused_beside_its_field(office):
    wrong = Learned(" ", "lain", "", date(2026, 1, 2), date(2026, 1, 1), 0, "")
    with pytest.raises(ValidationError) as refused:
        declare(office, wrong)
    assert set(refused.value.message_dict) == {"title", "provider", "certificate", "form", "hours", "ends_on"}
    with pytest.raises(ValidationError) as refused:
        declare_training(actor=office.viewer("siti"), learned=LEARNED, proof=None, form_key=uuid4())
    assert list(refused.value.message_dict) == ["proof"]


def test_what_was_returned_may_be_declared_again(office):
    row = declare(office)
    with pytest.raises(ValidationError):
        return_declared(actor=office.viewer("maya"), row=row, reason=" ", version=row.version)
    row = return_declared(actor=office.viewer("maya"), row=row, reason="JP 10.", version=row.version)
    assert (row.state, row.record) == ("dikembalikan", None)
    assert declare(office).pk != row.pk


def test_a_table_names_row_and_column_of_every_fault_and_takes_over_nothing(office):
    good = row_of(office)
    sheet = upload(
        office,
        good,
        good,
        "197001011990011999;Kearsipan;Klasikal;LAN;30-12-2025;31-12-2025;8;LAN/9",
        row_of(office, number=2, hours="delapan"),
        row_of(office, number=3, ends="29-12-2025"),
        row_of(office, number=4, ends="31-12-2030"),
        row_of(office, number=5, ends="kemarin"),
        ";;semau;;;;;",
    )
    found = compare(sheet, TODAY)
    assert [(each.row, each.column) for each in found.faults][:6] == [
        (3, "Nomor sertifikat"),
        (4, "NIP"),
        (5, "JP"),
        (6, "Selesai"),
        (7, "Selesai"),
        (8, "Selesai"),
    ]
    assert {each.column for each in found.faults if each.row == 9} >= {"NIP", "Bentuk", "Mulai", "JP"}
    with pytest.raises(NotNow):
        apply(office, sheet)
    assert not DeclaredTraining.objects.exists()


@pytest.mark.parametrize(
    ("header", "word"),
    [("NIP;Nama pelatihan", "tidak ditemukan"), (f"{HEADER};NIP", "dua kali"), (HEADER, "hanya berisi baris judul")],
)
def test_a_file_of_no_use_is_refused_with_what_to_do(office, header, word):
    with pytest.raises(ValidationError) as refused:
        upload(office, header=header)
    assert word in str(refused.value)


def test_a_table_is_taken_over_once_and_the_same_table_again_changes_nothing(office):
    sheet = upload(office, row_of(office), row_of(office, "andi"))
    apply(office, sheet)
    apply(office, sheet)
    assert DeclaredTraining.objects.count() == 2
    assert JournalEntry.objects.filter(verb="training.imported").count() == 2
    assert hours_of(office.cast.siti, 2025).done == 0
    again = upload(office, row_of(office), row_of(office, "andi"), row_of(office, "rina"))
    found = compare(again, TODAY)
    assert (len(found.new), found.there, found.faults) == (1, 2, [])
    differing = compare(upload(office, row_of(office, hours="9")), TODAY)
    assert [(each.row, each.column) for each in differing.faults] == [(2, "JP")]
    assert "“8”" in differing.faults[0].message


def test_what_was_shown_has_to_hold_when_it_is_taken_over(office):
    first, second = upload(office, row_of(office)), upload(office, row_of(office), row_of(office, "andi"))
    shown = compare(second, TODAY).digest
    apply(office, first)
    with pytest.raises(Stale):
        apply_sheet(actor=office.viewer("maya"), sheet=second, digest=shown)
    assert DeclaredTraining.objects.count() == 1


def test_a_second_person_verifies_a_table_but_not_their_own_nor_what_is_contested(office):
    sheet = upload(office, row_of(office), row_of(office, "andi"), row_of(office, "hendra"))
    apply(office, sheet)
    with pytest.raises(NotAllowed):
        verify_sheet(actor=office.viewer("maya"), sheet=sheet, waiting=3)
    row = DeclaredTraining.objects.get(employee=office.cast.siti)
    contest_training(actor=office.viewer("siti"), row=row, reason="Bukan saya.", version=row.version)
    with pytest.raises(Stale):
        verify_sheet(actor=office.viewer("hendra"), sheet=sheet, waiting=2)
    assert verify_sheet(actor=office.viewer("hendra"), sheet=sheet, waiting=1) == 1
    assert verify_sheet(actor=office.viewer("hendra"), sheet=sheet, waiting=1) == 0
    assert TrainingRecord.objects.get().employee == office.cast.people["andi"]


@pytest.mark.parametrize(("upholds", "hours"), [(True, 8), (False, 0)])
@pytest.mark.parametrize("counted", [True, False])
def test_a_contest_is_answered_by_a_second_person(office, counted, upholds, hours):
    apply(office, upload(office, row_of(office)))
    row = DeclaredTraining.objects.get()
    if counted:
        row = verify(actor=office.viewer("hendra"), row=row, version=row.version)
    with pytest.raises(ValidationError):
        contest_training(actor=office.viewer("siti"), row=row, reason="", version=row.version)
    with pytest.raises(NotAllowed):
        contest_training(actor=office.viewer("dewi"), row=row, reason="Bukan.", version=row.version)
    row = contest_training(actor=office.viewer("siti"), row=row, reason="Hanya 4 JP.", version=row.version)
    assert hours_of(office.cast.siti, 2025).done == (8 if counted else 0)
    told = {"row": row, "upholds": upholds, "answer": "Daftar LAN diperiksa.", "version": row.version}
    with pytest.raises(NotAllowed):
        answer_training(actor=office.viewer("maya"), **told)
    answer_training(actor=office.viewer("hendra"), **told)
    answer_training(actor=office.viewer("hendra"), **told)
    assert hours_of(office.cast.siti, 2025).done == hours


def test_ones_own_declaration_is_not_contested(office):
    row = declare(office)
    with pytest.raises(NotAllowed):
        contest_training(actor=office.viewer("siti"), row=row, reason="Keliru.", version=row.version)


def test_by_its_pages(office, sign_in):
    upload_page = reverse("training:sheets")
    maya = sign_in("maya")
    key = maya.get(upload_page).context["form"]["form_key"].value()
    file = SimpleUploadedFile("lama.csv", f"{HEADER}\n{row_of(office, hours='x')}".encode())
    page = maya.post(upload_page, {"form_key": key, "file": file}, follow=True)
    assert "Isi bilangan bulat" in page.content.decode()
    sheet = upload(office, row_of(office), row_of(office, "andi"))
    page = sign_in("maya").get(sheet.get_absolute_url())
    answer = sign_in("maya").post(
        reverse("training:sheet_apply", args=[sheet.pk]), {"digest": page.context["comparison"].digest}, follow=True
    )
    assert "2 pelatihan menunggu orang kedua" in answer.content.decode()
    hendra = sign_in("hendra")
    assert "Periksa pelatihan Siti Rahma" in hendra.get(reverse("boards:today")).content.decode()
    assert "Kearsipan" in hendra.get(reverse("training:waiting")).content.decode()
    answer = hendra.post(reverse("training:sheet_verify", args=[sheet.pk]), {"waiting": 2}, follow=True)
    assert "2 pelatihan diperiksa dan dihitung" in answer.content.decode()
    row = DeclaredTraining.objects.get(employee=office.cast.siti)
    assert row.get_absolute_url() in sign_in("siti").get(reverse("training:mine")).content.decode()
    assert "Sanggah" in sign_in("siti").get(row.get_absolute_url()).content.decode()
    assert sign_in("siti").get(reverse("training:proof", args=[row.pk])).status_code == 404


def test_many_rows_are_compared_with_as_many_questions_as_few(office):
    names = ("siti", "andi", "rina", "joko")

    def asked(number: int) -> int:
        rows = [row_of(office, name, each) for each in range(number) for name in names]
        sheet = TrainingSheet.objects.select_related("agency").get(pk=upload(office, *rows).pk)
        with CaptureQueriesContext(connection) as queries:
            compare(sheet, TODAY)
        return len(queries)

    assert asked(1) == asked(20) == 3
