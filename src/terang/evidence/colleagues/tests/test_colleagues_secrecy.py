"""The attacker: reads every table, the order of rows, the journal and its export, sessions, caches, and a backup taken
before and after each answer; knows who was signed in when. Has everything but the key of the round.

Two worlds with the same raters, in which what two of them say is exchanged, must look the same to this attacker: all
that is stored is equal, but for the content of sealed sheets, of which the length is equal.
"""

import random
import uuid
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from tests.attacker import Attacker, clean, differences, lasting, raw_database

from terang.custody import keys
from terang.evidence.colleagues import round_keys
from terang.evidence.colleagues.models import Ballot, ReviewRemark, ReviewTally, ReviewTicket
from terang.evidence.colleagues.services import releasing
from terang.evidence.colleagues.tests.conftest import make_reviewed
from terang.evidence.conftest import make_office

KEY = bytes(range(32))
NAME = uuid.UUID(int=6)
SECRET_WORDS = ("Selalu menepati janji", "Kurang sabar kepada warga")

FIRST = {"Sari": (5, SECRET_WORDS[0]), "Tuti": (1, SECRET_WORDS[1]), "Umar": (3, "")}
SECOND = {**FIRST, "Sari": FIRST["Tuti"], "Tuti": FIRST["Sari"]}
"""The same three people answer in the same order at the same moments; what Sari and Tuti say is exchanged."""

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def one_world(monkeypatch, tmp_path, settings):
    """Makes a world from nothing, lets its people answer over the web, releases; returns what the attacker took."""
    settings.TERANG_REVIEW_KEYS = tmp_path / "keys"
    settings.JOURNAL_SALT = "salt"
    numbers = count()

    def world(said, until_release=True):
        moments = count()
        monkeypatch.setattr(
            timezone, "now", lambda: datetime(2026, 11, 24, 4, tzinfo=UTC) + timedelta(seconds=next(moments))
        )
        monkeypatch.setattr(keys.secrets, "token_bytes", lambda size: KEY[:size])
        monkeypatch.setattr(releasing, "lot", random.Random(4))  # noqa: S311
        clean()
        folder = tmp_path / f"world-{next(numbers)}"
        folder.mkdir()
        reviewed = make_reviewed(make_office(), key_name=NAME)
        attacker = Attacker(folder, Ballot)
        attacker.look()
        for name, (value, words) in said.items():
            ticket = reviewed.tickets[name]
            client = Client()
            client.force_login(ticket.rater.user, backend="allauth.account.auth_backends.AuthenticationBackend")
            attacker.look()
            assert client.get(f"/rekan/{ticket.pk}/").status_code == 200
            sent = client.post(f"/rekan/{ticket.pk}/", {"zeta": str(value), "inovasi": "3", "catatan_bebas": words})
            assert sent.status_code == 302
            assert client.get("/rekan/").status_code == 200
            attacker.look()
        if until_release:
            assert reviewed.release()
            attacker.look()
        round_keys.destroy_key(NAME)
        return attacker

    yield world
    clean()


def test_two_worlds_with_exchanged_answers_cannot_be_told_apart(one_world):
    first, second = one_world(FIRST), one_world(SECOND)
    assert len(first.taken) == len(second.taken) == 1 + 2 * 3 + 1
    assert lasting(differences(first, second), one_world, FIRST, SECOND) == []
    assert len({len(sealed) for sealed in (*first.raw, *second.raw)}) == 1


def test_the_attacker_would_notice_a_thread(one_world):
    """The comparison above can fail: worlds in which other figures come out are told apart after the release, and only
    then."""
    others = {**FIRST, "Umar": (5, "")}
    first, other = one_world(FIRST), one_world(others)
    found = lasting(differences(first, other), one_world, FIRST, others)
    assert {number for number, *_rest in found} == {len(first.taken) - 1}
    assert {table for _number, table, *_rest in found} == {ReviewTally._meta.db_table}


def test_no_word_and_no_figure_lies_anywhere_before_the_release(one_world):
    """Searched in every row of every copy, and on SQLite in the bytes of the whole database, free pages too."""
    attacker = one_world(FIRST, until_release=False)
    for words in SECRET_WORDS:
        assert words not in attacker.everything
        assert words.encode() not in raw_database()
        assert not any(words.encode() in sealed for sealed in attacker.raw)
    assert not ReviewTally.objects.exists()
    one_world(FIRST)
    assert set(ReviewRemark.objects.values_list("text", flat=True)) == set(SECRET_WORDS)


def test_the_order_of_ballots_says_nothing_about_tickets(one_world):
    """They lie in the order of their locators, which without the key is no order; and there is nothing beside them."""
    attacker = one_world(FIRST, until_release=False)
    rows = [row for _place, _mark, row in attacker.taken[0][Ballot._meta.db_table]]
    assert [row["locator"] for row in rows] == sorted(row["locator"] for row in rows)
    assert {tuple(sorted(row)) for row in rows} == {("locator", "round_id", "sealed")}
    assert len({row["sealed"][0] for row in rows}) == 1
    tickets = {tuple(sorted(row)) for _place, _mark, row in attacker.taken[-1][ReviewTicket._meta.db_table]}
    assert tickets == {("beside", "id", "kind", "rater_id", "round_id", "subject_id")}, "`beside` follows the registry"


def test_afterwards_not_even_who_was_asked_is_left(one_world):
    last = one_world(FIRST).taken[-1]
    assert last[Ballot._meta.db_table] == last[ReviewTicket._meta.db_table] == []
    models = [model for model in apps.get_app_config("colleagues").get_models() if model is not ReviewTicket]
    assert not [model for model in models if "rater" in {field.name for field in model._meta.fields}]


def test_old_copies_stay_shut_once_the_key_is_gone(one_world, settings):
    """Every sheet of every backup was sealed with the key of the round, and of that no copy was made."""
    attacker = one_world(FIRST)
    assert attacker.raw
    assert not list(settings.TERANG_REVIEW_KEYS.iterdir())
    assert not any(KEY.hex() in repr(taken) or str(KEY) in repr(taken) for taken in attacker.taken)
