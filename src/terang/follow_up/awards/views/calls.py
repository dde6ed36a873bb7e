"""Calls: the list, one call with its nominations and vote, opening, committee, cancelling, and the bonus."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.awards import selectors
from terang.follow_up.awards.access import keeps, require_keeper, require_payer, seat_of, why_not_pay
from terang.follow_up.awards.forms import BonusForm, CallForm, CommitteeForm, ReasonForm, VersionForm
from terang.follow_up.awards.lists import CALLS
from terang.follow_up.awards.models import Call, CallState
from terang.follow_up.awards.services import cancel_call, give_bonus, name_committee, open_call, start_voting
from terang.follow_up.awards.services.announcing import earliest_month, has_bonus, pays_bonus
from terang.follow_up.awards.states import UNFINISHED, is_nominating, require_state
from terang.follow_up.awards.tabs import tabs
from terang.follow_up.awards.wording import terms_told
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.errors import Stale
from terang.web.numbers import rupiah

MONTHS = 4
"""So many months are offered for a bonus."""


@require_safe
@login_required
def all_calls(request: SignedInRequest) -> HttpResponseBase:
    viewer = require_viewer(request.viewer)
    table = CALLS.bind(request, selectors.calls_of(viewer))
    return render(request, "awards/calls.html", {"table": table, "keeps": keeps(viewer), "tabs": tabs(viewer, "calls")})


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """A new call with its committee."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    form = CallForm(request.POST or None, agency_id=viewer.agency_id)
    page = Page(
        title=_("Membuka penjaringan"),
        back=reverse("awards:calls"),
        submit=_("Buka"),
        done=_("Penjaringan dibuka; semua pegawai melihatnya."),
        lead=_("Syarat dan panitia dibaca semua pegawai. Suara panitia rahasia sampai ditutup."),
        crumbs=((_("Penjaringan"), reverse("awards:calls")),),
        onward=True,
    )
    agency = viewer.employee.agency
    return edit(
        request,
        form,
        page,
        lambda told: open_call(actor=viewer, agency=agency, plan=form.plan(), form_key=told["form_key"]),
    )


@require_safe
@login_required
def call(request: SignedInRequest, pk: int) -> HttpResponse:
    """One call: what it asks, who decides, who is nominated for who may read it, and what the viewer may do."""
    viewer = require_viewer(request.viewer)
    found = selectors.call_for(viewer, pk)
    seat = seat_of(viewer, found)
    voting = found.state == CallState.VOTING
    voted = selectors.has_voted(found)
    context: dict[str, Any] = {
        "call": found,
        "last_day": found.period_end - timedelta(days=1),
        "terms": terms_told(found.terms),
        "seat": seat,
        "keeps": keeps(viewer),
        "nominations": selectors.nominations_read(viewer, found),
        "nominating": is_nominating(found, viewer.today),
        "voted": voted,
        "may_vote": voting and seat is not None and not seat.conflict and viewer.employee.pk not in voted,
        "may_declare": _may_declare(found, seat, viewer.employee.pk in voted),
        "chairs": seat is not None and seat.chairs and not seat.conflict,
        "unfinished": found.state in UNFINISHED,
    }
    if found.state in (CallState.TIED, CallState.DECIDED, CallState.ANNOUNCED) and (seat or keeps(viewer)):
        context["result"] = selectors.result_of(found)
    if found.state == CallState.ANNOUNCED and found.bonus_idr is not None and keeps(viewer):
        context |= _bonus(viewer, found)
    return render(request, "awards/call.html", context)


def _may_declare(found: Call, seat: Any, has_voted: bool) -> bool:
    return (
        seat is not None and not seat.conflict and not has_voted and found.state in (CallState.OPEN, CallState.VOTING)
    )


def _bonus(viewer: Viewer, found: Call) -> dict[str, Any]:
    """What the page says about the bonus to the personnel agency."""
    open_rows = [each for each in found.awards.all() if not has_bonus(each)]
    return {"bonus_open": bool(open_rows), "why_not_pay": why_not_pay(viewer, found)}


@require_http_methods(["GET", "POST"])
@login_required
def committee(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another committee."""
    viewer = require_viewer(request.viewer)
    found = selectors.call_for(viewer, pk)
    require_keeper(viewer, found.agency_id)
    if request.method == "GET":
        require_state(found, *UNFINISHED)
    form = CommitteeForm(request.POST or None, agency_id=found.agency_id, call=found)
    page = _page(found, _("Mengubah panitia"), _("Simpan"), _("Panitia tersimpan."))
    return edit(
        request,
        form,
        page,
        lambda told: name_committee(
            actor=viewer, call=found, chair=told["chair"], others=told["others"], version=told["version"]
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """No award is given."""
    viewer = require_viewer(request.viewer)
    found = selectors.call_for(viewer, pk)
    require_keeper(viewer, found.agency_id)
    if request.method == "GET":
        require_state(found, *UNFINISHED)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    page = _page(found, _("Membatalkan penjaringan"), _("Batalkan penjaringan"), _("Penjaringan dibatalkan."))
    return edit(request, form, page, lambda told: cancel_call(actor=viewer, call=found, **told))


@require_POST
@login_required
def start(request: SignedInRequest, pk: int) -> HttpResponse:
    """The committee may vote."""
    viewer = require_viewer(request.viewer)
    found = selectors.call_for(viewer, pk)
    require_keeper(viewer, found.agency_id)
    start_voting(actor=viewer, call=found, version=version_of(request))
    messages.success(request, _("Panitia dapat memberi suara."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
@login_required
def bonus(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person gives the allowance what each who won is paid."""
    viewer = require_viewer(request.viewer)
    found = selectors.call_for(viewer, pk)
    require_payer(viewer, found)
    if request.method == "GET":
        require_state(found, CallState.ANNOUNCED)
    months = [(each.isoformat(), date_format(each, "F Y")) for each in _months(found)]
    form = BonusForm(request.POST or None, months=months, initial={"version": found.version})
    names = ", ".join(each.employee.name for each in found.awards.all() if not has_bonus(each))
    words = {"idr": rupiah(found.bonus_idr), "names": names}
    page = _page(
        found,
        _("Mencatat bonus"),
        _("Catat dalam tunjangan"),
        _("Bonus tercatat; slip bulan itu memuatnya saat dihitung."),
        _("%(idr)s untuk masing-masing: %(names)s.") % words,
    )
    return edit(
        request,
        form,
        page,
        lambda told: give_bonus(actor=viewer, call=found, month=form.chosen(), version=told["version"]),
    )


def _months(found: Call) -> list[date]:
    """The months that may pay it, of those whose rule reads a bonus; none before it was announced."""
    if found.announced_on is None:
        return []
    months = [earliest_month(found)]
    while len(months) < MONTHS:
        months.append((months[-1] + timedelta(days=32)).replace(day=1))
    return [each for each in months if pays_bonus(found.agency_id, each)]


def version_of(request: SignedInRequest) -> int:
    """The version a button was drawn from. Raises Stale."""
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    return int(form.cleaned_data["version"])


def _page(found: Call, title: str, submit: str, done: str, lead: str = "") -> Page:
    return Page(
        title=title,
        back=found.get_absolute_url(),
        submit=submit,
        done=done,
        lead=lead or found.title,
        crumbs=((found.title, found.get_absolute_url()),),
    )
