"""What is done about weak elements: planning it, and telling how it stands."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens.models.survey_periods import ActionState
from terang.evidence.citizens.services.survey_periods import move_action, plan_action
from terang.evidence.citizens.survey_access import may_manage, require_manager
from terang.evidence.citizens.survey_forms import ActionForm, MoveForm
from terang.evidence.citizens.survey_presenting import period_name
from terang.evidence.citizens.survey_repairs import REPAIRS
from terang.evidence.citizens.survey_selectors import action_for, action_lines, candidates, period_for
from terang.evidence.citizens.survey_states import ACTION_MOVES
from terang.registry.people.access import require_viewer
from terang.rules.tables import ELEMENTS


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: SignedInRequest, period_id: int) -> HttpResponse:
    """A new action; `?unsur=` chooses the element and with it the component of the standard."""
    found = period_for(request.viewer, period_id)
    viewer = require_manager(request.viewer, found.unit)
    element = request.GET.get("unsur", "")
    initial = {"element": element, "component": REPAIRS[element]} if element in ELEMENTS else {}
    form = ActionForm(
        request.POST or None, owners=candidates(found.unit, viewer.today), today=viewer.today, initial=initial
    )
    if request.method == "POST" and form.is_valid():
        plan_action(actor=viewer, period=found, **form.cleaned_data)
        messages.success(request, gettext("Tindakan direncanakan. Penanggung jawab melihatnya di Hari ini."))
        return redirect("citizens:survey_period", found.pk)
    context = {"form": form, "period": found, "name": period_name(found.kind, found.starts_on)}
    return render(request, "citizens/survey_action_new.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def action(request: SignedInRequest, action_id: int) -> HttpResponse:
    """One action; its owner and the managers tell how it stands."""
    viewer = require_viewer(request.viewer)
    found = action_for(viewer, action_id)
    moves = ACTION_MOVES[ActionState(found.state)]
    initial = {"state": found.state, "proof": found.proof, "version": found.version}
    form = MoveForm(request.POST or None, states=moves, initial=initial)
    if request.method == "POST" and form.is_valid():
        move_action(actor=viewer, follow_up=found, today=viewer.today, **form.cleaned_data)
        messages.success(request, gettext("Kemajuan tindakan disimpan."))
        return redirect("citizens:survey_action", found.pk)
    context: dict[str, Any] = {
        "line": action_lines([found], viewer.today)[0],
        "period": found.period,
        "name": period_name(found.period.kind, found.period.starts_on),
        "form": form
        if moves and (viewer.employee.pk == found.owner_id or may_manage(viewer, found.period.unit))
        else None,
    }
    return render(request, "citizens/survey_action.html", context, status=422 if form.errors else 200)
