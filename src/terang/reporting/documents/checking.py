"""The public pages behind the code on paper: what a document is, never whom it is about."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from terang.reporting.documents import limits
from terang.reporting.documents.codes import read_code
from terang.reporting.documents.selectors import check_code
from terang.web.states import too_many


@never_cache
@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Where a code is typed from paper."""
    code = read_code(request.GET.get("kode", ""))[:20]
    if code.isalnum():
        return redirect("documents:verify", code)
    return render(request, "documents/find.html")


@never_cache
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """What the document is, whether it is the latest, and its digest to compare. 404 for an unknown code."""
    if limits.too_many_asked(request):
        return too_many(request)
    checked = check_code(code)
    limits.count_asked(request, known=checked is not None)
    if checked is None:
        return render(request, "documents/unknown.html", {"code": code[:20]}, status=404)
    return render(request, "documents/verify.html", {"checked": checked})
