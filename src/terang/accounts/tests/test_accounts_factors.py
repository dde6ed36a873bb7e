"""The second factor: required by role, proven at sign-in, not taken away while it is required."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core.cache import cache
from django.test import Client

from terang.accounts.models import SignIn
from terang.audit.models import JournalEntry

pytestmark = pytest.mark.django_db
PASSWORD = "kopi-tubruk-pagi-7"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
POWERFUL = ["kepegawaian", "pengawasan", "kepala_daerah", "auditor", "operator"]


@pytest.fixture(autouse=True)
def policy(settings, db):
    cache.clear()
    settings.MFA_REQUIRED_ROLES = POWERFUL


def signed_in(user) -> Client:
    user.set_password(PASSWORD)
    user.save()
    client = Client()
    client.post("/masuk/", {"login": user.nip, "password": PASSWORD})
    return client


def code(secret: str = SECRET, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


@pytest.mark.parametrize("who", ["maya", "agus", "mayor", "lina", "tono"])
def test_powerful_roles_reach_only_enrolment(cast, who):
    client = signed_in(cast.people[who].user)
    for path in ("/akun/", "/jejak/", "/", "/akun/kode/terbitkan/"):
        response = client.get(path)
        if response.status_code != 404:
            assert (response.status_code, response.headers.get("Location")) == (303, "/akun/faktor-kedua/"), path
    assert "wajib" in client.get("/akun/faktor-kedua/").content.decode()
    assert client.get("/akun/faktor-kedua/aplikasi/").status_code == 200
    assert client.post("/keluar/").status_code == 302


def test_htmx_is_sent_there_as_a_whole_page(cast):
    client = signed_in(cast.maya.user)
    assert client.get("/akun/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/akun/faktor-kedua/"


@pytest.mark.parametrize("who", ["andi", "hendra", "siti"])
def test_others_are_left_alone(cast, who):
    assert signed_in(cast.people[who].user).get("/akun/").status_code == 200


def test_enrolling_opens_the_rest_and_shows_codes(cast):
    client = signed_in(cast.maya.user)
    client.get("/akun/faktor-kedua/aplikasi/")
    secret = client.session["mfa.totp.secret"]
    response = client.post("/akun/faktor-kedua/aplikasi/", {"code": code(secret)})
    assert response.headers["Location"] == "/akun/faktor-kedua/kode-cadangan/"
    assert client.get("/akun/faktor-kedua/kode-cadangan/").content.decode().count("<code>") == 10
    assert client.get("/akun/").status_code == 200
    entry = JournalEntry.objects.get(verb="accounts.factor_added")
    assert entry.changes == {"type": "totp"}


def test_wrong_code_enrols_nothing(cast):
    client = signed_in(cast.maya.user)
    client.get("/akun/faktor-kedua/aplikasi/")
    assert "Kode salah" in client.post("/akun/faktor-kedua/aplikasi/", {"code": "000000"}).content.decode()
    assert not Authenticator.objects.exists()
    assert client.get("/akun/").status_code == 303


def test_password_alone_does_not_sign_in_once_enrolled(cast):
    TOTP.activate(cast.andi.user, SECRET)
    client = signed_in(cast.andi.user)
    assert not SignIn.objects.exists()
    assert client.get("/akun/").headers["Location"].startswith("/masuk/")
    assert client.post("/masuk/faktor-kedua/", {"code": "000000"}).status_code == 200
    assert client.post("/masuk/faktor-kedua/", {"code": code()}).headers["Location"] == "/"
    assert SignIn.objects.get().method == "second_factor"


def test_code_works_once(cast):
    TOTP.activate(cast.andi.user, SECRET)
    used = code()
    assert signed_in(cast.andi.user).post("/masuk/faktor-kedua/", {"code": used}).status_code == 302
    again = signed_in(cast.andi.user)
    cache.delete_many([f"allauth.mfa.totp.used?user={cast.andi.user.pk}&code={used}"])
    assert "Kode salah" in again.post("/masuk/faktor-kedua/", {"code": used}).content.decode()


def test_recovery_code_of_the_person_works_once(cast):
    TOTP.activate(cast.andi.user, SECRET)
    spare = RecoveryCodes.activate(cast.andi.user).get_unused_codes()[0]
    assert signed_in(cast.andi.user).post("/masuk/faktor-kedua/", {"code": spare}).status_code == 302
    assert signed_in(cast.andi.user).post("/masuk/faktor-kedua/", {"code": spare}).status_code == 200


def test_guessing_codes_is_throttled(cast):
    TOTP.activate(cast.andi.user, SECRET)
    client = signed_in(cast.andi.user)
    for _ in range(5):
        client.post("/masuk/faktor-kedua/", {"code": "000000"})
    assert "Terlalu banyak percobaan" in client.post("/masuk/faktor-kedua/", {"code": code()}).content.decode()


def test_last_factor_stays_while_a_role_requires_it(cast):
    TOTP.activate(cast.maya.user, SECRET)
    client = signed_in(cast.maya.user)
    client.post("/masuk/faktor-kedua/", {"code": code()})
    response = client.post("/akun/faktor-kedua/aplikasi/hapus/")
    assert "Peran Anda mewajibkan" in response.content.decode()
    assert Authenticator.objects.filter(type="totp").exists()


def test_optional_factor_can_be_removed_and_ends_other_sessions(cast):
    TOTP.activate(cast.andi.user, SECRET)
    other, client = signed_in(cast.andi.user), signed_in(cast.andi.user)
    other.post("/masuk/faktor-kedua/", {"code": code()})
    client.post("/masuk/faktor-kedua/", {"code": code(step=1)})
    assert client.post("/akun/faktor-kedua/aplikasi/hapus/").headers["Location"] == "/akun/faktor-kedua/"
    assert not Authenticator.objects.exists()
    assert other.get("/akun/").status_code == 302
    assert client.get("/akun/").status_code == 200
    assert JournalEntry.objects.filter(verb="accounts.factor_removed").count() == 1


def test_demo_door_is_let_through_only_in_demo_mode(cast, settings):
    client = signed_in(cast.maya.user)
    session = client.session
    session["demo_sign_in"] = True
    session.save()
    settings.DEMO = False
    assert client.get("/akun/").status_code == 303
    settings.DEMO = True
    assert client.get("/akun/").status_code == 200
