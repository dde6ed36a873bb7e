"""The pages of trainings from elsewhere: declared, verified, contested, answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.custody.serving import file_response
from terang.follow_up.training import selectors
from terang.follow_up.training.access import may_check, require_contester, require_keeper, require_second
from terang.follow_up.training.forms import ContestAnswerForm, LearnedForm, ReasonForm, VersionForm
from terang.follow_up.training.lists import WAITING
from terang.follow_up.training.models import DeclaredState, DeclaredTraining
from terang.follow_up.training.services import (
    answer_training,
    contest_training,
    declare_training,
    return_declared,
    verify,
)
from terang.follow_up.training.states import require_declared
from terang.follow_up.training.tabs import tabs
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.web.errors import Stale
from terang.web.numbers import longdate

S = DeclaredState


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """The viewer's own, with the certificate."""
    viewer = require_viewer(request.viewer)
    form = LearnedForm(request.POST or None, request.FILES or None)
    page = Page(
        title=_("Pelatihan dari luar Terang"),
        back=reverse("training:mine"),
        submit=_("Serahkan"),
        done=_("Tercatat; menunggu pemeriksaan orang kedua."),
        lead=_("JP baru dihitung sesudah orang kedua mencocokkannya dengan sertifikat."),
        crumbs=((_("Pelatihan saya"), reverse("training:mine")),),
        onward=True,
    )
    return edit(
        request,
        form,
        page,
        lambda told: declare_training(
            actor=viewer, learned=form.learned(), proof=told["proof"], form_key=told["form_key"]
        ),
    )


@require_safe
@login_required
def waiting(request: SignedInRequest) -> HttpResponseBase:
    """What waits for the viewer as second person."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    table = WAITING.bind(request, selectors.declared_waiting(viewer))
    return render(request, "training/waiting.html", {"table": table, "tabs": tabs(viewer, "waiting")})


@require_safe
@login_required
def declared(request: SignedInRequest, pk: int) -> HttpResponse:
    """One training from elsewhere: who declared it, who verified it, what the person says, what the viewer may do."""
    viewer = require_viewer(request.viewer)
    row = selectors.declared_for(viewer, pk)
    own, checks = viewer.employee.pk == row.employee_id, may_check(viewer, row)
    context = {
        "row": row,
        "own": own,
        "up": reverse("training:mine") if own else reverse("training:person", args=[row.employee_id]),
        "may_check": checks and row.state == S.DECLARED,
        "may_answer": checks and row.state == S.CONTESTED,
        "may_contest": own and row.given_by_id != row.employee_id and row.state in (S.DECLARED, S.VERIFIED),
    }
    return render(request, "training/declared.html", context)


@require_safe
@login_required
def proof(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """The certificate."""
    row = selectors.declared_for(request.viewer, pk)
    if row.proof is None:
        raise Http404
    return file_response(row.proof)


@require_POST
@login_required
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second key."""
    row = selectors.declared_for(request.viewer, pk)
    viewer = require_second(request.viewer, row)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    verify(actor=viewer, row=row, version=form.cleaned_data["version"])
    messages.success(request, _("Sudah diperiksa; JP dihitung pada tahun pelatihan berakhir."))
    return redirect(row)


@require_http_methods(["GET", "POST"])
@login_required
def refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """The certificate does not say so."""
    row = selectors.declared_for(request.viewer, pk)
    viewer = require_second(request.viewer, row)
    if request.method == "GET":
        require_declared(row, S.DECLARED)
    page = _page_of(row, _("Mengembalikan pelatihan"), _("Kembalikan"))
    return _worded(request, row, page, lambda told: return_declared(actor=viewer, row=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def object_to(request: SignedInRequest, pk: int) -> HttpResponse:
    """The person says why it is not so."""
    row = selectors.declared_for(request.viewer, pk)
    viewer = require_contester(request.viewer, row)
    if request.method == "GET":
        require_declared(row, S.VERIFIED if row.record_id else S.DECLARED)
    page = _page_of(row, _("Menyanggah pelatihan"), _("Kirim sanggahan"))
    return _worded(request, row, page, lambda told: contest_training(actor=viewer, row=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The answer to a contest."""
    row = selectors.declared_for(request.viewer, pk)
    viewer = require_second(request.viewer, row)
    if request.method == "GET":
        require_declared(row, S.CONTESTED)
    form = ContestAnswerForm(request.POST or None, initial={"version": row.version})
    page = _page_of(row, _("Menjawab sanggahan"), _("Kirim jawaban"), row.contest)
    return edit(request, form, page, lambda told: answer_training(actor=viewer, row=row, **told))


def _worded(
    request: SignedInRequest, row: DeclaredTraining, page: Page, action: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    return edit(request, form, page, action)


def _page_of(row: DeclaredTraining, title: str, submit: str, said: str = "") -> Page:
    words = {"name": row.employee.name, "title": row.title, "day": longdate(row.ends_on), "hours": row.hours}
    told = _("%(name)s: %(title)s, %(day)s, %(hours)s JP.") % words
    return Page(
        title=title,
        back=row.get_absolute_url(),
        submit=submit,
        done=_("Tersimpan."),
        lead=f"{told} {said}" if said else told,
        crumbs=((row.title, row.get_absolute_url()),),
    )
