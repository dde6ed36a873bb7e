"""Signing in with NIP and password: what is refused, how, and what a refusal gives away."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from terang.accounts.models import SignIn, User
from terang.accounts.throttle import Limit, _take
from terang.audit.models import JournalEntry

pytestmark = pytest.mark.django_db
PASSWORD = "kopi-tubruk-pagi-7"
STRANGER = "199001012015011234"


@pytest.fixture(autouse=True)
def empty_cache(db):
    cache.clear()


@pytest.fixture
def andi(cast) -> User:
    user = cast.andi.user
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client: Client, nip: str, password: str = PASSWORD, **extra):
    return client.post("/masuk/", {"login": nip, "password": password}, **extra)


def words(response) -> str:
    """The page as text, without what differs by nature: the token, the typed NIP."""
    text = re.sub(r"[A-Za-z0-9]{64}", "", response.content.decode())
    return re.sub(r'value="\d+"', "", text)


def test_nip_with_pasted_spaces_signs_in(client, andi):
    spaced = f" {andi.nip[:8]} {andi.nip[8:14]}\u00a0{andi.nip[14]} {andi.nip[15:]} "
    response = sign_in(client, spaced)
    assert response.status_code == 302
    assert response.headers["Location"] == "/"
    entry = JournalEntry.objects.get(verb="accounts.signed_in")
    assert entry.actor_id == andi.pk
    assert entry.changes["place"] == "127.0.0.x"
    assert entry.changes["method"] == "password"


def test_structure_is_explained_before_anything_is_looked_up(client, andi):
    response = sign_in(client, andi.nip[:-1])
    assert response.status_code == 200
    assert "18 angka; yang tertulis 17" in response.content.decode()
    assert not JournalEntry.objects.exists()


def test_letters_are_named(client, andi):
    assert "NIP hanya berisi angka" in sign_in(client, "abc").content.decode()


def test_unknown_nip_and_wrong_password_get_the_same_answer(client, andi):
    wrong = sign_in(client, andi.nip, "salah-sekali-1")
    unknown = sign_in(Client(), STRANGER, "salah-sekali-1")
    assert wrong.status_code == unknown.status_code == 200
    assert words(wrong) == words(unknown)
    assert "NIP atau kata sandi salah" in words(wrong)


def test_person_without_password_gets_the_same_answer(client, cast, andi):
    assert words(sign_in(client, cast.rina.nip)) == words(sign_in(Client(), STRANGER))


def test_failures_are_journalled_without_the_nip(client, andi):
    sign_in(client, andi.nip, "salah-sekali-1")
    sign_in(client, STRANGER)
    entries = JournalEntry.objects.filter(verb="accounts.sign_in_failed")
    assert [entry.actor_id for entry in entries] == [None, None]
    assert len({entry.changes["nip"] for entry in entries}) == 2
    assert andi.nip not in str([entry.changes for entry in entries])


@pytest.mark.parametrize("nip", ["known", "unknown"])
def test_sixth_wrong_try_is_told_when_to_come_back(client, andi, nip):
    number = andi.nip if nip == "known" else STRANGER
    for _ in range(5):
        assert sign_in(client, number, "salah-sekali-1").status_code == 200
    refused = sign_in(client, number, "salah-sekali-1")
    assert refused.status_code == 429
    assert 800 < int(refused.headers["Retry-After"]) <= 900
    assert re.search(r"Coba lagi pukul \d\d\.\d\d \(15 menit lagi\)", refused.content.decode())


def test_right_password_is_refused_too_while_throttled(client, andi):
    for _ in range(5):
        sign_in(client, andi.nip, "salah-sekali-1")
    assert sign_in(client, andi.nip).status_code == 429
    assert not SignIn.objects.exists()


def test_right_answers_do_not_count(client, andi):
    for _ in range(8):
        assert sign_in(Client(), andi.nip).status_code == 302


def test_office_behind_one_address_is_not_shut_out(client, cast, andi):
    """A colleague who mistypes until the limit stops only themselves."""
    for _ in range(6):
        sign_in(client, cast.rina.nip, "salah-sekali-1")
    assert sign_in(Client(), andi.nip).status_code == 302


def test_known_device_passes_while_its_address_is_full(client, andi):
    assert sign_in(client, andi.nip).status_code == 302
    client.post("/keluar/")
    fill(Limit("address:127.0.0.1", 100, 900))
    assert sign_in(Client(), andi.nip).status_code == 429
    assert sign_in(client, andi.nip).status_code == 302


def test_nobody_outside_can_lock_a_known_device_out(client, andi):
    assert sign_in(client, andi.nip).status_code == 302
    client.post("/keluar/")
    for number in range(25):
        sign_in(Client(), andi.nip, "salah-sekali-1", REMOTE_ADDR=f"203.0.113.{number // 4}")
    assert sign_in(Client(), andi.nip, REMOTE_ADDR="198.51.100.7").status_code == 429
    assert sign_in(client, andi.nip).status_code == 302


def test_forged_device_cookie_is_worth_nothing(client, andi):
    fill(Limit("address:127.0.0.1", 100, 900))
    client.cookies["terang_perangkat"] = "eyJpZCI6IjEifQ:1abcde:forged"
    assert sign_in(client, andi.nip).status_code == 429


def fill(limit: Limit) -> None:
    while _take(limit):
        pass


def test_inactive_account_is_told_only_with_the_right_password(client, andi):
    User.objects.filter(pk=andi.pk).update(is_active=False)
    assert sign_in(client, andi.nip).headers["Location"] == "/akun/tidak-aktif/"
    assert "NIP atau kata sandi salah" in sign_in(client, andi.nip, "salah-sekali-1").content.decode()
    assert not SignIn.objects.exists()


def test_account_without_employee_is_told_what_to_do(client, db):
    user = User.objects.create_user(STRANGER, PASSWORD, name="Orang Baru")
    sign_in(client, user.nip)
    response = client.get("/akun/kode/terbitkan/")
    assert response.status_code == 403
    assert "belum terhubung dengan data pegawai" in response.content.decode()
    assert client.get("/akun/").status_code == 200


def test_session_key_is_new_after_sign_in(client, andi):
    client.get("/akun/aktivasi/ABCD-EFGH-2345/")
    before = client.session.session_key
    sign_in(client, andi.nip)
    assert before
    assert client.session.session_key != before


def test_session_ends_after_twelve_hours_whatever_happens(client, andi):
    sign_in(client, andi.nip)
    assert client.get("/akun/").status_code == 200
    session = client.session
    session["started_at"] -= 12 * 3600 + 1
    session.save()
    assert client.get("/akun/").headers["Location"] == "/masuk/?next=%2Fakun%2F"
    assert SignIn.objects.get().ended_at is not None


def test_there_is_no_sign_up_and_no_other_door(client, db):
    for path in (
        "/akun/signup/",
        "/signup/",
        "/accounts/signup/",
        "/akun/email/",
        "/masuk/kode/",
        "/akun/password/set/",
    ):
        assert client.get(path).status_code == 404, path


def test_ending_another_session_throws_it_out(client, andi):
    other = Client()
    sign_in(client, andi.nip)
    sign_in(
        other, andi.nip, headers={"User-Agent": "Mozilla/5.0 (Linux; Android 13) Chrome/120.0 Mobile Safari/537.36"}
    )
    page = client.get("/akun/").content.decode()
    assert "Chrome, Android" in page
    there = SignIn.objects.get(browser="Chrome, Android")
    client.post(f"/akun/sesi/{there.pk}/akhiri/")
    assert other.get("/akun/").status_code == 302
    assert client.get("/akun/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(client, cast, andi):
    sign_in(client, andi.nip)
    mine = SignIn.objects.get()
    stranger = Client()
    stranger.force_login(cast.rina.user)
    assert stranger.post(f"/akun/sesi/{mine.pk}/akhiri/").status_code == 404
    mine.refresh_from_db()
    assert mine.ended_at is None


def test_new_password_ends_the_others_and_keeps_this_one(client, andi):
    other = Client()
    sign_in(other, andi.nip)
    sign_in(client, andi.nip)
    new = "teh-poci-sore-hari-9"
    response = client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert response.headers["Location"] == "/akun/"
    assert client.get("/akun/").status_code == 200
    assert other.get("/akun/").status_code == 302
    assert SignIn.objects.filter(ended_at=None).count() == 1
    assert JournalEntry.objects.filter(verb="accounts.password_changed", actor_id=andi.pk).count() == 1


def test_wrong_old_or_weak_new_password_changes_nothing(client, andi):
    sign_in(client, andi.nip)
    wrong = client.post(
        "/akun/kata-sandi/", {"oldpassword": "x", "password1": "teh-poci-9-x", "password2": "teh-poci-9-x"}
    )
    assert "Kata sandi sekarang tidak cocok" in wrong.content.decode()
    weak = client.post("/akun/kata-sandi/", {"oldpassword": PASSWORD, "password1": "123", "password2": "123"})
    assert "10" in weak.content.decode()
    andi.refresh_from_db()
    assert andi.check_password(PASSWORD)


def test_last_seen_is_written_at_most_every_five_minutes(client, andi, django_assert_max_num_queries):
    sign_in(client, andi.nip)
    SignIn.objects.update(last_seen_at=timezone.now() - timedelta(hours=1))
    client.get("/akun/")
    assert SignIn.objects.get().last_seen_at < timezone.now() - timedelta(minutes=50)
    session = client.session
    session["seen_at"] -= 301
    session.save()
    client.get("/akun/")
    assert SignIn.objects.get().last_seen_at > timezone.now() - timedelta(minutes=1)


def test_totp_secret_is_not_in_the_database_in_clear(client, andi):
    from allauth.mfa.totp.internal.auth import TOTP

    TOTP.activate(andi, "JBSWY3DPEHPK3PXP")
    assert "JBSWY3DPEHPK3PXP" not in str(Authenticator.objects.get(user=andi).data)
