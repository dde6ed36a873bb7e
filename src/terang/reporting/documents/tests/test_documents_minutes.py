"""The minutes of a visit on paper: what was seen, said and decided; an older paper is known as older."""

from datetime import date, time

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone

from terang.evidence.oversight.heads import head_on_the_day
from terang.evidence.oversight.models import (
    CaseFollowed,
    CheckState,
    Inspection,
    InspectionCheck,
    Mission,
    MissionState,
    MissionUnit,
    RosterLine,
)
from terang.registry.people.models import Assignment, Employee
from terang.reporting.documents import services
from terang.reporting.documents.models import Document
from terang.reporting.documents.selectors import check_code
from terang.reporting.documents.services import bytes_of, issue_minutes
from terang.reporting.documents.visit_sheets import minutes_sheet


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
    assert "menunggu putusan" in words(bytes_of(second))
    assert not check_code(first.code).latest
    assert check_code(second.code).latest


def test_the_head_on_paper_is_whose_points_they_are(visit, cast):
    """A definitive head and one who stands in at the same time: the paper names whom the points count for."""
    seat = Assignment.objects.get(post__unit=visit.unit, post__is_head=True).post
    Assignment.objects.create(employee=cast.lina, post=seat, kind="plt", starts_on=date(2020, 1, 1))
    head = Employee.objects.get(pk=head_on_the_day(visit))
    assert minutes_sheet(visit)["head"]["name"] == head.name


def test_cases_are_told_with_what_did_not_agree(visit):
    steps = [
        {"text": "Diterima", "day": "2026-11-10", "agrees": True, "note": ""},
        {"text": "Selesai", "day": "2026-11-12", "agrees": False, "note": "berkas belum diambil"},
    ]
    CaseFollowed.objects.create(inspection=visit, code="AKT-1", title="Akta kelahiran", url="/", rank=1, steps=steps)
    told = words(bytes_of(issue_minutes(visit=visit)))
    assert "AKT-1 · Akta kelahiran · 2 dari 2 langkah dicocokkan" in told
    assert "Berbeda: Selesai: berkas belum diambil" in told
    assert "tanpa undian, di luar misi" in told


def test_what_is_printed_is_read_once(visit, monkeypatch):
    """What stands on the paper is what its digest was made of."""
    asked = []
    monkeypatch.setattr(services, "minutes_sheet", lambda visit: asked.append(visit) or minutes_sheet(visit))
    issue_minutes(visit=visit)
    assert asked == [visit]


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
