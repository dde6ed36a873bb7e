"""Service medals: the list for the yearly proposal, and one person's conditions."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.awards import selectors
from terang.follow_up.awards.access import require_overview
from terang.follow_up.awards.lists import MEDALS_DUE
from terang.follow_up.awards.medals import candidates
from terang.follow_up.awards.tabs import tabs
from terang.follow_up.awards.wording import medal_name
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.rules.regulations.source import rule_set


@require_safe
@login_required
def due(request: SignedInRequest) -> HttpResponseBase:
    """Who may be proposed, who will be within a year, and what is missing."""
    viewer = require_overview(request.viewer)
    table = MEDALS_DUE.bind(request, candidates(viewer))
    rules = rule_set("medals", viewer.today)
    return table.export() or render(
        request, "awards/medals.html", {"table": table, "rules": rules, "tabs": tabs(viewer, "medals")}
    )


@require_safe
@login_required
def person(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """What one person's next medal needs, each condition with its proof."""
    viewer = require_viewer(request.viewer)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    found = selectors.medal_of(viewer, employee)
    context = {
        "person": employee,
        "own": viewer.employee.pk == employee.pk,
        "found": found,
        "name": medal_name(found.medal) if found.grade else "",
    }
    return render(request, "awards/medal.html", context)
