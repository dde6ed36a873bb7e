"""Printing the certificate of an award."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.awards.selectors import award_for
from terang.reporting.documents.services import bytes_of, issue_award
from terang.reporting.documents.views import pdf_response


@require_safe
def award(request: SignedInRequest, pk: int) -> HttpResponse:
    """An award as PDF with a code, for who was awarded and the personnel agency."""
    found = award_for(request.viewer, pk)
    return pdf_response(bytes_of(issue_award(award=found)), f"piagam-{found.employee.nip}-{found.pk}")
