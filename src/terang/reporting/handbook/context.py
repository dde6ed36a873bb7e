"""Where help about the open page is, for the shell. No query."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from terang.reporting.handbook.books import help_for


def help_here(request: HttpRequest) -> dict[str, Any]:
    """`help_url`: the section about this page, else all handbooks."""
    match = getattr(request, "resolver_match", None)
    found = help_for(getattr(request, "viewer", None), match.view_name) if match else None
    if found is None:
        return {"help_url": reverse("handbook:shelf")}
    book, section = found
    return {"help_url": f"{reverse('handbook:book', args=[book.code])}#{section.code}"}
