"""Signing in with the government's own provider: a real one (Django OAuth Toolkit) in a process of its own."""

import re
import socket
from collections.abc import Callable, Iterator

import pytest
import requests
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from tests.oidc_provider import CLIENT, PASSWORD, SECRET, provider

from terang.accounts.models import SignIn
from terang.audit.models import JournalEntry

STRANGER = "199001012015011234"
Browser = Callable[[str], requests.Response]


def _configured(issuer: str) -> dict:
    app = {
        "provider_id": "sso",
        "name": "SSO Kota",
        "client_id": CLIENT,
        "secret": SECRET,
        "settings": {"server_url": issuer},
    }
    return {"openid_connect": {**configured.SOCIALACCOUNT_PROVIDERS["openid_connect"], "APPS": [app]}}


@pytest.fixture
def issuer(cast, live_server, settings, tmp_path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    people = {
        "andi": {"nip": cast.andi.user.nip},
        "rina": {"nip": cast.rina.user.nip},
        "asing": {"nip": STRANGER},
        "tanpa": {},
    }
    with provider(port, tmp_path / "provider", f"{live_server.url}/masuk/sso/kembali/", people) as issuer:
        settings.SSO_ISSUER, settings.SSO_NAME = issuer, "SSO Kota"
        settings.SOCIALACCOUNT_PROVIDERS = _configured(issuer)
        yield issuer


@pytest.fixture
def comes(live_server, issuer: str) -> Browser:
    """`comes("andi")`: somebody with a fresh browser begins at our page and signs in at the provider's."""

    def come(name: str) -> requests.Response:
        browser = requests.Session()
        asked = browser.get(f"{live_server.url}/masuk/sso/?next=/akun/")
        assert asked.url.startswith(issuer.removesuffix("/o")), asked.text
        assert "code_challenge_method%3DS256" in asked.url
        return browser.post(asked.url, {"username": name, "password": PASSWORD}, headers={"Referer": asked.url})

    return come


def words(answer: requests.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.django_db
def test_the_page_of_sign_in_offers_it_only_where_there_is_a_provider(client, settings):
    assert "Masuk dengan SSO" not in client.get("/masuk/").content.decode()
    assert client.get("/masuk/sso/").status_code == 404
    assert client.get("/masuk/sso/kembali/").status_code == 404
    settings.SSO_ISSUER, settings.SSO_NAME = "http://127.0.0.1:9/o", "SSO Kota"
    assert "Masuk dengan SSO Kota" in client.get("/masuk/").content.decode()


@pytest.mark.django_db
def test_a_provider_that_does_not_answer_leaves_the_other_ways_open(client, settings):
    settings.SSO_ISSUER, settings.SSO_NAME = "http://127.0.0.1:9/o", "SSO Kota"
    settings.SOCIALACCOUNT_PROVIDERS = _configured("http://127.0.0.1:9/o")
    answer = client.get("/masuk/sso/")
    assert answer.status_code == 502
    assert "SSO Kota tidak dapat dihubungi" in answer.content.decode()
    assert "Masuk dengan NIP dan kata sandi" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_proven_nip_is_signed_in_where_it_wanted_to_go_and_a_second_factor_still_asked_for(cast, live_server, comes):
    answer = comes("andi")
    assert answer.url == f"{live_server.url}/akun/"
    assert cast.andi.user.name in answer.text
    entry = JournalEntry.objects.get(verb="accounts.signed_in")
    assert (entry.actor_id, entry.changes["method"]) == (cast.andi.user.pk, "single_sign_on")
    assert SignIn.objects.get().method == "single_sign_on"

    Authenticator.objects.create(user=cast.rina.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = comes("rina")
    assert answer.url.split("?")[0].endswith("/masuk/faktor-kedua/")
    assert not SignIn.objects.filter(user=cast.rina.user).exists()


@pytest.mark.django_db(transaction=True)
def test_whom_the_provider_does_not_prove_or_terang_does_not_know_stays_outside_and_is_told_why(
    cast, comes, live_server
):
    cast.andi.user.is_active = False
    cast.andi.user.save()
    for who, reason in (
        ("andi", "NIP Anda di SSO Kota belum punya akun aktif"),
        ("asing", "NIP Anda di SSO Kota belum punya akun aktif"),
        ("tanpa", "SSO Kota tidak menyebut NIP Anda"),
    ):
        answer = comes(who)
        assert (answer.status_code, reason in words(answer)) == (403, True)
    entries = JournalEntry.objects.filter(verb="accounts.sign_in_failed")
    assert [entry.actor_id for entry in entries] == [None, None, None]
    assert not any(STRANGER in str(entry.changes) for entry in entries)

    for query, reason in (
        ("?error=access_denied&state={state}", "Anda membatalkannya di SSO Kota"),
        ("?code=rekaan&state={state}", "Mulai lagi dari sini"),
        ("?code=rekaan&state=rekaan", "Mulai lagi dari sini"),
        ("", "Mulai lagi dari sini"),
    ):
        answer = _comes_back(live_server.url, query)
        assert (answer.status_code, reason in words(answer)) == (401, True)
    assert not SignIn.objects.exists()


def _comes_back(home: str, query: str) -> requests.Response:
    """With an answer that is not the provider's to the question just asked."""
    browser = requests.Session()
    asked = browser.get(f"{home}/masuk/sso/", allow_redirects=False)
    state = re.search(r"state=([^&]+)", asked.headers["Location"])
    assert state is not None
    return browser.get(f"{home}/masuk/sso/kembali/{query.format(state=state[1])}")
