"""The lens of a window, and the mirror of one appraiser."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals.selectors import window_for
from terang.evaluation.fairness import selectors
from terang.evaluation.fairness.access import require_lens, require_mirror
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee

PER_PAGE = 50


@require_safe
@login_required
def lens(request: SignedInRequest, pk: int) -> HttpResponse:
    """Appraisers and groups of a window, as far as the viewer sees them."""
    window = window_for(require_viewer(request.viewer), pk)
    _viewer, sight = require_lens(request.viewer, window)
    view = selectors.view_of(window, sight)
    page = Paginator(view.mirrors, PER_PAGE).get_page(request.GET.get("halaman"))
    told = {"window": window, "view": view, "sight": sight, "page": page, "lens": selectors.LENS}
    return render(request, "fairness/lens.html", told)


@require_safe
@login_required
def mirror(request: SignedInRequest, pk: int, rater_id: int) -> HttpResponse:
    """How one appraiser rated beside the others, with the records behind it."""
    viewer = require_viewer(request.viewer)
    window = window_for(viewer, pk)
    require_mirror(viewer, window, rater_id)
    rater = get_object_or_404(Employee, pk=rater_id, agency_id=viewer.agency_id)
    page = Paginator(selectors.records_behind(viewer, window, rater), PER_PAGE).get_page(request.GET.get("halaman"))
    told = {
        "window": window,
        "mirror": selectors.mirror_of(window, rater),
        "page": page,
        "rater": rater,
        "is_own": viewer.employee.pk == rater_id,
    }
    return render(request, "fairness/mirror.html", told)
