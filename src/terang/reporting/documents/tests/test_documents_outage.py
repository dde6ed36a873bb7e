"""Forms for days without electricity: who works there, what their plan asks, what the counter opens."""

from datetime import timedelta
from uuid import uuid4

import pypdfium2
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from terang.evidence.attendance.models import Leave, LeaveState
from terang.evidence.citizens.models import Service
from terang.planning.plans import services as plans
from terang.registry.organization.calendars import local_today
from terang.registry.people.models import Assignment, Post
from terang.reporting.documents.outage_sheets import MOST_PEOPLE, PARTS, outage_sheets
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult


def words(answer):
    document = pypdfium2.PdfDocument(answer.content)
    return [page.get_textpage().get_text_bounded() for page in document]


@pytest.fixture
def ask(cast, sign_in):
    def ask(name="rina", unit="puskesmas", day=None, parts=PARTS):
        query = {"unit": cast.units[unit].pk, "day": day or local_today(cast.agency), "parts": parts}
        return sign_in(name).get(reverse("documents:outage_forms"), query)

    return ask


def agree(cast, name, appraiser):
    card = PlannedIndicator("i1", "Jumlah kunjungan", unit_label="kunjungan", target_milli=960_000)
    document = PlanDocument(results=(PlannedResult("r1", "Pasien diperiksa #tepat waktu", indicators=(card,)),))
    year = {"period_start": cast.today.replace(month=1, day=1), "period_end": cast.today.replace(month=12, day=31)}
    version = plans.open_plan(actor=cast.viewer(name), employee=cast.people[name], document=document, **year)
    version = plans.submit(actor=cast.viewer(name), version=version, seen=version.version)
    plans.agree(actor=cast.viewer(appraiser), version=version, seen=version.version)


def head_of(cast, unit):
    return next(
        name
        for name, person in cast.people.items()
        if Assignment.objects.filter(employee=person, post__unit=cast.units[unit], post__is_head=True).exists()
    )


def test_the_pack_names_everybody_once_with_their_plan_and_the_services(cast, ask):
    head = head_of(cast, "puskesmas")
    agree(cast, "siti", head)
    Service.objects.create(unit=cast.units["puskesmas"], name="Rujukan", code="RUJ", standard_minutes=60)
    pages = words(ask(head))
    assert "Lembar darurat" in pages[0]
    presence = next(page for page in pages if "Daftar hadir" in page)
    assert presence.count(cast.siti.name) == 1
    assert cast.siti.nip in presence
    own = next(page for page in pages if "Catatan kegiatan" in page and cast.siti.name in page)
    assert "#tepat waktu" in own
    assert any("K-20" in page and "Rujukan" in page for page in pages)
    assert any("Lembar pengaduan" in page for page in pages)


def test_who_is_away_is_marked_without_saying_why(cast, ask):
    head = head_of(cast, "puskesmas")
    Leave.objects.create(
        employee=cast.siti,
        kind="sakit",
        starts_on=local_today(cast.agency),
        ends_on=local_today(cast.agency) + timedelta(days=2),
        working_days=2,
        reason="Operasi",
        state=LeaveState.APPROVED,
        requested_at=timezone.now(),
        form_key=uuid4(),
    )
    text = " ".join(words(ask(head, parts=["presensi"])))
    assert "cuti/izin" in text
    assert "sakit" not in text.lower()
    assert "Operasi" not in text


def test_only_for_units_in_ones_hands_and_days_ahead(cast, ask):
    head = head_of(cast, "puskesmas")
    assert ask("andi").status_code == 403
    assert ask(head, unit="register").status_code == 422
    late = ask(head, day=local_today(cast.agency) - timedelta(days=1))
    assert late.status_code == 422
    assert "60 hari" in late.content.decode()
    assert ask(head, parts=[]).status_code == 422


def test_a_fixed_number_of_questions_however_many_people_and_never_too_many_sheets(cast):
    unit, counts = cast.units["puskesmas"], []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            made = outage_sheets(unit, cast.today, PARTS)
        counts.append(len(asked))
        post = Post.objects.create(
            unit=unit, title="Perawat", kind="pelaksana", seats=300, valid_from=cast.siti.joined_on
        )
        people = [
            type(cast.siti)(
                agency=cast.agency,
                nip=f"{200001012024040000 + number}",
                name=f"Perawat {number}",
                status="pns",
                joined_on=cast.siti.joined_on,
            )
            for number in range(MOST_PEOPLE)
        ]
        if _round == 0:
            type(cast.siti).objects.bulk_create(people)
            Assignment.objects.bulk_create(
                Assignment(employee=each, post=post, starts_on=cast.siti.joined_on, document="SK") for each in people
            )
    assert counts[0] == counts[1]
    assert sum(sheet["page"] == "work" for sheet in made) == MOST_PEOPLE


def test_the_page_says_what_to_do_afterwards(cast, sign_in):
    page = sign_in(head_of(cast, "puskesmas")).get(reverse("documents:outage_forms")).content.decode()
    assert "Sesudah pulih" in page
    assert "Loket memasukkan" in page
