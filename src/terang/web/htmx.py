"""A page or its fragment from one view, and short notices beside either."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers


def render(
    request: HttpRequest, page: str, fragment: str, context: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The fragment where htmx asks for a part, otherwise the page, which includes it. Forms with errors: 422."""
    partial = getattr(request, "htmx", False) and not request.htmx.boosted  # type: ignore[attr-defined]
    response = render_template(request, fragment if partial else page, context, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def trigger(response: HttpResponse, event: str, detail: Any) -> HttpResponse:
    """Adds a browser event to the response, keeping those already there."""
    events = json.loads(response.headers.get("HX-Trigger", "{}"))
    events[event] = detail
    response.headers["HX-Trigger"] = json.dumps(events)
    return response


def toast(response: HttpResponse, text: str, kind: str = "ok") -> HttpResponse:
    """A short notice at the foot of the page. `kind`: ok, attention, wrong or quiet."""
    return trigger(response, "toast", {"text": str(text), "kind": kind})


def redirect(request: HttpRequest, url: str) -> HttpResponse:
    """Goes to another page, for htmx as a full load, otherwise as 303."""
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponse(status=303, headers={"Location": url})
