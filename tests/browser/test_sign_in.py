"""Signing in, in a real browser: password and authenticator app, passkey without password, the demo's door."""

import os
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Page, expect, sync_playwright

from terang.accounts.models import SignIn, User

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "kopi-tubruk-pagi-7"
FOR_OFFLINE = "**/kegiatan/luring/*/"
"""What a device fetches on the side. The database of these tests lies in memory, where nobody waits for a lock."""
PHONE, DESKTOP = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture
def page(request) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        context = browser.new_context(viewport=getattr(request, "param", PHONE), locale="id-ID")
        context.route(FOR_OFFLINE, lambda route: route.abort())
        new_page = context.new_page()
        problems: list[str] = []
        new_page.on("pageerror", lambda error: problems.append(str(error)))
        new_page.on("console", lambda line: problems.append(line.text) if "Content Security" in line.text else None)
        yield new_page
        browser.close()
        assert problems == []


@pytest.fixture
def maya(cast, settings) -> User:
    """Personnel agency: a role that needs a second factor."""
    cache.clear()
    settings.MFA_REQUIRED_ROLES = ["kepegawaian"]
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    user = cast.maya.user
    user.set_password(PASSWORD)
    user.save()
    return user


def authenticator(page: Page) -> None:
    """A passkey device that always agrees."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_in(page: Page, base: str, user: User) -> None:
    page.goto(f"{base}/masuk/")
    page.get_by_label("NIP").fill(f"{user.nip[:8]} {user.nip[8:14]} {user.nip[14:15]} {user.nip[15:]}")
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def sign_out(page: Page) -> None:
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.wait_for_url("**/masuk/**")


def code(secret: str, step: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + step))


def shot(page: Page, name: str) -> None:
    if folder := os.environ.get("TERANG_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}-{page.viewport_size['width']}.png", full_page=True)


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_mistakes_are_explained_beside_the_field(page, live_server, maya):
    page.goto(f"{live_server.url}/masuk/")
    page.get_by_label("NIP").fill("1978")
    page.get_by_label("Kata sandi", exact=True).fill("x")
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.locator(".field .error").first).to_contain_text("18 angka")
    shot(page, "wrong-nip")
    page.get_by_label("NIP").fill(maya.nip)
    page.get_by_label("Kata sandi", exact=True).fill("salah-sekali-1")
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("NIP atau kata sandi salah")
    fits(page)
    shot(page, "wrong-password")


@pytest.mark.parametrize("page", [PHONE, DESKTOP], indirect=True)
def test_authenticator_app_from_first_sign_in_to_the_next(page, live_server, maya):
    page.goto(f"{live_server.url}/masuk/")
    fits(page)
    shot(page, "sign-in")
    sign_in(page, live_server.url, maya)
    page.goto(f"{live_server.url}/akun/")
    expect(page).to_have_url(f"{live_server.url}/akun/faktor-kedua/")
    shot(page, "factor-required")
    page.get_by_role("link", name="Aplikasi autentikator").click()
    page.get_by_text("Tidak dapat memindai?").click()
    secret = page.locator("#totp-secret").inner_text()
    fits(page)
    shot(page, "totp")
    page.get_by_label("Kode").fill(code(secret))
    page.get_by_role("button", name="Pasang").click()
    expect(page.locator("code")).to_have_count(10)
    shot(page, "recovery-codes")
    page.goto(f"{live_server.url}/akun/")
    expect(page.get_by_role("heading", name="Akun dan keamanan")).to_be_visible()
    fits(page)
    shot(page, "profile")
    sign_out(page)
    sign_in(page, live_server.url, maya)
    expect(page.get_by_role("heading", name="Langkah kedua")).to_be_visible()
    shot(page, "second-step")
    page.get_by_label("Kode").fill("000000")
    page.get_by_role("button", name="Masuk", exact=True).click()
    expect(page.get_by_role("alert").first).to_contain_text("Kode salah")
    page.get_by_label("Kode").fill(code(secret, 1))
    page.get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url(f"{live_server.url}/**")
    page.goto(f"{live_server.url}/akun/")
    expect(page.get_by_text("Sesi ini")).to_be_visible()
    assert SignIn.objects.filter(user=maya).first().method == "second_factor"


@pytest.mark.parametrize("page", [PHONE, DESKTOP], indirect=True)
def test_passkey_is_enough_once_it_is_enrolled(page, live_server, maya):
    authenticator(page)
    sign_in(page, live_server.url, maya)
    page.goto(f"{live_server.url}/akun/faktor-kedua/")
    page.get_by_role("link", name="Kunci sandi (passkey)").click()
    page.get_by_label("Nama kunci sandi").fill("Ponsel saya")
    shot(page, "passkey")
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url("**/kode-cadangan/")
    page.goto(f"{live_server.url}/akun/faktor-kedua/")
    expect(page.get_by_text("Ponsel saya")).to_be_visible()
    shot(page, "factors")
    page.goto(f"{live_server.url}/akun/")
    sign_out(page)
    page.get_by_role("button", name="Masuk dengan kunci sandi (passkey)").click()
    page.wait_for_url(lambda url: "/masuk/" not in url)
    page.goto(f"{live_server.url}/akun/")
    expect(page.get_by_role("heading", name="Akun dan keamanan")).to_be_visible()
    assert SignIn.objects.filter(user=maya).first().method == "passkey"


def test_passkey_as_second_step_after_the_password(page, live_server, maya):
    authenticator(page)
    sign_in(page, live_server.url, maya)
    page.goto(f"{live_server.url}/akun/faktor-kedua/kunci-sandi/")
    page.get_by_role("button", name="Buat kunci sandi").click()
    page.wait_for_url("**/kode-cadangan/")
    page.goto(f"{live_server.url}/akun/")
    sign_out(page)
    sign_in(page, live_server.url, maya)
    page.get_by_role("button", name="Pakai kunci sandi (passkey)").click()
    page.wait_for_url(lambda url: "/masuk/" not in url)
    assert SignIn.objects.filter(user=maya).first().method == "second_factor"


def test_refused_passkey_is_told(page, live_server, maya):
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/masuk/")
    page.get_by_role("button", name="Masuk dengan kunci sandi (passkey)").click()
    expect(page.locator("[data-passkey-error]")).to_contain_text("localhost")
