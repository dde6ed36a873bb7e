"""One entry: what it says, its proof, and its correction."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.audit.selectors import history_of
from terang.custody.selectors import ShownResemblance, resemblances_of
from terang.custody.serving import file_response
from terang.evidence.work import selectors, services
from terang.evidence.work.access import may_decide, may_have_original, require_author
from terang.evidence.work.deciding_forms import DecisionForm, ReturnForm
from terang.evidence.work.desk import desk_of
from terang.evidence.work.forms import CorrectionForm, FavouriteForm, like
from terang.evidence.work.lists import state_badge, verb_label
from terang.evidence.work.models import Entry
from terang.evidence.work.queue import Asked, questions_about
from terang.evidence.work.standing import words_about
from terang.evidence.work.states import may_move, unanswered
from terang.registry.people.access import require_viewer
from terang.registry.people.selectors import appraiser_of
from terang.registry.people.viewer import Viewer
from terang.web import htmx


@require_safe
@login_required
def entry(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """One entry: what, how much, its proof, what happened to it, and what the viewer can do now."""
    viewer = require_viewer(request.viewer)
    return entry_page(request, selectors.entry_for(viewer, entry_id), viewer)


def entry_page(request: SignedInRequest, found: Entry, viewer: Viewer, status: int = 200, **forms: Any) -> HttpResponse:
    appraiser = appraiser_of(found.employee_id, viewer.today)
    deciding = may_move(found, "accept") and may_decide(viewer, found)
    if deciding:
        services.open_entry(actor=viewer, entry=found)
    version = {"version": found.version}
    resemblances = resemblances_of(viewer, [proof.file_id for proof in found.files.all()])
    context = {
        "entry": found,
        "state_badge": state_badge(found),
        "day_words": words_about(found, viewer.today),
        "appraiser": appraiser,
        "may_decide": deciding,
        "unanswered": unanswered(found),
        "asked": _still_asked(questions_about(viewer, found), resemblances) if deciding else (),
        "may_correct": _may_correct(viewer, found),
        "version_form": DecisionForm(initial=version),
        "return_form": ReturnForm(initial=version, appraiser_id=viewer.employee.pk),
        "favourite_form": FavouriteForm() if viewer.employee.pk == found.employee_id else None,
        "correction_form": _correction(viewer, found),
        "resemblances": resemblances,
        "history": [(row.at, verb_label(row.verb), row.reason) for row in history_of("work.entry", found.pk)],
        **forms,
    }
    return htmx.render(request, "work/entry.html", "work/_entry.html", context, status=status)


def _may_correct(viewer: Viewer, found: Entry) -> bool:
    return viewer.employee.pk == found.employee_id and may_move(found, "resubmit")


def _correction(viewer: Viewer, found: Entry) -> CorrectionForm | None:
    """The form as the entry stands, with what the plan of its day lets it count for; None for who may not correct."""
    if not _may_correct(viewer, found):
        return None
    desk = desk_of(viewer.employee, found.day, drafts=False)
    return CorrectionForm(
        desk=desk, entry=found, initial=like(found, desk) | {"version": found.version, "day": found.day}
    )


def _still_asked(asked: Sequence[Asked], shown: Sequence[ShownResemblance]) -> list[Asked]:
    """The questions beside the proofs: a look-alike that is told at its picture is not asked about a second time."""
    told = {each.row.pk for each in shown}
    return [each for each in asked if each.picture is None or each.picture.pk not in told]


@require_POST
@login_required
def resubmit(request: SignedInRequest, entry_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    require_author(viewer, found)
    desk = desk_of(viewer.employee, found.day, drafts=False)
    form = CorrectionForm(request.POST, request.FILES, desk=desk, entry=found)
    if not form.is_valid():
        return entry_page(request, found, viewer, status=422, correction_form=form)
    data = form.cleaned_data
    purpose, milli = form.chosen(), data["quantity"]
    if milli is None:
        milli = 0 if purpose else found.quantity_milli
    try:
        services.resubmit_entry(
            actor=viewer,
            entry=found,
            version=data["version"],
            text=data["text"],
            quantity_milli=milli,
            files=data["proof"],
            purpose=purpose,
            day=data["day"],
            minutes=data["minutes"],
        )
    except ValidationError as refused:
        form.add_error("proof", refused)
        return entry_page(request, found, viewer, status=422, correction_form=form)
    messages.success(request, gettext("Perbaikan dikirim ke atasan."))
    return htmx.redirect(request, found.get_absolute_url())


@require_POST
@login_required
def withdraw(request: SignedInRequest, entry_id: int) -> HttpResponse:
    """The author takes a returned entry back."""
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    require_author(viewer, found)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return entry_page(request, found, viewer, status=422)
    services.withdraw_entry(actor=viewer, entry=found, version=form.cleaned_data["version"])
    messages.success(request, gettext("Kegiatan ditarik dan tidak dihitung."))
    return htmx.redirect(request, found.get_absolute_url())


@require_safe
@login_required
def entry_file(request: SignedInRequest, entry_id: int, file_id: int) -> FileResponse:
    """A proof, for who may see the entry; a photo as it was taken only for few (`?asli=1`)."""
    viewer = require_viewer(request.viewer)
    found = selectors.entry_for(viewer, entry_id)
    attached = get_object_or_404(found.files.select_related("file"), file_id=file_id)
    original = "asli" in request.GET and may_have_original(viewer, found)
    return file_response(attached.file, original=original)
