"""Review by colleagues: sealed, answered once, released once, never told singly."""

import stat
import uuid
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from terang.audit.models import JournalEntry
from terang.evidence.colleagues import round_keys, services
from terang.evidence.colleagues.ballots import SHEET, Answer, DamagedBallot, Sealer
from terang.evidence.colleagues.duties import waiting_for
from terang.evidence.colleagues.evidence import facts, records
from terang.evidence.colleagues.models import (
    Ballot,
    ReviewGroup,
    ReviewRemark,
    ReviewRound,
    ReviewTally,
    ReviewTicket,
)
from terang.evidence.colleagues.report_facts import figures
from terang.evidence.colleagues.selectors import results_of, tickets_of
from terang.evidence.colleagues.services import chores, releasing
from terang.registry.organization import calendars
from terang.registry.people.models import Role
from terang.web.errors import NotAllowed, NotNow

NOVEMBER = (date(2026, 11, 1), date(2026, 12, 1))
AFTERWARDS = date(2026, 12, 2)


def test_an_answer_is_sealed_and_only_the_count_moves(reviewed):
    before = dict(Ballot.objects.values_list("pk", "sealed"))
    reviewed.answer("Sari", zeta=4, remark="Terima kasih")
    after = dict(Ballot.objects.values_list("pk", "sealed"))
    assert before.keys() == after.keys()
    assert sum(bytes(before[key]) != bytes(after[key]) for key in before) == 1
    assert {len(bytes(sealed)) for sealed in (*before.values(), *after.values())} == {12 + SHEET + 16}
    opening = ReviewRound.objects.get()
    assert (opening.asked, opening.answered) == (4, 1)
    assert not ReviewTally.objects.exists()
    told = JournalEntry.objects.get(verb="colleagues.review_answered")
    assert (told.object_type, told.object_id) == ("colleagues.reviewround", opening.pk)
    assert (told.actor_id, told.actor_digest, told.subject_employee_id, told.unit_id) == (None, "", None, None)
    assert (told.changes, told.reason) == ({}, "")


def test_a_sheet_opens_with_its_own_key_and_place_only():
    sealer, other = Sealer(b"1" * 32), Sealer(b"2" * 32)
    place = sealer.locator(7)
    sealed = sealer.seal(place, Answer({"zeta": 3}, "Baik 👍"))
    assert sealer.open(place, sealed) == Answer({"zeta": 3}, "Baik 👍")
    assert sealer.open(place, sealer.seal(place, None)) is None
    assert other.locator(7) != place != sealer.locator(8)
    for sealed_by, at, content in ((other, place, sealed), (sealer, sealer.locator(8), sealed), (sealer, place, b"x")):
        with pytest.raises(DamagedBallot):
            sealed_by.open(at, content)
    with pytest.raises(ValidationError):
        sealer.seal(place, Answer({"zeta": 3}, "a" * SHEET))


def test_the_longest_answer_fits():
    sealer = Sealer(b"1" * 32)
    values = {f"aspek_nomor_{number}": 10 for number in range(14)}
    assert len(sealer.seal("x", Answer(values, '👍"' * 150))) == 12 + SHEET + 16


def test_an_answer_is_given_once_and_by_the_rater(reviewed):
    asked = reviewed.tickets["Sari"]
    with pytest.raises(NotAllowed):
        services.answer_review(actor=reviewed.office.viewer(reviewed.budi), ticket=asked, answers={"zeta": 5})
    reviewed.answer("Sari", zeta=4)
    with pytest.raises(NotNow, match="tidak dapat dilihat"):
        reviewed.answer("Sari", zeta=1)
    assert ReviewRound.objects.get().answered == 1


@pytest.mark.parametrize("answers", [{"zeta": 0}, {"zeta": 6}, {"warna": 3}, {"zeta": 3, "inovasi": 9}])
def test_answers_outside_the_instrument_are_refused_whole(reviewed, answers):
    before = list(Ballot.objects.values_list("pk", "sealed"))
    with pytest.raises(ValidationError):
        reviewed.answer("Sari", **answers)
    with pytest.raises(ValidationError):
        services.answer_review(
            actor=reviewed.office.viewer(reviewed.raters[0]), ticket=reviewed.tickets["Sari"], answers={}
        )
    with pytest.raises(ValidationError):
        reviewed.answer("Sari", zeta=3, remark="a" * 301)
    assert [bytes(b) for _a, b in before] == [bytes(b) for _a, b in Ballot.objects.values_list("pk", "sealed")]
    assert ReviewRound.objects.get().answered == 0


@pytest.mark.parametrize("days", [{"closes_on": date(2026, 11, 24)}, {"opens_on": date(2026, 11, 25)}])
def test_a_round_takes_answers_in_its_days_only(reviewed, days):
    ReviewRound.objects.update(**days)
    with pytest.raises(NotNow, match="menerima jawaban"):
        reviewed.answer("Sari")


def test_whether_a_ticket_is_answered_is_read_through_the_key(reviewed, django_assert_num_queries):
    reviewed.answer("Sari")
    sari = reviewed.raters[0]
    with django_assert_num_queries(2):
        [row] = tickets_of(sari.pk, date(2026, 11, 24))
    assert row.answered is True
    [row] = tickets_of(reviewed.raters[1].pk, date(2026, 11, 24))
    assert row.answered is False


def test_a_lost_key_is_told_and_nothing_is_half_done(reviewed, client):
    reviewed.answer("Sari")
    round_keys.destroy_key(reviewed.opening.key_name)
    for act in (lambda: reviewed.answer("Tuti"), reviewed.release):
        with pytest.raises(NotNow, match="Kunci putaran ini tidak ditemukan"):
            act()
    assert (ReviewRound.objects.get().answered, Ballot.objects.count()) == (1, 4)
    [row] = tickets_of(reviewed.raters[1].pk, date(2026, 11, 24))
    assert row.answered is None
    assert waiting_for(reviewed.office.viewer(reviewed.raters[1])) == []
    client.force_login(reviewed.raters[1].user)
    assert "kuncinya tidak ditemukan" in client.get("/rekan/").content.decode()
    assert client.get(f"/rekan/{reviewed.tickets['Tuti'].pk}/").status_code == 409


def test_the_key_is_a_file_for_this_account_only_and_never_replaced(reviewed, settings):
    path = settings.TERANG_REVIEW_KEYS / f"{reviewed.opening.key_name}.key"
    assert (len(path.read_bytes()), stat.S_IMODE(path.stat().st_mode)) == (32, 0o600)
    with pytest.raises(FileExistsError):
        round_keys.make_key(reviewed.opening.key_name)


def test_where_opening_fails_no_key_is_left(office):
    opening = ReviewRound(agency=office.agency, name="III", opens_on=AFTERWARDS, closes_on=NOVEMBER[0])
    with pytest.raises(IntegrityError), services.opening.key_made(opening) as key:
        services.make_round(opening, [], key)
    assert not round_keys.has_key(opening.key_name)


def test_release_keeps_large_groups_only_and_destroys_the_rest(reviewed, django_capture_on_commit_callbacks):
    for name, zeta in (("Sari", 5), ("Tuti", 4), ("Umar", 4)):
        reviewed.answer(name, zeta=zeta, **({"inovasi": 2} if name == "Sari" else {}))
    with django_capture_on_commit_callbacks(execute=True):
        assert reviewed.release()
        assert round_keys.has_key(reviewed.opening.key_name)
    assert not round_keys.has_key(reviewed.opening.key_name)
    assert (Ballot.objects.count(), ReviewTicket.objects.count()) == (0, 0)
    assert list(ReviewTally.objects.values_list("kind", "aspect", "answers", "mean_milli")) == [
        ("peer", "zeta", 3, 4333)
    ]
    assert dict(ReviewGroup.objects.values_list("kind", "enough")) == {"peer": True, "superior": False}
    opening = ReviewRound.objects.get()
    assert (opening.released_on, opening.answered) == (date(2026, 12, 1), 3)
    assert not reviewed.release()
    verbs = set(JournalEntry.objects.values_list("verb", flat=True))
    assert {"colleagues.round_released", "colleagues.results_released"} <= verbs


def test_a_round_is_released_after_its_days_only(reviewed):
    assert not reviewed.release(date(2026, 11, 30))
    assert Ballot.objects.exists()


def test_remarks_lose_names_and_small_groups_lose_theirs(reviewed):
    reviewed.answer("Sari", zeta=4, remark="Budi sering membantu Tuti, hubungi 0812 3456 7890")
    reviewed.answer("Tuti", zeta=4)
    reviewed.answer("Umar", zeta=4, remark="Teliti\n dan \x00 sabar")
    reviewed.release()
    assert set(ReviewRemark.objects.values_list("text", flat=True)) == {
        "[nama] sering membantu [nama], hubungi [nomor]",
        "Teliti dan sabar",
    }
    assert {field.name for field in ReviewRemark._meta.fields} == {"id", "round", "subject", "text"}


def test_two_answers_are_thrown_away_with_their_words(reviewed):
    reviewed.answer("Sari", zeta=1, remark="Hanya saya")
    reviewed.answer("Tuti", zeta=2)
    reviewed.release()
    assert not ReviewTally.objects.exists()
    assert not ReviewRemark.objects.exists()
    assert facts([reviewed.budi.pk], *NOVEMBER, as_of=AFTERWARDS) == {"reviews": []}
    [record] = records("peer_review", reviewed.budi.pk, *NOVEMBER, as_of=AFTERWARDS)
    assert (record.lines, record.counted) == ((), False)
    assert "sekurang-kurangnya 3" in record.effect
    assert not any(digit in record.detail for digit in "0123456789")
    assert figures(reviewed.budi.pk, *NOVEMBER, AFTERWARDS) == []


def test_a_damaged_ballot_stops_the_release(reviewed):
    for name in ("Sari", "Tuti", "Umar"):
        reviewed.answer(name)
    Ballot.objects.filter(pk=Ballot.objects.values_list("pk", flat=True)[0]).delete()
    with pytest.raises(DamagedBallot):
        reviewed.release()
    assert not ReviewTally.objects.exists()


def test_nothing_moves_while_a_round_is_open_or_waits(reviewed):
    for name in ("Sari", "Tuti", "Umar"):
        reviewed.answer(name, zeta=4)
    for day in (date(2026, 11, 24), AFTERWARDS):
        assert facts([reviewed.budi.pk], *NOVEMBER, as_of=day) == {"reviews": []}
        assert records("peer_review", reviewed.budi.pk, *NOVEMBER, as_of=day) == []
        assert figures(reviewed.budi.pk, *NOVEMBER, day) == []
    assert results_of(reviewed.budi.pk) == []
    reviewed.release()
    assert facts([reviewed.budi.pk], *NOVEMBER, as_of=AFTERWARDS)["reviews"] == [
        (reviewed.budi.pk, "peer", "zeta", 3, 12000)
    ]
    december = (date(2026, 12, 1), date(2027, 1, 1))
    assert facts([reviewed.budi.pk], *december, as_of=date(2027, 1, 2))["reviews"] == []
    [record] = records("peer_review", reviewed.budi.pk, *NOVEMBER, as_of=AFTERWARDS)
    assert record.lines == ("Integritas: rata-rata 4,0",)
    stricter = records("peer_review", reviewed.budi.pk, *NOVEMBER, as_of=AFTERWARDS, min_answers=5)[0]
    assert stricter.lines == ()
    [figure] = figures(reviewed.budi.pk, *NOVEMBER, AFTERWARDS)
    assert figure.value == "3 jawaban dalam 1 putaran"


def at(monkeypatch, day):
    monkeypatch.setattr(chores, "local_today", lambda agency: day)
    assert calendars.local_today is not chores.local_today


def test_the_hourly_chore_releases_and_is_good_twice(reviewed, monkeypatch, django_capture_on_commit_callbacks):
    for name in ("Sari", "Tuti", "Umar"):
        reviewed.answer(name)
    at(monkeypatch, AFTERWARDS)
    with django_capture_on_commit_callbacks(execute=True):
        chores.every_hour()
        chores.every_hour()
    assert ReviewTally.objects.count() == 1
    assert JournalEntry.objects.filter(verb="colleagues.round_released").count() == 1


def test_a_crash_between_commit_and_destroying_is_made_good(reviewed, monkeypatch):
    reviewed.release()
    assert round_keys.has_key(reviewed.opening.key_name)
    stranger = uuid.uuid4()
    round_keys.make_key(stranger)
    at(monkeypatch, AFTERWARDS)
    chores.every_hour()
    assert not round_keys.has_key(reviewed.opening.key_name)
    assert round_keys.has_key(stranger)


def test_a_release_that_fails_leaves_everything_as_it_was(reviewed, monkeypatch):
    for name in ("Sari", "Tuti", "Umar"):
        reviewed.answer(name)

    def broken(*_args):
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr(releasing, "_journal", broken)
        with pytest.raises(RuntimeError):
            reviewed.release()
    assert (Ballot.objects.count(), ReviewTally.objects.count()) == (4, 0)
    assert round_keys.has_key(reviewed.opening.key_name)
    assert reviewed.release()


def test_one_round_that_fails_does_not_stop_the_others(reviewed, monkeypatch, office):
    round_keys.destroy_key(reviewed.opening.key_name)
    days = {"opens_on": NOVEMBER[0], "closes_on": NOVEMBER[1]}
    other = ReviewRound(agency=office.agency, name="III", least=reviewed.opening.least, **days)
    with services.opening.key_made(other) as key:
        services.make_round(other, [], key)
    at(monkeypatch, AFTERWARDS)
    chores.every_hour()
    assert list(ReviewRound.objects.order_by("pk").values_list("released_on", flat=True)) == [None, AFTERWARDS]


def test_a_round_is_cancelled_by_the_personnel_agency_and_burned(reviewed, office, django_capture_on_commit_callbacks):
    reviewed.answer("Sari")
    keeper = office.employee("Kepegawaian")
    with pytest.raises(NotAllowed):
        services.cancel_round(actor=office.viewer(keeper), opening=reviewed.opening, reason="Salah instrumen")
    office.grant(keeper, Role.PERSONNEL)
    with pytest.raises(ValidationError):
        services.cancel_round(actor=office.viewer(keeper), opening=reviewed.opening, reason=" ")
    with django_capture_on_commit_callbacks(execute=True):
        services.cancel_round(actor=office.viewer(keeper), opening=reviewed.opening, reason="Salah instrumen")
    assert (Ballot.objects.count(), ReviewTicket.objects.count()) == (0, 0)
    assert not round_keys.has_key(reviewed.opening.key_name)
    assert not reviewed.release()
    with pytest.raises(NotNow):
        services.cancel_round(actor=office.viewer(keeper), opening=reviewed.opening, reason="Lagi")


def test_what_waits_becomes_more_urgent(reviewed):
    viewer = reviewed.office.viewer(reviewed.raters[0])
    [duty] = waiting_for(viewer)
    assert (duty.title, duty.kind, duty.url) == (
        "Nilai rekan: Budi",
        "attention",
        f"/rekan/{reviewed.tickets['Sari'].pk}/",
    )
    assert "sampai 30 November 2026" in duty.detail
    ReviewRound.objects.update(opens_on=date(2026, 11, 23))
    assert waiting_for(viewer)[0].kind == "quiet"
    ReviewRound.objects.update(opens_on=date(2026, 11, 1), closes_on=date(2026, 11, 26))
    assert waiting_for(viewer)[0].kind == "wrong"
    reviewed.answer("Sari")
    assert waiting_for(viewer) == []


def test_reminders_go_to_everybody_who_is_asked_answered_or_not(reviewed, monkeypatch, mailoutbox, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    reviewed.answer("Sari")
    for person in reviewed.raters:
        person.email = f"{person.name.lower()}@contoh.id"
        person.save()
    at(monkeypatch, date(2026, 11, 15))
    chores.every_hour()
    assert mailoutbox == []
    for day in (date(2026, 11, 16), date(2026, 11, 17), date(2026, 11, 29), date(2026, 11, 30)):
        at(monkeypatch, day)
        chores.every_hour()
    assert len(mailoutbox) == 6
    assert {letter.to[0] for letter in mailoutbox} == {"sari@contoh.id", "tuti@contoh.id", "umar@contoh.id"}
    assert "Bila Anda sudah menjawab semuanya" in mailoutbox[0].body
    assert reviewed.opening.opens_on + timedelta(days=15) == date(2026, 11, 16)
