"""The installable side: the manifest, and the service worker with our static files and one page for no network."""

from zlib import crc32

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext

STATIC_FILES = ("web/terang.css", "web/terang.js", "django_htmx/htmx-2.min.js", "web/icon.svg")


def manifest(request: HttpRequest) -> HttpResponse:
    """How a phone installs Terang."""
    icons = [
        {"src": static("web/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"},
        {"src": static("web/icon-192.png"), "sizes": "192x192", "type": "image/png", "purpose": "any"},
        {"src": static("web/icon-512.png"), "sizes": "512x512", "type": "image/png", "purpose": "any maskable"},
    ]
    described = {
        "name": "Terang",
        "short_name": "Terang",
        "description": gettext("Kinerja ASN yang terang: dari rencana dan bukti sampai perbaikan."),
        "lang": "id",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "background_color": "#fbfaf7",
        "theme_color": "#0f5c63",
        "icons": icons,
    }
    return JsonResponse(
        described, headers={"Cache-Control": "public, max-age=3600"}, content_type="application/manifest+json"
    )


def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's script with the addresses of this release, so that a new release brings a new worker."""
    kept = [*filter(_hashed, map(static, STATIC_FILES)), reverse("offline")]
    context = {"kept": kept, "offline": reverse("offline"), "version": crc32("\n".join(kept).encode())}
    response = render(request, "web/sw.js", context, content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


def _hashed(address: str) -> bool:
    """Whether the name changes with the content; any other file must not be served from the cache first."""
    return address not in {f"{settings.STATIC_URL}{name}" for name in STATIC_FILES}
