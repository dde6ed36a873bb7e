"""The pages of careers: what comes next for a person, the index, the boxes, and the declared facts."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.career import selectors
from terang.follow_up.career.access import (
    keeps,
    may_check,
    require_giver,
    require_keeper,
    require_overview,
    require_person,
    require_reader,
    require_second,
)
from terang.follow_up.career.boxes import grid_of
from terang.follow_up.career.forms import AnswerForm, DeclareForm, ReasonForm, SubjectForm, VersionForm
from terang.follow_up.career.lists import BOXES, INDEX, WAITING
from terang.follow_up.career.models import Declaration, DeclarationState, Subject
from terang.follow_up.career.services import answer_contest, confirm, contest, declare, send_back
from terang.follow_up.career.states import require_state
from terang.follow_up.career.tabs import tabs
from terang.follow_up.career.values import shown_value
from terang.follow_up.career.wording import (
    DIMENSION_LABELS,
    band_label,
    box_why,
    dimension_points,
    index_lines,
    plain,
    steps_of,
)
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.asn_index import DIMENSIONS, Mean, mean
from terang.rules.regulations.source import rule_set
from terang.web.errors import NotAllowed, Stale

S = DeclarationState


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """The viewer's own next step, index, box and declared facts."""
    viewer = require_viewer(request.viewer)
    return _page(request, viewer, viewer.employee)


@require_safe
@login_required
def person(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """The same of somebody, for who may read a career."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    return _page(request, require_reader(request.viewer, employee), employee)


def _page(request: SignedInRequest, viewer: Viewer, employee: Employee) -> HttpResponse:
    profile, own = selectors.profile_of(employee, viewer.today), viewer.employee.pk == employee.pk
    context: dict[str, Any] = {
        "person": employee,
        "own": own,
        "profile": profile,
        "rows": [(row, shown_value(row.subject, row.value, row.day)) for row in selectors.declarations_of(employee)],
        "gives": keeps(viewer) and not own,
        "tabs": tabs(viewer, "mine" if own else ""),
    }
    if profile.applies:
        context |= {"next": profile.next_rank, "steps": steps_of(profile), "box": box_why(profile)} | _index(profile)
    return render(request, "career/person.html", context)


def _index(profile: Any) -> dict[str, Any]:
    index, rules = profile.index, rule_set("asn_index", profile.today)
    return {
        "index": index,
        "total": "" if index.total is None else plain(index.total),
        "least": plain(index.least),
        "most": plain(index.most),
        "band": "" if index.total is None else band_label(index.total, profile.today),
        "lines": index_lines(profile),
        "dimensions": list(dimension_points(profile)),
        "index_article": rules.article,
        "weights": rules.values["weights"],
    }


@require_safe
@login_required
def index(request: SignedInRequest) -> HttpResponseBase:
    """Everybody's index, and the government's: the mean of who is complete."""
    viewer = require_overview(request.viewer)
    profiles = selectors.profiles_read(viewer)
    made = mean(each.index for each in profiles)
    table = INDEX.bind(request, profiles)
    context = {
        "table": table,
        "mean": made,
        "total": "" if made.total is None else plain(made.total),
        "band": "" if made.total is None else band_label(made.total, viewer.today),
        "dimensions": _dimensions(made),
        "article": rule_set("asn_index", viewer.today).article,
        "tabs": tabs(viewer, "index"),
    }
    return table.export() or render(request, "career/index.html", context)


def _dimensions(made: Mean) -> list[tuple[str, str]]:
    shown = [(name, made.dimensions[name]) for name in DIMENSIONS]
    return [(_(DIMENSION_LABELS[name]), "" if value is None else plain(value)) for name, value in shown]


@require_safe
@login_required
def boxes(request: SignedInRequest) -> HttpResponseBase:
    """The nine boxes of everybody the viewer reads, as a picture and as a list."""
    viewer = require_viewer(request.viewer)
    profiles = selectors.profiles_read(viewer)
    if not profiles:
        raise NotAllowed(_("Halaman ini untuk pejabat penilai dan pengelola. Saat ini Anda belum menilai siapa pun."))
    table, rules = BOXES.bind(request, profiles), rule_set("talent", viewer.today)
    context = {
        "table": table,
        "grid": grid_of(profiles, viewer.today),
        "rules": rules,
        "high": rules.values["high_bp"],
        "medium": rules.values["medium_bp"],
        "tabs": tabs(viewer, "boxes"),
    }
    return table.export() or render(request, "career/boxes.html", context)


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
    back = reverse("career:person", args=[employee.pk])
    crumbs = ((employee.name, back),)
    if subject not in Subject.values:
        context = {"form": SubjectForm(), "person": employee, "back": back}
        return render(request, "career/subject.html", context)
    form = DeclareForm(request.POST or None, subject=subject)
    page = Page(
        title=str(Subject(subject).label),
        back=back,
        submit=_("Catat"),
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
    context = {
        "row": row,
        "own": own,
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
