"""Pages of people without account that look again by themselves (`static/web/fresh.js`): the page carries a mark of all
it says, the browser asks with it every now and then (HEAD, If-None-Match), and is told "not changed" without the page
being drawn. Nothing is told that the page itself does not tell, at its own address only.
"""

import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.translation import get_language

MARK_SIGNS = 20


def mark_of(*shown: Any) -> str:
    """A mark of what a page shows, of which every part has a stable `repr`; another one in another language."""
    return hashlib.sha256(repr((get_language(), shown)).encode()).hexdigest()[:MARK_SIGNS]


def is_look(request: HttpRequest) -> bool:
    """Whether a page only asks if something moved."""
    return request.method == "HEAD" and "If-None-Match" in request.headers


def answer(request: HttpRequest, mark: str) -> HttpResponse | None:
    """304 where nothing moved, an empty 200 where something did; None for who asks for the page itself."""
    if not is_look(request):
        return None
    same = request.headers["If-None-Match"] == f'"{mark}"'
    return HttpResponseNotModified() if same else HttpResponse()
