"""The survey report: issued once for one content, a draft while it runs, and the same figures in the workbook."""

import io
from datetime import date

import pypdfium2
import pytest
from django.utils import timezone
from python_calamine import CalamineWorkbook

from terang.custody import vault
from terang.evidence.citizens.models import FollowUp, Service, SurveyPeriod, SurveyResponse
from terang.evidence.citizens.services.survey_periods import freeze
from terang.evidence.citizens.survey_figures import figures_of
from terang.reporting.documents.models import Document
from terang.reporting.documents.selectors import check_code
from terang.reporting.documents.services import bytes_of, issue_survey
from terang.rules.tables import ELEMENTS

TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    assert vault


@pytest.fixture
def period(cast):
    service = Service.objects.create(
        unit=cast.units["puskesmas"], code="imun", name="Imunisasi anak", standard_minutes=60
    )
    rows = [SurveyResponse(service=service, day=date(2026, 8, 3), **dict.fromkeys(ELEMENTS, 3)) for _ in range(9)]
    rows[0].waktu, rows[1].pengaduan = 1, None
    SurveyResponse.objects.bulk_create(rows)
    return SurveyPeriod.objects.create(
        unit=cast.units["puskesmas"],
        kind="triwulan",
        starts_on=date(2026, 7, 1),
        ends_on=date(2026, 10, 1),
        opened_at=timezone.now(),
    )


@pytest.fixture
def result(cast, period):
    return freeze(period, figures_of(period, TODAY), by=cast.dewi, at=timezone.now())


def text_of(content):
    document = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_bounded() for page in document).replace("\r\n", " ")


def test_the_report_has_every_part_and_the_figures_of_the_result(result):
    text = text_of(bytes_of(issue_survey(result=result)))
    for part in (
        "Latar belakang", "Dasar hukum", "Metode", "Profil responden", "Hasil per unsur", "Analisis", "Perjalanan",
        "Rencana tindak lanjut", "Penutup", "Lampiran 1", "Lampiran 2", "Jumlah NRR tertimbang", "1/9 (tepat)",
    ):  # fmt: skip
        assert part in text, part
    assert "74,38" in text
    assert "C, kurang baik" in text
    assert "Puskesmas Melati" in text
    assert "DRAF" not in text


def test_the_same_content_is_one_document_and_a_repair_makes_a_new_one(cast, period, result):
    first = issue_survey(result=result)
    assert issue_survey(result=result) == first
    assert check_code(first.code).latest
    FollowUp.objects.create(
        period=period, element="waktu", component="limit", action="Buka loket kedua", owner=cast.siti,
        due_on=date(2026, 12, 31), form_key="00000000-0000-0000-0000-000000000001",
    )  # fmt: skip
    second = issue_survey(result=result)
    assert (second.pk != first.pk, Document.objects.count()) == (True, 2)
    assert "Buka loket kedua" in text_of(bytes_of(second))
    assert not check_code(first.code).latest


def test_a_revision_makes_the_printed_result_an_old_one(cast, period, result):
    first = issue_survey(result=result)
    SurveyResponse.objects.update(sarana=4)
    freeze(period, figures_of(period, TODAY), by=cast.dewi, at=timezone.now(), reason="Data menyusul")
    assert not check_code(first.code).latest


def test_a_running_period_is_printed_as_a_draft_and_nothing_is_issued(sign_in, period):
    answer = sign_in("dewi").get(f"/dokumen/survei/periode/{period.pk}/pdf/")
    text = text_of(answer.content)
    assert "DRAF" in text
    assert "belum diumumkan" in text
    assert not Document.objects.exists()


def test_the_workbook_says_the_same_as_text(sign_in, result):
    answer = sign_in("siti").get(f"/dokumen/survei/{result.pk}/xlsx/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == [
        "Ringkasan", "Unsur", "Layanan", "Unit", "Responden", "Sebaran", "Perjalanan", "Tindak lanjut",
    ]  # fmt: skip
    rows = {row[0]: row for row in book.get_sheet_by_name("Unsur").to_python()}
    assert rows["Waktu penyelesaian"][1:5] == ["25", "9", "0", "2,778"]
    assert rows["*) Jumlah NRR tertimbang / **) IKM = *) × 25"][5:7] == ["2,975", "74,38"]
