"""Formats B.1.6 to B.1.10 on paper: the columns of the regulation, what was said in them, and who may print."""

from datetime import time
from uuid import uuid4

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import TODAY

from terang.follow_up.coaching.models import (
    BehaviourReport,
    CompetenceReview,
    Guidance,
    GuidanceFeedback,
    GuidanceSession,
    GuidanceStep,
)
from terang.reporting.documents.models import Document, Kind
from terang.reporting.documents.selectors import check_code
from terang.reporting.documents.services import bytes_of, issue_behaviour, issue_guidance


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


@pytest.fixture
def guided(cast):
    def make(kind="coaching", **told) -> Guidance:
        now = timezone.now()
        row = Guidance.objects.create(
            kind=kind,
            employee=cast.andi,
            guide=cast.hendra,
            goal="Antrean pendek",
            told=told,
            state="selesai",
            opened_by=cast.hendra,
            opened_on=TODAY,
            employee_at=now,
            guide_at=now,
            outcome="Baik",
            form_key=uuid4(),
        )
        session = GuidanceSession.objects.create(
            guidance=row,
            day=TODAY,
            clock=time(9),
            place="Ruang rapat",
            minutes=60,
            state="selesai",
            proposed_by=cast.hendra,
            notes="Cara bertanya di loket",
            employee_at=now,
            guide_at=now,
            form_key=uuid4(),
        )
        GuidanceStep.objects.create(
            session=session, owner=cast.andi, text="Jawaban baku", indicator="Berkas sehari", adjusts=True, due_on=TODAY
        )
        GuidanceFeedback.objects.create(
            guidance=row, on_self="Didengar", on_guide="Banyak bertanya", on_both="Tahu langkahnya", given_on=TODAY
        )
        mark = {"group": "managerial", "name": "Komunikasi", "mark": 4, "reason": "Jelas kepada warga"}
        CompetenceReview.objects.create(
            guidance=row, marks=[mark], recommendation="Pelatihan pelayanan", given_on=TODAY
        )
        return row

    return make


def text_of(document: Document) -> str:
    pages = pypdfium2.PdfDocument(bytes_of(document))
    assert pages[0].get_size() == (612, 936)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)


def test_coaching_prints_its_four_bands(guided):
    row = guided(indicator="Berkas selesai", problem="Antre panjang", chance="Jawaban baku di loket")
    text = text_of(issue_guidance(guidance=row, kind=Kind.GUIDED))
    for words in (
        "FORMAT B.1.6",
        "PELAKSANAAN COACHING",
        "TUJUAN: APA YANG INGIN SAYA CAPAI?",
        "BASELINE TARGET",
        "FAKTA: DIMANA SAYA SEKARANG?",
        "Antre panjang",
        "PELUANG: APA YANG DAPAT SAYA LAKUKAN?",
        "Jawaban baku di loket",
        "LANGKAH KEDEPAN",
        "YA",
        "Hendra Saputra",
    ):
        assert words in text, words


def test_mentoring_prints_its_journal(guided):
    text = text_of(issue_guidance(guidance=guided("mentoring", skill="Bahasa isyarat"), kind=Kind.GUIDED))
    for words in ("FORMAT B.1.7", "JURNAL MENTORING", "Bahasa isyarat", "MATERI MENTORING", "Cara bertanya di loket"):
        assert words in text, words


def test_the_word_and_the_competence(guided):
    row = guided()
    word = text_of(issue_guidance(guidance=row, kind=Kind.GUIDE_WORD))
    for words in ("FORMAT B.1.8", "1. Saya merasa diperhatikan", "9. Saya memahami maksud", "Banyak bertanya"):
        assert words in word, words
    marks = text_of(issue_guidance(guidance=row, kind=Kind.COMPETENCE))
    for words in ("FORMAT B.1.9", "3. Komunikasi", "Jelas kepada warga", "Istimewa", "Perekat dan Pemersatu Bangsa"):
        assert words in marks, words


def test_a_report_of_behaviour(cast):
    row = BehaviourReport.objects.create(
        employee=cast.andi,
        reporter=cast.hendra,
        talked_on=TODAY,
        problem="Membentak warga #antrean",
        tried="Dibicarakan dua kali",
        reported_on=TODAY,
        form_key=uuid4(),
    )
    document = issue_behaviour(report=row)
    text = text_of(document)
    for words in ("FORMAT B.1.10", "Membentak warga #antrean", "RETROSPEKTIF", "TIDAK", "Dibicarakan dua kali"):
        assert words in text, words
    checked = check_code(document.code)
    assert (checked.formats, checked.latest) == ("B.1.10", True)


def test_who_may_print_what(guided, sign_in):
    row = guided()
    may = {"pelaksanaan": ("andi", "hendra"), "umpan-balik": ("andi", "sri"), "kompetensi": ("andi", "hendra", "sri")}
    for form, people in may.items():
        address = reverse("documents:guidance", args=[row.pk, form])
        for name in ("andi", "hendra", "sri", "maya", "rina", "agus"):
            assert (sign_in(name).get(address).status_code == 200) is (name in people), (form, name)
    assert sign_in("andi").get(reverse("documents:guidance", args=[row.pk, "konseling"])).status_code == 404
