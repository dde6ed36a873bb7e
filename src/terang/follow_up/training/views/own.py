"""What a person learns: one's own page, a person's page for who may see them, and the team."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.training import selectors
from terang.follow_up.training.access import require_leader, require_reader
from terang.follow_up.training.hours import hours_of
from terang.follow_up.training.lists import RECORDS
from terang.follow_up.training.needs import needs_of_one
from terang.follow_up.training.tabs import tabs
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer

PER_PAGE = 20


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """The viewer's own needs, plan, sessions, hours and records."""
    viewer = require_viewer(request.viewer)
    return _page(request, viewer, viewer.employee)


@require_safe
@login_required
def person(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """The same of somebody, for who may see their performance."""
    viewer = require_viewer(request.viewer)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    require_reader(viewer, employee)
    return _page(request, viewer, employee)


def _page(request: SignedInRequest, viewer: Viewer, employee: Employee) -> HttpResponse:
    own = viewer.employee.pk == employee.pk
    hours = hours_of(employee, viewer.today.year)
    context = {
        "person": employee,
        "own": own,
        "proposes": own or employee.pk in direct_report_ids(viewer.employee, viewer.today),
        "hours": hours,
        "late": hours.is_late(viewer.today),
        "needs": needs_of_one(employee, viewer.today),
        "plan": selectors.plan_of(employee, viewer.today),
        "enrolments": selectors.enrolments_of(employee, viewer.today),
        "declared": selectors.declared_of(employee),
        "records": RECORDS.bind(request, selectors.records_of(employee)),
        "tabs": tabs(viewer, "mine" if own else ""),
    }
    return render(request, "training/person.html", context)


@require_safe
@login_required
def team(request: SignedInRequest) -> HttpResponse:
    """The people the viewer appraises: what waits for an answer, what is advised, and their hours."""
    viewer = require_leader(request.viewer)
    members = selectors.team_of(viewer)
    page = Paginator(members, PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "members": members, "tabs": tabs(viewer, "team"), "year": viewer.today.year}
    return render(request, "training/team.html", context)
