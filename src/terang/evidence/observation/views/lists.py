"""Pages on which observations are read: the own ones, those one gives, who was observed, and one of them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.observation import results, selectors, steps
from terang.evidence.observation.access import arrangeable, require_cover, sees_common
from terang.evidence.observation.coverage import cover
from terang.evidence.observation.evidence import effect
from terang.evidence.observation.hooks import running_period
from terang.evidence.observation.views.tabs import tabs
from terang.registry.people.access import may_see_performance, require_viewer

PAGE = 20


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """Where the viewer is or was observed."""
    viewer = require_viewer(request.viewer)
    rows = _page(request, selectors.observations_of(viewer.employee.pk))
    return render(request, "observation/mine.html", {"page": rows, "tabs": tabs(viewer, "mine")})


@require_safe
@login_required
def given(request: SignedInRequest) -> HttpResponse:
    """What the viewer observes."""
    viewer = require_viewer(request.viewer)
    rows = _page(request, selectors.observed_by(viewer.employee.pk))
    return render(request, "observation/given.html", {"page": rows, "tabs": tabs(viewer, "given")})


@require_safe
@login_required
def covered(request: SignedInRequest) -> HttpResponse:
    """Who was observed in the period that runs, and who was not."""
    viewer = require_cover(request.viewer)
    running = running_period(viewer.agency_id, viewer.today)
    instruments = selectors.instruments_on(viewer.agency_id, viewer.today)
    wanted, number = request.GET.get("status", ""), request.GET.get("halaman")
    found = cover(viewer, instruments, running, wanted, number)
    arranges = arrangeable(viewer, [line.employee.pk for line in found.lines])
    context = {"cover": found, "running": running, "wanted": wanted, "arranges": arranges}
    return render(request, "observation/covered.html", context | {"tabs": tabs(viewer, "covered")})


@require_safe
@login_required
def observation(request: SignedInRequest, pk: int) -> HttpResponse:
    """One observation: where it stands, what comes next, and all that the viewer may see of it."""
    viewer = require_viewer(request.viewer)
    row = selectors.observation_for(viewer, pk)
    beside = selectors.beside(row)
    names, at = steps.steps(row)
    context = {
        "row": row,
        "names": names,
        "at": at,
        "next": steps.next_step(viewer, row, beside),
        "rows": results.result_rows(viewer, row),
        "agreement": results.agreement_of(viewer, row),
        "shift": results.shift_of(row.previous, row) or results.shift_of(row, beside.second),
        "beside": beside,
        "effect": effect(row),
        "sees_common": sees_common(viewer, row),
        "listens": may_see_performance(viewer, row.employee),
        "own": viewer.employee.pk == row.employee_id,
    }
    return render(request, "observation/observation.html", context)


def _page(request: SignedInRequest, rows: QuerySet) -> object:
    return Paginator(rows, PAGE).get_page(request.GET.get("halaman"))
