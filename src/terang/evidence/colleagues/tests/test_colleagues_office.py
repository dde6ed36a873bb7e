"""The personnel agency opens rounds and keeps conflicts; raters hand tickets back."""

import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from terang.audit.models import JournalEntry
from terang.evidence.colleagues import hooks, round_keys, services
from terang.evidence.colleagues.models import Ballot, Conflict, ConflictReason, ReviewRound, ReviewTicket
from terang.evidence.colleagues.selectors import tickets_of
from terang.registry.people.models import Role
from terang.rules.policies.model import Instrument, InstrumentAspect
from terang.rules.reviews.terms import least_of
from terang.web.errors import NotAllowed, NotNow

TODAY = date(2026, 11, 24)
INSTRUMENT = Instrument("k", "Karakter", "Character", 1, 5, (InstrumentAspect("zeta", "Integritas", "Integrity"),))


@pytest.fixture
def keeper(office, monkeypatch):
    """Somebody of the personnel agency, and a policy with one instrument."""
    policy = hooks.ReviewPolicy((INSTRUMENT,), least_of({"peer": 3}))
    monkeypatch.setattr("terang.evidence.colleagues.services.opening.review_policy", lambda *_: policy)
    monkeypatch.setattr("terang.evidence.colleagues.views.office.review_policy", lambda *_: policy)
    person = office.employee("Maya")
    office.grant(person, Role.PERSONNEL)
    return person


@pytest.fixture
def team(office):
    return [office.employee(name) for name in ("Sari", "Tuti", "Umar", "Vina", "Wawan")]


def asked(**changes):
    values = {
        "name": "Putaran III",
        "instrument": INSTRUMENT,
        "opens_on": TODAY,
        "closes_on": date(2026, 12, 8),
        "wanted": {"superior": 1, "peer": 3, "subordinate": 3},
        "cap": 4,
    }
    return services.Asked(**{**values, **changes})


def test_a_round_is_opened_with_drawn_tickets_and_empty_ballots(office, keeper, team):
    opening = services.open_round(actor=office.viewer(keeper), agency=office.agency, asked=asked())
    assert opening.labels == {"zeta": "Integritas"}
    assert opening.least == {"superior": 1, "peer": 3, "subordinate": 3}
    assert opening.asked == ReviewTicket.objects.exclude(rater=None).count() == 6 * 4 + 3
    assert Ballot.objects.count() == ReviewTicket.objects.count() == 6 * 4 + 3 + 7
    assert round_keys.has_key(opening.key_name)
    assert not ReviewTicket.objects.filter(rater=office.head, subject=office.head).exists()
    told = JournalEntry.objects.get(verb="colleagues.round_opened")
    assert (told.subject_employee_id, told.changes) == (None, {})


def test_opening_twice_with_one_form_gives_one_round(office, keeper, team):
    once = asked()
    first = services.open_round(actor=office.viewer(keeper), agency=office.agency, asked=once)
    assert services.open_round(actor=office.viewer(keeper), agency=office.agency, asked=once) == first
    assert ReviewRound.objects.count() == 1


def test_who_may_not_open_and_what_cannot_be_opened(office, keeper, team):
    for person, roles in ((team[0], []), (team[1], [office.unit])):
        for unit in roles:
            office.grant(person, Role.PERSONNEL, unit)
        with pytest.raises(NotAllowed):
            services.open_round(actor=office.viewer(person), agency=office.agency, asked=asked())
    actor = office.viewer(keeper)
    with pytest.raises(ValidationError, match="ditutup sesudah"):
        services.open_round(actor=actor, agency=office.agency, asked=asked(closes_on=TODAY))
    nobody = asked(wanted={"superior": 0, "peer": 0, "subordinate": 0})
    with pytest.raises(ValidationError, match="Tidak ada"):
        services.open_round(actor=actor, agency=office.agency, asked=nobody)
    assert not ReviewRound.objects.exists()


def test_conflicts_keep_pairs_apart_both_ways(office, keeper, team):
    actor, (sari, tuti, *_rest) = office.viewer(keeper), team
    with pytest.raises(NotAllowed):
        services.record_conflict(
            actor=office.viewer(sari), one=sari, other=tuti, reason=ConflictReason.FAMILY, since=TODAY
        )
    key = uuid.uuid4()
    for _ in range(2):
        services.record_conflict(
            actor=actor, one=sari, other=tuti, reason=ConflictReason.FAMILY, since=TODAY, form_key=key
        )
    assert Conflict.objects.count() == 1
    for wrong in ({"other": sari}, {"other": tuti, "until": TODAY}):
        with pytest.raises(ValidationError):
            services.record_conflict(
                actor=actor, **{"one": sari, "reason": ConflictReason.FAMILY, "since": TODAY, **wrong}
            )
    services.open_round(actor=actor, agency=office.agency, asked=asked(cap=9))
    pairs = set(ReviewTicket.objects.values_list("rater_id", "subject_id"))
    assert not pairs & {(sari.pk, tuti.pk), (tuti.pk, sari.pk)}
    told = JournalEntry.objects.get(verb="colleagues.conflict_recorded")
    assert (told.object_id, told.subject_employee_id, told.unit_id, told.changes) == (None, None, None, {})


def test_a_conflict_ends(office, keeper, team):
    actor = office.viewer(keeper)
    values = {"actor": actor, "one": team[0], "other": team[1], "reason": ConflictReason.DISPUTE}
    old = services.record_conflict(since=date(2026, 1, 1), **values)
    services.end_conflict(actor=actor, conflict=old)
    assert Conflict.objects.get().until == TODAY
    with pytest.raises(NotNow):
        services.end_conflict(actor=actor, conflict=old)
    mistaken = services.record_conflict(since=TODAY, **values)
    services.end_conflict(actor=actor, conflict=mistaken)
    assert Conflict.objects.count() == 1


def test_a_ticket_handed_back_goes_to_somebody_else_with_its_ballot(office, keeper, team):
    services.open_round(actor=office.viewer(keeper), agency=office.agency, asked=asked(cap=5))
    ticket = ReviewTicket.objects.filter(kind="peer", rater__in=team).first()
    ballots = set(Ballot.objects.values_list("pk", flat=True))
    rater = ticket.rater
    services.decline(actor=office.viewer(rater), ticket=ticket, reason=ConflictReason.CLOSENESS)
    again = ReviewTicket.objects.get(pk=ticket.pk)
    assert again.rater_id not in (rater.pk, ticket.subject_id)
    assert set(Ballot.objects.values_list("pk", flat=True)) == ballots
    declared = Conflict.objects.get()
    assert (declared.declared, declared.until) == (True, date(2026, 12, 8))
    told = JournalEntry.objects.get(verb="colleagues.ticket_declined")
    assert (told.actor_id, told.actor_digest, told.subject_employee_id) == (None, "", None)
    with pytest.raises(NotAllowed):
        services.answer_review(actor=office.viewer(rater), ticket=ticket, answers={"zeta": 1})
    answers = {"actor": office.viewer(again.rater), "ticket": again}
    services.answer_review(answers={"zeta": 3}, **answers)
    with pytest.raises(NotNow):
        services.decline(reason=ConflictReason.UNKNOWN, **answers)


def test_a_leader_who_hands_back_is_not_replaced(office, keeper, team):
    opening = services.open_round(actor=office.viewer(keeper), agency=office.agency, asked=asked())
    ticket = ReviewTicket.objects.filter(kind="superior").first()
    services.decline(actor=office.viewer(office.head), ticket=ticket, reason=ConflictReason.FAMILY)
    assert not ReviewTicket.objects.filter(pk=ticket.pk).exists()
    assert ReviewRound.objects.get().asked == opening.asked - 1
    assert services.release(opening=opening, today=date(2026, 12, 8))


def test_the_screens_of_a_rater(client, reviewed):
    asked_ = reviewed.tickets["Sari"]
    client.force_login(reviewed.raters[0].user)
    assert "Budi" in client.get("/rekan/").content.decode()
    page = client.get(f"/rekan/{asked_.pk}/").content.decode()
    assert page.count('type="radio"') == 10
    assert "gaya menulis" in page
    assert "no-store" in client.get(f"/rekan/{asked_.pk}/").headers["Cache-Control"]
    assert "tidak dapat menilai orang ini" in page
    assert client.post(f"/rekan/{asked_.pk}/", {}).status_code == 422
    assert client.post(f"/rekan/{asked_.pk}/", {"zeta": "5", "catatan_bebas": "a" * 301}).status_code == 422
    assert client.post(f"/rekan/{asked_.pk}/", {"zeta": "5", "catatan_bebas": "Bagus"}).status_code == 302
    assert client.get(f"/rekan/{asked_.pk}/").status_code == 409
    assert client.get(f"/rekan/{asked_.pk}/kembalikan/").status_code == 409
    assert "sudah dikirim" in client.get("/rekan/").content.decode()
    client.force_login(reviewed.budi.user)
    assert client.get(f"/rekan/{asked_.pk}/").status_code == 403
    assert "Tidak ada yang menunggu" in client.get("/rekan/").content.decode()
    assert "Gaya menulis Anda" in client.get("/rekan/kerahasiaan/").content.decode()
    assert "Belum ada hasil" in client.get("/rekan/hasil/").content.decode()


def test_handing_back_on_screen(client, reviewed, office):
    extra = office.employee("Xena")
    ticket = reviewed.tickets["Sari"]
    client.force_login(reviewed.raters[0].user)
    assert client.post(f"/rekan/{ticket.pk}/kembalikan/", {"reason": "bebas"}).status_code == 422
    assert client.post(f"/rekan/{ticket.pk}/kembalikan/", {"reason": "keluarga"}).status_code == 302
    assert [row.ticket.pk for row in tickets_of(extra.pk, TODAY)] == [ticket.pk]
    assert client.get(f"/rekan/{ticket.pk}/").status_code == 403


def test_my_results_on_screen(client, reviewed):
    for name in ("Sari", "Tuti", "Umar"):
        reviewed.answer(name, zeta=4, remark="Sabar" if name == "Umar" else "")
    reviewed.release()
    client.force_login(reviewed.budi.user)
    page = client.get("/rekan/hasil/").content.decode()
    assert "4,0" in page
    assert "Sabar" in page
    assert "Terlalu sedikit yang menjawab" in page


def test_the_screens_of_the_personnel_agency(client, office, keeper, team):
    client.force_login(keeper.user)
    assert "Belum ada putaran" in client.get("/rekan/putaran/").content.decode()
    filled = {
        "form_key": str(uuid.uuid4()),
        "name": "Putaran IV",
        "instrument": "k",
        "opens_on": "2026-11-24",
        "last_day": "2026-12-07",
        "superior": "on",
        "peers": "3",
        "subordinates": "3",
        "cap": "4",
    }
    for wrong in ({"peers": "2"}, {"last_day": "2026-11-23"}, {"last_day": "2027-11-23"}):
        assert client.post("/rekan/putaran/baru/", {**filled, **wrong}).status_code == 422
    page = client.post("/rekan/putaran/baru/", filled).content.decode()
    assert "Bila dibuka sekarang" in page
    assert "Semua kelompok punya cukup penilai" in page
    assert not ReviewRound.objects.exists()
    answer = client.post("/rekan/putaran/baru/", {**filled, "act": "open"})
    opening = ReviewRound.objects.get()
    assert answer.headers["Location"] == f"/rekan/putaran/{opening.pk}/"
    page = client.get(answer.headers["Location"]).content.decode()
    assert "0 dari 27 penilaian" in page
    assert not [person for person in team if person.name in page]
    assert client.post(f"/rekan/putaran/{opening.pk}/batal/", {"reason": "Salah"}).status_code == 302
    assert "Dibatalkan" in client.get(f"/rekan/putaran/{opening.pk}/").content.decode()
    client.force_login(team[0].user)
    assert "Putaran IV dibatalkan 24 November 2026: Salah. Jawaban" in client.get("/rekan/").content.decode()


def test_who_would_have_too_few_is_named_before_opening(client, office, keeper):
    client.force_login(keeper.user)
    filled = {"form_key": str(uuid.uuid4()), "name": "V", "instrument": "k", "opens_on": "2026-11-24"}
    filled |= {"last_day": "2026-12-07", "peers": "3", "subordinates": "3", "cap": "4", "superior": "on"}
    page = client.post("/rekan/putaran/baru/", filled).content.decode()
    assert "terlalu sedikit" in page
    assert "Rahmawati Kepala" in page


def test_conflicts_on_screen(client, office, keeper, team):
    client.force_login(keeper.user)
    filled = {
        "form_key": str(uuid.uuid4()),
        "one": "Sari",
        "other": "Tuti",
        "reason": "keluarga",
        "since": "2026-11-01",
    }
    assert client.post("/rekan/benturan/baru/", {**filled, "other": "Sari"}).status_code == 422
    assert client.post("/rekan/benturan/baru/", {**filled, "last_day": "2026-10-01"}).status_code == 422
    assert client.post("/rekan/benturan/baru/", filled).status_code == 302
    assert "Sari dan Tuti" in client.get("/rekan/benturan/").content.decode()
    assert client.post(f"/rekan/benturan/{Conflict.objects.get().pk}/akhiri/").status_code == 302
    assert "Belum ada benturan" in client.get("/rekan/benturan/").content.decode()
    client.force_login(team[0].user)
    for path in ("/rekan/putaran/", "/rekan/putaran/baru/", "/rekan/benturan/", "/rekan/benturan/baru/"):
        assert client.get(path).status_code == 403
