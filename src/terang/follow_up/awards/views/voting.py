"""The committee: a conflict, a vote, closing, a tie, and the announcement."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from terang.accounts.requests import SignedInRequest
from terang.follow_up.awards import selectors
from terang.follow_up.awards.access import require_chair, require_member
from terang.follow_up.awards.forms import AnnounceForm, ChoiceForm, ConflictForm, TieForm
from terang.follow_up.awards.models import Call, CallState
from terang.follow_up.awards.services import announce, break_tie, close_voting, declare_conflict, vote
from terang.follow_up.awards.states import require_state
from terang.follow_up.awards.views.calls import version_of
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer


@require_http_methods(["GET", "POST"])
@login_required
def cast(request: SignedInRequest, pk: int) -> HttpResponse:
    """One vote with its reason."""
    found = _call(request, pk)
    viewer, _seat = require_member(request.viewer, found)
    if request.method == "GET":
        require_state(found, CallState.VOTING)
    form = ChoiceForm(request.POST or None, rows=selectors.admitted(found))
    page = _page(
        found,
        _("Memberi suara"),
        _("Beri suara"),
        _("Suara Anda tersimpan; rahasia sampai pemungutan ditutup."),
        _("Satu suara, dengan alasan. Tidak dapat diubah, dan baru dibaca panitia sesudah ditutup."),
        _("Beri suara? Suara tidak dapat diubah."),
    )
    return edit(
        request,
        form,
        page,
        lambda told: vote(actor=viewer, call=found, nomination=form.chosen(), reason=told["reason"]),
    )


@require_http_methods(["GET", "POST"])
@login_required
def conflict(request: SignedInRequest, pk: int) -> HttpResponse:
    """A member says why they do not vote."""
    found = _call(request, pk)
    viewer, _seat = require_member(request.viewer, found)
    if request.method == "GET":
        require_state(found, CallState.OPEN, CallState.VOTING)
    page = _page(
        found,
        _("Menyatakan benturan kepentingan"),
        _("Nyatakan"),
        _("Tercatat; Anda tidak ikut memilih."),
        _("Keluarga, atasan, dan pengusul tidak memilih. Sesudah menyatakannya Anda tidak memberi suara."),
    )
    return edit(
        request,
        ConflictForm(request.POST or None),
        page,
        lambda told: declare_conflict(actor=viewer, call=found, reason=told["reason"]),
    )


@require_POST
@login_required
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """The chair counts the votes."""
    found = _call(request, pk)
    viewer = require_chair(request.viewer, found)
    close_voting(actor=viewer, call=found, version=version_of(request))
    messages.success(request, _("Pemungutan ditutup; suaranya dapat dibaca panitia."))
    return redirect(found)


@require_http_methods(["GET", "POST"])
@login_required
def tie(request: SignedInRequest, pk: int) -> HttpResponse:
    """The chair chooses among those who lead."""
    found = _call(request, pk)
    viewer = require_chair(request.viewer, found)
    if request.method == "GET":
        require_state(found, CallState.TIED)
    rows = selectors.result_of(found).leaders if found.state == CallState.TIED else []
    form = TieForm(request.POST or None, rows=rows, initial={"version": found.version})
    page = _page(found, _("Memutus suara seri"), _("Putuskan"), _("Putusan tersimpan."))
    return edit(
        request,
        form,
        page,
        lambda told: break_tie(
            actor=viewer, call=found, nomination=form.chosen(), reason=told["reason"], version=told["version"]
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def tell_everybody(request: SignedInRequest, pk: int) -> HttpResponse:
    """The chair announces who is awarded, and why."""
    found = _call(request, pk)
    viewer = require_chair(request.viewer, found)
    if request.method == "GET":
        require_state(found, CallState.DECIDED)
    said = found.winner.reason if found.winner else ""
    form = AnnounceForm(request.POST or None, initial={"version": found.version, "citation": said})
    page = _page(
        found,
        _("Mengumumkan penghargaan"),
        _("Umumkan"),
        _("Diumumkan; penerimanya mendapat piagam."),
        found.winner.names if found.winner else "",
        _("Umumkan kepada semua pegawai?"),
    )
    return edit(request, form, page, lambda told: announce(actor=viewer, call=found, **told))


def _call(request: SignedInRequest, pk: int) -> Call:
    return selectors.call_for(require_viewer(request.viewer), pk)


def _page(found: Call, title: str, submit: str, done: str, lead: str = "", confirm: str = "") -> Page:
    return Page(
        title=title,
        back=found.get_absolute_url(),
        submit=submit,
        done=done,
        lead=lead or found.title,
        crumbs=((found.title, found.get_absolute_url()),),
        confirm=confirm,
    )
