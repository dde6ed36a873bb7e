"""The employee's pages: one's own reports, writing, handing in, answering."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.reports.access import require_author
from terang.evidence.reports.forms import FinishForm, LookForm, WriteForm, write_form
from terang.evidence.reports.lists import state_badge
from terang.evidence.reports.models import Report, ReportState
from terang.evidence.reports.page import figures_behind, page_of, report_for, sheet_of
from terang.evidence.reports.services.answering import ask_second_look, finish_report, why_no_second_look
from terang.evidence.reports.services.writing import (
    missing_parts,
    open_report,
    save_draft,
    submit_report,
    take_in_results,
)
from terang.evidence.reports.states import require_move
from terang.evidence.reports.terms import Asked, asked_of
from terang.evidence.reports.views.tabs import report_tabs
from terang.evidence.reports.wording import period_name
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_day
from terang.web.errors import NotNow


@require_safe
@login_required
def own(request: SignedInRequest) -> HttpResponse:
    """One's own reports by period: to begin, to go on with, to read."""
    viewer = require_viewer(request.viewer)
    lines = [_line(each, viewer) for each in asked_of(viewer.employee, viewer.today)]
    return render(request, "reports/own.html", {"lines": lines, "tabs": report_tabs(viewer, "own")})


def _line(asked: Asked, viewer: Viewer) -> dict[str, Any]:
    written = asked.report is None or asked.report.state in (ReportState.DRAFT, ReportState.RETURNED)
    return {
        "asked": asked,
        "period": period_name(asked.span.kind, asked.span.start),
        "badge": state_badge(asked.report) if asked.report else "",
        "late": written and viewer.today > asked.due_on,
        "early": written and viewer.today < asked.opens_on,
    }


@require_POST
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """Begins a report, or goes to the one begun."""
    viewer = require_viewer(request.viewer)
    day = asked_day(request.POST.get("start"))
    if day is None:
        raise Http404
    report = open_report(actor=viewer, kind=request.POST.get("kind", ""), start=day)
    return htmx.redirect(request, reverse("reports:write", args=[report.pk]))


@require_http_methods(["GET", "POST"])
@login_required
def write(request: SignedInRequest, pk: int) -> HttpResponse:
    """The report being written. Sent by a button it is kept or handed in; sent by itself (htmx) it is only ever kept:
    htmx adds the button that has the focus, and who tabs onto it has not handed anything in."""
    viewer, report = report_for(request.viewer, pk)
    require_author(viewer, report)
    if request.method == "GET":
        require_move(report, "save")
        take_in_results(actor=viewer, report=report)
        return _write_page(request, viewer, report, write_form(report))
    form = write_form(report, request.POST)
    if not form.is_valid():
        return _write_page(request, viewer, report, form, status=422)
    data = form.cleaned_data
    told = {"words": form.words(), "version": data["version"], "page": data["page"]}
    by_itself = bool(getattr(request, "htmx", False))
    if request.POST.get("action") == "submit" and not by_itself:
        return _handed_in(request, viewer, report, form, told)
    kept = save_draft(actor=viewer, report=report, **told)
    if by_itself:
        return render(request, "reports/_saved.html", {"report": kept})
    messages.success(request, gettext("Draf disimpan."))
    return htmx.redirect(request, reverse("reports:write", args=[report.pk]))


def _handed_in(
    request: SignedInRequest, viewer: Viewer, report: Report, form: WriteForm, told: dict[str, Any]
) -> HttpResponse:
    """Refused for what is missing, the page comes again with all that was typed."""
    try:
        submit_report(actor=viewer, report=report, **told)
    except NotNow as refused:
        if report.state not in (ReportState.DRAFT, ReportState.RETURNED):
            raise
        form.add_error(None, refused.reason)
        return _write_page(request, viewer, report, form, status=422)
    messages.success(request, gettext("Laporan diajukan. Angkanya kini tetap; pembacanya sudah diberi tahu."))
    return htmx.redirect(request, report.get_absolute_url())


def _write_page(
    request: SignedInRequest, viewer: Viewer, report: Report, form: WriteForm, status: int = 200
) -> HttpResponse:
    sheet = sheet_of(viewer, report)
    asked = next((each for each in asked_of(report.employee, viewer.today) if each.report == report), None)
    fields = dict(form.row_fields())
    context = {
        "report": report,
        "sheet": sheet,
        "form": form.drawn(),
        "behind": [each.label for each in figures_behind(sheet)],
        "parts": [(part, fields[part.row]) for part in sheet.parts],
        "opens_on": asked.opens_on if asked and asked.opens_on > viewer.today else None,
        "late": viewer.today > report.due_on,
        "missing": missing_parts(report),
        "returns": report.returns.select_related("reader")[:2],
    }
    return render(request, "reports/write.html", context, status=status)


@require_POST
@login_required
def finish(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee has read the ratings."""
    viewer, report = report_for(request.viewer, pk)
    require_author(viewer, report)
    form = FinishForm(request.POST)
    if not form.is_valid():
        return answer_page(request, viewer, report, finish=form, status=422)
    data = form.cleaned_data
    finish_report(actor=viewer, report=report, reply=data["reply"], version=data["version"])
    messages.success(request, gettext("Laporan selesai."))
    return htmx.redirect(request, report.get_absolute_url())


@require_POST
@login_required
def look(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee asks once for a second look."""
    viewer, report = report_for(request.viewer, pk)
    require_author(viewer, report)
    form = _look_form(report, request.POST)
    if not form.is_valid():
        return answer_page(request, viewer, report, look=form, status=422)
    data = form.cleaned_data
    ask_second_look(actor=viewer, report=report, seat=data["seat"], reason=data["reason"], version=data["version"])
    messages.success(request, gettext("Permintaan dikirim. Penilaian pertama tetap berlaku sampai tinjauan selesai."))
    return htmx.redirect(request, report.get_absolute_url())


def _look_form(report: Report, data: Any = None) -> LookForm:
    seats = report.readings.filter(look=1).values_list("seat", flat=True)
    return LookForm(data, initial={"version": report.version}, seats=seats)


def answer_page(
    request: SignedInRequest,
    viewer: Viewer,
    report: Report,
    *,
    finish: FinishForm | None = None,
    look: LookForm | None = None,
    judge: Any = None,
    give_back: Any = None,
    status: int = 200,
) -> HttpResponse:
    """The page of a report with the forms of what the viewer can do now."""
    context = page_of(viewer, report)
    if context["own"] and report.state == ReportState.RATED:
        waits = report.readings.filter(given_at=None).exists()
        context["finish_form"] = None if waits else finish or FinishForm(initial={"version": report.version})
        context["why_no_look"] = why_no_second_look(report, viewer.today)
        context["look_form"] = None if context["why_no_look"] else look or _look_form(report)
    context |= {"judge": judge, "give_back": give_back, "badge": state_badge(report)}
    return render(request, "reports/report.html", context, status=status)
