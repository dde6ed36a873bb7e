"""Proposals and what was decided on them, with the list as it was known then."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.career import selectors
from terang.follow_up.career.access import may_decide, reads_pools, require_candidates, require_decider
from terang.follow_up.career.contenders import ahead_of, checks_of, digest_of, known_now, line_of
from terang.follow_up.career.forms import RulingForm
from terang.follow_up.career.lists import PROPOSALS
from terang.follow_up.career.models import ProposalState
from terang.follow_up.career.services import decide
from terang.follow_up.career.services.deciding import deviates
from terang.follow_up.career.states import require_state
from terang.follow_up.career.steps import short, steps_of
from terang.follow_up.career.tabs import tabs
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer

S = ProposalState
MOST_LINES = 100
"""Lines of a pool drawn with a proposal, and more where the chosen one stands further down."""


@require_safe
@login_required
def proposals(request: SignedInRequest) -> HttpResponseBase:
    """Everything proposed and decided within the viewer's units."""
    viewer = require_candidates(request.viewer)
    table = PROPOSALS.bind(request, selectors.proposals_read(viewer))
    return table.export() or render(
        request, "career/proposals.html", {"table": table, "tabs": tabs(viewer, "proposals")}
    )


@require_safe
@login_required
def proposal(request: SignedInRequest, pk: int) -> HttpResponse:
    """One proposal with the list behind it: as it is now while it waits, as it was once decided. Other people of a pool
    are shown to who oversees pools, the person reads their own line and place."""
    row = selectors.proposal_for(request.viewer, pk)
    viewer = require_viewer(request.viewer)
    known = row.known or known_now(row, viewer.today)
    line = line_of(known, row.employee_id)
    lines = known.get("lines", [])
    context: dict[str, Any] = {
        "row": row,
        "own": viewer.employee.pk == row.employee_id,
        "steps": steps_of(checks_of(known, row.employee_id)),
        "frozen": bool(row.known),
        "known": known,
        "place": line["place"] if line else None,
        "count": sum(1 for each in lines if each["place"] is not None),
        "deviates": row.deviates if row.known else deviates(known, row.employee_id),
        "ahead": len(ahead_of(known, row.employee_id)) if lines else 0,
        "lines": [_shown(each) for each in lines[:MOST_LINES]] if reads_pools(viewer) else [],
        "may_decide": row.state == S.PROPOSED and may_decide(viewer, row),
        "digest": digest_of(known),
    }
    return render(request, "career/proposal.html", context)


def _shown(line: dict[str, Any]) -> dict[str, Any]:
    return {"place": line["place"], "name": line["name"], "answer": line["answer"], "gaps": short(line["conditions"])}


@require_http_methods(["GET", "POST"])
@login_required
def rule(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second key. `dibaca` is the digest of the list that was read."""
    row = selectors.proposal_for(request.viewer, pk)
    viewer = require_decider(request.viewer, row)
    if request.method == "GET":
        require_state(row, S.PROPOSED)
    digest = request.GET.get("dibaca", "")[:64] or digest_of(known_now(row, viewer.today))
    form = RulingForm(
        request.POST or None, initial={"version": row.version, "digest": digest, "effective_on": row.period}
    )
    page = Page(
        title=_("Memutus usulan %(name)s") % {"name": row.employee.name},
        back=row.get_absolute_url(),
        submit=_("Simpan keputusan"),
        done=_("Keputusan tersimpan; yang bersangkutan diberi tahu."),
        lead=row.aim,
        crumbs=((row.employee.name, row.get_absolute_url()),),
    )
    return edit(
        request,
        form,
        page,
        lambda told: decide(actor=viewer, row=row, ruling=form.ruling(), version=told["version"]),
    )
