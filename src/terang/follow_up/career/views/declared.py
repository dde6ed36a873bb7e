"""The pages of declared facts: given, checked, contested, answered."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.career import selectors
from terang.follow_up.career.access import (
    gives,
    may_check,
    reads_career,
    require_giver,
    require_keeper,
    require_person,
    require_second,
)
from terang.follow_up.career.forms import AnswerForm, DeclareForm, ReasonForm, VersionForm
from terang.follow_up.career.lists import WAITING
from terang.follow_up.career.models import Declaration, DeclarationState, Subject
from terang.follow_up.career.services import answer_contest, confirm, contest, declare, send_back
from terang.follow_up.career.states import require_state
from terang.follow_up.career.tabs import tabs
from terang.follow_up.career.values import shown_value
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.web.errors import Stale

S = DeclarationState


@require_safe
@login_required
def waiting(request: SignedInRequest) -> HttpResponse:
    """What the personnel agency has to check or to answer."""
    viewer = require_keeper(request.viewer)
    table = WAITING.bind(request, selectors.waiting_rows(viewer))
    return render(request, "career/waiting.html", {"table": table, "tabs": tabs(viewer, "waiting")})


@require_http_methods(["GET", "POST"])
@login_required
def give(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """A fact about somebody: first which, then its value and document."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    viewer = require_giver(request.viewer, employee)
    subject = request.GET.get("data", "")
    back = reverse("career:mine") if viewer.employee.pk == employee.pk else reverse("career:person", args=[employee.pk])
    crumbs = ((employee.name, back),)
    own = viewer.employee.pk == employee.pk
    if subject not in Subject.values:
        choices = [each for each in Subject.choices if gives(viewer, employee, each[0])]
        context = {"choices": choices, "person": employee, "back": back, "own": own}
        return render(request, "career/subject.html", context)
    require_giver(viewer, employee, subject)
    form = DeclareForm(request.POST or None, subject=subject)
    page = Page(
        title=str(Subject(subject).label),
        back=back,
        submit=_("Serahkan") if own else _("Catat"),
        done=_("Tercatat; menunggu pemeriksaan orang kedua."),
        lead=_("Tentang %(name)s. Belum dihitung sebelum diperiksa orang kedua.") % {"name": employee.name},
        crumbs=crumbs,
    )
    return edit(
        request,
        form,
        page,
        lambda told: declare(actor=viewer, employee=employee, told=form.told(), form_key=told["form_key"]),
    )


@require_safe
@login_required
def declaration(request: SignedInRequest, pk: int) -> HttpResponse:
    """One declared fact: who gave it, who checked it, what the employee says, and what the viewer may do."""
    viewer = require_viewer(request.viewer)
    row = selectors.declaration_for(viewer, pk)
    checks, own = may_check(viewer, row), viewer.employee.pk == row.employee_id
    reads = "person" if reads_career(viewer, row.employee) else "candidate"
    context = {
        "row": row,
        "own": own,
        "up": reverse(f"career:{reads}", args=[row.employee_id]),
        "shown": shown_value(row.subject, row.value, row.day),
        "may_check": checks and row.state == S.GIVEN,
        "may_answer": checks and row.state == S.CONTESTED,
        "may_contest": own and row.state == S.CONFIRMED,
    }
    return render(request, "career/declaration.html", context)


@require_POST
@login_required
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second key."""
    row = selectors.declaration_for(request.viewer, pk)
    viewer = require_second(request.viewer, row)
    form = VersionForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    confirm(actor=viewer, row=row, version=form.cleaned_data["version"])
    messages.success(request, _("Data sudah diperiksa dan mulai dihitung."))
    return redirect(row)


@require_http_methods(["GET", "POST"])
@login_required
def refuse(request: SignedInRequest, pk: int) -> HttpResponse:
    """The document does not say so."""
    row = selectors.declaration_for(request.viewer, pk)
    viewer = require_second(request.viewer, row)
    if request.method == "GET":
        require_state(row, S.GIVEN)
    page = _page_of(row, _("Mengembalikan data"), _("Kembalikan"))
    return _worded(request, row, page, lambda told: send_back(actor=viewer, row=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def object_to(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee says why it is not so."""
    row = selectors.declaration_for(request.viewer, pk)
    viewer = require_person(request.viewer, row)
    if request.method == "GET":
        require_state(row, S.CONFIRMED)
    page = _page_of(row, _("Menyanggah data"), _("Kirim sanggahan"))
    return _worded(request, row, page, lambda told: contest(actor=viewer, row=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def reply(request: SignedInRequest, pk: int) -> HttpResponse:
    """The answer to a contest."""
    row = selectors.declaration_for(request.viewer, pk)
    viewer = require_second(request.viewer, row)
    if request.method == "GET":
        require_state(row, S.CONTESTED)
    form = AnswerForm(request.POST or None, initial={"version": row.version})
    return edit(
        request,
        form,
        _page_of(row, _("Menjawab sanggahan"), _("Kirim jawaban"), row.contest),
        lambda told: answer_contest(
            actor=viewer, row=row, upholds=told["upholds"], answer=told["reason"], version=told["version"]
        ),
    )


def _worded(
    request: SignedInRequest, row: Declaration, page: Page, action: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    return edit(request, form, page, action)


def _page_of(row: Declaration, title: str, submit: str, said: str = "") -> Page:
    told = f"{row.get_subject_display()}: {shown_value(row.subject, row.value, row.day)}. {row.document}"
    return Page(
        title=title,
        back=row.get_absolute_url(),
        submit=submit,
        done=_("Tersimpan."),
        lead=f"{told}. {said}" if said else told,
        crumbs=((str(row.get_subject_display()), row.get_absolute_url()),),
    )
