"""The month of presence: one's own, or with ?pegawai= of somebody whose performance the viewer may see."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.attendance.selectors import month_of_person
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.registry.people.access import require_sight_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web import htmx


@require_safe
@login_required
def month(request: SignedInRequest) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    employee = _employee(request, viewer)
    view = month_of_person(employee.pk, _first(request.GET.get("bulan", ""), viewer.today))
    context = {"month": view, "employee": employee, "own": employee == viewer.employee}
    context["later"] = view.following <= viewer.today
    context["tabs"] = presence_tabs(viewer, "month")
    return htmx.render(request, "attendance/month.html", "attendance/_month.html", context)


def _employee(request: SignedInRequest, viewer: Viewer) -> Employee:
    number = request.GET.get("pegawai", "")
    if not number.isdecimal() or int(number) == viewer.employee.pk:
        return viewer.employee
    employee = get_object_or_404(Employee, pk=int(number))
    require_sight_of(viewer, employee)
    return employee


def _first(text: str, today: date) -> date:
    """The first of the asked month ("2026-10"); of this month where the text is none."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return today.replace(day=1)
