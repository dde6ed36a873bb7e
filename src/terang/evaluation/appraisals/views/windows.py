"""The days of an evaluation: all windows, opening one, how far it is, and what organisations achieved."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals import selectors
from terang.evaluation.appraisals.access import (
    MEASURES,
    OVERVIEW,
    may_keep,
    require_keeper,
    require_measurer,
    require_overview,
)
from terang.evaluation.appraisals.clocks import superior_until, window_clocks
from terang.evaluation.appraisals.days import others_of, touching
from terang.evaluation.appraisals.forms import (
    MoveForm,
    MoveWindowForm,
    OrganisationsForm,
    UnitDaysForm,
    WindowForm,
    YearForm,
)
from terang.evaluation.appraisals.models import UnitDays
from terang.evaluation.appraisals.progress import organisations_to_set, progress_of
from terang.evaluation.appraisals.services import (
    drop_unit_days,
    move_window,
    open_window,
    open_year,
    pattern_of,
    planned_windows,
    remind_owner,
    set_organisations,
    set_unit_days,
)
from terang.evaluation.appraisals.services.windows import kinds_to_open
from terang.evaluation.appraisals.services.year import require_pattern
from terang.evaluation.appraisals.tabs import tabs
from terang.evaluation.states import require_open
from terang.registry.editing import Page, edit, show
from terang.registry.organization.calendars import deadline_calendar
from terang.registry.people.access import require_role, require_viewer
from terang.web.errors import Stale

PER_PAGE = 50
"""Units on one page of predicates."""


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


@require_http_methods(["GET", "POST"])
@login_required
def open_all(request: SignedInRequest) -> HttpResponse:
    """A year of windows from a pattern: their days are shown before they are opened."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    usual = {**asdict(pattern_of(viewer.agency_id)), "year": viewer.today.year}
    form = YearForm(request.POST or None, initial=usual)
    planned = []
    if request.method == "POST" and form.is_valid():
        told = {"year": form.cleaned_data["year"], "pattern": form.pattern(), "basis": form.cleaned_data["basis"]}
        try:
            require_pattern(**told, today=viewer.today)
            if "open" in request.POST:
                made = open_year(actor=viewer, **told)
                messages.success(request, _("%(n)s masa penilaian dibuka.") % {"n": len(made)})
                return redirect("appraisals:windows")
            planned = planned_windows(viewer.employee.agency, today=viewer.today, **told)
        except ValidationError as error:
            show(form, error)
    context = {"form": form, "planned": planned, "tabs": tabs(viewer, "windows")}
    return render(request, "appraisals/year.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def window(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the evaluation is, part by part."""
    viewer = require_viewer(request.viewer)
    found = selectors.window_for(viewer, pk)
    require_overview(viewer, found)
    rows = progress_of(found, viewer)
    keeps = may_keep(viewer) and found.period.closed_at is None
    others = others_of(found)
    begun = {
        row.unit.pk for row in rows if any(each.opens_on <= viewer.today for each in touching(found, row.unit, others))
    }
    calendar = deadline_calendar(found.period.agency) if others else None
    context = {
        "window": found,
        "rows": [(row, keeps and row.unit.pk in begun and row.may_remind(viewer.today)) for row in rows],
        "others": [(each, superior_until(each, calendar)) for each in others] if calendar else [],
        "may_set": keeps,
        "today": viewer.today,
        "people": sum(row.people for row in rows),
        "decided": sum(row.decided for row in rows),
        "handed": sum(row.handed for row in rows),
        "clocks": window_clocks(found),
        "organisations": found.organisations.count(),
        "units": organisations_to_set(found).count(),
        "may_keep": may_keep(viewer),
        "may_measure": viewer.has(*MEASURES),
        "tabs": tabs(viewer, "windows"),
    }
    return render(request, "appraisals/window.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def unit_days(request: SignedInRequest, pk: int) -> HttpResponse:
    """Other days for one unit."""
    viewer = require_viewer(request.viewer)
    found = selectors.window_for(viewer, pk)
    require_keeper(viewer, found.period.agency_id)
    if request.method == "GET":
        require_open(found.period)
    form = UnitDaysForm(request.POST or None, window=found)
    page = Page(
        title=_("Hari lain untuk satu unit"),
        back=found.get_absolute_url(),
        submit=_("Simpan"),
        done=_("Hari unit ini ditetapkan."),
        lead=_("Bila unit ini sudah punya hari lain, yang baru menggantikannya."),
        crumbs=((str(found.period.title), found.get_absolute_url()),),
    )

    def act(told: dict[str, Any]) -> object:
        names = ("unit", "reason", "form_key", "version")
        return set_unit_days(actor=viewer, window=found, days=form.days(), **{name: told[name] for name in names})

    return edit(request, form, page, act)


@require_POST
@login_required
def drop_days(request: SignedInRequest, pk: int, days_id: int) -> HttpResponse:
    """The unit follows the window again."""
    found = selectors.window_for(require_viewer(request.viewer), pk)
    require_keeper(request.viewer, found.period.agency_id)
    row = get_object_or_404(UnitDays.objects.select_related("window__period", "unit"), pk=days_id, window=found)
    form = MoveForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    drop_unit_days(actor=request.viewer, days=row, version=form.cleaned_data["version"])
    messages.success(request, _("%(unit)s kembali mengikuti masa penilaian.") % {"unit": row.unit.name})
    return redirect(found)


@require_POST
@login_required
def remind(request: SignedInRequest, pk: int, unit_id: int) -> HttpResponse:
    """A letter to who leads a part of the government."""
    found = selectors.window_for(require_viewer(request.viewer), pk)
    made = remind_owner(actor=request.viewer, window=found, unit_id=unit_id)
    messages.success(request, _("%(name)s diingatkan lewat surel.") % {"name": made.owner.name})
    return redirect(found)


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
