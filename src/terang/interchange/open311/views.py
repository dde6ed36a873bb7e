"""The addresses of GeoReport v2. Open to programs without a session; sending needs a key."""

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints.publication import near_mark
from terang.interchange.models import ApiKey
from terang.interchange.open311 import offered, published
from terang.interchange.open311.asking import jurisdiction, text
from terang.interchange.open311.dialect import TYPES, Open311Error, answer, ready, refusal, written
from terang.interchange.open311.keys import key_of
from terang.interchange.open311.limits import LARGEST, READS, WRONG_KEYS, reports_of
from terang.interchange.open311.receiving import number_of, receive, repeat_key, report_of, token_of
from terang.registry.organization.models import Agency
from terang.web.kept import Drawn, kept
from terang.web.numbers import longdate

CHANGED = "2026-11-25T00:00:00+08:00"
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CONTACT = _(
    "Pengelola layanan pengaduan pemerintah daerah; alamatnya tertulis di halaman publik tiap pemerintah daerah."
)
KEYS = _(
    "Kunci diterbitkan oleh operator teknis pemerintah daerah tujuan; lihat halaman publiknya untuk menghubungi mereka."
)
View = Callable[..., HttpResponse]


def speaks(*methods: str) -> Callable[[View], View]:
    """Tells every refusal in the client's own format."""

    def decorate(view: View) -> View:
        @wraps(view)
        def spoken(request: HttpRequest, form: str = "xml", **place: Any) -> HttpResponse:
            try:
                if request.method not in methods:
                    raise Open311Error(405, f"use {' or '.join(methods)}")
                if request.method != "POST" and READS.exceeded(request):
                    raise Open311Error(429, "too many requests; try again in ten minutes")
                return view(request, form, **place)
            except Open311Error as error:
                return refusal(form, error)

        return spoken

    return decorate


@speaks("GET", "HEAD")
def discovery(request: HttpRequest, form: str, trial: bool = False) -> HttpResponse:
    """Where the service is: the real one, and one for trying out that keeps nothing."""
    found = {
        "changeset": CHANGED,
        "contact": str(CONTACT),
        "key_service": str(KEYS),
        "endpoints": [_endpoint(request, "open311", "production"), _endpoint(request, "open311_trial", "test")],
    }
    return answer(form, "discovery", found, charset=False)


def _endpoint(request: HttpRequest, space: str, kind: str) -> dict[str, Any]:
    address = request.build_absolute_uri(reverse(f"{space}:discovery")).removesuffix("/discovery")
    return {
        "specification": SPECIFICATION,
        "url": address,
        "changeset": CHANGED,
        "type": kind,
        "formats": ["text/xml", "application/json"],
    }


@speaks("GET", "HEAD")
def services(request: HttpRequest, form: str, trial: bool = False) -> HttpResponse:
    return answer(form, "services", offered.services(jurisdiction(request.GET)))


@speaks("GET", "HEAD")
def service(request: HttpRequest, form: str, code: str, trial: bool = False) -> HttpResponse:
    return answer(form, "service_definition", offered.definition(jurisdiction(request.GET), code))


@speaks("GET", "HEAD", "POST")
def requests(request: HttpRequest, form: str, trial: bool = False) -> HttpResponse:
    if request.method == "POST":
        return _receive(request, form, trial)
    agency = jurisdiction(request.GET)
    page = published.plain_page(request.GET)
    if page is None:
        return answer(form, "service_requests", published.listed(agency, request.GET, request))
    return _plain(request, form, agency, page)


def _plain(request: HttpRequest, form: str, agency: Agency, page: int) -> HttpResponse:
    """A page of the plain list, at most a minute old: what most clients ask for again and again."""
    details = published.extended(request.GET)

    def draw() -> Drawn:
        rows = published.listed(agency, request.GET, request)
        return Drawn(written(form, "service_requests", rows).decode(), TYPES[form])

    asked = (agency.code, near_mark(agency.code), form, page, details, get_language(), request.build_absolute_uri("/"))
    return ready(form, kept(":".join(map(str, ("open311", *asked))), draw).body)


@speaks("GET", "HEAD")
def request_of(request: HttpRequest, form: str, number: str, trial: bool = False) -> HttpResponse:
    found = published.one(jurisdiction(request.GET), number, request.GET, request)
    return answer(form, "service_requests", [found])


@speaks("GET", "HEAD")
def token(request: HttpRequest, form: str, token: str, trial: bool = False) -> HttpResponse:
    """The number, once the report is published; until then the token alone."""
    number = number_of(token)
    row = {"service_request_id": number, "token": token} if number else {"token": token}
    return answer(form, "service_requests", [row])


def _receive(request: HttpRequest, form: str, trial: bool) -> HttpResponse:
    sent, photos = _sent(request)
    key = _key(request, sent)
    agency = jurisdiction(sent if "jurisdiction_id" in sent else request.GET)
    if agency.pk != key.agency_id:
        raise Open311Error(403, "api_key is not valid for this jurisdiction_id")
    if trial:
        report_of(agency, sent, photos, repeat_key(key, sent, photos))
        return _created(
            form, {"service_request_id": "UJI-0000-0000", "service_notice": gettext("Uji coba: tidak disimpan.")}
        )
    received = receive(key, agency, sent, photos)
    named = {"token": token_of(received)} if key.by_token else {"service_request_id": received.complaint.tracking_code}
    link = request.build_absolute_uri(reverse("complaints:follow", args=[received.token]))
    told = {
        "number": received.complaint.tracking_code,
        "day": longdate(received.complaint.verify_due_on),
        "link": link,
    }
    notice = (
        gettext(
            "Nomor laporan %(number)s. Laporan diperiksa paling lambat %(day)s. Simpan tautan ini; hanya dengannya "
            "laporan dapat diikuti, dikonfirmasi, atau dibuka kembali: %(link)s"
        )
        % told
    )
    return _created(form, named | {"service_notice": notice})


def _created(form: str, row: dict[str, Any]) -> HttpResponse:
    response = answer(form, "service_requests", [row | {"account_id": None}], status=200)
    response["Cache-Control"] = "no-store"
    return response


def _sent(request: HttpRequest) -> tuple[QueryDict, Sequence[UploadedFile]]:
    """The form and its photos. Raises Open311Error: 413 for what is too large, 400 for what cannot be read."""
    length = request.headers.get("Content-Length", "0")
    if length.isascii() and length.isdigit() and int(length) > LARGEST:
        raise Open311Error(413, f"a report may have at most {LARGEST // 1024 // 1024} MB")
    try:
        return request.POST, [*request.FILES.getlist("media"), *request.FILES.getlist("media[]")]
    except RequestDataTooBig:
        raise Open311Error(413, "the fields of the report are too large") from None
    except (MultiPartParserError, SuspiciousOperation, UnicodeError, OSError):
        raise Open311Error(400, "the form could not be read") from None


def _key(request: HttpRequest, sent: QueryDict) -> ApiKey:
    """Raises Open311Error: 403 without a valid key, 429 where an address tries too many, or a key sends too much."""
    if WRONG_KEYS.reached(request):
        raise Open311Error(429, "too many wrong keys; try again in ten minutes")
    given = text(sent, "api_key", 200) or text(request.GET, "api_key", 200)
    key = key_of(given)
    if key is None:
        WRONG_KEYS.count(request)
        raise Open311Error(403, "api_key is not valid" if given else "api_key required")
    if reports_of(key).exceeded(request):
        raise Open311Error(429, "too many reports by this key; try again in ten minutes")
    return key
