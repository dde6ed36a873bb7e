"""Answers that are drawn once and given to many: at most once a minute by one process, the old one meanwhile.

An answer lies in the shared cache `pages` with the moment it was drawn, and for two seconds in each process. When it is
older than a minute, the first to ask draws it anew; everybody else gets the old one until that is done. So a day in the
news costs no more than any other. However many pages there are, they push no limit out of the cache that counts.
"""

import gzip
import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers

FRESH_SECONDS = 60
NEAR_SECONDS = 2
KEPT_SECONDS = 24 * 60 * 60
DRAWING_SECONDS = 30
"""How long one process may draw before another may try."""
WAITING_SECONDS = 10
"""How long the very first readers wait for the one who draws."""
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Drawn:
    """An answer before it is kept: the text, its type, the language, and a file name for downloads."""

    text: str
    media_type: str = "text/html; charset=utf-8"
    language: str = "id"
    file_name: str = ""


@dataclass(frozen=True)
class Kept:
    """A drawn answer, plain and packed, with its mark (weak, for both forms) and when it was drawn."""

    body: bytes
    packed: bytes
    etag: str
    drawn_at: float
    drawn: Drawn

    @property
    def is_fresh(self) -> bool:
        return time.time() - self.drawn_at < FRESH_SECONDS


def kept(key: str, draw: Callable[[], Drawn]) -> Kept:
    """The answer under a key. Nothing of the database when near; one query when kept; what drawing costs once a
    minute. What `draw` raises is raised where nothing was kept before."""
    near, place = caches["near"], f"terang:public:{key}"
    found: Kept | None = near.get(place)
    if found is None:
        found = caches["pages"].get(place)
        if found is None or not found.is_fresh:
            found = _anew(place, draw, found)
        near.set(place, found, NEAR_SECONDS)
    return found


def _anew(place: str, draw: Callable[[], Drawn], old: Kept | None) -> Kept:
    cache, lock = caches["pages"], f"{place}:drawing"
    if not cache.add(lock, 1, DRAWING_SECONDS):
        return old or _awaited(place) or _pack(draw())
    current: Kept | None = cache.get(place)
    if current is not None and current.is_fresh:
        cache.delete(lock)
        return current
    try:
        new = _pack(draw())
    except Http404:
        cache.delete_many([place, lock])
        raise
    except Exception:
        if old is None:
            cache.delete(lock)
            raise
        log.exception("a public page could not be drawn anew; the one before is shown")
        return old
    cache.set(place, new, KEPT_SECONDS)
    cache.delete(lock)
    return new


def _awaited(place: str) -> Kept | None:
    until = time.monotonic() + WAITING_SECONDS
    while time.monotonic() < until:
        time.sleep(0.05)
        found: Kept | None = caches["pages"].get(place)
        if found is not None:
            return found
    return None


def _pack(drawn: Drawn) -> Kept:
    body = drawn.text.encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:32]}"'
    return Kept(body, gzip.compress(body, 9, mtime=0), etag, time.time(), drawn)


def respond(request: HttpRequest, found: Kept, *, can_be_taken_back: bool = False) -> HttpResponse:
    """The answer for one reader: packed where they take it, none where they have it. Shared caches may keep it; what
    can be taken back no longer than it is fresh."""
    if _has(request, found.etag):
        response: HttpResponse = HttpResponseNotModified()
    elif "gzip" in request.headers.get("Accept-Encoding", ""):
        response = HttpResponse(found.packed, content_type=found.drawn.media_type)
        response["Content-Encoding"] = "gzip"
    else:
        response = HttpResponse(found.body, content_type=found.drawn.media_type)
    response["ETag"] = found.etag
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    if not can_be_taken_back:
        response["Cache-Control"] += ", stale-while-revalidate=600"
    response["Content-Language"] = found.drawn.language
    response["X-Content-Type-Options"] = "nosniff"
    if found.drawn.file_name:
        response["Content-Disposition"] = f'attachment; filename="{found.drawn.file_name}"'
    if not found.drawn.media_type.startswith("text/html"):
        response["Access-Control-Allow-Origin"] = "*"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _has(request: HttpRequest, etag: str) -> bool:
    known = {part.strip() for part in request.headers.get("If-None-Match", "").split(",")}
    return etag in known or "*" in known
