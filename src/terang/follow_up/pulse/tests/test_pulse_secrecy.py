"""Nobody can find out who said what: the attacker of `tests.attacker` looks at two worlds in which two people exchange
what they say."""

import random
import uuid
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.test import Client
from django.utils import timezone
from tests.attacker import Attacker, clean, differences, lasting, raw_database

from terang.custody import keys
from terang.evidence.colleagues import round_keys
from terang.evidence.conftest import make_office
from terang.follow_up.pulse.models import (
    PulseFigure,
    PulseRemark,
    PulseSheet,
    PulseSurvey,
    PulseTicket,
    PulseTurn,
)
from terang.follow_up.pulse.services import releasing
from terang.follow_up.pulse.tests.conftest import NAMES, make_asked
from terang.registry.people.models import Employee

KEY = bytes(range(32))
NAME = uuid.UUID(int=7)
SECRET_WORDS = ("Laporan bulanan dua kali ditik", "Atasan mendengarkan ketika ada masalah")
FIRST = {"Sari": (5, SECRET_WORDS[0]), "Tuti": (1, SECRET_WORDS[1])}
SECOND = {"Sari": FIRST["Tuti"], "Tuti": FIRST["Sari"]}
OTHERS = NAMES[2:]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def one_world(monkeypatch, tmp_path, settings):
    """Two people answer over the web, watched before and after; the others answer too; then the wave is released."""
    settings.TERANG_REVIEW_KEYS = tmp_path / "keys"
    settings.JOURNAL_SALT = "salt"
    numbers = count()

    def world(said, until_release=True):
        moments = count()
        start = datetime(2026, 11, 24, 4, tzinfo=UTC)
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(seconds=next(moments)))
        monkeypatch.setattr(keys.secrets, "token_bytes", lambda size: KEY[:size])
        monkeypatch.setattr(releasing, "lot", random.Random(4))  # noqa: S311
        clean()
        folder = tmp_path / f"world-{next(numbers)}"
        folder.mkdir()
        asked = make_asked(make_office(), key_name=NAME)
        attacker = Attacker(folder, PulseSheet)
        attacker.look()
        for name, (value, words) in said.items():
            client = Client()
            backend = "allauth.account.auth_backends.AuthenticationBackend"
            client.force_login(asked.people[name].user, backend=backend)
            assert client.get("/suara/jawab/").status_code == 200
            sent = client.post("/suara/jawab/", {"percaya": str(value), "tekanan": "3", "remark": words})
            assert sent.status_code == 302
            assert client.get("/suara/").status_code == 200
            attacker.look()
        for number, name in enumerate(OTHERS):
            asked.answer(name, percaya=2 + number % 4, tekanan=2, remark="Cukup")
        attacker.look()
        if until_release:
            assert asked.release()
            attacker.look()
        round_keys.destroy_key(NAME)
        return attacker

    yield world
    clean()


def test_two_worlds_with_exchanged_answers_cannot_be_told_apart(one_world):
    first, second = one_world(FIRST), one_world(SECOND)
    assert len(first.taken) == len(second.taken) == 5
    assert lasting(differences(first, second), one_world, FIRST, SECOND) == []
    assert len({len(sealed) for sealed in (*first.raw, *second.raw)}) == 1


def test_the_attacker_would_notice_another_figure(one_world):
    """The comparison can fail: after the release, and only in the figures."""
    others = {**FIRST, "Tuti": (5, SECRET_WORDS[1])}
    first, other = one_world(FIRST), one_world(others)
    found = lasting(differences(first, other), one_world, FIRST, others)
    assert {number for number, *_rest in found} == {len(first.taken) - 1}
    assert {table for _number, table, *_rest in found} == {PulseFigure._meta.db_table}


def test_no_word_lies_anywhere_before_the_release_and_no_thread_afterwards(one_world, settings):
    attacker = one_world(FIRST, until_release=False)
    for words in SECRET_WORDS:
        assert words not in attacker.everything
        assert words.encode() not in raw_database()
    rows = [row for _place, _mark, row in attacker.taken[0][PulseSheet._meta.db_table]]
    assert [row["locator"] for row in rows] == sorted(row["locator"] for row in rows)
    assert {tuple(sorted(row)) for row in rows} == {("locator", "sealed", "wave_id")}
    last = one_world(FIRST).taken[-1]
    assert last[PulseSheet._meta.db_table] == last[PulseTicket._meta.db_table] == []
    assert set(SECRET_WORDS) <= set(PulseRemark.objects.values_list("text", flat=True))
    assert not list(settings.TERANG_REVIEW_KEYS.iterdir())


def test_no_row_that_stays_points_to_a_person_beside_whose_turn_it_was():
    kept = [each for each in apps.get_app_config("pulse").get_models() if each not in (PulseTicket, PulseTurn)]
    named = {
        (model, field.name)
        for model in kept
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and field.related_model is Employee
    }
    assert named == {(PulseSurvey, "begun_by")}
    assert {field.name for field in PulseTurn._meta.get_fields()} == {"employee", "month"}, "asked, not if answered"
