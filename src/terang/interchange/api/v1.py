"""Version 1, put together: its addresses, and what becomes of every error."""

import json
import logging
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.parser import Parser

from terang.interchange.api import problems
from terang.interchange.api.describing import document, parameters
from terang.interchange.api.door import JSON, at_the_door
from terang.interchange.api.entries import router as entries
from terang.interchange.api.measures import router as measures
from terang.interchange.api.organisation import router as organisation
from terang.interchange.api.problems import Problem, answer
from terang.interchange.api.scores import router as scores
from terang.interchange.api.services import router as services
from terang.rules.sentences import mark as _
from terang.web.errors import Refusal

logger = logging.getLogger(__name__)


class JsonAlone(Parser):
    """Takes JSON and nothing else; half of a character is none."""

    def parse_body(self, request: HttpRequest) -> dict[str, Any]:
        if request.content_type != JSON:
            raise Problem(problems.WRONG_TYPE, gettext("Kirim isinya sebagai application/json."))
        found: dict[str, Any] = json.loads(request.body, parse_constant=_refuse_constant)
        json.dumps(found, ensure_ascii=False).encode()
        return found


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


api = NinjaAPI(
    title="Terang",
    version="1.0.0",
    description=_(
        "Alamat untuk program yang bertindak atas nama seorang pegawai: aturan aksesnya sama dengan halaman. "
        "Penjelasan untuk manusia ada di /api/."
    ),
    urls_namespace="api",
    openapi_url=None,
    docs_url=None,
    parser=JsonAlone(),
)
for router in (organisation, scores, entries, measures, services):
    api.add_router("", router)


@api.exception_handler(Problem)
def _problem(_request: HttpRequest, problem: Problem) -> HttpResponse:
    return answer(problem)


@api.exception_handler(Refusal)
def _refusal(_request: HttpRequest, refused: Refusal) -> HttpResponse:
    return answer(problems.of_refusal(refused))


@api.exception_handler(Http404)
def _missing(_request: HttpRequest, _error: Http404) -> HttpResponse:
    return answer(problems.not_found())


@api.exception_handler(ValidationError)
def _invalid(_request: HttpRequest, error: ValidationError) -> HttpResponse:
    return answer(problems.of_fields(error.errors))


@api.exception_handler(HttpError)
def _unreadable(_request: HttpRequest, error: HttpError) -> HttpResponse:
    """Ninja's own: a body that could not be read, and why."""
    if isinstance(error.__cause__, Problem):
        return answer(error.__cause__)
    return answer(Problem(problems.UNREADABLE, gettext("Isi permintaan bukan JSON yang terbaca.")))


@api.exception_handler(Exception)
def _broken(request: HttpRequest, error: Exception) -> HttpResponse:
    logger.error("API: %s %s", request.method, request.path, exc_info=error)
    return answer(Problem(problems.BROKEN, gettext("Ada yang salah di server kami. Coba lagi nanti.")))


def schema(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, the same for everybody."""
    if request.method != "GET":
        return answer(Problem(problems.WRONG_METHOD, gettext("Alamat ini hanya dibaca."), {}, {"Allow": "GET"}))
    told = {**document(api), "servers": [{"url": request.build_absolute_uri("/").rstrip("/")}]}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


def unknown(_request: HttpRequest, rest: str) -> HttpResponse:
    return answer(problems.not_found())


def _names(name: str, method: str) -> frozenset[str] | None:
    return parameters(api, name, method)


def _guarded(pattern: URLPattern) -> URLPattern:
    return URLPattern(pattern.pattern, at_the_door(pattern.callback, _names), pattern.default_args, pattern.name)


app_name = "api"
urlpatterns = [
    path("openapi.json", at_the_door(schema, _names), name="openapi"),
    *(_guarded(pattern) for pattern in api.urls[0] if isinstance(pattern, URLPattern) and pattern.name != "api-root"),
    path("<path:rest>", at_the_door(unknown, _names), name="unknown"),
]
