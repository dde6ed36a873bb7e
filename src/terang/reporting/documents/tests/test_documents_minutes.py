"""The minutes of a visit on paper: what was seen, said and decided; an older paper is known as older."""

from datetime import date, time

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from terang.evidence.oversight.models import (
    CheckState,
    Inspection,
    InspectionCheck,
    Mission,
    MissionState,
    MissionUnit,
    RosterLine,
)
from terang.reporting.documents.models import Document
from terang.reporting.documents.selectors import check_code
from terang.reporting.documents.services import bytes_of, issue_minutes


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


@pytest.fixture
def visit(cast):
    found = Inspection.objects.create(
        unit=cast.units["puskesmas"], day=cast.today, lead=cast.agus, purpose="Sidak #pagi", letter="094/12"
    )
    found.team.add(cast.lina)
    InspectionCheck.objects.create(inspection=found, criterion="Maklumat terpasang", met=True)
    check = InspectionCheck.objects.create(
        inspection=found,
        employee=cast.siti,
        criterion="Hadir di tempat kerja",
        met=False,
        state=CheckState.OPEN,
        note="Tidak ada di tempat",
    )
    for person, mark, outcome in ((cast.siti, "tidak_terlihat", "temuan"), (cast.dewi, "terlihat", "sesuai")):
        RosterLine.objects.create(
            inspection=found,
            employee=person,
            seen_at=time(10, 15),
            punched_at="07.30" if mark == "terlihat" else "",
            mark=mark,
            outcome=outcome,
            check_row=check if outcome == "temuan" else None,
        )
    return found


def words(content):
    pdf = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def test_the_paper_tells_the_visit_and_who_signs(visit):
    told = words(bytes_of(issue_minutes(visit=visit)))
    for text in (
        "Puskesmas Melati",
        "Sidak #pagi",
        "094/12",
        "Agus Salim",
        "Lina Hartati",
        "Dewi Anggraini",
        "Kehadiran 50 %",
        "Siti Rahma · tanpa keterangan",
        "Maklumat terpasang",
        "belum dihitung",
    ):
        assert text in told.replace("\u00a0", " "), text


def test_a_reply_makes_another_paper_and_the_code_of_the_first_says_so(visit):
    first = issue_minutes(visit=visit)
    assert issue_minutes(visit=visit).pk == first.pk
    assert check_code(first.code).latest
    visit.checks.filter(met=False).update(reply="Saya di posyandu", replied_at=timezone.now())
    second = issue_minutes(visit=visit)
    assert "Saya di posyandu" in words(bytes_of(second))
    assert not check_code(first.code).latest
    assert check_code(second.code).latest


def test_how_a_unit_was_chosen_is_told_once_its_mission_is_open(visit, cast):
    mission = Mission.objects.create(
        agency=cast.agency,
        purpose="Sidak",
        letter="094/12",
        letter_day=cast.today,
        starts_on=cast.today,
        last_day=date(2100, 1, 1),
        lead=cast.agus,
        lots=1,
        state=MissionState.DRAWN,
        beacon="a" * 64,
    )
    for unit, told in ((visit.unit, {"reason": "Tujuh pengaduan"}), (cast.units["dukcapil"], {"rank": 1})):
        MissionUnit.objects.create(mission=mission, unit=unit, code=unit.code, name=unit.name, chosen=True, **told)
    Inspection.objects.filter(pk=visit.pk).update(mission=mission)
    visit.refresh_from_db()
    sealed = issue_minutes(visit=visit)
    assert "Tujuh pengaduan" not in words(bytes_of(sealed))
    Mission.objects.filter(pk=mission.pk).update(state=MissionState.CANCELLED)
    opened = issue_minutes(visit=Inspection.objects.get(pk=visit.pk))
    assert opened.pk != sealed.pk
    assert "Tujuh pengaduan" in words(bytes_of(opened))


def test_who_reads_the_whole_visit_prints_it_and_others_do_not(visit, sign_in):
    url = reverse("documents:minutes", args=[visit.pk])
    for name in ("agus", "dewi", "lina"):
        assert sign_in(name).get(url)["Content-Type"] == "application/pdf"
    for name in ("siti", "tono", "rina"):
        assert sign_in(name).get(url).status_code == 403
    assert Document.objects.count() == 1
