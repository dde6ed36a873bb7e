"""The development plan: proposing, and the second key."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.training import selectors
from terang.follow_up.training.access import require_answerer, require_own_proposal, require_proposer
from terang.follow_up.training.effect import effects_of
from terang.follow_up.training.forms import AnswerForm, DeclineForm, VersionForm, WishForm
from terang.follow_up.training.models import PlanItem, PlanState
from terang.follow_up.training.needs import need_for, thawed
from terang.follow_up.training.services import agree_item, decline_item, propose_item, withdraw_item
from terang.follow_up.training.states import require_offered, require_unanswered
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, Stale
from terang.web.numbers import longdate

USUAL_TIME = timedelta(days=90)
"""Until when a course is to be taken, where nobody says anything else."""


@require_safe
@login_required
def item(request: SignedInRequest, pk: int) -> HttpResponse:
    """One part of a plan: why, who proposed it, who answered, and what the viewer may do."""
    viewer = require_viewer(request.viewer)
    found = selectors.item_for(viewer, pk)
    open_now = found.state == PlanState.PROPOSED
    context = {
        "item": found,
        "own": viewer.employee.pk == found.employee_id,
        "reasons": thawed(found.need),
        "effects": effects_of(found, viewer.today) if found.state == PlanState.DONE else [],
        "may_answer": open_now and _may_answer(viewer, found),
        "may_withdraw": open_now and viewer.employee.pk == found.proposed_by_id,
        "sessions": selectors.sessions_ahead(viewer, found.course) if found.state == PlanState.AGREED else [],
    }
    return render(request, "training/item.html", context)


def _may_answer(viewer: Viewer, found: PlanItem) -> bool:
    try:
        require_answerer(viewer, found)
    except NotAllowed:
        return False
    return True


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: SignedInRequest, course_id: int, employee_id: int) -> HttpResponse:
    """A course for a person's plan, by the person or the appraiser."""
    viewer = require_viewer(request.viewer)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    require_proposer(viewer, employee)
    course = selectors.course_for(viewer, course_id)
    require_offered(course)
    need = need_for(employee, course, viewer.today)
    why = "; ".join(each.sentence for each in need.reasons) if need else ""
    initial: dict[str, Any] = {"due_on": min(viewer.today + USUAL_TIME, date(viewer.today.year, 12, 31)), "reason": why}
    if initial["due_on"] <= viewer.today:
        initial["due_on"] = viewer.today + USUAL_TIME
    own = viewer.employee.pk == employee.pk
    back = reverse("training:mine") if own else reverse("training:person", args=[employee.pk])
    theirs = _("%(name)s menjawab usulan ini.") % {"name": employee.name}
    lead = _("Atasan Anda menjawab usulan ini.") if own else theirs
    page = Page(
        title=_("Merencanakan %(title)s") % {"title": course.title},
        back=back,
        submit=_("Usulkan"),
        done=_("Usulan terkirim dan menunggu jawaban."),
        lead=lead,
        crumbs=((_("Katalog"), reverse("training:courses")), (course.title, course.get_absolute_url())),
        onward=True,
    )
    form = WishForm(request.POST or None, initial=initial)
    return edit(
        request,
        form,
        page,
        lambda told: propose_item(actor=viewer, employee=employee, wish=form.wish(course), form_key=told["form_key"]),
    )


@require_http_methods(["GET", "POST"])
@login_required
def agree(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second key."""
    found = selectors.item_for(request.viewer, pk)
    viewer = require_answerer(request.viewer, found)
    if request.method == "POST" and _is_done(found, PlanState.AGREED, viewer):
        return redirect(found)
    require_unanswered(found)
    page = _page(found, _("Menyetujui rencana"), _("Setujui"), _("Rencana disetujui."))
    form = AnswerForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: agree_item(actor=viewer, item=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not agreed, with a word."""
    found = selectors.item_for(request.viewer, pk)
    viewer = require_answerer(request.viewer, found)
    if request.method == "POST" and _is_done(found, PlanState.DECLINED, viewer):
        return redirect(found)
    require_unanswered(found)
    page = _page(found, _("Tidak menyetujui rencana"), _("Kirim jawaban"), _("Jawaban tersimpan."))
    form = DeclineForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: decline_item(actor=viewer, item=found, **told))


def _is_done(found: PlanItem, after: PlanState, viewer: Viewer) -> bool:
    """Whether the viewer has done this before: pressed again, it has been done."""
    return found.state == after and found.answered_by_id == viewer.employee.pk


def _page(found: PlanItem, title: str, submit: str, done: str) -> Page:
    told = {"name": found.employee.name, "title": found.course.title, "day": longdate(found.due_on)}
    lead = _("%(name)s: %(title)s, selambatnya %(day)s.") % told
    back = found.get_absolute_url()
    return Page(title=title, back=back, submit=submit, done=done, lead=lead, crumbs=((found.course.title, back),))


@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who proposed takes it back."""
    found = selectors.item_for(request.viewer, pk)
    viewer = require_own_proposal(request.viewer, found)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    withdraw_item(actor=viewer, item=found, version=form.cleaned_data["version"])
    messages.success(request, _("Usulan ditarik."))
    return redirect(found)
