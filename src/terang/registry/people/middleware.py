"""Puts the viewer on every request, worked out when first asked for. From then on the clock is the viewer's own."""

from collections.abc import Callable
from contextlib import nullcontext

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from terang.registry.people.appraisers import one_reading
from terang.registry.people.viewer import Viewer, viewer_for


def viewer_middleware(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.viewer = SimpleLazyObject(lambda: _viewer_of(request))  # type: ignore[attr-defined]
        try:
            with one_reading() if request.method in ("GET", "HEAD") else nullcontext():
                return get_response(request)
        finally:
            timezone.deactivate()

    return middleware


def _viewer_of(request: HttpRequest) -> Viewer | None:
    """Indonesia has three time zones: every time on screen is that of the viewer's government."""
    viewer = viewer_for(request.user, timezone.now()) if request.user.is_authenticated else None
    if viewer is not None:
        timezone.activate(viewer.employee.agency.time_zone)
    return viewer
