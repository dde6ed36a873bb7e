"""The readers' pages: the queue, one report, judging it or giving it back; and the list of all one may read."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.reports.access import may_oversee, readable, require_reader
from terang.evidence.reports.forms import JudgeForm, ReturnForm, judge_form
from terang.evidence.reports.lists import REPORTS, lines, queue_of
from terang.evidence.reports.models import Reading, Report
from terang.evidence.reports.page import mine_to_give, reading_for, readings_of, report_for
from terang.evidence.reports.services.reading import rate_report, return_report, take_reading
from terang.evidence.reports.terms import rubric_of
from terang.evidence.reports.views.tabs import report_tabs
from terang.evidence.reports.views.writing import answer_page
from terang.registry.people.access import require_viewer
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.errors import NotAllowed


@require_safe
@login_required
def all_reports(request: SignedInRequest) -> HttpResponseBase:
    """Every report the viewer may read."""
    viewer = require_viewer(request.viewer)
    table = REPORTS.bind(request, readable(viewer).select_related("employee", "unit"))
    context = {"table": table, "tabs": report_tabs(viewer, "list")}
    return table.export() or render(request, "reports/list.html", context)


@require_safe
@login_required
def queue(request: SignedInRequest) -> HttpResponse:
    """The readings that wait for the viewer, for all overseers, and those that others let go by."""
    viewer = require_viewer(request.viewer)
    if not (viewer.is_head or may_oversee(viewer) or direct_report_ids(viewer.employee, viewer.today)):
        raise NotAllowed(gettext("Halaman ini untuk atasan langsung dan tim pengawas."))
    waiting = queue_of(viewer, request.GET.get("halaman"))
    context = {
        "queue": waiting,
        "own": lines(waiting.own, viewer.today),
        "pool": lines(waiting.pool, viewer.today),
        "overdue": lines(waiting.overdue, viewer.today),
        "tabs": report_tabs(viewer, "queue"),
    }
    return render(request, "reports/queue.html", context)


@require_safe
@login_required
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """One report: words, figures, readings, and what the viewer can do now."""
    viewer, found = report_for(request.viewer, pk)
    return _page(request, viewer, found)


def _page(
    request: SignedInRequest,
    viewer: Viewer,
    found: Report,
    *,
    judge: JudgeForm | None = None,
    give_back: ReturnForm | None = None,
    status: int = 200,
) -> HttpResponse:
    mine = mine_to_give(viewer, found, readings_of(found))
    if mine:
        judge = judge or judge_form(mine, rubric_of(found))
        give_back = give_back or ReturnForm(initial={"version": mine.version})
    return answer_page(request, viewer, found, judge=judge, give_back=give_back, status=status)


@require_POST
@login_required
def take(request: SignedInRequest, pk: int) -> HttpResponse:
    """An overseer takes a reading."""
    viewer, reading = reading_for(request.viewer, pk)
    take_reading(actor=viewer, reading=reading)
    return htmx.redirect(request, reading.report.get_absolute_url())


@require_POST
@login_required
def judge(request: SignedInRequest, pk: int) -> HttpResponse:
    """A reader's marks."""
    viewer, reading = reading_for(request.viewer, pk)
    _require_reader_unless_given(viewer, reading)
    form = JudgeForm(request.POST, rubric=rubric_of(reading.report))
    if not form.is_valid():
        return _page(request, viewer, reading.report, judge=form, status=422)
    rate_report(actor=viewer, reading=reading, judgement=form.judgement(), version=form.cleaned_data["version"])
    messages.success(request, gettext("Penilaian Anda tercatat."))
    return htmx.redirect(request, reading.report.get_absolute_url())


def _require_reader_unless_given(viewer: Viewer, reading: Reading) -> None:
    """Who has given it and clicks twice is led back; anybody else must be its reader."""
    if not (reading.given_at and reading.reader_id == viewer.employee.pk):
        require_reader(viewer, reading)


@require_POST
@login_required
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """A report returned for completion."""
    viewer, reading = reading_for(request.viewer, pk)
    require_reader(viewer, reading)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, reading.report, give_back=form, status=422)
    data = form.cleaned_data
    return_report(actor=viewer, reading=reading, note=data["whole"], version=data["version"])
    messages.success(request, gettext("Laporan dikembalikan kepada pegawai dengan catatan Anda."))
    return htmx.redirect(request, reverse("reports:queue"))
