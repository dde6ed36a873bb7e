"""Raters who leave while a round is open, and large rounds that the worker prepares."""

import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from terang.audit.models import JournalEntry
from terang.evidence.colleagues import hooks, round_keys, services
from terang.evidence.colleagues.ballots import sealer_of
from terang.evidence.colleagues.models import Ballot, ReviewRound, ReviewTally, ReviewTicket
from terang.evidence.colleagues.selectors import tickets_of
from terang.evidence.colleagues.services import chores, filling, opening, preparing
from terang.evidence.colleagues.services.preparing import ALIVE, WAITS
from terang.evidence.colleagues.states import RoundState, state_of
from terang.registry.people.models import Role
from terang.rules.policies.model import Instrument, InstrumentAspect
from terang.rules.reviews.draw import draw as rules_draw
from terang.rules.reviews.terms import least_of

TODAY = date(2026, 11, 24)
LAST = date(2026, 12, 8)
INSTRUMENT = Instrument("k", "Karakter", "Character", 1, 5, (InstrumentAspect("zeta", "Integritas", "Integrity"),))


@pytest.fixture
def keeper(office, monkeypatch):
    policy = hooks.ReviewPolicy((INSTRUMENT,), least_of({"peer": 3}))
    monkeypatch.setattr(opening, "review_policy", lambda *_: policy)
    monkeypatch.setattr("terang.evidence.colleagues.services.preparing.local_today", lambda _agency: TODAY)
    person = office.employee("Maya")
    office.grant(person, Role.PERSONNEL)
    for name in ("Sari", "Tuti", "Umar", "Vina", "Wawan", "Yani"):
        office.employee(name)
    return person


def asked(**changes):
    values = {
        "name": "Putaran III",
        "instrument": INSTRUMENT,
        "opens_on": TODAY,
        "closes_on": LAST,
        "wanted": {"superior": 1, "peer": 3, "subordinate": 0},
        "cap": 9,
        "form_key": uuid.uuid4(),
    }
    return services.Asked(**{**values, **changes})


@pytest.fixture
def running(office, keeper):
    return services.open_round(actor=office.viewer(keeper), agency=office.agency, asked=asked())


def leaver(running):
    """Somebody who is asked about a colleague, with that ticket."""
    ticket = running.tickets.filter(kind="peer", rater__isnull=False).order_by("pk").first()
    return ticket.rater, ticket


def retire(person):
    person.user.is_active = False
    person.user.save()


def sheets():
    return {pk: bytes(sealed) for pk, sealed in Ballot.objects.values_list("pk", "sealed")}


def test_spare_tickets_and_their_ballots_are_there_from_the_beginning(running):
    spare = running.tickets.filter(rater=None)
    assert {ticket.kind for ticket in spare} == {"peer"}
    assert spare.count() == running.tickets.filter(kind="peer").values("subject").distinct().count()
    assert Ballot.objects.count() == running.tickets.count() == running.asked + spare.count()


@pytest.mark.parametrize("had_answered", [True, False])
def test_who_left_gets_somebody_beside_them_whether_they_had_answered_or_not(office, running, had_answered):
    """What is written does not depend on the answer, and no ballot is touched."""
    person, _ticket = leaver(running)
    mine = list(running.tickets.filter(rater=person, kind="peer"))
    if had_answered:
        for ticket in mine:
            services.answer_review(actor=office.viewer(person), ticket=ticket, answers={"zeta": 4})
    retire(person)
    before, groups = sheets(), running.tickets.exclude(rater=None).filter(kind="peer").count()
    assert services.stand_in(opening=ReviewRound.objects.get(), today=TODAY) == len(mine)
    assert sheets() == before
    for ticket in mine:
        own = running.tickets.get(pk=ticket.pk)
        assert (own.rater_id, own.beside) == (person.pk, True)
        others = running.tickets.filter(subject_id=ticket.subject_id, kind="peer").exclude(rater=None)
        assert others.count() == 4
        assert ticket.subject_id not in {each.rater_id for each in others}
    assert running.tickets.exclude(rater=None).filter(kind="peer").count() == groups + len(mine)
    assert ReviewRound.objects.get().asked == running.asked + len(mine)
    told = JournalEntry.objects.get(verb="colleagues.raters_replaced")
    assert (told.actor_id, told.subject_employee_id, told.changes) == (None, None, {})


def test_the_new_rater_sees_an_empty_sheet_and_the_answer_counts(office, running):
    person, ticket = leaver(running)
    retire(person)
    services.stand_in(opening=running, today=TODAY)
    new = running.tickets.filter(subject_id=ticket.subject_id, kind="peer", rater__isnull=False).order_by("pk").last()
    [row] = [each for each in tickets_of(new.rater_id, TODAY) if each.ticket.pk == new.pk]
    assert row.answered is False
    for each in running.tickets.filter(subject_id=ticket.subject_id, kind="peer").exclude(rater=person):
        if each.rater:
            services.answer_review(actor=office.viewer(each.rater), ticket=each, answers={"zeta": 5})
    assert services.release(opening=running, today=LAST)
    figure = ReviewTally.objects.get(subject_id=ticket.subject_id, kind="peer")
    assert (figure.answers, figure.mean_milli) == (3, 5000)


def test_it_is_done_once_a_day_and_not_for_those_who_stay(office, running):
    assert services.stand_in(opening=ReviewRound.objects.get(), today=TODAY) == 0
    person, _ticket = leaver(running)
    retire(person)
    assert services.stand_in(opening=ReviewRound.objects.get(), today=TODAY) == 0, "looked at today already"
    tomorrow = TODAY + timedelta(days=1)
    first = services.stand_in(opening=ReviewRound.objects.get(), today=tomorrow)
    assert first > 0
    assert services.stand_in(opening=ReviewRound.objects.get(), today=tomorrow + timedelta(days=1)) == 0


def test_who_moved_to_another_unit_has_left_too(office, running):
    person, ticket = leaver(running)
    elsewhere = office.unit.__class__.objects.create(
        agency=office.agency, code="lain", name="Unit lain", kind=office.unit.kind, parent=office.unit, valid_from=TODAY
    )
    post = person.assignments.get().post
    post.unit = elsewhere
    post.pk = None
    post.code = "pindah"
    post.save()
    seat = person.assignments.get()
    seat.ends_on = TODAY
    seat.save()
    seat.pk, seat.post, seat.starts_on, seat.ends_on = None, post, TODAY, None
    seat.save()
    ReviewRound.objects.update(drawn_on=TODAY - timedelta(days=1))
    services.stand_in(opening=ReviewRound.objects.get(), today=TODAY)
    assert running.tickets.get(pk=ticket.pk).beside


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), LAST - timedelta(days=2), LAST])
def test_outside_the_round_and_in_its_last_days_nobody_is_drawn(running, day):
    person, _ticket = leaver(running)
    retire(person)
    assert services.stand_in(opening=ReviewRound.objects.get(), today=day) == 0


def test_the_cap_and_a_group_without_anybody_left_hold(running):
    person, ticket = leaver(running)
    retire(person)
    ReviewRound.objects.update(cap=1)
    assert services.stand_in(opening=ReviewRound.objects.get(), today=TODAY) == 0
    assert not running.tickets.get(pk=ticket.pk).beside
    assert running.tickets.filter(rater=None).exists()


# ── large rounds ──


@pytest.fixture
def large(office, keeper, monkeypatch):
    """A government that counts as large, in batches of five rows."""
    monkeypatch.setattr(opening, "AT_ONCE", 2)
    monkeypatch.setattr(filling, "BATCH", 5)
    return services.open_round(actor=office.viewer(keeper), agency=office.agency, asked=asked())


def test_a_large_round_waits_for_the_worker_and_asks_nobody(large, office):
    assert (large.prepared, large.asked, Ballot.objects.count()) == (False, 0, 0)
    assert state_of(large, TODAY) == RoundState.PREPARING
    services.prepare_round.func(large.pk)
    done = ReviewRound.objects.get()
    assert state_of(done, TODAY) == RoundState.OPEN
    assert done.made == done.to_make == 2 * Ballot.objects.count()
    assert done.asked == done.tickets.exclude(rater=None).count() > 0
    sealer = sealer_of(done)
    assert set(Ballot.objects.values_list("pk", flat=True)) == {
        sealer.locator(pk) for pk in done.tickets.values_list("pk", flat=True)
    }


def test_ballots_lie_in_the_order_of_their_locators_whatever_the_batches(large, monkeypatch):
    written = []
    monkeypatch.setattr(filling, "write", lambda rows: written.extend(row.pk for row in rows))
    services.prepare_round.func(large.pk)
    assert written == sorted(written)
    assert len(written) > 5


def test_a_round_being_prepared_is_asked_of_nobody_even_with_tickets(large):
    ReviewTicket.objects.create(
        round=large, rater=large.agency.employees.first(), subject=large.agency.employees.last(), kind="peer"
    )
    assert tickets_of(large.agency.employees.first().pk, TODAY) == []


def test_a_killed_worker_begins_anew_and_twice_is_once(large):
    services.prepare_round.func(large.pk)
    first = set(Ballot.objects.values_list("pk", flat=True))
    services.prepare_round.func(large.pk)
    assert set(Ballot.objects.values_list("pk", flat=True)) == first
    ReviewRound.objects.update(prepared=False)
    services.prepare_round.func(large.pk)
    done = ReviewRound.objects.get()
    assert Ballot.objects.count() == done.tickets.count()
    assert done.prepared


def test_a_round_cancelled_meanwhile_stops_and_leaves_nothing(
    large, office, keeper, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        services.cancel_round(actor=office.viewer(keeper), opening=large, reason="Salah instrumen")
    services.prepare_round.func(large.pk)
    assert (Ballot.objects.count(), ReviewTicket.objects.count()) == (0, 0)
    assert not round_keys.has_key(large.key_name)


def test_where_nobody_can_be_asked_the_round_is_given_up(large):
    ReviewRound.objects.update(wanted={"superior": 0, "peer": 0, "subordinate": 0})
    services.prepare_round.func(large.pk)
    assert ReviewRound.objects.get().cancelled_on == TODAY
    assert not round_keys.has_key(large.key_name)


def test_a_silent_worker_is_told_and_woken(large, client, keeper, monkeypatch):
    now = timezone.now()
    for queued, beaten, stalled in (
        (None, None, True),
        (now - WAITS / 2, None, False),
        (now - 2 * WAITS, None, True),
        (now - 2 * WAITS, now, False),
        (now - 2 * WAITS, now - 2 * ALIVE, True),
        (now, now - 2 * ALIVE, False),
    ):
        large.queued_at, large.beaten_at = queued, beaten
        assert preparing.is_stalled(large) == stalled, (queued, beaten)
    woken = []
    monkeypatch.setattr(preparing, "prepare_round", type("T", (), {"enqueue": woken.append}))
    ReviewRound.objects.update(queued_at=now - 2 * WAITS)
    chores.every_hour()
    chores.every_hour()
    assert woken == [large.pk], "it is queued again now, and waits"


def test_of_two_workers_at_one_round_only_the_later_goes_on(large, monkeypatch):
    """The second begins while the first draws, and is killed between its tickets and its ballots."""
    calls = []

    def draw(*args):
        calls.append(args)
        if len(calls) == 1:
            with pytest.raises(Killed):
                services.prepare_round.func(large.pk)
            calls.append(set(ReviewTicket.objects.values_list("pk", flat=True)))
        return rules_draw(*args)

    def killed(*_args):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(preparing, "draw", draw)
        patch.setattr(preparing, "write_ballots", killed)
        services.prepare_round.func(large.pk)
    assert set(ReviewTicket.objects.values_list("pk", flat=True)) == calls[-1] != set()
    assert (ReviewRound.objects.get().prepared, Ballot.objects.count()) == (False, 0)
    services.prepare_round.func(large.pk)
    assert ReviewRound.objects.get().prepared
    assert Ballot.objects.count() == ReviewTicket.objects.count()


class Killed(Exception):
    pass


def test_the_draw_shows_signs_of_life(large, monkeypatch):
    seen = []

    def draw(*args):
        ReviewRound.objects.update(beaten_at=None)
        drawn = rules_draw(*args)
        seen.append(ReviewRound.objects.get().beaten_at)
        return drawn

    monkeypatch.setattr(preparing, "BEAT", timedelta(0))
    monkeypatch.setattr(preparing, "draw", draw)
    services.prepare_round.func(large.pk)
    assert seen != [None]


def test_the_page_shows_how_far_it_is(large, client, keeper):
    ReviewRound.objects.update(made=30, to_make=120, beaten_at=timezone.now())
    client.force_login(keeper.user)
    page = client.get(reverse("colleagues:round", args=[large.pk])).content.decode()
    assert 'value="30"' in page
    assert 'hx-trigger="every 2s"' in page
    assert "sedang disiapkan" in page
    services.prepare_round.func(large.pk)
    assert (
        "hx-trigger"
        not in client.get(reverse("colleagues:round", args=[large.pk])).content.decode().split('id="keadaan"')[1][:200]
    )
