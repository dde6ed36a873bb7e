"""What tests of the API share: a known day, tokens, questions, and what a problem looks like."""

import uuid
from datetime import timedelta

import pytest
from django.core.cache import cache, caches
from django.utils import timezone
from tests.cast import NOW, TODAY

from terang.interchange.api.applications import Loan, lend
from terang.interchange.api.scopes import BY_CODE


@pytest.fixture
def known_day(cast, monkeypatch):
    """It is `tests.cast.NOW`, and nobody has asked anything yet."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cache.clear()
    caches["counts"].clear()


@pytest.fixture
def token_of(cast, known_day):
    """`token_of("andi", "profil")`: a token lent by somebody, for all scopes where none is named."""

    def lent(name, *scopes, place=cast, last_day=TODAY + timedelta(days=30)):
        loan = Loan("Aplikasi dinas", "Uji", scopes or tuple(BY_CODE), last_day)
        return lend(actor=place.viewer(name), loan=loan, form_key=uuid.uuid4())[1]

    return lent


@pytest.fixture
def ask(client, known_day):
    """`ask(token, "me")`: the answer to a GET, with its `told` JSON."""

    def asked(token, path, query=None, **headers):
        sent = {"Authorization": f"Bearer {token}"} if token else {}
        answer = client.get(f"/api/v1/{path}", query or {}, headers={**sent, **headers})
        answer.told = answer.json() if answer.content else None
        return answer

    return asked


@pytest.fixture
def send(client, known_day):
    """`send(token, "entries", {…}, key="…")`: the answer to a POST, with its `told` JSON."""

    def sent(token, path, body, key=None, **more):
        headers = {"Authorization": f"Bearer {token}"} | ({"Idempotency-Key": key} if key else {})
        told = {"content_type": "application/json", "headers": headers, **more}
        answer = client.post(f"/api/v1/{path}", body, **told)
        answer.told = answer.json() if answer.content else None
        return answer

    return sent


@pytest.fixture
def problem():
    """`problem(answer, 404, "not-found")`: it is this problem, whole; gives what it tells."""

    def checked(answer, status, code):
        assert answer.status_code == status, answer.content
        assert answer.headers["Content-Type"] == "application/problem+json"
        told = answer.json()
        assert (told["status"], told["type"]) == (status, f"/api/#{code}")
        assert told["title"]
        assert told["detail"]
        return told

    return checked
