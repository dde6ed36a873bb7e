"""Reading a version of a plan, talking about it, answering it, comparing it with another."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.planning.plans import services
from terang.planning.plans.access import require_answer, require_partner
from terang.planning.plans.annex_forms import SeenForm
from terang.planning.plans.answer_forms import (
    AssignmentForm,
    ChangeForm,
    CommentForm,
    DecisionForm,
    GiveBackForm,
)
from terang.planning.plans.comparing import compare as compared
from terang.planning.plans.models import OPEN, PlanState, PlanVersion, VersionState
from terang.planning.plans.queue import to_answer
from terang.planning.plans.reading import TalkedRow, reading_of, version_at, version_before, versions_of
from terang.planning.plans.seats import Seat, seat_of
from terang.planning.plans.selectors import open_version
from terang.planning.plans.standings import days_left, new_appraiser
from terang.registry.people.access import may_keep, require_viewer
from terang.rules.plans import from_json
from terang.rules.plans.checks import open_assignments
from terang.web.asked import asked_int

STATE_KINDS = {
    VersionState.DRAFT: "quiet",
    VersionState.SUBMITTED: "attention",
    VersionState.DISCUSSED: "attention",
    VersionState.AGREED: "ok",
    VersionState.DISCARDED: "quiet",
}


@require_safe
@login_required
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version: what it says, who has the next word, what was said about it, and what the viewer can do."""
    found = version_at(pk)
    return _page(request, found, seat_of(request.viewer, found))


def _page(request: SignedInRequest, found: PlanVersion, seat: Seat, status: int = 200, **forms: Any) -> HttpResponse:
    reading, others = reading_of(found, seat), versions_of(found)
    seen = {"version": found.version}
    open_now = next((each for each in others if each.state in OPEN), None)
    context = {
        "version": found,
        "plan": found.plan,
        "employee": found.plan.employee,
        "seat": seat,
        "reading": reading,
        "rows": [(each, _comment_form(each)) for each in reading.results],
        "state_kind": STATE_KINDS[VersionState(found.state)],
        "others": others,
        "previous": version_before(found),
        "newer": open_now if open_now and open_now.pk != found.pk else None,
        "left": days_left(found.answer_due, require_viewer(request.viewer).today) if found.answer_due else "",
        "unanswered": open_assignments(reading.document),
        "new_appraiser": found.state == VersionState.AGREED and new_appraiser(found, seat.appraiser),
        "may_change": (seat.own or seat.answers) and _changeable(found, open_now),
        "may_template": may_keep(request.viewer) and found.state == VersionState.AGREED,
        "plan_form": CommentForm(auto_id="id_plan_%s"),
        "seen_form": SeenForm(initial=seen),
        "back_form": GiveBackForm(initial=seen),
        "change_form": ChangeForm(),
        **forms,
    }
    return render(request, "plans/version.html", context, status=status)


def _comment_form(talked: TalkedRow) -> CommentForm:
    return CommentForm(auto_id=f"id_{talked.row.key}_%s", initial={"row_key": talked.row.key})


def _changeable(found: PlanVersion, open_now: PlanVersion | None) -> bool:
    agreed = found.state == VersionState.AGREED and found.plan.state == PlanState.AGREED
    return agreed and open_now is None


@require_POST
@login_required
def comment(request: SignedInRequest, pk: int) -> HttpResponse:
    """A word about a row or the whole plan."""
    found, viewer = version_at(pk), require_viewer(request.viewer)
    require_partner(viewer, found)
    form = CommentForm(request.POST)
    if not form.is_valid():
        seat = seat_of(viewer, found)
        return _page(request, found, seat, status=422, plan_form=form)
    data = form.cleaned_data
    key = data["row_key"]
    services.comment(actor=viewer, version=found, row_key=key, text=data["text"], form_key=data["form_key"])
    messages.success(request, gettext("Komentar terkirim."))
    return redirect(f"{_address(found)}#{f'baris-{key}' if key else 'komentar'}")


@require_POST
@login_required
def agree(request: SignedInRequest, pk: int) -> HttpResponse:
    """Agrees to what was read."""
    found, viewer = version_at(pk), require_viewer(request.viewer)
    require_answer(viewer, found)
    form = SeenForm(request.POST)
    if not form.is_valid():
        return _page(request, found, seat_of(viewer, found), status=422)
    services.agree(actor=viewer, version=found, seen=form.cleaned_data["version"])
    told = gettext("SKP %(name)s disepakati.") % {"name": found.plan.employee.name}
    waiting = to_answer(viewer).count()
    if waiting:
        told += " " + gettext("%(n)s SKP lagi menunggu jawaban Anda.") % {"n": waiting}
    messages.success(request, told)
    return redirect(_address(found))


@require_POST
@login_required
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back to be talked about, with a comment."""
    found, viewer = version_at(pk), require_viewer(request.viewer)
    require_answer(viewer, found)
    form = GiveBackForm(request.POST)
    if not form.is_valid():
        return _page(request, found, seat_of(viewer, found), status=422, back_form=form)
    data = form.cleaned_data
    services.give_back(actor=viewer, version=found, seen=data["version"], text=data["text"], form_key=data["form_key"])
    told = gettext("SKP dikembalikan kepada %(name)s untuk dibahas.")
    messages.success(request, told % {"name": found.plan.employee.name})
    return redirect(_address(found))


@require_POST
@login_required
def assignment(request: SignedInRequest, pk: int) -> HttpResponse:
    """Yes or no to a result that another leader assigned."""
    found, viewer = version_at(pk), require_viewer(request.viewer)
    require_answer(viewer, found)
    form = AssignmentForm(request.POST)
    if not form.is_valid():
        return _page(request, found, seat_of(viewer, found), status=422)
    data = form.cleaned_data
    approved = data["answer"] == "ya"
    services.answer_assignment(
        actor=viewer, version=found, seen=data["version"], row_key=data["row_key"], approved=approved
    )
    yes, no = gettext("Penugasan disetujui."), gettext("Penugasan ditolak; SKP kembali kepada pegawai.")
    messages.success(request, yes if approved else no)
    return redirect(f"{_address(found)}#baris-{data['row_key']}")


@require_http_methods(["GET", "POST"])
@login_required
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """What only the leader decides: approach, main or additional, special expectations."""
    found, viewer = version_at(pk), require_viewer(request.viewer)
    require_answer(viewer, found)
    document = from_json(found.document)
    form = DecisionForm(request.POST or None, document=document, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        services.decide(actor=viewer, version=found, seen=seen, decision=form.decision())
        told = gettext("Keputusan disimpan. %(name)s membaca dan mengajukan lagi sebelum disepakati.")
        messages.success(request, told % {"name": found.plan.employee.name})
        return redirect(_address(found))
    context = {"version": found, "employee": found.plan.employee, "form": form, "seat": seat_of(viewer, found)}
    return render(request, "plans/decide.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    """Opens an agreed plan for a change, with its reason; either of the two may."""
    found, viewer = version_at(pk), require_viewer(request.viewer)
    require_partner(viewer, found)
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, found, seat_of(viewer, found), status=422, change_form=form)
    reason = form.cleaned_data["reason"].strip()
    opened = open_version(found.plan)
    if opened and (opened.opened_by_id, opened.reason) == (viewer.employee.pk, reason):
        return redirect(_address(opened))  # a second click
    new = services.open_change(actor=viewer, plan=found.plan, reason=reason)
    told = gettext("Perubahan dibuka. Versi %(number)s berlaku sampai perubahannya disepakati.")
    messages.success(request, told % {"number": found.number})
    return redirect(_address(new))


@require_safe
@login_required
def compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two versions of one plan side by side; with the agreed one before where ?dengan= names none."""
    new = version_at(pk)
    seat_of(request.viewer, new)
    asked = asked_int(request.GET.get("dengan"))
    old = version_before(new) if asked is None else version_at(asked)
    if old is not None and old.plan_id != new.plan_id:
        raise Http404
    if old is not None and old.number > new.number:
        old, new = new, old
    context = {
        "old": old,
        "new": new,
        "employee": new.plan.employee,
        "rows": compared(from_json(old.document), from_json(new.document)) if old else (),
        "others": [each for each in versions_of(new) if each.pk != new.pk],
    }
    return render(request, "plans/compare.html", context)


def _address(found: PlanVersion) -> str:
    return reverse("plans:version", args=[found.pk])
