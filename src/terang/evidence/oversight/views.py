"""Reading inspections: what was checked, what was seen, what was replied, and what counts."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.oversight import selectors
from terang.registry.people.access import require_viewer


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """The inspections in which the viewer was checked."""
    viewer = require_viewer(request.viewer)
    return render(request, "oversight/mine.html", {"inspections": selectors.inspections_of(viewer.employee.pk)})


@require_safe
@login_required
def inspection(request: SignedInRequest, inspection_id: int) -> HttpResponse:
    """One inspection, with those points that the viewer may read."""
    found, sheets = selectors.inspection_for(request.viewer, inspection_id)
    return render(request, "oversight/inspection.html", {"inspection": found, "sheets": sheets})
