"""The page "Bagaimana jika…" of one's own running period. Reads only; the answer is kept nowhere."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.models import Period
from terang.evaluation.selectors import policy_of
from terang.evaluation.whatif.ahead import ahead_of
from terang.evaluation.whatif.comparing import compare
from terang.evaluation.whatif.forms import StepsForm
from terang.evaluation.whatif.imagining import Steps
from terang.evaluation.whatif.running import is_running
from terang.registry.people.access import require_viewer
from terang.web import htmx


@require_safe
@login_required
def what_if(request: SignedInRequest, period_id: int) -> HttpResponse:
    """What the viewer's own next steps would do to the viewer's own score."""
    viewer = require_viewer(request.viewer)
    period = get_object_or_404(Period.objects.select_related("agency"), pk=period_id, agency_id=viewer.agency_id)
    version = policy_of(period)
    ahead = None
    if version is not None and is_running(period, viewer.today):
        ahead = ahead_of(viewer.employee, period, version, timezone.now(), viewer.today)
    if ahead is None:
        running = is_running(period, viewer.today)
        return render(request, "evaluation/what_if_none.html", {"period": period, "running": running})
    form = StepsForm(request.GET, ahead=ahead)
    steps = form.steps() if form.is_valid() else Steps()
    context = {
        "form": form,
        "ahead": ahead,
        "employee": viewer.employee,
        "period": period,
        "steps": steps,
        "told": compare(ahead, steps),
    }
    status = 422 if form.errors else 200
    return htmx.render(request, "evaluation/what_if.html", "evaluation/_what_if.html", context, status=status)
