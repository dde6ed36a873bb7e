import pytest
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import resolve_url
from django.test import Client, RequestFactory

from terang.web import pwa, states
from terang.web.errors import NotAllowed, NotNow, Stale
from terang.web.htmx import toast
from terang.web.middleware import language_middleware, shell_middleware

pytestmark = pytest.mark.django_db
PATH = "/gaya/tolak"


REFUSALS = [
    ("notallowed", 403, "atasan langsung"),
    ("notnow", 409, "sudah ditutup"),
    ("stale", 409, "diubah orang lain"),
]


@pytest.mark.parametrize(("kind", "status", "words"), REFUSALS)
def test_a_refusal_is_a_page_with_its_reason(client: Client, kind: str, status: int, words: str) -> None:
    response = client.get(f"{PATH}/{kind}/")
    assert response.status_code == status
    assert words in response.text
    assert "<h1>" in response.text


def test_for_htmx_a_refusal_is_only_a_note(client: Client) -> None:
    response = client.post(f"{PATH}/stale/", {"note": "x"}, headers={"HX-Request": "true"})
    assert response.status_code == 409
    assert response["X-Refusal"] == "1"
    assert "<html" not in response.text
    assert "diubah orang lain" in response.text


def test_what_was_typed_is_shown_again_without_secrets(client: Client) -> None:
    typed = {
        "catatan": "Rapat <b>koordinasi</b>",
        "password": "rahasia-sekali",
        "form_key": "kunci",
        "kode_token": "1234",
    }
    page = client.post(f"{PATH}/stale/", typed).text
    assert "Rapat &lt;b&gt;koordinasi&lt;/b&gt;" in page
    for secret in ("rahasia-sekali", "kunci<", "1234"):
        assert secret not in page


def test_an_expired_form_keeps_what_was_typed() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(f"{PATH}/stale/", {"catatan": "Panjang sekali"})
    assert response.status_code == 403
    assert "terlalu lama terbuka" in response.text
    assert "Panjang sekali" in response.text


def test_an_unknown_address_says_what_to_do(client: Client) -> None:
    response = client.get("/tidak-ada/")
    assert response.status_code == 404
    assert "Halaman tidak ditemukan" in response.text


def test_a_crash_is_told_without_the_database(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        response = states.server_error(RequestFactory().get("/"))
    assert response.status_code == 500
    assert "Ada gangguan" in response.text


def plain_page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>isi</p>")


def test_a_lost_session_is_told_beside_the_form_instead_of_a_sign_in_page() -> None:
    middleware = shell_middleware(lambda request: HttpResponseRedirect(f"{resolve_url('account_login')}?next=/x/"))
    request = RequestFactory().post("/x/", headers={"HX-Request": "true"})
    response = middleware(request)
    assert response.status_code == 401
    assert "isian Anda tetap ada" in response.text
    assert middleware(RequestFactory().get("/x/")).status_code == 302


def test_notices_reach_htmx_as_toasts(client: Client) -> None:
    from django.contrib.messages.storage.fallback import FallbackStorage

    request = RequestFactory().post("/x/", headers={"HX-Request": "true"})
    request.session = {}
    request._messages = FallbackStorage(request)
    messages.success(request, "Tersimpan.")
    response = shell_middleware(plain_page)(request)
    assert "Tersimpan." in response["HX-Trigger"]
    assert "Tersimpan." not in shell_middleware(plain_page)(RequestFactory().get("/x/")).headers.get("HX-Trigger", "")


def test_a_download_asked_for_by_htmx_is_left_alone(rf: RequestFactory) -> None:
    request = rf.get("/", headers={"HX-Request": "true"})
    answer = shell_middleware(lambda _: StreamingHttpResponse(["isi"]))(request)
    assert b"".join(answer) == b"isi"


def test_toasts_do_not_overwrite_other_events() -> None:
    response = HttpResponse(headers={"HX-Trigger": '{"muat": 1}'})
    assert '"muat": 1' in toast(response, "Jadi.")["HX-Trigger"]


def test_pages_are_private_and_files_untouched() -> None:
    assert "private" in shell_middleware(plain_page)(RequestFactory().get("/"))["Cache-Control"]
    csv = shell_middleware(lambda request: HttpResponse("a", content_type="text/csv"))(RequestFactory().get("/"))
    assert "Cache-Control" not in csv.headers


def test_indonesian_unless_chosen_whatever_the_browser_prefers() -> None:
    middleware = language_middleware(plain_page)
    request = RequestFactory().get("/", headers={"Accept-Language": "en-US,en"})
    assert middleware(request)["Content-Language"] == "id"
    request.COOKIES["django_language"] = "en"
    assert middleware(request)["Content-Language"] == "en"
    request.COOKIES["django_language"] = "xx"
    assert middleware(request)["Content-Language"] == "id"


def test_every_refusal_names_itself() -> None:
    titles = {
        states.refused(RequestFactory().get("/"), refusal("alasan")).text.split("<h1>")[1].split("<")[0]
        for refusal in (NotAllowed, NotNow, Stale)
    }
    assert len(titles) == 3


def test_the_service_worker_keeps_no_page_but_the_offline_one(rf: RequestFactory) -> None:
    script = pwa.service_worker(rf.get("/sw.js")).text
    assert "/tanpa\\u002Djaringan/" in script
    assert "cache.put" not in script
    assert pwa.service_worker(rf.get("/sw.js")).text == script


def test_the_whole_style_guide_draws_with_no_query(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        page = client.get("/gaya/").text
    assert " style=" not in page
    assert "<script>" not in page
    assert page.count("<h1>") == 1


def test_the_style_guide_form_shows_errors_with_422_and_keeps_entries(client: Client) -> None:
    response = client.post("/gaya/", {"what": "Rapat", "volume": "-1"})
    assert response.status_code == 422
    assert 'value="Rapat"' in response.text
    assert "Ada yang perlu diperbaiki" in response.text
