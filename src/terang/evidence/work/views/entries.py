"""One's own entries, and where the plan stands."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.work import selectors
from terang.evidence.work.lists import ENTRIES
from terang.registry.people.access import require_sight_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_day, asked_int


@require_safe
@login_required
def entries(request: SignedInRequest) -> HttpResponseBase:
    """One's own entries; with ?pegawai= those of somebody whose performance the viewer may see. ?tugas=, ?indikator=,
    ?sejak= and ?sebelum= are how a figure leads to the entries behind it."""
    viewer = require_viewer(request.viewer)
    employee = asked_employee(request, viewer)
    rows = selectors.entries_of(employee.pk)
    task = asked_int(request.GET.get("tugas"))
    if task is not None:
        rows = rows.filter(task_id=task)
    indicator = asked_int(request.GET.get("indikator"))
    if indicator is not None:
        rows = rows.filter(indicator_id=indicator)
    since, before = asked_day(request.GET.get("sejak")), asked_day(request.GET.get("sebelum"))
    if since and before:
        rows = rows.filter(day__gte=since, day__lt=before)
    table = ENTRIES.bind(request, rows)
    context = {"table": table, "employee": employee, "own": employee == viewer.employee}
    if since and before:
        context["since"], context["last"] = since, before - timedelta(days=1)
    context["returned"] = selectors.returned_to(employee.pk).count() if context["own"] else 0
    return table.export() or render(request, "work/entries.html", context)


def asked_employee(request: SignedInRequest, viewer: Viewer) -> Employee:
    """The person of ?pegawai=, whose performance the viewer may see; the viewer where none is asked for."""
    number = asked_int(request.GET.get("pegawai"))
    if number is None or number == viewer.employee.pk:
        return viewer.employee
    employee = get_object_or_404(Employee, pk=number)
    require_sight_of(viewer, employee)
    return employee


@require_safe
@login_required
def plan(request: SignedInRequest) -> HttpResponse:
    """The agreed plan with target, what is due, and what was reached; with ?pegawai= that of somebody else."""
    viewer = require_viewer(request.viewer)
    employee = asked_employee(request, viewer)
    context = {"employee": employee, "own": employee == viewer.employee}
    context["progress"] = selectors.progress_of(employee, viewer.today)
    return render(request, "work/plan.html", context)
