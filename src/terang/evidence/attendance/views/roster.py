"""The roster of a unit: a month as a grid, one person's month as a list, the unit's shifts, and copying a pattern."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.attendance.models import ShiftTemplate
from terang.evidence.attendance.roster import RosterView, roster_of, template_text
from terang.evidence.attendance.roster_access import require_roster_keeper, require_roster_of, rostered_units
from terang.evidence.attendance.roster_forms import CopyForm, ShiftForm, read_cells
from terang.evidence.attendance.services import roster as services
from terang.evidence.attendance.views.month import asked_month
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.registry.editing import Page, edit
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_day, asked_version

MOST_CELLS = 5_000


@require_safe
@login_required
def rosters(request: SignedInRequest) -> HttpResponse:
    """The units whose roster the viewer keeps."""
    viewer = require_roster_keeper(request.viewer)
    context = {"units": rostered_units(viewer), "tabs": presence_tabs(viewer, "rosters")}
    return render(request, "attendance/rosters.html", context)


def _unit(request: SignedInRequest, pk: int) -> tuple[Viewer, Unit]:
    viewer = require_roster_keeper(request.viewer)
    unit = get_object_or_404(Unit.objects.select_related("agency"), pk=pk, agency_id=viewer.agency_id)
    return require_roster_of(viewer, unit), unit


def _month(request: SignedInRequest, today: date) -> date:
    return asked_month(request, today) if request.method == "GET" else _posted_month(request, today)


def _posted_month(request: SignedInRequest, today: date) -> date:
    return asked_day(f"{request.POST.get('bulan', '')}-01") or today.replace(day=1)


def _address(unit: Unit, first: date, employee_id: int | None = None) -> str:
    args = [unit.pk] if employee_id is None else [unit.pk, employee_id]
    name = "attendance:roster" if employee_id is None else "attendance:roster_person"
    return f"{reverse(name, args=args)}?bulan={first:%Y-%m}"


def _context(view: RosterView) -> dict[str, object]:
    return {
        "view": view,
        "brushes": [(template, template_text(template)) for template in view.templates],
    }


@require_http_methods(["GET", "POST"])
@login_required
def roster(request: SignedInRequest, unit: int) -> HttpResponse:
    """The month as a grid; painted cells come back together."""
    viewer, found = _unit(request, unit)
    first = _month(request, viewer.today)
    if request.method == "POST":
        return _saved(request, viewer, found, first, _address(found, first))
    view = roster_of(found, first)
    start = {"version": view.version, "since": max(first, viewer.today) if viewer.today < view.following else first}
    context = _context(view) | {"copy": CopyForm(initial=start), "tabs": presence_tabs(viewer, "rosters")}
    return render(request, "attendance/roster.html", context | {"today": viewer.today})


def _saved(request: SignedInRequest, viewer: Viewer, unit: Unit, first: date, back: str) -> HttpResponse:
    cells = read_cells(request.POST.getlist("cell")[:MOST_CELLS])
    version = asked_version(request.POST.get("version"))
    services.set_roster(actor=viewer, unit=unit, month=first, version=version, cells=cells)
    messages.success(request, _("Jadwal disimpan. Hari yang sudah lewat sedang dihitung ulang."))
    return htmx.redirect(request, back)


@require_http_methods(["GET", "POST"])
@login_required
def roster_person(request: SignedInRequest, unit: int, pk: int) -> HttpResponse:
    """One person's month as a list of days: for a phone, and without JavaScript."""
    viewer, found = _unit(request, unit)
    first = _month(request, viewer.today)
    if request.method == "POST":
        return _saved(request, viewer, found, first, _address(found, first, pk))
    view = roster_of(found, first)
    line = next((line for line in view.lines if line.employee.pk == pk), None)
    if line is None:
        return htmx.redirect(request, _address(found, first))
    return render(request, "attendance/roster_person.html", _context(view) | {"line": line, "today": viewer.today})


@require_POST
@login_required
def roster_copy(request: SignedInRequest, unit: int) -> HttpResponse:
    viewer, found = _unit(request, unit)
    first = _posted_month(request, viewer.today)
    form = CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Isi tanggal mulai menyalin."))
        return htmx.redirect(request, _address(found, first))
    services.copy_pattern(actor=viewer, unit=found, month=first, **form.cleaned_data)
    messages.success(request, _("Pola disalin. Periksa minggu yang tidak pas."))
    return htmx.redirect(request, _address(found, first))


@login_required
def shift_new(request: SignedInRequest, unit: int) -> HttpResponse:
    viewer, found = _unit(request, unit)
    back = reverse("attendance:roster", args=[found.pk])
    page = Page(
        title=_("Tambah sif"),
        lead=found.name,
        back=back,
        submit=_("Tambahkan"),
        done=_("Sif ditambahkan."),
        crumbs=((_("Jadwal sif"), back),),
    )
    form = ShiftForm(request.POST or None)
    return edit(request, form, page, lambda values: services.add_shift(actor=viewer, unit=found, **values))


@require_POST
@login_required
def shift_retire(request: SignedInRequest, unit: int, pk: int) -> HttpResponse:
    viewer, found = _unit(request, unit)
    shift = get_object_or_404(ShiftTemplate.objects.select_related("unit"), pk=pk, unit=found)
    services.retire_shift(actor=viewer, shift=shift)
    messages.success(request, _("Sif tidak dipakai lagi; jadwal yang memakainya tetap."))
    return htmx.redirect(request, reverse("attendance:roster", args=[found.pk]))
