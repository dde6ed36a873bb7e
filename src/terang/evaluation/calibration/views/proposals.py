"""One proposal: making it, reading it with the evidence, and what the rater, a second person and the leader do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals.models import Rating
from terang.evaluation.appraisals.page import quadrant_of
from terang.evaluation.calibration import selectors
from terang.evaluation.calibration.access import (
    may_decline,
    require_decliner,
    require_proposer,
    require_rater,
    require_seat,
    require_second,
    why_not_confirm,
)
from terang.evaluation.calibration.forms import MoveForm, ProposeForm, WordForm
from terang.evaluation.calibration.models import Placement, Proposal, ProposalState, SessionState
from terang.evaluation.calibration.services import (
    confirm_move,
    decline_move,
    object_to_move,
    propose_move,
    withdraw_move,
)
from terang.evaluation.calibration.states import require_running, require_unsettled
from terang.registry.editing import Page, edit, show
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.errors import Stale


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two other ratings for a person, beside the evidence; a card that was dragged says which."""
    viewer = require_viewer(request.viewer)
    placement = selectors.placement_for(viewer, pk)
    if request.method == "GET":
        require_running(placement.session)
        if waiting := placement.proposals.filter(state=ProposalState.OPEN).first():
            messages.info(request, _("Sudah ada usulan tentang orang ini. Putuskan dahulu, baru usulkan yang lain."))
            return redirect(waiting)
    form = ProposeForm(request.POST or None, initial=_asked(request, placement))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            with transaction.atomic():
                propose_move(
                    actor=viewer,
                    placement=placement,
                    marks=form.marks(),
                    form_key=told["form_key"],
                    version=told["version"],
                )
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("Usulan tercatat dan menunggu orang kedua."))
            return redirect(placement.session)
    context = {
        "placement": placement,
        "session": placement.session,
        "sheets": selectors.sheets_of(viewer, placement.session, [placement.pk]),
        "quadrant": quadrant_of(placement.session.window),
        "form": form,
    }
    return render(request, "calibration/propose.html", context, status=422 if form.errors else 200)


def _asked(request: SignedInRequest, placement: Placement) -> dict[str, str | int]:
    """The field of the quadrant that the address names; the person's own where it names none."""
    work, behaviour = request.GET.get("hasil", ""), request.GET.get("perilaku", "")
    return {
        "version": placement.version,
        "work_result": work if work in Rating.values else placement.work_result,
        "behaviour": behaviour if behaviour in Rating.values else placement.behaviour,
    }


@require_safe
@login_required
def proposal(request: SignedInRequest, pk: int) -> HttpResponse:
    """A proposal with its reason, the evidence, and what the viewer may do about it."""
    viewer = require_viewer(request.viewer)
    found = selectors.proposal_for(viewer, pk)
    session = found.placement.session
    waits = found.state == ProposalState.OPEN and session.state == SessionState.OPEN
    rates = viewer.employee.pk == found.placement.appraisal.rater_id
    own = viewer.employee.pk == found.proposed_by_id
    context = {
        "proposal": found,
        "placement": found.placement,
        "session": session,
        "sheets": selectors.sheets_of(viewer, session, [found.placement_id]),
        "why_not": why_not_confirm(viewer, found) if waits else "",
        "may_confirm": waits and not why_not_confirm(viewer, found),
        "may_object": waits and rates and not own,
        "may_decline": waits and may_decline(viewer, found),
        "may_withdraw": waits and own,
    }
    return render(request, "calibration/proposal.html", context)


@require_POST
@login_required
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second person agrees. Pressed twice it is done once."""
    found = selectors.proposal_for(request.viewer, pk)
    done = _("Usulan disetujui: %(name)s berpindah.") % {"name": found.placement.appraisal.employee.name}
    return _press(request, found, require_second, confirm_move, ProposalState.CONFIRMED, done)


@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who proposed takes it back."""
    found = selectors.proposal_for(request.viewer, pk)
    return _press(request, found, require_proposer, withdraw_move, ProposalState.WITHDRAWN, _("Usulan ditarik."))


def _press(
    request: SignedInRequest,
    found: Proposal,
    check: Callable[..., object],
    act: Callable[..., Proposal],
    after: ProposalState,
    done: str,
) -> HttpResponse:
    viewer = require_seat(request.viewer, found.placement.session)
    if _is_done(found, after, viewer):
        return redirect(found.placement.session)
    check(viewer, found)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    act(actor=viewer, proposal=found, version=form.cleaned_data["version"])
    messages.success(request, done)
    return redirect(found.placement.session)


def _is_done(found: Proposal, after: ProposalState, viewer: Viewer) -> bool:
    """Whether the viewer has done this before: pressed again, it has been done."""
    return found.state == after and found.settled_by_id == viewer.employee.pk


@require_http_methods(["GET", "POST"])
@login_required
def object_to(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rater speaks against a proposal."""
    found = selectors.proposal_for(request.viewer, pk)
    viewer = require_rater(request.viewer, found)
    page = _page(
        found,
        _("Tidak sependapat dengan usulan"),
        _("Kirim keberatan"),
        _("Keberatan Anda tercatat. Pemimpin sesi memutus, dan yang dinilai membaca keduanya."),
    )
    form = WordForm(request.POST or None, proposal=found, text=found.rater_word)
    return _word(request, found, form, page, lambda told: object_to_move(actor=viewer, proposal=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader settles that it is not followed."""
    found = selectors.proposal_for(request.viewer, pk)
    viewer = require_decliner(request.viewer, found)
    if request.method == "POST" and _is_done(found, ProposalState.DECLINED, viewer):
        return redirect(found.placement.session)
    page = _page(found, _("Tidak mengikuti usulan"), _("Putuskan"), _("Usulan tidak diikuti."))
    form = WordForm(request.POST or None, proposal=found)
    return _word(request, found, form, page, lambda told: decline_move(actor=viewer, proposal=found, **told))


def _page(found: Proposal, title: str, submit: str, done: str) -> Page:
    address = found.placement.session.get_absolute_url()
    told = {"name": found.placement.appraisal.employee.name, "reason": found.reason}
    lead = _("%(name)s: %(reason)s") % told
    crumbs = ((found.placement.session.unit.name, address),)
    return Page(title=title, back=address, submit=submit, done=done, lead=lead, crumbs=crumbs)


def _word(
    request: SignedInRequest, found: Proposal, form: WordForm, page: Page, act: Callable[[dict[str, Any]], object]
) -> HttpResponse:
    require_running(found.placement.session)
    require_unsettled(found)
    return edit(request, form, page, act)
