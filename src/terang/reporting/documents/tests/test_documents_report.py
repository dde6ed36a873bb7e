"""The performance report on paper: what it says, to whom, and that its code tells when it is no longer the latest."""

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone
from tests.cast import SINCE

from terang.evidence.figures import Figure
from terang.evidence.reports.hooks import freeze
from terang.evidence.reports.models import Achievement, Mark, Reading, Report, ReportState, ReportTerms, Seat
from terang.planning.plans.models import Plan, PlanResult
from terang.reporting.documents.models import Document
from terang.reporting.documents.selectors import check_code
from terang.reporting.documents.services import bytes_of, issue_report
from terang.rules.reports.rubric import as_json, preset


@pytest.fixture(autouse=True)
def own_vault(settings, tmp_path):
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


@pytest.fixture
def report(cast):
    terms = ReportTerms.objects.create(
        agency=cast.agency, valid_from=SINCE, frequencies=["tahun"], rubric=as_json(preset()), basis="Perwal 1"
    )
    plan = Plan.objects.create(employee=cast.siti, period_start=SINCE, period_end=cast.today.replace(year=2027))
    result = PlanResult.objects.create(plan=plan, number=1, text="Bayi terlindungi")
    figures = [Figure("rencana", "Bayi diimunisasi", "90 bayi", "target 80 bayi", "/x/", result.pk, True)]
    now = timezone.now()
    found = Report.objects.create(
        employee=cast.siti,
        unit=cast.units["puskesmas"],
        post_title="Perawat",
        kind="tahun",
        period_start=cast.today.replace(month=1, day=1),
        period_end=cast.today.replace(year=2027, month=1, day=1),
        terms=terms,
        state=ReportState.SUBMITTED,
        due_on=cast.today,
        challenges="Cuaca #set text(red)",
        plans="Posyandu keliling",
        figures=freeze(figures),
        figures_at=now,
        opened_at=now,
        submitted_at=now,
        counts_on=cast.today,
    )
    Achievement.objects.create(report=found, result=result, number=1, title=result.text, text="Semua desa terlayani")
    for seat, reader, level in ((Seat.SUPERIOR, cast.dewi, 3), (Seat.OVERSIGHT, cast.agus, 4)):
        reading = Reading.objects.create(
            report=found, seat=seat, reader=reader, due_on=cast.today, given_at=now, rating_bp=2500 * level
        )
        Mark.objects.bulk_create(
            Mark(reading=reading, criterion=each.code, level=level, remark=f"Alasan {seat}")
            for each in preset().criteria
        )
    return found


def words(content):
    pdf = pypdfium2.PdfDocument(content)
    return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pdf)


def test_before_it_is_rated_the_paper_shows_words_and_figures_alone(report):
    told = words(bytes_of(issue_report(report=report)))
    for text in ("Siti Rahma", "Semua desa terlayani", "90 bayi", "Cuaca #set text(red)", "Posyandu keliling"):
        assert text in told
    assert "Alasan" not in told


def test_rated_it_shows_both_readers_and_the_older_paper_is_known_as_older(report, cast):
    first = issue_report(report=report)
    assert issue_report(report=report).pk == first.pk
    report.state = ReportState.RATED
    report.save()
    second = issue_report(report=report)
    told = words(bytes_of(second))
    assert "Alasan superior" in told
    assert "Alasan oversight" in told
    assert "75,0" in told or "75" in told
    assert (check_code(first.code).latest, check_code(second.code).latest) == (False, True)
    assert check_code(second.code).kind == "Laporan kinerja"


@pytest.mark.parametrize(("who", "status"), [("siti", 200), ("dewi", 200), ("agus", 200), ("andi", 403)])
def test_who_may_print(report, cast, client, who, status):
    Report.objects.update(state=ReportState.RATED)
    client.force_login(cast.people[who].user)
    assert client.get(reverse("documents:report", args=[report.pk])).status_code == status
    assert Document.objects.count() == (status == 200)


def test_what_is_being_completed_is_not_printed_half_written(report, cast, client):
    Report.objects.update(state=ReportState.RETURNED)
    for who in ("siti", "dewi"):
        client.force_login(cast.people[who].user)
        assert client.get(reverse("documents:report", args=[report.pk])).status_code == 409
    assert not Document.objects.exists()


def test_a_reader_who_has_not_rated_does_not_get_the_other_rating_on_paper(report, cast, client):
    ReportTerms.objects.update(disclosure="segera")
    Reading.objects.filter(seat=Seat.OVERSIGHT).update(given_at=None, rating_bp=None)
    client.force_login(cast.agus.user)
    assert client.get(reverse("documents:report", args=[report.pk])).status_code == 403
    client.force_login(cast.dewi.user)
    assert client.get(reverse("documents:report", args=[report.pk])).status_code == 200
