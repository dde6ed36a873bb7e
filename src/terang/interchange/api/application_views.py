"""Screens on which employees lend their access to programs, see what they lent, and end it."""

from typing import Any

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.interchange.api.applications import (
    all_applications,
    applications_of,
    lend,
    may_oversee,
    require_lender,
    revoke,
    why_ended,
)
from terang.interchange.api.forms import LoanForm
from terang.interchange.api.scopes import scopes_of
from terang.interchange.models import Application
from terang.registry.editing import show
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer

A_PAGE = 30


@require_safe
@login_required
def applications(request: SignedInRequest) -> HttpResponse:
    """The own ones. 2 queries beside the shell's."""
    viewer = require_viewer(request.viewer)
    return _list(request, viewer, applications_of(viewer), everybody=False)


@require_safe
@login_required
def everybodys(request: SignedInRequest) -> HttpResponse:
    """Those of the whole government, for the personnel agency. 2 queries beside the shell's."""
    viewer = require_viewer(request.viewer)
    return _list(request, viewer, all_applications(viewer), everybody=True)


def _list(request: SignedInRequest, viewer: Viewer, rows: Any, *, everybody: bool) -> HttpResponse:
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("halaman"))
    context = {
        "page": page,
        "rows": [_told(row, viewer) for row in page],
        "everybody": everybody,
        "oversees": may_oversee(viewer),
    }
    return render(request, "interchange/applications.html", context)


def _told(row: Application, viewer: Viewer) -> dict[str, Any]:
    return {"it": row, "scopes": scopes_of(row.scopes), "ended": why_ended(row, viewer.today)}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@reauthentication_required
def new(request: SignedInRequest) -> HttpResponse:
    """Lends access; the token is shown once. Whoever comes has just proved who they are."""
    viewer = require_lender(request.viewer)
    form = LoanForm(request.POST or None, today=viewer.today)
    if request.method == "POST" and form.is_valid():
        try:
            made, token = lend(actor=viewer, loan=form.loan(), form_key=form.cleaned_data["form_key"])
        except ValidationError as error:
            show(form, error)
        else:
            context = {"it": made, "token": token, "scopes": scopes_of(made.scopes), "place": _place(request)}
            return render(request, "interchange/application_token.html", context)
    return render(request, "interchange/application_new.html", {"form": form}, status=422 if form.errors else 200)


def _place(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("api:me"))


@require_POST
@login_required
def end(request: SignedInRequest, pk: int) -> HttpResponse:
    made = revoke(actor=request.viewer, application_id=pk, reason=request.POST.get("reason", ""))
    messages.success(request, _("Dicabut. Aplikasi itu langsung ditolak."))
    own = made.lender_id == request.viewer.employee.pk
    return redirect("interchange:applications" if own else "interchange:applications_all")
