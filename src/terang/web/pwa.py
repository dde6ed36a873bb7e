"""The installable side: the manifest, and the service worker with our static files and the pages for no network.

What other rooms bring to it stands in the settings (`TERANG_OUTBOX`), for web knows no other room.
"""

import json
from functools import lru_cache
from typing import Any, cast
from zlib import crc32

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, gettext

KEEPER_FILES = ("web/vault.js", "web/outbox.js")
"""What keeps and sends entries: the worker runs them too, for the network may return while no page is open."""
STATIC_FILES = (
    "web/terang.css",
    "web/terang.js",
    "web/fields.js",
    "web/waiting.js",
    "web/kept_form.js",
    *KEEPER_FILES,
    "django_htmx/htmx-2.min.js",
    "web/icon.svg",
)


def manifest(request: HttpRequest) -> HttpResponse:
    """How a phone installs Terang."""
    icons = [
        {"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        {"src": static("web/icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": static("web/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any"},
        {"src": static("web/icon-maskable-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "maskable"},
    ]
    described = {
        "id": "/",
        "name": "Terang",
        "short_name": "Terang",
        "description": gettext("Kinerja ASN yang terang: dari rencana dan bukti sampai perbaikan."),
        "lang": get_language() or "id",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": "#0f5c63",
        "icons": icons,
        "shortcuts": _shortcuts(),
    }
    return JsonResponse(described, headers={"Cache-Control": "no-cache"}, content_type="application/manifest+json")


def _shortcuts() -> list[dict[str, str]]:
    """What a long press on the icon offers; both work without a network."""
    addresses = outbox_addresses()
    named = ((gettext("Catat kegiatan"), "form_url"), (gettext("Belum terkirim"), "outbox_url"))
    return [{"name": name, "url": addresses[key]} for name, key in named if addresses.get(key)]


def outbox_addresses() -> dict[str, str]:
    """Where rows are listed (`outbox_url`), whose session it is (`sender_url`), where the usual kind is written
    (`form_url`), and as JSON where each kind is written, prepared and sent (`kinds`); empty without a room."""
    try:
        told = {f"{key}_url": reverse(name) for key, name in _brought("addresses").items()}
        kinds = {kind: _addresses(each) for kind, each in _brought("kinds").items()}
    except NoReverseMatch:
        return {}
    return {**told, "form_url": next(iter(kinds.values()))["form"], "kinds": json.dumps(kinds)}


def _brought(name: str) -> Any:
    """What other rooms bring, as the settings tell it."""
    return cast(dict[str, Any], settings.TERANG_OUTBOX)[name]


def _addresses(names: dict[str, str]) -> dict[str, str]:
    return {key: reverse(name) for key, name in names.items()}


def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's script, which changes with every static file and page that it keeps.

    So a new release, another language or another text brings a new worker with a cache of its own.
    """
    files = [*STATIC_FILES, *_brought("files")]
    kept = [address for name, address in zip(files, map(static, files), strict=True) if _hashed(name, address)]
    fresh = [address for name, address in zip(files, map(static, files), strict=True) if not _hashed(name, address)]
    pages = [reverse("offline"), *map(reverse, _brought("pages"))]
    told = "\n".join([*kept, *fresh, *pages, _texts(get_language() or "")])
    context = {
        "kept": kept,
        "fresh": fresh,
        "pages": pages,
        "offline": reverse("offline"),
        "keepers": [static(name) for name in KEEPER_FILES],
        "addresses": json.dumps({_script_name(name): url for name, url in outbox_addresses().items()}),
        "version": crc32(told.encode()),
    }
    response = render(request, "web/sw.js", context, content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _script_name(name: str) -> str:
    """`outbox_url` as the pages' scripts know it from `data-outbox-url`: `outboxUrl`."""
    first, *rest = name.split("_")
    return first + "".join(map(str.title, rest))


def _hashed(name: str, address: str) -> bool:
    """Whether the name changes with the content; any other file must not be served from the cache first."""
    return address != f"{settings.STATIC_URL}{name}"


@lru_cache
def _texts(language: str) -> str:
    """What stands on the kept pages in a language; templates do not change while a process runs."""
    pages = ["web/states/offline.html", *_brought("templates")]
    return "".join(render_to_string(page, shell_context()) for page in pages)


def shell_context() -> dict[str, object]:
    """What a page needs that is the same for everybody and so may be kept on a device."""
    return {
        "outbox": outbox_addresses(),
        "links": _brought("links"),
        "sign_in_url": reverse(settings.LOGIN_URL),
        "shell": True,
    }


def shell_page(template: str) -> HttpResponse:
    """A page without any person's data, which the worker keeps for when there is no network."""
    response = render(None, template, shell_context())  # type: ignore[arg-type]
    response.headers["Cache-Control"] = "no-cache"
    return response
