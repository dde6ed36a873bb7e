"""The result as its person, its rater and their superiors read it; receiving and accepting it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals import selectors
from terang.evaluation.appraisals.access import may_decide, require_employee
from terang.evaluation.appraisals.clocks import clock_of, objection_days, objection_until
from terang.evaluation.appraisals.forms import MoveForm
from terang.evaluation.appraisals.models import Appraisal, AppraisalState
from terang.evaluation.appraisals.opened import open_result
from terang.evaluation.appraisals.services import accept_appraisal, answer_carry, receive_appraisal
from terang.evaluation.appraisals.states import FINAL, OBJECTED, RECEIVED, TOLD, may_move
from terang.evaluation.appraisals.tabs import tabs
from terang.evaluation.appraisals.wording import final_words, told_why
from terang.registry.people.access import require_viewer
from terang.web.errors import Stale


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """The viewer's own results."""
    viewer = require_viewer(request.viewer)
    context = {"appraisals": selectors.own_appraisals(viewer), "tabs": tabs(viewer, "mine")}
    return render(request, "appraisals/mine.html", context)


@require_safe
@login_required
def result(request: SignedInRequest, pk: int) -> HttpResponse:
    """One result, with what it rests on and what can be done now."""
    viewer = require_viewer(request.viewer)
    appraisal = selectors.appraisal_for(viewer, pk)
    own = viewer.employee.pk == appraisal.employee_id
    objection = getattr(appraisal, "objection", None)
    context = {
        "appraisal": appraisal,
        "objection": objection,
        "carry": getattr(appraisal, "carry_over", None),
        "adjustment": getattr(appraisal, "adjustment", None),
        "items": appraisal.items.all(),
        "own": own,
        "printable": appraisal.state in TOLD,
        "rates": viewer.employee.pk == appraisal.rater_id and not own,
        "decides": objection is not None and not objection.outcome and may_decide(viewer, appraisal),
        "may_reopen": viewer.employee.pk == appraisal.rater_id and not own and may_move(appraisal, "reopen"),
        "may_receive": own and may_move(appraisal, "receive"),
        "may_answer_back": own and may_move(appraisal, "object"),
        "clock": clock_of(appraisal, viewer.today),
        "objection_until": objection_until(appraisal) if own else None,
        "objection_days": objection_days(viewer.today),
        "why": told_why(appraisal),
        "final": final_words(appraisal),
        "told": open_result(appraisal),
    }
    return render(request, "appraisals/result.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def carry(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rater proposes to let the earlier result stand; the person agrees or declines."""
    viewer = require_viewer(request.viewer)
    found = selectors.carry_for(viewer, pk)
    if request.method == "POST":
        form = MoveForm(request.POST)
        if not form.is_valid():
            raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
        agrees = "agree" in request.POST
        answer_carry(actor=viewer, carry=found, agrees=agrees, version=form.cleaned_data["version"])
        messages.success(
            request, _("Hasil periode sebelumnya berlaku.") if agrees else _("Anda akan dinilai seperti biasa.")
        )
        return redirect(found.appraisal) if agrees else redirect("appraisals:mine")
    context = {"carry": found, "waits": not found.answer and may_move(found.appraisal, "carry")}
    return render(request, "appraisals/carry.html", context)


@require_POST
@login_required
def receive(request: SignedInRequest, pk: int) -> HttpResponse:
    """The person has it."""
    return _move(request, pk, receive_appraisal, _("Hasil diterima."), (RECEIVED, OBJECTED, FINAL))


@require_POST
@login_required
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """The person agrees."""
    return _move(request, pk, accept_appraisal, _("Hasil disetujui."), (FINAL,))


def _move(
    request: SignedInRequest, pk: int, act: Callable[..., Appraisal], done: str, after: tuple[AppraisalState, ...]
) -> HttpResponse:
    """Pressed again when it stands in a state of `after`, it has been done."""
    appraisal = selectors.appraisal_for(request.viewer, pk)
    require_employee(request.viewer, appraisal)
    if appraisal.state in after:
        return redirect(appraisal)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    act(actor=request.viewer, appraisal=appraisal, version=form.cleaned_data["version"])
    messages.success(request, done)
    return redirect(appraisal)
