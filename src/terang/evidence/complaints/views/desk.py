"""The staff's desk: what waits, all one may read, the board, one complaint and its acts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.custody.services import RejectedFileError
from terang.evidence.complaints import wording
from terang.evidence.complaints.access import (
    complaints_visible,
    coordinates,
    may_open_desk,
    may_read_month,
    require_coordinator,
)
from terang.evidence.complaints.acts import Act, act_of, acts_for, is_open
from terang.evidence.complaints.board import board_of
from terang.evidence.complaints.forms import CounterForm
from terang.evidence.complaints.lists import clock, desk_table, marks, state_badge
from terang.evidence.complaints.models import Channel, Complaint, Disclosure, Reporter
from terang.evidence.complaints.selectors import complaint_for, rights_of, waiting_on
from terang.evidence.complaints.services.disclosing import decide_disclosure, show_identity
from terang.evidence.complaints.services.reporting import submit_complaint
from terang.evidence.complaints.views.follow import photo_response
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.errors import NotAllowed, NotNow
from terang.web.navigation import NavItem


def desk_tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """What waits and all one may read for everybody; board and terms for who has a desk; the month for
    the leadership. No query, for heads at the top two."""
    items = [("desk", gettext("Menunggu saya"), "inbox"), ("all", gettext("Semua"), "list")]
    if may_open_desk(viewer):
        items += [("board", gettext("Papan"), "chart"), ("categories", gettext("Kategori dan tenggat"), "book")]
    if may_read_month(viewer):
        items.append(("month", gettext("Laporan bulanan"), "calendar"))
    if coordinates(viewer):
        items.append(("new", gettext("Catat laporan"), "plus"))
    return [NavItem(label, reverse(f"complaints:{name}"), icon, name == current) for name, label, icon in items]


@require_safe
@login_required
def desk(request: SignedInRequest) -> HttpResponseBase:
    """What waits for the viewer, due first."""
    viewer = require_viewer(request.viewer)
    rows = waiting_on(viewer).select_related("unit", "handler")
    return _listed(request, viewer, rows, "desk")


@require_safe
@login_required
def all_complaints(request: SignedInRequest) -> HttpResponseBase:
    """Every complaint the viewer may open."""
    viewer = require_viewer(request.viewer)
    rows = complaints_visible(viewer).select_related("unit", "handler")
    return _listed(request, viewer, rows, "all")


def _listed(request: SignedInRequest, viewer: Viewer, rows: Any, current: str) -> HttpResponseBase:
    table = desk_table(viewer.today, "finish_due_on" if current == "desk" else "-received_on").bind(request, rows)
    context = {"table": table, "tabs": desk_tabs(viewer, current), "current": current}
    return table.export() or render(request, "complaints/desk.html", context)


@require_safe
@login_required
def board(request: SignedInRequest) -> HttpResponse:
    """Counts by state, both truths of closing, and what is late where."""
    viewer = require_viewer(request.viewer)
    if not may_open_desk(viewer):
        raise NotAllowed(gettext("Papan ini untuk pimpinan unit, koordinator pengaduan, dan tim pengawas."))
    context = {"board": board_of(viewer), "tabs": desk_tabs(viewer, "board")}
    return render(request, "complaints/board.html", context)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """A coordinator writes down what somebody says at the counter or by telephone; the receipt is handed over."""
    viewer = require_coordinator(request.viewer)
    agency = viewer.employee.agency
    form = CounterForm(request.POST or None, request.FILES or None, agency=agency)
    if request.method == "POST" and form.is_valid():
        channel = Channel(form.cleaned_data["channel"])
        try:
            received = submit_complaint(
                agency=agency,
                report=form.report(),
                photos=form.cleaned_data["photos"],
                channel=channel,
                actor=viewer,
            )
        except RejectedFileError as refused:
            form.add_error("photos", refused)
        else:
            return htmx.redirect(request, reverse("complaints:receipt", args=[received.token]))
    context = {"form": form, "tabs": desk_tabs(viewer, "new")}
    return render(request, "complaints/new.html", context, status=422 if form.is_bound else 200)


@never_cache
@require_safe
@login_required
def complaint(request: SignedInRequest, number: str) -> HttpResponse:
    """One complaint: what was reported, what was said, and what the viewer can do now."""
    viewer = require_viewer(request.viewer)
    return _page(request, viewer, complaint_for(viewer, number))


def _page(
    request: SignedInRequest, viewer: Viewer, found: Complaint, bound: tuple[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    rights = rights_of(viewer, found)
    asked = request.GET.get("tindakan", "")
    offered = [(each, _form(each, viewer, found, bound, asked)) for each in acts_for(found, rights)]
    context: dict[str, Any] = {
        "complaint": found,
        "badge": state_badge(found),
        "clock": clock(found, viewer.today),
        "marks": marks(found),
        "again": wording.again_due(found),
        "lines": wording.timeline(found, for_staff=True),
        "offered": offered,
        "public_place": wording.public_place(found),
        "asked": asked,
        "reads_identity": rights.reads_identity,
        "reporter": Reporter.objects.filter(complaint=found).first() if rights.reads_identity else None,
        "disclosures": _disclosures(found, viewer) if rights.discloses else [],
        "duplicates": complaints_visible(viewer).filter(duplicate_of=found),
        "escalations": found.escalations.select_related("told") if rights.handles else [],
        "tabs": desk_tabs(viewer, ""),
    }
    return render(request, "complaints/complaint.html", context, status=status)


def _form(act: Act, viewer: Viewer, found: Complaint, bound: tuple[str, Any] | None, asked: str) -> Any:
    """The form of an act; None where its choices are long and nobody asked for them yet."""
    if bound and bound[0] == act.slug:
        return bound[1]
    if act.form.when_asked and act.slug != asked:
        return None
    return act.form(complaint=found, viewer=viewer, auto_id=f"id_{act.slug}_%s")


def _disclosures(found: Complaint, viewer: Viewer) -> list[dict[str, Any]]:
    """Each opening that was asked for, with what the viewer can do about it. One query."""
    rows = found.disclosures.select_related("asked_by", "decided_by")
    return [
        {
            "row": row,
            "mine": row.asked_by_id == viewer.employee.pk,
            "open": not (row.approved_at or row.refused_at),
            "ready": bool(row.approved_at and not row.shown_at),
        }
        for row in rows
    ]


@never_cache
@require_POST
@login_required
def act(request: SignedInRequest, number: str, what: str) -> HttpResponse:
    """One of the staff's acts."""
    viewer = require_viewer(request.viewer)
    chosen = act_of(what)
    found = complaint_for(viewer, number)
    if not getattr(rights_of(viewer, found), chosen.by):
        raise NotAllowed(gettext("Tindakan ini untuk yang memeriksa atau menjawab laporan ini."))
    form = chosen.form(request.POST, request.FILES, complaint=found, viewer=viewer, auto_id=f"id_{what}_%s")
    if not form.is_valid() or not _is_done(chosen, viewer, found, form):
        return _page(request, viewer, found, (what, form), status=422)
    messages.success(request, str(chosen.said))
    still = complaints_visible(viewer).filter(pk=found.pk).exists()
    return htmx.redirect(request, found.get_absolute_url() if still else reverse("complaints:desk"))


def _is_done(chosen: Act, viewer: Viewer, found: Complaint, form: Any) -> bool:
    """Does it; False where a photo was none, or the verb refused what was typed, which then stands at its field. What
    the state refuses is no longer on the page: that refusal passes on."""
    try:
        chosen.done(viewer, found, form.cleaned_data)
    except RejectedFileError as refused:
        form.add_error("photos", refused)
        return False
    except NotNow as refused:
        if not is_open(chosen, found):
            raise
        form.add_error(chosen.field if chosen.field in form.fields else None, refused.reason)
        return False
    return True


@never_cache
@require_POST
@login_required
def decide(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """The second person agrees to or refuses the opening of an identity."""
    viewer = require_viewer(request.viewer)
    found = complaint_for(viewer, number)
    disclosure = get_object_or_404(Disclosure.objects.select_related("complaint"), pk=pk, complaint=found)
    answer = request.POST.get("jawab")
    if answer not in ("setuju", "tolak"):
        raise NotNow(gettext("Pilih setujui atau tolak."))
    decide_disclosure(actor=viewer, disclosure=disclosure, approves=answer == "setuju")
    messages.success(request, gettext("Keputusan Anda tercatat."))
    return htmx.redirect(request, found.get_absolute_url())


@never_cache
@require_POST
@login_required
def identity(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """Shows the identity once, to who asked."""
    viewer = require_viewer(request.viewer)
    found = complaint_for(viewer, number)
    disclosure = get_object_or_404(Disclosure.objects.select_related("complaint"), pk=pk, complaint=found)
    reporter = show_identity(actor=viewer, disclosure=disclosure)
    return render(request, "complaints/identity.html", {"complaint": found, "reporter": reporter})


@never_cache
@require_safe
@login_required
def photo(request: SignedInRequest, number: str, photo_number: int) -> HttpResponseBase:
    """A photo of the report, for who may open the report."""
    viewer = require_viewer(request.viewer)
    found = complaint_for(viewer, number)
    return photo_response(get_object_or_404(found.photos.select_related("file"), number=photo_number).file)
