"""Pages of peer review: the tickets of a rater, and the one page on which a ticket is answered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.colleagues import selectors, services
from terang.evidence.colleagues.forms import ReviewForm
from terang.evidence.colleagues.states import require_answerable
from terang.registry.people.access import require_viewer


@require_safe
@login_required
def tickets(request: SignedInRequest) -> HttpResponse:
    """Whom the viewer is asked about in the rounds that are open."""
    viewer = require_viewer(request.viewer)
    rows = list(selectors.tickets_of(viewer.employee.pk, viewer.today))
    return render(request, "colleagues/tickets.html", {"tickets": rows})


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: SignedInRequest, ticket_id: int) -> HttpResponse:
    """The aspects of one ticket; once sent it cannot be opened again."""
    viewer = require_viewer(request.viewer)
    ticket = selectors.ticket_for(viewer, ticket_id)
    require_answerable(ticket, viewer.today)
    form = ReviewForm(request.POST if request.method == "POST" else None, opening=ticket.round)
    if request.method == "POST" and form.is_valid():
        services.answer_review(actor=viewer, ticket=ticket, answers=form.answers())
        messages.success(request, gettext("Penilaian tersimpan dalam jumlah, tanpa nama Anda."))
        return redirect("colleagues:tickets")
    return render(
        request, "colleagues/answer.html", {"form": form, "ticket": ticket}, status=422 if form.is_bound else 200
    )
