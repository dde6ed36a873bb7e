"""Past trainings from a table: upload, preview with every fault, take over, verify."""

import csv

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.training import selectors
from terang.follow_up.training.access import require_keeper, require_second_of_sheet
from terang.follow_up.training.forms import DigestForm, SheetForm, WaitingForm
from terang.follow_up.training.models import TrainingSheet
from terang.follow_up.training.past_rows import LABELS
from terang.follow_up.training.services import apply_sheet, upload_sheet, verify_sheet
from terang.follow_up.training.sheets import compare, waiting_in
from terang.follow_up.training.tabs import tabs
from terang.registry.editing import show
from terang.registry.people.access import require_viewer
from terang.web.errors import Stale
from terang.web.numbers import grouped

RECENT = 10
SHOWN = 200


@require_http_methods(["GET", "POST"])
@login_required
def sheets(request: SignedInRequest) -> HttpResponse:
    """Uploading, and the latest tables."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = upload_sheet(
                actor=viewer, data=file.read(), file_name=file.name, form_key=form.cleaned_data["form_key"]
            )
        except ValidationError as error:
            show(form, error)
        else:
            return redirect(made)
    recent = TrainingSheet.objects.filter(agency_id=viewer.agency_id).defer("rows").select_related("uploaded_by")
    context = {"form": form, "recent": recent[:RECENT], "columns": LABELS.values(), "tabs": tabs(viewer, "sheets")}
    return render(request, "training/sheets.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def sheet(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a table comes to today, with every fault; what of it waits once it was taken over."""
    viewer = require_viewer(request.viewer)
    found = selectors.sheet_for(viewer, pk)
    comparison = None if found.applied_on else compare(found, viewer.today)
    own = viewer.employee.pk == found.uploaded_by_id
    waiting = waiting_in(found, viewer.employee) if found.applied_on else 0
    context = {
        "sheet": found,
        "comparison": comparison,
        "faults": comparison.faults[:SHOWN] if comparison else [],
        "new": comparison.new[:SHOWN] if comparison and comparison.is_sound else [],
        "taken": found.trainings.select_related("employee")[:SHOWN] if found.applied_on else [],
        "own": own,
        "waiting": waiting,
    }
    return render(request, "training/sheet.html", context)


@require_POST
@login_required
def take_over(request: SignedInRequest, pk: int) -> HttpResponse:
    """Every row, or none."""
    found = selectors.sheet_for(request.viewer, pk)
    form = DigestForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    apply_sheet(actor=request.viewer, sheet=found, digest=form.cleaned_data["digest"])
    messages.success(request, _("Tercatat; JP dihitung sesudah orang kedua memeriksa. Pegawai diberi tahu."))
    return redirect(found)


@require_POST
@login_required
def verify_all(request: SignedInRequest, pk: int) -> HttpResponse:
    """The second key for what waits."""
    found = selectors.sheet_for(request.viewer, pk)
    viewer = require_second_of_sheet(request.viewer, found)
    form = WaitingForm(request.POST)
    if not form.is_valid():
        raise Stale(_("Muat ulang halaman ini, lalu ulangi."))
    number = verify_sheet(actor=viewer, sheet=found, waiting=form.cleaned_data["waiting"])
    if number:
        told = ngettext("%(n)s pelatihan diperiksa dan dihitung.", "%(n)s pelatihan diperiksa dan dihitung.", number)
        messages.success(request, told % {"n": grouped(number)})
    return redirect(found)


@require_safe
@login_required
def template(request: SignedInRequest) -> HttpResponse:
    """An empty table with the column names we read."""
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="contoh-pelatihan.csv"'
    csv.writer(response, delimiter=";").writerow(LABELS.values())
    return response
