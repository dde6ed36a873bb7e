"""The appraiser's side: the queue, looking into an entry, accepting or returning."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.work import selectors, services
from terang.evidence.work.access import require_decider
from terang.evidence.work.deciding_forms import DecisionForm, ReturnForm
from terang.evidence.work.models import Entry
from terang.evidence.work.queue import queue_of
from terang.evidence.work.states import may_move
from terang.evidence.work.views.single import entry_page
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_pairs

IN_QUEUE = "queue"
"""Where htmx puts the answer when a decision is made inside the queue."""


@require_POST
@login_required
def accept(request: SignedInRequest, entry_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    require_decider(viewer, found)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return entry_page(request, found, viewer, status=422)
    services.accept_entry(actor=viewer, entry=found, version=form.cleaned_data["version"])
    return _decided(request, gettext("Kegiatan diterima."))


@require_POST
@login_required
def give_back(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """Returns an entry; what is missing in the form is told where it was filled in: on the page or inside the queue."""
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    require_decider(viewer, found)
    form = ReturnForm(request.POST, appraiser_id=viewer.employee.pk)
    if form.is_valid():
        data = form.cleaned_data
        services.return_entry(actor=viewer, entry=found, version=data["version"], note=data["note"])
        return _decided(request, gettext("Kegiatan dikembalikan dengan catatan."))
    if request.headers.get("HX-Target") == IN_QUEUE:
        response = render(request, "work/_look.html", _looked_at(found, viewer, return_form=form), status=422)
        response["HX-Retarget"], response["HX-Reswap"] = f"#rincian-{found.pk}", "innerHTML"
        return response
    return entry_page(request, found, viewer, status=422, return_form=form)


def _decided(request: SignedInRequest, told: str) -> HttpResponse:
    """Back to the queue; within it only the queue is drawn again."""
    if request.headers.get("HX-Request"):
        return htmx.toast(_queue(request), told)
    messages.success(request, told)
    return redirect("work:queue")


@require_safe
@login_required
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for the viewer as appraiser: the unusual first, then the routine to accept at once."""
    return _queue(request)


def _queue(request: SignedInRequest, status: int = 200, **more: Any) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    number = request.GET.get("halaman") or request.POST.get("halaman")
    context = {"queue": queue_of(viewer, number), **more}
    return htmx.render(request, "work/queue.html", "work/_queue.html", context, status=status)


@require_safe
@login_required
def look(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """A waiting entry opened inside the queue, with its proofs and the decision; that it was opened is remembered."""
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    require_decider(viewer, found)
    if may_move(found, "accept"):
        services.open_entry(actor=viewer, entry=found)
    return render(request, "work/_look.html", _looked_at(found, viewer, opened=True))


def _looked_at(found: Entry, viewer: Viewer, **more: Any) -> dict[str, Any]:
    version = {"version": found.version}
    return {
        "entry": found,
        "may_decide": may_move(found, "accept"),
        "version_form": DecisionForm(initial=version),
        "return_form": ReturnForm(initial=version, appraiser_id=viewer.employee.pk, auto_id=f"id_%s_{found.pk}"),
        "in_queue": True,
        **more,
    }


@require_POST
@login_required
def accept_many(request: SignedInRequest) -> HttpResponse:
    """Accepts the ticked entries; each tick carries the version that was on screen, as `id:version`."""
    viewer = require_viewer(request.viewer)
    versions = asked_pairs(request.POST.getlist("entry"))
    if not versions:
        return _decided(request, gettext("Belum ada yang dipilih."))
    try:
        batch = services.accept_entries(actor=viewer, versions=versions)
    except services.UnopenedError as refused:
        return _queue(request, 422, refused=refused, ticked=set(versions))
    told = ngettext("%(n)s kegiatan diterima.", "%(n)s kegiatan diterima.", len(batch.accepted)) % {
        "n": len(batch.accepted)
    }
    if batch.skipped:
        told += " " + gettext("%(n)s dilewati karena baru saja berubah.") % {"n": len(batch.skipped)}
    return _decided(request, told)
