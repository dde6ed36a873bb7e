"""Files open again with the same figures and how they were made, hold nothing more, and taking one is noted."""

import io

import pyarrow.parquet
import pytest
from PIL import Image
from python_calamine import CalamineWorkbook

from terang.audit.models import JournalEntry
from terang.registry.people.models import Assignment

HEADS = ["Kelompok", "Periode", "Jumlah orang", "Dengan nilai", "Tanpa nilai"]


@pytest.fixture
def download(town, open_as):
    """The bytes of a file of this kind, taken by somebody."""

    def download(kind, name="maya", query=""):
        answer = open_as(name, f"/analisis/unduh/{kind}/?{query}", method="post")
        assert answer.status_code == 200, answer.content
        assert "attachment" in answer.headers["Content-Disposition"]
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    return download


@pytest.fixture
def offices(town):
    town.crowd("register_officer", "register", [5000, 6000, 6500, 7000, 7500, 8000, 9000, 9900])
    town.crowd("civil_officer", "civil", [8000, 8100, None])
    return town


def test_csv_tells_how_it_was_made_and_then_the_figures(offices, download):
    lines = download("csv", query=f"unit={offices.cast.units['dukcapil'].pk}").decode("utf-8-sig").splitlines()
    notes = [line for line in lines if line.startswith("# ")]
    assert any(line.startswith("# Cara menghitung;") for line in notes)
    assert any(line.startswith("# Data per;24 November 2026") for line in notes)
    assert any("versi 1" in line for line in notes)
    rows = [line.split(";") for line in lines[len(notes) :]]
    assert rows[0][:5] == HEADS
    assert rows[2][:5] == ["Bidang Pelayanan Pendaftaran Penduduk", "November 2026", "8", "8", "0"]
    assert rows[3][5] == "1 bukti terlalu tipis"
    assert rows[2][7:10] == ["60.0", "70.0", "80.0"]
    assert rows[3][10:] == ["", ""]


def test_xlsx_has_the_same_on_two_sheets(offices, download):
    book = CalamineWorkbook.from_filelike(io.BytesIO(download("xlsx")))
    assert book.sheet_names == ["Data", "Keterangan"]
    data = book.get_sheet_by_name("Data").to_python()
    assert data[0][:5] == HEADS
    assert data[1][2:5] == [11, 10, 1]
    assert data[1][8] == 75
    notes = dict(book.get_sheet_by_name("Keterangan").to_python())
    assert "separuh orang di bawahnya" in notes["Cara menghitung"]


def test_parquet_keeps_types_and_carries_its_notes(offices, download):
    raw = download("parquet", query="cara=sebaran")
    table = pyarrow.parquet.read_table(io.BytesIO(raw))
    assert table.column("Nilai tengah").to_pylist()[0] == 75.0
    assert table.column("Orang, kelas ≥90").to_pylist()[0] == 2
    notes = pyarrow.parquet.ParquetFile(io.BytesIO(raw)).metadata.metadata
    assert "sepuluh kelas" in notes[b"Cara menghitung"].decode()


@pytest.mark.parametrize("how", ["banding", "tren", "sebaran", "kohort"])
def test_a_picture_stands_alone_with_its_method(offices, download, how):
    offices.crowd("nurse", "puskesmas", [8000] * 3, offices.october)
    query = f"cara={how}&dari={offices.october.pk}"
    if how == "kohort":
        for score in offices.cast.units["puskesmas"].agency.employees.filter(scores__period=offices.october):
            offices.score(score, "puskesmas", 8500)
    svg = download("svg", query=query).decode()
    assert svg.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "Cara menghitung" in svg
    assert "Data per: 24 November 2026" in svg
    picture = Image.open(io.BytesIO(download("png", query=query)))
    assert picture.width > 1000


def test_a_file_holds_no_more_than_the_page(offices, download):
    Assignment.objects.filter(employee__scores__total_bp=9900).update(ends_on="2026-11-20")
    text = download("csv", name="hendra").decode()
    assert "99.0" not in text
    assert ";7;7;0;" in text
    other = offices.cast.units["civil"].pk
    with pytest.raises(AssertionError):
        download("csv", name="hendra", query=f"unit={other}")


def test_taking_a_file_is_in_the_journal_and_refusal_is_not(offices, download, open_as):
    download("xlsx", query="cara=sebaran")
    [entry] = JournalEntry.objects.filter(verb="analysis.exported")
    assert entry.changes["kind"] == "xlsx"
    assert "cara=sebaran" in entry.changes["query"]
    assert open_as("andi", "/analisis/unduh/csv/", method="post").status_code == 403
    assert open_as("maya", "/analisis/unduh/exe/", method="post").status_code == 404
    assert open_as("maya", "/analisis/unduh/csv/").status_code == 405
    assert JournalEntry.objects.filter(verb="analysis.exported").count() == 1


def test_without_a_chart_no_picture(town, open_as):
    town.crowd("nurse", "puskesmas", [None, None])
    assert open_as("maya", "/analisis/unduh/svg/", method="post").status_code == 409
    assert "SVG" not in open_as("maya", "/analisis/").content.decode()
