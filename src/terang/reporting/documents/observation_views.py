"""Printing an observation."""

from django.http import HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.observation.selectors import observation_for
from terang.reporting.documents.services import bytes_of, issue_observation
from terang.reporting.documents.views import pdf_response
from terang.web.errors import NotNow


@require_safe
def observation(request: SignedInRequest, pk: int) -> HttpResponse:
    """The observation as it stands now, as PDF, for who reads it; before the feedback not everybody sees the same."""
    found = observation_for(request.viewer, pk)
    if not found.is_told:
        raise NotNow(gettext("Observasi dapat dicetak setelah umpan baliknya diberikan."))
    return pdf_response(bytes_of(issue_observation(observation=found)), f"observasi-{found.day}-{found.pk}")
