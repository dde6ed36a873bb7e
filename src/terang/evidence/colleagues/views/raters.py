"""Pages for everybody: my tickets, one ticket, handing one back, why nobody can be found out, and what was said of
me."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.colleagues import selectors, services
from terang.evidence.colleagues.access import may_keep_rounds
from terang.evidence.colleagues.ballots import sealer_of
from terang.evidence.colleagues.forms import DeclineForm, ReviewForm
from terang.evidence.colleagues.models import ConflictReason, RaterKind, ReviewTicket
from terang.evidence.colleagues.services.answering import is_answered
from terang.evidence.colleagues.states import require_open, require_unanswered
from terang.registry.editing import Page, edit, show
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer


@require_safe
@login_required
def tickets(request: SignedInRequest) -> HttpResponse:
    """Whom the viewer is asked about in the rounds that are open."""
    viewer = require_viewer(request.viewer)
    rows = selectors.tickets_of(viewer.employee.pk, viewer.today)
    cancelled = selectors.cancelled_lately(viewer.agency_id, viewer.today)
    context = {"rows": rows, "cancelled": cancelled, "keeps": may_keep_rounds(viewer)}
    return render(request, "colleagues/tickets.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def answer(request: SignedInRequest, ticket_id: int) -> HttpResponse:
    """The aspects of one ticket; once sent it cannot be opened again, and no browser keeps it."""
    viewer = require_viewer(request.viewer)
    ticket = _to_answer(viewer, ticket_id)
    form = ReviewForm(request.POST if request.method == "POST" else None, opening=ticket.round)
    if request.method == "POST" and form.is_valid() and _sent(viewer, ticket, form):
        messages.success(request, gettext("Penilaian tersimpan tertutup. Siapa yang menulisnya tidak disimpan."))
        return redirect("colleagues:tickets")
    context = {"form": form, "ticket": ticket, "is_superior": ticket.kind == RaterKind.SUPERIOR}
    return render(request, "colleagues/answer.html", context, status=422 if form.is_bound else 200)


def _to_answer(viewer: Viewer, ticket_id: int) -> ReviewTicket:
    """A ticket of the viewer that can be answered now. Raises Http404, NotAllowed and NotNow."""
    ticket = selectors.ticket_for(viewer, ticket_id)
    require_open(ticket.round, viewer.today)
    require_unanswered(is_answered(sealer_of(ticket.round), ticket.pk))
    return ticket


def _sent(viewer: Viewer, ticket: ReviewTicket, form: ReviewForm) -> bool:
    try:
        services.answer_review(actor=viewer, ticket=ticket, answers=form.answers(), remark=form.remark())
    except ValidationError as error:
        show(form, error)
    return not form.errors


@require_http_methods(["GET", "POST"])
@login_required
def decline(request: SignedInRequest, ticket_id: int) -> HttpResponse:
    """Hands a ticket back with a reason from a list."""
    viewer = require_viewer(request.viewer)
    ticket = _to_answer(viewer, ticket_id)
    page = Page(
        title=gettext("Saya tidak dapat menilai %(name)s") % {"name": ticket.subject.name},
        lead=gettext("Anda tidak lagi diminta menilai orang ini dalam putaran ini. Bila ada, orang lain menggantikan."),
        back=reverse("colleagues:tickets"),
        crumbs=((gettext("Penilaian sejawat"), reverse("colleagues:tickets")),),
        submit=gettext("Kembalikan"),
        done=gettext("Terima kasih atas kejujuran Anda. Penilaian ini tidak lagi menunggu Anda."),
    )
    form = DeclineForm(request.POST or None)
    return edit(
        request,
        form,
        page,
        lambda values: services.decline(actor=viewer, ticket=ticket, reason=ConflictReason(values["reason"])),
    )


@require_safe
@login_required
def promise(request: SignedInRequest) -> HttpResponse:
    """Why a rater cannot be found out, and what is not protected."""
    require_viewer(request.viewer)
    return render(request, "colleagues/promise.html")


@require_safe
@login_required
def results(request: SignedInRequest) -> HttpResponse:
    """What was said of the viewer in released rounds."""
    viewer = require_viewer(request.viewer)
    return render(request, "colleagues/results.html", {"results": selectors.results_of(viewer.employee.pk)})
