"""What people say of one's own service, as it comes in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens.access import require_officer
from terang.evidence.citizens.survey_presenting import present_voice
from terang.evidence.citizens.survey_selectors import voice_of
from terang.evidence.citizens.views.tabs import service_tabs
from terang.web import htmx


@require_safe
@login_required
def voice(request: SignedInRequest) -> HttpResponse:
    """The officer's own feedback of the last half-year; asks again whenever somebody answers."""
    viewer = require_officer(request.viewer)
    found = voice_of(viewer.employee, viewer.today)
    context = {
        "voice": found,
        "shown": present_voice(found.tally),
        "officer": viewer.employee,
        "tabs": service_tabs(viewer, "voice"),
    }
    return htmx.render(request, "citizens/survey_voice.html", "citizens/_survey_voice.html", context)
