"""Reading the handbooks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from terang.reporting.handbook.books import books, own_books


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """All handbooks, one's own first."""
    own = own_books(getattr(request, "viewer", None))
    others = [book for book in books().values() if book not in own]
    return render(request, "handbook/shelf.html", {"own": own, "others": others})


@require_safe
def book(request: HttpRequest, code: str) -> HttpResponse:
    """One handbook on one page; it leads to the pages for whose it is."""
    found = books().get(code)
    if found is None:
        raise Http404
    own = found in own_books(getattr(request, "viewer", None))
    sections = [(each, found.picture(each)) for each in found.sections]
    return render(request, "handbook/book.html", {"book": found, "sections": sections, "own": own})
