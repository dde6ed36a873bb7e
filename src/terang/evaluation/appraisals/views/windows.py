"""The days of an evaluation: all windows, opening one, how far it is, and what organisations achieved."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals import selectors
from terang.evaluation.appraisals.access import (
    may_keep,
    require_keeper,
    require_measurer,
    require_overview,
)
from terang.evaluation.appraisals.clocks import window_clocks
from terang.evaluation.appraisals.forms import MoveWindowForm, OrganisationsForm, WindowForm
from terang.evaluation.appraisals.progress import organisations_to_set, progress_of
from terang.evaluation.appraisals.services import move_window, open_window, set_organisations
from terang.evaluation.appraisals.services.windows import kinds_to_open
from terang.evaluation.appraisals.views.tabs import tabs
from terang.registry.editing import Page, edit, show
from terang.registry.people.access import require_role, require_viewer
from terang.registry.people.models import Role

PER_PAGE = 50
"""Units on one page of predicates."""
OVERVIEW = (Role.PERSONNEL, Role.REGIONAL_HEAD, Role.AUDITOR, Role.OVERSIGHT)


@require_safe
@login_required
def all_windows(request: SignedInRequest) -> HttpResponse:
    """Every window of the government."""
    viewer = require_viewer(request.viewer)
    require_role(viewer, *OVERVIEW)
    page = Paginator(selectors.windows_of(viewer.agency_id), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "may_open": may_keep(viewer), "tabs": tabs(viewer, "windows"), "today": viewer.today}
    return render(request, "appraisals/windows.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def open_new(request: SignedInRequest) -> HttpResponse:
    """Opens the evaluation of a period."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    form = WindowForm(request.POST or None, kinds=kinds_to_open(viewer.agency_id, viewer.today))
    page = Page(
        title=_("Membuka masa penilaian"),
        back=reverse("appraisals:windows"),
        submit=_("Buka masa penilaian"),
        done="",
        lead=_("Terang lalu menghitung nilai periode ini untuk semua pegawai, sebagai usul di samping penilaian."),
        onward=True,
    )

    def act(told: dict[str, Any]) -> object:
        return open_window(actor=viewer, kind=told["kind"], day=told["day"], days=form.days())

    return edit(request, form, page, act)


@require_safe
@login_required
def window(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the evaluation is, part by part."""
    viewer = require_viewer(request.viewer)
    found = selectors.window_for(viewer, pk)
    require_overview(viewer, found)
    rows = progress_of(found, viewer)
    context = {
        "window": found,
        "rows": rows,
        "people": sum(row.people for row in rows),
        "decided": sum(row.decided for row in rows),
        "handed": sum(row.handed for row in rows),
        "clocks": window_clocks(found),
        "organisations": found.organisations.count(),
        "units": organisations_to_set(found).count(),
        "may_keep": may_keep(viewer),
        "may_measure": viewer.has(Role.PERSONNEL, Role.REGIONAL_HEAD),
        "tabs": tabs(viewer, "windows"),
    }
    return render(request, "appraisals/window.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Other days."""
    viewer = require_viewer(request.viewer)
    found = selectors.window_for(viewer, pk)
    require_keeper(viewer, found.period.agency_id)
    form = MoveWindowForm(request.POST or None, window=found)
    page = Page(
        title=_("Mengubah masa penilaian"),
        back=found.get_absolute_url(),
        submit=_("Simpan"),
        done=_("Masa penilaian diubah."),
        crumbs=((str(found.period.title), found.get_absolute_url()),),
    )

    def act(told: dict[str, Any]) -> object:
        return move_window(actor=viewer, window=found, days=form.days(), version=told["version"])

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def organisations(request: SignedInRequest, pk: int) -> HttpResponse:
    """What units achieved: one list, one decree."""
    viewer = require_viewer(request.viewer)
    found = selectors.window_for(viewer, pk)
    require_measurer(viewer, found)
    text = request.GET.get("q", "").strip()[:100]
    page = Paginator(organisations_to_set(found, text), PER_PAGE).get_page(request.GET.get("halaman"))
    known = dict(found.organisations.values_list("unit_id", "predicate"))
    form = OrganisationsForm(request.POST or None, units=page.object_list, known=known)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                basis = form.cleaned_data["basis"]
                done = set_organisations(actor=viewer, window=found, words=form.words(), basis=basis)
        except ValidationError as error:
            show(form, error)
        else:
            messages.success(request, _("%(n)s predikat organisasi ditetapkan.") % {"n": len(done)})
            return redirect(request.get_full_path())
    context = {"window": found, "form": form, "page": page, "text": text, "tabs": tabs(viewer, "windows")}
    return render(request, "appraisals/organisations.html", context, status=422 if form.errors else 200)
