"""The appraiser's side: the queue, and accepting or returning."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.work import selectors, services
from terang.evidence.work.access import require_decider
from terang.evidence.work.forms import DecisionForm, ReturnForm
from terang.evidence.work.views.single import entry_page
from terang.registry.people.access import require_viewer
from terang.web import htmx
from terang.web.asked import asked_pairs


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
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    require_decider(viewer, found)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return entry_page(request, found, viewer, status=422, return_form=form)
    data = form.cleaned_data
    services.return_entry(actor=viewer, entry=found, version=data["version"], note=data["note"])
    return _decided(request, gettext("Kegiatan dikembalikan dengan catatan."))


def _decided(request: SignedInRequest, told: str) -> HttpResponse:
    """Back to the queue; within it only the queue is drawn again."""
    if request.headers.get("HX-Request"):
        return htmx.toast(_queue(request), told)
    messages.success(request, told)
    return redirect("work:queue")


@require_safe
@login_required
def queue(request: SignedInRequest) -> HttpResponse:
    """What waits for the viewer as appraiser, by person, oldest first."""
    return _queue(request)


def _queue(request: SignedInRequest) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    waiting = list(selectors.waiting_for(viewer)[: selectors.QUEUE_LIMIT])
    context = {
        "groups": selectors.by_person(waiting),
        "count": len(waiting),
        "topics": selectors.queue_topics(viewer),
        "note_form": ReturnForm(auto_id=False),
    }
    return htmx.render(request, "work/queue.html", "work/_queue.html", context)


@require_POST
@login_required
def accept_many(request: SignedInRequest) -> HttpResponse:
    """Accepts the ticked entries; each tick carries the version that was on screen, as `id:version`."""
    viewer = require_viewer(request.viewer)
    versions = asked_pairs(request.POST.getlist("entry"))
    if not versions:
        return _decided(request, gettext("Belum ada yang dipilih."))
    batch = services.accept_entries(actor=viewer, versions=versions)
    told = ngettext("%(n)s kegiatan diterima.", "%(n)s kegiatan diterima.", len(batch.accepted)) % {
        "n": len(batch.accepted)
    }
    if batch.skipped:
        told += " " + gettext("%(n)s dilewati karena baru saja berubah.") % {"n": len(batch.skipped)}
    return _decided(request, told)
