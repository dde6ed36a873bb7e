"""Screens of the people import: upload, preview with progress, apply."""

import csv
from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.interchange.access import require_importer, require_own_import
from terang.interchange.forms import PeopleImportForm
from terang.interchange.models import PeopleImport
from terang.interchange.people.rows import LABELS
from terang.interchange.services import confirm_import, start_import
from terang.interchange.states import RUNNING
from terang.web.htmx import render
from terang.web.sentences import said

RECENT = 10
KINDS = ("wrong", "new", "changed", "ended")


def people(request: SignedInRequest) -> HttpResponse:
    viewer = require_importer(request.viewer)
    form = PeopleImportForm(
        request.POST or None, request.FILES or None, initial={"effective_on": viewer.today + timedelta(days=1)}
    )
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        job = start_import(
            actor=viewer,
            data=file.read(),
            file_name=file.name,
            effective_on=form.cleaned_data["effective_on"],
            complete=form.cleaned_data["complete"],
            form_key=form.cleaned_data["form_key"],
        )
        return redirect("interchange:preview", job.pk)
    recent = (
        PeopleImport.objects.filter(agency_id=viewer.agency_id).defer("table").select_related("uploaded_by")[:RECENT]
    )
    context = {"form": form, "recent": recent, "columns": LABELS.values()}
    return render(
        request, "interchange/people.html", "interchange/people.html", context, status=422 if form.errors else 200
    )


@require_safe
def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    job = get_object_or_404(PeopleImport.objects.select_related("uploaded_by"), pk=pk)
    require_own_import(request.viewer, job)
    kind = request.GET.get("jenis", "")
    shown = [row for row in job.table if kind in {"", row["kind"]}]
    context = {
        "job": job,
        "running": job.state in RUNNING,
        "kind": kind,
        "rows": shown[:200],
        "more": len(shown) - 200,
        "kinds": KINDS,
    }
    return render(request, "interchange/preview.html", "interchange/_preview.html", context)


@require_POST
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    job = confirm_import(actor=request.viewer, import_id=pk, digest=request.POST.get("digest", ""))
    return redirect("interchange:preview", job.pk)


@require_safe
def problems(request: SignedInRequest, pk: int) -> HttpResponse:
    """The wrong rows as CSV, to be mended beside the original."""
    job = get_object_or_404(PeopleImport, pk=pk)
    require_own_import(request.viewer, job)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="baris-salah-{job.pk}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("Baris"), _("Yang salah")])
    writer.writerows([row["row"], said(row["what"])] for row in job.table if row["kind"] == "wrong")
    return response


@require_safe
def template(request: SignedInRequest) -> HttpResponse:
    """An empty list with the column names we read."""
    require_importer(request.viewer)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="contoh-pegawai.csv"'
    csv.writer(response, delimiter=";").writerow(LABELS.values())
    return response
