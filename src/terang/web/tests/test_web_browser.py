"""The shell in a real browser: accessible in both themes and at both widths, guarded, and nothing entered is lost."""

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
REFUSED = "form[hx-post*=notnow]"
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright's loop runs in this thread, where Django would refuse to touch the database between tests.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        yield playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
    if before is None:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser, live_server) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=live_server.url)
    yield context.new_page()
    context.close()


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_every_component_is_accessible_and_fits(browser: Browser, live_server, width: int, theme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 780}, color_scheme=theme, base_url=live_server.url
    )
    page = context.new_page()
    page.goto("/gaya/")
    assert page.evaluate("getComputedStyle(document.body).display") == "flex", "the style sheet did not arrive"
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    context.close()


@pytest.mark.parametrize("path", ["/gaya/tolak/stale/", "/gaya/keadaan/404/", "/gaya/keadaan/500/", "/tanpa-jaringan/"])
def test_every_state_is_accessible(page: Page, path: str) -> None:
    page.goto(path)
    assert violations(page) == []
    assert page.locator("h1").count() == 1


def test_a_refused_form_says_why_beside_it_and_keeps_what_was_entered(page: Page) -> None:
    page.goto("/gaya/")
    page.fill("#tolak", "Isian penting")
    page.click(f"{REFUSED} button")
    page.wait_for_selector(f"{REFUSED} [role=alert]")
    assert "sudah ditutup" in page.inner_text(f"{REFUSED} [role=alert]")
    assert page.input_value("#tolak") == "Isian penting"
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"


def test_without_a_network_what_was_entered_stays(page: Page) -> None:
    page.goto("/gaya/")
    page.context.set_offline(True)
    page.fill("#tolak", "Isian luring")
    page.click(f"{REFUSED} button")
    assert "Tidak ada jaringan" in page.inner_text(f"{REFUSED} [role=alert]")
    assert page.input_value("#tolak") == "Isian luring"


def test_three_quick_submissions_are_sent_once(page: Page) -> None:
    page.goto("/gaya/")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.evaluate(f"() => {{ const f = document.querySelector('{REFUSED}'); f.requestSubmit(); f.requestSubmit(); }}")
    page.wait_for_selector(f"{REFUSED} [role=alert]")
    assert len(sent) == 1
    page.click(f"{REFUSED} button")
    page.wait_for_timeout(500)
    assert len(sent) == 2


SAMPLE = "form[hx-encoding]"


def test_the_first_wrong_field_takes_the_focus_after_the_answer_and_the_rest_is_kept(page: Page) -> None:
    """What only the server can tell: the browser knows no fault here."""
    page.goto("/gaya/")
    page.fill("#id_what", "Melayani pemohon")
    page.locator(f"{SAMPLE} button").click()
    page.wait_for_selector(".errors")
    assert page.input_value("#id_what") == "Melayani pemohon"
    first = page.locator(f"{SAMPLE} .has-error").first
    assert first.evaluate("element => element.contains(document.activeElement)")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("language", "said"), [("id", "Bagian ini tidak boleh kosong."), ("en", "This field is required.")]
)
def test_an_empty_field_is_refused_in_our_words_beside_it(
    browser: Browser, live_server, language: str, said: str
) -> None:
    """The browser speaks another language than the page, and nothing is sent."""
    other = {"id": "de-DE", "en": "id-ID"}[language]
    context = browser.new_context(viewport={"width": 360, "height": 740}, base_url=live_server.url, locale=other)
    page, sent = context.new_page(), []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.goto("/gaya/")
    if language == "en":
        page.get_by_role("button", name="English").click()
        page.wait_for_selector("html[lang=en]")
        sent.clear()
    page.evaluate(f"document.querySelector('{SAMPLE}').noValidate = false")
    page.locator(f"{SAMPLE} button").click()
    field = page.locator(f"{SAMPLE} .field", has=page.locator("#id_what"))
    assert field.locator(".error").inner_text().endswith(said)
    page.wait_for_function("document.activeElement.id === 'id_what'")
    line = field.locator(".error").get_attribute("id")
    assert line in (page.get_attribute("#id_what", "aria-describedby") or "").split()
    assert page.get_attribute("#id_what", "aria-invalid") == "true"
    assert sent == []
    assert violations(page) == []
    page.fill("#id_what", "Melayani pemohon")
    assert field.locator(".error").count() == 0
    assert page.get_attribute("#id_what", "aria-invalid") is None
    context.close()


def test_a_question_is_asked_before_a_final_step(page: Page) -> None:
    page.goto("/gaya/")
    page.click("[data-confirm]")
    assert page.is_visible("#confirm")
    page.click("#confirm button[value='']")
    assert page.url.endswith("/gaya/")
    page.click("[data-confirm]")
    page.click("#confirm button[value=yes]")
    page.wait_for_selector("text=Data sudah berubah")
    assert "Isi yang tidak boleh hilang" in page.inner_text("main")


def test_pages_work_without_javascript(browser: Browser, live_server) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=live_server.url)
    page = context.new_page()
    page.goto("/gaya/")
    page.fill("#tabel-contoh-q", "cut")
    page.click("#tabel-contoh form button")
    assert page.locator("#tabel-contoh tbody tr").count() == 7
    page.fill("#id_what", "Tanpa skrip")
    page.locator("form[hx-encoding] button").click()
    assert page.locator(".errors li").count() > 0
    assert page.input_value("#id_what") == "Tanpa skrip"
    context.close()


def test_the_theme_is_kept_and_the_menu_closes_with_escape(page: Page) -> None:
    page.goto("/gaya/")
    page.click("[data-theme-toggle]")
    page.reload()
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("text=Lainnya")
    assert page.locator(".nav-more details[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".nav-more details[open]").count() == 0


def test_a_change_on_the_stream_refreshes_only_the_part_that_listens(page: Page) -> None:
    page.add_init_script(
        "window.EventSource = class extends EventTarget {"
        "  constructor(url) { super(); this.url = url; this.readyState = 1; window.stream = this;"
        "    setTimeout(() => this.onopen(), 0); }"
        "  close() { this.readyState = 2; } };"
        "window.EventSource.CLOSED = 2;"
        "window.tell = (topic) => stream.dispatchEvent("
        "  new MessageEvent('change', { data: JSON.stringify({ topics: [topic] }), lastEventId: '7' }));"
    )
    page.goto("/gaya/")
    page.wait_for_selector("body[data-live-state=on]")
    assert "topics=unit%3A0" in page.evaluate("stream.url")
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url) if "bagian" in request.url else None)
    page.evaluate("tell('unit:99')")
    page.wait_for_timeout(300)
    assert fetched == []
    with page.expect_response("**/gaya/bagian/"):
        page.evaluate("tell('unit:0')")
    assert len(fetched) == 1
