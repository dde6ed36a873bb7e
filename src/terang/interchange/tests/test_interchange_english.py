"""What the worker found is read in the language of whoever looks, whatever language it was found in."""

import re
import uuid
from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import translation

from terang.interchange import tasks
from terang.interchange.models import PeopleImport
from terang.interchange.people.rows import LABELS

HEADER = "NIP;Nama;Status;Surel;Kode unit;Jabatan;Jenis jabatan;Memimpin unit"
ROWS = [
    "1990;Joni;PNS;;CIVIL;Arsiparis;Pelaksana;tidak",
    "199001012015041071;;Honorer;surel;CIVIL;Arsiparis;Pelaksana;barangkali",
    "199001012015041072;=A1;PNS;;CIVI;Arsiparis;Pelaksana;tidak",
    "199001012015041073;Joni;PNS;;CIVI;Arsiparis;Pelaksana;tidak",
    "199001012015041073;Joni;PNS;;NIHIL;Arsiparis;Pelaksana;tidak",
]
INDONESIAN = re.compile(
    r"\b(tidak|harus|belum|sudah|dengan|untuk|bukan|yang|hanya|masih|dikenal|angka|berkas|baris|pilih|maksudnya)\b",
    re.I,
)


@pytest.fixture
def read(cast, settings, tmp_path):
    """Reads a file as the worker does, for an import of Maya's."""
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }

    def read_(text: str, language: str = "id") -> PeopleImport:
        job = PeopleImport.objects.create(
            agency=cast.agency,
            uploaded_by=cast.maya,
            form_key=uuid.uuid4(),
            file_name="a.csv",
            file_path=default_storage.save("imports/x", ContentFile(text.encode())),
            effective_on=date(2026, 12, 1),
        )
        with translation.override(language):
            tasks.read_import.call(job.pk)
        job.refresh_from_db()
        return job

    return read_


@pytest.fixture
def looking(sign_in, settings):
    """Maya's browser; `looking(job, "en")` gives what the preview says, row by row and above the rows."""
    client = sign_in("maya")

    def look(job: PeopleImport, language: str) -> str:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        page = client.get(reverse("interchange:preview", args=[job.pk]), headers={"HX-Request": "true"})
        assert page.status_code == 200
        return re.sub(r"<[^>]*>", " ", page.content.decode())

    return look


def test_wrong_rows_are_english_for_an_english_viewer(read, looking):
    job = read("\n".join([HEADER, *ROWS]))
    said = looking(job, "en")
    for words in ("the number of digits here is 4", "is not an email address", "Did you mean CIVIL?", "in row 5"):
        assert words in said
    for cell in ["“barangkali”", "Choose one of: ya, tidak", *LABELS.values()]:
        said = said.replace(cell, "")
    assert INDONESIAN.findall(said) == []


def test_the_same_rows_are_indonesian_for_an_indonesian_viewer(read, looking):
    job = read("\n".join([HEADER, *ROWS]), language="en")
    said = looking(job, "id")
    for words in ("yang tertulis 4 angka", "bukan alamat surel", "Maksudnya CIVIL?", "di baris 5", "Pilih: PNS"):
        assert words in said
    assert "is not known" not in said


def test_a_file_of_no_use_is_told_in_the_viewers_language(read, looking):
    job = read("A;B\n1;2\n")
    assert "Not found in the header row: NIP" in looking(job, "en")
    assert "tidak ditemukan pada baris judul" in looking(job, "id")


def test_the_words_of_a_file_are_the_same_in_every_language(read):
    row = f"{HEADER}\n199001012015041073;Joni;PNS;;CIVIL;Kepala Seksi;Pimpinan tinggi;tidak"
    assert [read(row, language).counts["wrong"] for language in ("id", "en")] == [0, 0]


def test_progress_is_told_in_the_viewers_language(read, looking):
    job = read(f"{HEADER}\n{ROWS[0]}")
    PeopleImport.objects.filter(pk=job.pk).update(state="dibaca", doing="Memeriksa baris")
    assert "Checking the rows" in looking(job, "en")
    assert "Memeriksa baris" in looking(job, "id")
