"""The page for who writes programs: how to get a token, addresses, examples, errors, and the other doors."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from terang.interchange.api.describing import document
from terang.interchange.api.examples import FOLDER
from terang.interchange.api.limits import READS, WRITES
from terang.interchange.api.paging import MOST
from terang.interchange.api.problems import KINDS
from terang.interchange.api.scopes import SCOPES
from terang.interchange.api.v1 import api


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The same for everybody. No query."""
    context = {
        "root": request.build_absolute_uri("/api/v1/"),
        "host": request.build_absolute_uri("/").rstrip("/"),
        "document": request.build_absolute_uri(reverse("api:openapi")),
        "scopes": SCOPES,
        "addresses": _addresses(),
        "kinds": KINDS,
        "curl": (FOLDER / "baca.sh").read_text(encoding="utf-8"),
        "python": (FOLDER / "catat.py").read_text(encoding="utf-8"),
        "limits": {"reads": READS, "writes": WRITES, "rows": MOST},
    }
    return render(request, "interchange/api.html", context)


def _addresses() -> list[dict[str, Any]]:
    return [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "scope": operation["security"][0]["token"][0],
            "asked": [each["name"] for each in operation["parameters"] if each["in"] == "query"],
        }
        for path, operations in document(api)["paths"].items()
        for method, operation in operations.items()
    ]
