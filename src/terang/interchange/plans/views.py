"""Screens of the import of plans: upload, preview with progress, apply."""

import csv

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.interchange.access import require_importer
from terang.interchange.models import PlanImport
from terang.interchange.plans.forms import PlanImportForm
from terang.interchange.plans.rows import LABELS
from terang.interchange.plans.services import confirm_plans, require_own, start_plans
from terang.interchange.states import RUNNING
from terang.web.htmx import render
from terang.web.sentences import said

RECENT = 10
SHOWN = 200


@require_http_methods(["GET", "POST"])
@login_required
def plans(request: SignedInRequest) -> HttpResponse:
    """Upload a list of plans; below it the imports made last."""
    viewer = require_importer(request.viewer)
    form = PlanImportForm(request.POST or None, request.FILES or None, today=viewer.today)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        job = start_plans(
            actor=viewer,
            data=file.read(),
            file_name=file.name,
            day=form.day,
            form_key=form.cleaned_data["form_key"],
        )
        return redirect("interchange:plan_preview", job.pk)
    recent = PlanImport.objects.filter(agency_id=viewer.agency_id).defer("table").select_related("uploaded_by")
    context = {"form": form, "recent": recent[:RECENT], "columns": LABELS.values()}
    status = 422 if form.errors else 200
    return render(request, "interchange/plans.html", "interchange/plans.html", context, status=status)


@require_safe
@login_required
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the file would make; problems first."""
    job = get_object_or_404(PlanImport.objects.select_related("uploaded_by"), pk=pk)
    require_own(request.viewer, job)
    context = {
        "job": job,
        "running": job.state in RUNNING,
        "rows": job.table[:SHOWN],
        "more": len(job.table) - SHOWN,
    }
    return render(request, "interchange/plan_preview.html", "interchange/_plan_preview.html", context)


@require_POST
@login_required
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    job = confirm_plans(actor=request.viewer, import_id=pk)
    return redirect("interchange:plan_preview", job.pk)


@require_safe
@login_required
def problems(request: SignedInRequest, pk: int) -> HttpResponse:
    """The wrong rows as CSV, to be mended beside the original."""
    job = get_object_or_404(PlanImport, pk=pk)
    require_own(request.viewer, job)
    rows = [[row["row"], said(row["what"])] for row in job.table if row["kind"] == "wrong"]
    return _csv(f"baris-salah-skp-{job.pk}.csv", [[_("Baris"), _("Yang salah")], *rows])


@require_safe
@login_required
def template(request: SignedInRequest) -> HttpResponse:
    """An empty list with the column names we read."""
    require_importer(request.viewer)
    return _csv("contoh-skp.csv", [list(LABELS.values())])


def _csv(name: str, rows: list[list[str]]) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    csv.writer(response, delimiter=";").writerows(rows)
    return response
