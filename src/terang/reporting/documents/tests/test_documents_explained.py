"""The explanation of a score and of a result on paper: what it says, in one language, and whether it is the latest."""

from datetime import date, timedelta
from uuid import uuid4

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone, translation
from tests.cast import NOW
from tests.policy import DISCIPLINE

from terang.evaluation.appraisals.services import (
    Days,
    Marks,
    decide_appraisal,
    hand_over,
    open_window,
    save_appraisal,
    set_organisations,
)
from terang.evaluation.selectors import score_in
from terang.evaluation.services import open_periods, publish_policy, recompute
from terang.evidence.attendance.models import AttendanceDay
from terang.reporting.documents.models import Document
from terang.reporting.documents.score_services import issue_result, issue_score
from terang.reporting.documents.selectors import check_code
from terang.reporting.documents.services import bytes_of


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def period(cast, monkeypatch):
    """November, in which Andi was present nine of ten days: 60 % · 90 % + 40 % · 100 % = 94,0."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    publish_policy(agency=cast.agency, text=DISCIPLINE)
    [found] = open_periods(agency=cast.agency, start=date(2026, 11, 1), end=date(2026, 12, 1))
    for number in range(10):
        AttendanceDay.objects.create(
            employee=cast.andi,
            day=date(2026, 11, 2) + timedelta(days=number),
            status="tanpa_keterangan" if number == 9 else "hadir",
        )
    recompute(employee_ids=[cast.andi.pk], period=found)
    return found


@pytest.fixture
def decided(cast, period):
    hendra, maya = cast.viewer("hendra"), cast.viewer("maya")
    days = Days(opens_on=date(2026, 11, 20), closes_on=date(2026, 11, 30), basis="SK 12/2026")
    window = open_window(actor=maya, kind="month", day=date(2026, 11, 1), days=days)
    units = {cast.units[name].pk: "baik" for name in ("root", "dukcapil", "register")}
    set_organisations(actor=maya, window=window, words=units, basis="SK 13/2026")
    marks = Marks("meets", "above", reason="Membantu #let x = 1 rekan")
    kept = save_appraisal(actor=hendra, window=window, employee=cast.andi, marks=marks, form_key=uuid4(), version=0)
    return decide_appraisal(actor=hendra, appraisal=kept, version=kept.version)


def handed(cast, decided):
    [given] = hand_over(actor=cast.viewer("hendra"), window=decided.window, unit=decided.unit, chosen=[decided.pk])
    return given


def text_of(document):
    pdf = pypdfium2.PdfDocument(bytes_of(document))
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in pdf).split()).replace("\u00a0", " ")


def test_a_score_on_paper_says_what_the_page_says(cast, period):
    text = text_of(issue_score(score=score_in(cast.andi.pk, period.pk)))
    for words in ("Penjelasan Nilai", "94,0", "54,0", "40,0", "Jumlah sumbangan", "9/10 = 90 %", "versi 1"):
        assert words in text
    assert "bukan predikat resmi" in text


def test_the_same_score_is_the_same_paper_whatever_the_readers_language(cast, period):
    first = issue_score(score=score_in(cast.andi.pk, period.pk))
    with translation.override("en"):
        again = issue_score(score=score_in(cast.andi.pk, period.pk))
    assert first.pk == again.pk
    assert Document.objects.count() == 1


def test_the_code_tells_when_the_score_has_moved_on(cast, period):
    document = issue_score(score=score_in(cast.andi.pk, period.pk))
    assert check_code(document.code).latest
    AttendanceDay.objects.create(employee=cast.andi, day=date(2026, 11, 13), status="hadir")
    recompute(employee_ids=[cast.andi.pk], period=period)
    assert check_code(document.code).newer == 0
    assert issue_score(score=score_in(cast.andi.pk, period.pk)).pk != document.pk


def test_a_result_on_paper_leads_from_the_predicate_to_the_frozen_score(cast, decided):
    document = issue_result(appraisal=handed(cast, decided))
    text = text_of(document)
    for words in ("Baik", "SK 13/2026", "Lampiran IV", "▶ Baik", "94,0", "Membantu #let x = 1 rekan"):
        assert words in text
    assert check_code(document.code).latest


def test_who_may_open_the_page_may_print_it(cast, decided, client):
    period_id = decided.window.period_id
    score = reverse("documents:explained_score", args=[period_id, cast.andi.pk])
    result = reverse("documents:explained_result", args=[decided.pk])
    client.force_login(cast.people["hendra"].user)
    assert client.get(result).status_code == 409
    handed(cast, decided)
    for name, status in (("andi", 200), ("hendra", 200), ("rina", 403)):
        client.force_login(cast.people[name].user)
        assert client.get(score).status_code == status
        assert client.get(result).status_code == status
    assert client.get(reverse("documents:explained_score", args=[9999, cast.andi.pk])).status_code == 404
    client.force_login(cast.andi.user)
    assert score in client.get(reverse("evaluation:score", args=[period_id, cast.andi.pk])).content.decode()
    assert result in client.get(decided.get_absolute_url()).content.decode()
