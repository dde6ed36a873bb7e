"""The pages of who is asked: the own questions with who opened what, and explaining one."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.signals import selectors, services
from terang.evidence.signals.access import require_asked
from terang.evidence.signals.forms import ExplainForm
from terang.evidence.signals.states import require_move
from terang.evidence.signals.views.pages import page_of
from terang.registry.editing import edit
from terang.registry.people.access import require_viewer

PAGE = 25
MOST_SHARED = 50


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """What the viewer was asked, and on which days overseers opened which of their records."""
    viewer = require_viewer(request.viewer)
    page = Paginator(selectors.asked_of(viewer), PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "shared": selectors.shared_with(viewer)[:MOST_SHARED]}
    return render(request, "signals/mine.html", context | {"openings": selectors.openings_of(viewer)})


@require_http_methods(["GET", "POST"])
@login_required
def explain(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who was asked answers."""
    row = selectors.found(pk)
    viewer = require_asked(request.viewer, row)
    if request.method == "GET":
        require_move(row, "explain", viewer.today)
    form = ExplainForm(request.POST or None, initial={"version": row.version})
    page = page_of(row, _("Menjelaskan"), _("Kirim penjelasan"), _("Penjelasan terkirim."), row.question)
    return edit(request, form, page, lambda told: services.explain_signal(actor=viewer, signal=row, **told))
