"""Objections: filed, explained, decided, and the list of those that wait."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals import selectors
from terang.evaluation.appraisals.access import decider_for, require_answerer, require_decider, require_employee
from terang.evaluation.appraisals.clocks import objection_until
from terang.evaluation.appraisals.forms import AnswerForm, DecisionForm, ObjectionForm
from terang.evaluation.appraisals.models import Objection
from terang.evaluation.appraisals.services import answer_objection, decide_objection, file_objection
from terang.evaluation.appraisals.states import require_move
from terang.evaluation.appraisals.tabs import tabs
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.web.numbers import longdate


@require_safe
@login_required
def waiting(request: SignedInRequest) -> HttpResponse:
    """What waits for the viewer's explanation or decision."""
    viewer = require_viewer(request.viewer)
    context = {
        "to_decide": selectors.objections_to_decide(viewer),
        "to_answer": selectors.objections_to_answer(viewer),
        "today": viewer.today,
        "tabs": tabs(viewer, "objections"),
    }
    return render(request, "appraisals/objections.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def file(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee objects."""
    appraisal = selectors.appraisal_for(request.viewer, pk)
    viewer = require_employee(request.viewer, appraisal)
    known = getattr(appraisal, "objection", None)
    if known is None:
        require_move(appraisal, "object")
        decider_for(appraisal, viewer)
    last = objection_until(appraisal)
    page = Page(
        title=_("Mengajukan keberatan"),
        back=appraisal.get_absolute_url(),
        submit=_("Ajukan keberatan"),
        done=_("Keberatan diajukan. Penilai diminta menjelaskan, lalu atasannya memutus."),
        lead=_("Diterima sampai %(day)s.") % {"day": longdate(last)} if last else "",
        crumbs=((str(appraisal.window.period.title), appraisal.get_absolute_url()),),
    )
    form = ObjectionForm(request.POST or None, initial={"version": appraisal.version})
    return edit(request, form, page, lambda told: file_objection(actor=viewer, appraisal=appraisal, **told))


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who rated explains."""
    objection = _objection(request, pk)
    viewer = require_answerer(request.viewer, objection.appraisal)
    require_move(objection.appraisal, "answer")
    page = _page(objection, _("Menjelaskan penilaian"), _("Kirim penjelasan"), _("Penjelasan tersimpan."))
    form = AnswerForm(request.POST or None, objection=objection)
    return edit(request, form, page, lambda told: answer_objection(actor=viewer, objection=objection, **told))


@require_http_methods(["GET", "POST"])
@login_required
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """The rater's superior decides."""
    objection = _objection(request, pk)
    viewer = require_decider(request.viewer, objection.appraisal)
    require_move(objection.appraisal, "resolve")
    page = _page(objection, _("Memutus keberatan"), _("Simpan putusan"), _("Keberatan diputus."))
    form = DecisionForm(request.POST or None, initial={"version": objection.version})

    def act(told: dict[str, Any]) -> object:
        return decide_objection(actor=viewer, objection=objection, decision=form.decision(), version=told["version"])

    return edit(request, form, page, act)


def _objection(request: SignedInRequest, pk: int) -> Objection:
    objection = get_object_or_404(Objection, pk=pk)
    objection.appraisal = selectors.appraisal_for(request.viewer, objection.appraisal_id)
    return objection


def _page(objection: Objection, title: str, submit: str, done: str) -> Page:
    back = objection.appraisal.get_absolute_url()
    crumbs = ((objection.appraisal.employee.name, back),)
    return Page(title=title, back=back, submit=submit, done=done, lead=objection.text, crumbs=crumbs)
