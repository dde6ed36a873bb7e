"""Three real cases: drawn by lots that anybody can draw again, opened on the record, compared step by step."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse

from terang.audit.models import Batch, JournalEntry
from terang.audit.sealing import seal
from terang.audit.services import record
from terang.evidence.inspected import CaseStep, CaseTold
from terang.evidence.oversight import services
from terang.evidence.oversight.models import CaseDraw, CaseFollowed
from terang.evidence.oversight.services import Compared
from terang.rules.oversight.lots import codes_in, digest_of, drawn, seed_of
from terang.web.errors import NotAllowed, NotNow, Stale

CODES = [f"P-{number:03}" for number in range(40)]


@pytest.fixture
def source(monkeypatch):
    """What the room of requests tells; `asked` keeps the time it was asked for."""
    told = {"codes": CODES}

    def codes(unit, since, until):
        told["asked"] = (since, until)
        return told["codes"]

    def cases(unit, numbers):
        step = CaseStep("Permohonan diterima", told["asked"][0])
        return [CaseTold(code, "KTP elektronik", f"/permohonan/{code}/", (step, step)) for code in numbers]

    monkeypatch.setattr(
        "terang.evidence.oversight.hooks.import_string", lambda path: codes if path.endswith("codes") else cases
    )
    return told


@pytest.fixture
def visit(office, agus, today, source):
    told = {"unit": office.unit, "day": today, "purpose": "Sidak", "letter": "1", "reply_days": 3}
    return services.open_inspection(actor=office.viewer(agus), form_key=uuid4(), **told)


@pytest.fixture
def cases(office, agus, visit):
    services.draw_cases(actor=office.viewer(agus), inspection=visit)
    seal()
    with transaction.atomic():
        record("demo.filled", actor=None, obj=office.agency, agency_id=office.agency.pk)
    seal()
    services.draw_cases(actor=office.viewer(agus), inspection=visit)
    return list(CaseFollowed.objects.all())


def test_they_are_what_anybody_draws_again(cases, visit, today, source):
    draw = CaseDraw.objects.get()
    listed = [line.removeprefix("undi: ") for line in draw.list_text.splitlines() if line.startswith("undi: ")]
    assert listed == CODES
    assert [case.code for case in cases] == drawn(seed_of(draw.salt, draw.beacon), CODES, 3)
    assert source["asked"] == (today - timedelta(days=30), today), "requests of the day itself can still be made"


def test_the_list_is_frozen_before_the_seed_exists_and_drawn_once(client, visit, office, agus, source):
    viewer = office.viewer(agus)
    seal()
    frozen = services.draw_cases(actor=viewer, inspection=visit)
    entry = JournalEntry.objects.get(verb="oversight.cases_frozen")
    assert not frozen.is_drawn
    assert entry.changes["digest"] == frozen.list_sha256 == digest_of(frozen.list_text)
    client.force_login(agus.user)
    page = client.get(reverse("oversight:cases", args=[visit.pk])).content.decode()
    assert frozen.list_sha256 in page
    assert frozen.salt not in page
    with pytest.raises(NotNow, match="belum disegel"):
        services.draw_cases(actor=viewer, inspection=visit)
    seal()
    source["codes"] = CODES[5:]
    assert not services.draw_cases(actor=viewer, inspection=visit).is_drawn, "the call itself brings a seal"
    seal()
    first = services.draw_cases(actor=viewer, inspection=visit)
    entry.refresh_from_db()
    assert Batch.objects.get(pk=first.beacon_batch).first_position > entry.position
    assert (first.salt, codes_in(first.list_text)) == (frozen.salt, CODES), "what came since takes no part"
    assert services.draw_cases(actor=viewer, inspection=visit) == first
    assert CaseFollowed.objects.count() == 3


def test_another_visit_has_another_salt(visit, office, agus, today, source):
    told = {"unit": office.unit, "day": today, "purpose": "Sidak", "letter": "1", "reply_days": 3}
    other = services.open_inspection(actor=office.viewer(agus), form_key=uuid4(), **told)
    salts = {services.draw_cases(actor=office.viewer(agus), inspection=each).salt for each in (visit, other)}
    assert len(salts) == 2
    assert all(len(salt) == 32 for salt in salts)


def test_fewer_requests_are_all_followed_and_none_is_told(visit, office, agus, source):
    source["codes"] = []
    with pytest.raises(NotNow, match="Tidak ada permohonan"):
        services.draw_cases(actor=office.viewer(agus), inspection=visit)
    source["codes"] = CODES[:2]
    for _call in range(3):
        services.draw_cases(actor=office.viewer(agus), inspection=visit)
        seal()
    assert CaseFollowed.objects.count() == 2


def test_what_differs_is_kept_and_a_stale_page_refused(cases, office, agus):
    viewer, case = office.viewer(agus), cases[0]
    told = {0: Compared(True), 1: Compared(False, "Tanpa tanda terima"), 7: Compared(True)}
    after = services.note_case(actor=viewer, case=case, compared=told, version=0)
    assert (after.looked_at, after.differs) == (2, 1)
    with pytest.raises(Stale):
        services.note_case(actor=viewer, case=case, compared={}, version=0)
    with pytest.raises(NotAllowed):
        services.note_case(actor=office.viewer(office.head), case=case, compared={}, version=1)


def test_through_the_pages_to_the_log_and_to_a_point(client, cases, visit, agus, office):
    client.force_login(agus.user)
    case = cases[0]
    assert case.code in client.get(reverse("oversight:cases", args=[visit.pk])).content.decode()
    url = reverse("oversight:case", args=[case.pk])
    form = {"version": 0, "agrees-0": "ya", "agrees-1": "tidak", "note-1": "Tanpa tanda terima"}
    assert client.post(url, form).status_code == 302
    page = client.get(url).content.decode()
    assert "Jadikan butir" in page
    filled = client.get(reverse("oversight:check_new", args=[visit.pk]), {"standar": "Log sesuai", "catatan": "X"})
    assert 'value="Log sesuai"' in filled.content.decode()
    opened = client.post(reverse("oversight:case_open", args=[case.pk]))
    assert opened["Location"] == case.url
    assert JournalEntry.objects.get(verb="oversight.case_opened").changes["code"] == case.code
    client.force_login(office.head.user)
    assert client.get(url).status_code == 403
    assert case.code in client.get(reverse("oversight:cases", args=[visit.pk])).content.decode()
