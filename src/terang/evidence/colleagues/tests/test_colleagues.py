"""Peer review: answered once, summed, never told singly."""

import json
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import models

from terang.audit.exporting import export
from terang.audit.models import JournalEntry
from terang.audit.sealing import seal
from terang.evidence.colleagues import services
from terang.evidence.colleagues.evidence import facts, records
from terang.evidence.colleagues.models import RaterKind, ReviewRound, ReviewTally, ReviewTicket
from terang.registry.people.models import Role
from terang.rules.policies.model import Instrument, InstrumentAspect
from terang.web.errors import NotAllowed, NotNow

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
AFTERWARDS = date(2026, 12, 2)
INSTRUMENT = Instrument(
    "karakter",
    "Karakter",
    "Character",
    1,
    5,
    (InstrumentAspect("zeta", "Integritas", "Integrity"), InstrumentAspect("inovasi", "Inovasi", "Innovation")),
)


@pytest.fixture
def opening(office):
    return ReviewRound.objects.create(
        agency=office.agency,
        name="Putaran II",
        instrument="karakter",
        aspects=services.aspects_of(INSTRUMENT),
        opens_on=date(2026, 11, 1),
        closes_on=date(2026, 12, 1),
    )


@pytest.fixture
def ticket(office, opening):
    def ticket(rater, subject):
        return ReviewTicket.objects.create(round=opening, rater=rater, subject=subject, kind=RaterKind.PEER)

    return ticket


@pytest.fixture
def budi(office):
    return office.employee("Budi")


@pytest.fixture
def sari(office):
    return office.employee("Sari")


def test_an_answer_goes_into_the_sums_and_nowhere_else(office, ticket, budi, sari):
    asked = ticket(sari, budi)
    services.answer_review(actor=office.viewer(sari), ticket=asked, answers={"zeta": 4})
    tally = ReviewTally.objects.get()
    assert (tally.subject, tally.aspect, tally.answers, tally.sum_milli) == (budi, "zeta", 1, 4000)
    assert not {field.name for field in ReviewTally._meta.fields} & {"rater", "ticket", "created_at"}


def test_the_journal_and_its_export_link_no_rater_and_no_subject(office, ticket, budi, sari, tmp_path):
    asked = ticket(sari, budi)
    services.answer_review(actor=office.viewer(sari), ticket=asked, answers={"zeta": 4})
    told = JournalEntry.objects.get(verb="colleagues.review_answered")
    assert (told.object_type, told.object_id) == ("colleagues.reviewround", asked.round_id)
    assert (told.actor_id, told.actor_digest, told.subject_employee_id, told.unit_id) == (None, "", None, None)
    assert (told.changes, told.reason) == ({}, "")
    seal()
    export(tmp_path / "jejak.jsonl")
    lines = [json.loads(line) for line in (tmp_path / "jejak.jsonl").read_text().splitlines()]
    [exported] = [line for line in lines if line.get("verb") == "colleagues.review_answered"]
    spoken = {key: value for key, value in exported.items() if value not in (None, "", {})}
    chain = {"kind", "id", "position", "batch_id", "at", "digest"}
    assert set(spoken) == chain | {"agency_id", "verb", "object_type", "object_id"}


def test_tables_keep_nothing_that_would_put_answers_beside_their_raters(office, ticket, budi, sari):
    """A ticket tells that it was answered, not when; a sum tells neither when nor in which order raters came."""
    first, second = ticket(sari, budi), ticket(office.employee("Tuti"), budi)
    for rater, asked, value in ((second.rater, second, 2), (sari, first, 5)):
        services.answer_review(actor=office.viewer(rater), ticket=asked, answers={"zeta": value})
    assert set(ReviewTicket.objects.values_list("answered", flat=True)) == {True}
    moments = (models.DateField, models.TimeField)
    assert not [f for model in (ReviewTicket, ReviewTally) for f in model._meta.fields if isinstance(f, moments)]
    assert list(ReviewTally.objects.values_list("answers", "sum_milli")) == [(2, 7000)]


def test_an_answer_is_given_once_and_by_the_rater(office, ticket, budi, sari):
    asked = ticket(sari, budi)
    with pytest.raises(NotAllowed):
        services.answer_review(actor=office.viewer(budi), ticket=asked, answers={"zeta": 5})
    services.answer_review(actor=office.viewer(sari), ticket=asked, answers={"zeta": 4})
    with pytest.raises(NotNow, match="tidak dapat dilihat"):
        services.answer_review(actor=office.viewer(sari), ticket=asked, answers={"zeta": 1})
    assert ReviewTally.objects.get().sum_milli == 4000


@pytest.mark.parametrize("answers", [{}, {"zeta": 0}, {"zeta": 6}, {"warna": 3}, {"zeta": 3, "inovasi": 9}])
def test_answers_outside_the_instrument_are_refused_whole(office, ticket, budi, sari, answers):
    asked = ticket(sari, budi)
    with pytest.raises(ValidationError):
        services.answer_review(actor=office.viewer(sari), ticket=asked, answers=answers)
    assert not ReviewTally.objects.exists()
    asked.refresh_from_db()
    assert not asked.answered


def test_a_closed_round_takes_no_answers(office, opening, ticket, budi, sari):
    asked = ticket(sari, budi)
    ReviewRound.objects.update(closes_on=date(2026, 11, 24))
    with pytest.raises(NotNow, match="menerima jawaban"):
        services.answer_review(actor=office.viewer(sari), ticket=asked, answers={"zeta": 4})


def answered(office, ticket, budi, count):
    for number in range(count):
        rater = office.employee(f"Rekan {number}")
        services.answer_review(
            actor=office.viewer(rater), ticket=ticket(rater, budi), answers={"zeta": 4, "inovasi": 3}
        )


def test_an_open_round_is_no_evidence_a_closed_one_is(office, ticket, budi):
    answered(office, ticket, budi, 3)
    assert facts([budi.pk], *NOVEMBER) == {"reviews": []}
    assert records("peer_review", budi.pk, *NOVEMBER) == []
    assert facts([budi.pk], *NOVEMBER, as_of=AFTERWARDS)["reviews"] == [
        (budi.pk, "peer", "inovasi", 3, 9000),
        (budi.pk, "peer", "zeta", 3, 12000),
    ]
    december = (date(2026, 12, 1), date(2027, 1, 1))
    assert facts([budi.pk], *december, as_of=date(2027, 1, 2))["reviews"] == []
    [record] = records("peer_review", budi.pk, *NOVEMBER, as_of=AFTERWARDS)
    assert record.lines == ("Inovasi: rata-rata 3,0", "Integritas: rata-rata 4,0")


def test_two_answers_are_too_few_to_show(office, ticket, budi):
    answered(office, ticket, budi, 2)
    [record] = records("peer_review", budi.pk, *NOVEMBER, as_of=AFTERWARDS)
    assert (record.lines, record.entered_by) == ((), "")
    assert "sekurang-kurangnya 3" in record.effect


def test_only_the_personnel_agency_opens_a_round(office, budi):
    values = {
        "agency": office.agency,
        "name": "III",
        "instrument": INSTRUMENT,
        "opens_on": date(2026, 12, 1),
        "closes_on": date(2027, 1, 1),
    }
    with pytest.raises(NotAllowed):
        services.open_round(actor=office.viewer(budi), **values)
    office.grant(budi, Role.PERSONNEL)
    opening = services.open_round(actor=office.viewer(budi), **values)
    assert opening.labels == {"zeta": "Integritas", "inovasi": "Inovasi"}


def test_answering_on_screen(client, office, ticket, budi, sari):
    asked = ticket(sari, budi)
    client.force_login(sari.user)
    assert "Budi" in client.get("/rekan/").content.decode()
    page = client.get(f"/rekan/{asked.pk}/").content.decode()
    assert page.count('type="radio"') == 10
    assert "tidak dapat dilihat atau diubah" in page
    assert client.post(f"/rekan/{asked.pk}/", {}).status_code == 422
    assert client.post(f"/rekan/{asked.pk}/", {"zeta": "5"}).status_code == 302
    assert client.get(f"/rekan/{asked.pk}/").status_code == 409
    assert "sudah dikirim" in client.get("/rekan/").content.decode()
    client.force_login(budi.user)
    assert client.get(f"/rekan/{asked.pk}/").status_code == 403
    assert "Tidak ada yang menunggu" in client.get("/rekan/").content.decode()
