"""An observation on paper: only once it was told, with the marks of both observers; what is answered later is another
paper."""

from datetime import timedelta
from uuid import uuid4

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from terang.evidence.observation.models import CommonMark, Instrument, Mark, Observation, ObservationState, Sheet
from terang.reporting.documents.models import Document
from terang.reporting.documents.observation_sheets import observation_sheet
from terang.reporting.documents.selectors import check_code
from terang.reporting.documents.services import bytes_of, issue_observation
from terang.rules.observations.rubric import as_json, preset


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


@pytest.fixture
def instrument(cast):
    start = preset("poliklinik")
    return Instrument.objects.create(
        agency=cast.agency,
        code="poliklinik",
        number=1,
        name=start.name,
        place=start.place,
        valid_from=cast.today - timedelta(days=300),
        rubric=as_json(start.rubric),
        basis="SK 7/2026",
        form_key=uuid4(),
    )


@pytest.fixture
def observe(cast, instrument):
    def observe(values, *, days=0, second=None, **told):
        day = cast.today - timedelta(days=days)
        row = Observation.objects.create(
            employee=cast.siti,
            unit=cast.units["puskesmas"],
            instrument=instrument,
            indicator="penjelasan",
            place="Poli #umum",
            day=day,
            state=ObservationState.FINISHED,
            planned_by=cast.dewi,
            goal="Pasien mengerti obatnya",
            points_milli=sum(values) * 1000,
            max_milli=6000,
            went_well="Menatap pasien",
            to_try="Minta pasien mengulang",
            aim="Tiga pasien mengulang",
            aim_due_on=day,
            told_by=cast.dewi,
            told_at=timezone.now(),
            told_on=day,
            form_key=uuid4(),
            **told,
        )
        marked = [(cast.dewi, "pimpinan", values)] + ([(cast.agus, "pengawas", second)] if second else [])
        for number, (observer, kind, own) in enumerate(marked, 1):
            sheet = Sheet.objects.create(
                observation=row, number=number, observer=observer, kind=kind, given_at=timezone.now()
            )
            for code, value in zip("123", own, strict=True):
                Mark.objects.create(sheet=sheet, behaviour=code, value=value, note=f"Bukti {number}{code}")
        for code, value in zip("123", values, strict=True):
            CommonMark.objects.create(observation=row, behaviour=code, value=value)
        return row

    return observe


def words(document):
    pdf = pypdfium2.PdfDocument(bytes_of(document))
    told = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)
    return told.replace("\u00a0", " ")


def test_the_paper_tells_what_was_agreed_seen_and_said(observe):
    row = observe((2, 1, 1), second=(2, 0, 1))
    told = words(issue_observation(observation=row))
    for text in (
        "Siti Rahma",
        "Dewi Anggraini (Pimpinan), Agus Salim (Tim pengawas)",
        "Poli #umum",
        "Pasien mengerti obatnya",
        "sama pada 2 dari 3 perilaku (66,7 %)",
        "4 dari 6 poin",
        "Agus Salim menulis: Bukti 22",
        "Minta pasien mengulang",
    ):
        assert text in told, text
    assert "naik" not in told


def test_one_observer_stands_for_the_marks_and_the_second_time_is_compared(observe):
    first = observe((1, 1, 0), days=30)
    second = observe((2, 1, 1), previous=first)
    sheet = observation_sheet(second)
    assert sheet["agreement"] == ""
    assert [each["by"] for each in sheet["behaviours"]] == [[], [], []]
    assert "2 dari 3 perilaku naik" in sheet["before"]
    assert observation_sheet(first)["before"] == sheet["before"]


def test_an_answer_makes_another_paper_and_the_code_of_the_first_says_so(observe):
    row = observe((2, 1, 1))
    first = issue_observation(observation=row)
    assert issue_observation(observation=row).pk == first.pk
    assert check_code(first.code).latest
    row.reply = "Akan saya coba"
    row.save()
    second = issue_observation(observation=row)
    assert "Akan saya coba" in words(second)
    assert not check_code(first.code).latest
    assert check_code(second.code).latest


def test_only_who_reads_it_prints_it_and_only_once_it_was_told(observe, sign_in):
    row = observe((2, 1, 1))
    url = reverse("documents:observation", args=[row.pk])
    for name in ("siti", "dewi", "lina"):
        assert sign_in(name).get(url)["Content-Type"] == "application/pdf"
    for name in ("tono", "andi"):
        assert sign_in(name).get(url).status_code == 403
    assert url in sign_in("siti").get(row.get_absolute_url()).content.decode()
    Observation.objects.filter(pk=row.pk).update(state=ObservationState.SETTLED, told_at=None, told_on=None)
    assert sign_in("dewi").get(url).status_code == 409
    assert url not in sign_in("siti").get(row.get_absolute_url()).content.decode()
    assert Document.objects.count() == 1
