"""How the addresses answer: JSON in every case, a refusal with a plain sentence."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, JsonResponse
from django.utils.translation import gettext

from terang.registry.people.access import require_viewer
from terang.web.errors import Refusal

ERROR = "terang.error/1"
View = Callable[..., dict[str, Any]]


def answers(view: View) -> Callable[..., JsonResponse]:
    """Turns what a view gives, or why it refuses, into JSON. Reads only: other methods are refused (405)."""

    @wraps(view)
    def spoken(request: HttpRequest, **place: Any) -> JsonResponse:
        if request.method not in ("GET", "HEAD"):
            return _private(refusal(405, gettext("Alamat ini hanya dapat dibaca.")))
        if not request.user.is_authenticated:
            return _private(refusal(401, gettext("Masuk dahulu di Terang, lalu minta lagi dengan sesi yang sama.")))
        try:
            told = view(request, require_viewer(request.viewer), **place)  # type: ignore[attr-defined]
        except Refusal as refused:
            return _private(refusal(refused.status, refused.reason))
        except Http404:
            return _private(refusal(404, gettext("Tidak ada penjelasan pada alamat ini. Periksa nomornya.")))
        return _private(JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1}))

    return spoken


def refusal(status: int, reason: str) -> JsonResponse:
    body = {"schema": ERROR, "status": status, "reason": reason}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})


def _private(response: JsonResponse) -> JsonResponse:
    response["Cache-Control"] = "private, no-store"
    response["Vary"] = "Cookie"
    return response
