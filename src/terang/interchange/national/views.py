"""Screens of the exchange with the national system: what differs, one difference, the reports brought in."""

import csv
from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.interchange.access import require_importer
from terang.interchange.models import NationalReport
from terang.interchange.national import selectors, wording
from terang.interchange.national.access import may_explain, require_explainer, require_own_report, sees_everybody
from terang.interchange.national.forms import OWN, ExplainForm, HandOverForm, ReportForm
from terang.interchange.national.handing import SLUGS, Span
from terang.interchange.national.lists import differences_table
from terang.interchange.national.services import ask_comparison, confirm_report, explain, hand_out, start_report
from terang.interchange.national.tabs import tabs
from terang.interchange.states import RUNNING
from terang.registry.people.access import may_keep, require_viewer
from terang.rules.regulations.national_handover import hand_over_on
from terang.rules.regulations.national_reports import layout_on
from terang.web.errors import NotNow
from terang.web.htmx import render
from terang.web.sentences import said
from terang.web.spreadsheets import KINDS as SHAPES

RECENT = 10
SHOWN = 200


@require_safe
@login_required
def differences(request: SignedInRequest) -> HttpResponseBase:
    """What differs, as far as the viewer may see: open ones, or those that were explained."""
    viewer = require_viewer(request.viewer)
    visible = selectors.differences_for(viewer)
    explained = request.GET.get("keadaan") == "dijelaskan"
    rows = visible.explained() if explained else visible.unexplained()
    table = differences_table(selectors.units_with(rows)).bind(request, rows)
    if download := table.export():
        return download
    kinds, owners = selectors.summary(rows)
    context = {
        "table": table,
        "explained": explained,
        "kinds": kinds,
        "owners": owners,
        "compared_at": selectors.compared_at(viewer.agency_id),
        "sources": selectors.sources(viewer.agency_id),
        "everybody": sees_everybody(viewer),
        "keeps": may_keep(viewer),
        "tabs": tabs(viewer, "national"),
    }
    return render(request, "interchange/national.html", "interchange/national.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def difference(request: SignedInRequest, pk: int) -> HttpResponse:
    """One difference with both values, why it stands, who must act; and the form to explain it."""
    row = selectors.difference_for(request.viewer, pk)
    viewer = require_viewer(request.viewer) if request.method == "GET" else require_explainer(request.viewer, row)
    form = ExplainForm(request.POST or None, initial={"version": row.version})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        explain(actor=viewer, pk=pk, reason=told["reason"], version=told["version"], form_key=told["form_key"])
        return redirect("interchange:national_difference", pk)
    context = {
        "row": row,
        "here": wording.value_here(row),
        "there": wording.value_there(row),
        "why": wording.why(row),
        "todo": wording.what_to_do(row),
        "who": wording.who(row),
        "place": wording.place_of(row, viewer),
        "form": form if may_explain(viewer, row) else None,
    }
    status = 422 if form.errors else 200
    return render(
        request, "interchange/national_difference.html", "interchange/national_difference.html", context, status=status
    )


@require_POST
@login_required
def compare(request: SignedInRequest) -> HttpResponse:
    ask_comparison(actor=request.viewer)
    return redirect("interchange:national")


@require_http_methods(["GET", "POST"])
@login_required
def hand_over(request: SignedInRequest) -> HttpResponseBase:
    """Files whose rows can be copied into the national application."""
    viewer = require_viewer(request.viewer)
    yesterday = viewer.today - timedelta(days=1)
    usual = {"first": yesterday.replace(day=1), "last": yesterday, "whose": OWN}
    form = HandOverForm(request.POST or None, initial=usual, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        own, unit = form.asked
        span = Span(told["first"], told["last"])
        try:
            file = hand_out(actor=viewer, kind=told["kind"], span=span, own=own, unit=unit, shape=told["shape"])
        except NotNow as refused:
            form.add_error("kind", refused.reason)
        else:
            name = f"{SLUGS[told['kind']]}-{span.first}-{span.last}"
            return SHAPES[told["shape"]](name, file.heads, file.rows)
    context = {
        "form": form,
        "note": hand_over_on(viewer.today).note,
        "tabs": tabs(viewer, "national_hand_over"),
    }
    status = 422 if form.errors else 200
    return render(
        request, "interchange/national_hand_over.html", "interchange/national_hand_over.html", context, status=status
    )


@require_http_methods(["GET", "POST"])
@login_required
def reports(request: SignedInRequest) -> HttpResponse:
    """Upload a report; below it those brought in last."""
    viewer = require_importer(request.viewer)
    form = ReportForm(request.POST or None, request.FILES or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        report = start_report(
            actor=viewer,
            data=told["file"].read(),
            file_name=told["file"].name,
            form_key=told["form_key"],
            period=told["period"],
            told_on=told["told_on"],
        )
        return redirect(report.get_absolute_url())
    recent = NationalReport.objects.filter(agency_id=viewer.agency_id).defer("table").select_related("uploaded_by")
    context = {
        "form": form,
        "recent": recent[:RECENT],
        "note": layout_on(viewer.today).note,
        "tabs": tabs(viewer, "national_reports"),
    }
    status = 422 if form.errors else 200
    return render(
        request, "interchange/national_reports.html", "interchange/national_reports.html", context, status=status
    )


@require_safe
@login_required
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the file says as a whole, and every fault of it."""
    job = get_object_or_404(NationalReport.objects.select_related("uploaded_by", "period", "unit"), pk=pk)
    require_own_report(request.viewer, job)
    context = {
        "job": job,
        "running": job.state in RUNNING,
        "rows": job.table[:SHOWN],
        "more": len(job.table) - SHOWN,
        "notes": [said(note) for note in job.notes],
        "upload": reverse("interchange:national_reports"),
    }
    return render(request, "interchange/national_report.html", "interchange/_national_report.html", context)


@require_POST
@login_required
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    return redirect(confirm_report(actor=request.viewer, report_id=pk).get_absolute_url())


@require_safe
@login_required
def problems(request: SignedInRequest, pk: int) -> HttpResponse:
    """The wrong rows as CSV, to be mended beside the original."""
    job = get_object_or_404(NationalReport, pk=pk)
    require_own_report(request.viewer, job)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="baris-salah-laporan-{job.pk}.csv"'
    writer = csv.writer(response, delimiter=";")
    writer.writerow([_("Baris"), "NIP", _("Yang salah")])
    writer.writerows([row["row"], row["nip"], said(row["what"])] for row in job.table)
    return response
