"""What stays unanswered below: who has to answer, since when; reminding."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.work import services
from terang.evidence.work.unanswered import PAGE_SIZE, owners_of, unanswered_below
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee


@require_safe
@login_required
def unanswered(request: SignedInRequest) -> HttpResponse:
    """Entries passed on to the viewer because their appraiser did not answer."""
    viewer = require_viewer(request.viewer)
    page = Paginator(unanswered_below(viewer), PAGE_SIZE).get_page(request.GET.get("halaman"))
    context = {"page": page, "owners": owners_of(viewer, list(page.object_list))}
    return render(request, "work/unanswered.html", context)


@require_POST
@login_required
def remind(request: SignedInRequest, employee_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    appraiser = get_object_or_404(Employee, pk=employee_id, agency_id=viewer.agency_id)
    services.remind(actor=viewer, appraiser=appraiser)
    messages.success(request, gettext("%(name)s diingatkan.") % {"name": appraiser.name})
    return redirect("work:unanswered")
