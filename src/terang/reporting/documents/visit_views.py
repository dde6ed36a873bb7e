"""Printing the minutes of a visit."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.oversight.access import require_whole_reader
from terang.evidence.oversight.selectors import visit_for
from terang.reporting.documents.services import bytes_of, issue_minutes
from terang.reporting.documents.views import pdf_response


@require_safe
def minutes(request: SignedInRequest, pk: int) -> HttpResponse:
    """The visit as it stands now, as PDF: what is replied and decided later makes another paper with another code."""
    found = visit_for(pk)
    require_whole_reader(request.viewer, found)
    return pdf_response(bytes_of(issue_minutes(visit=found)), f"berita-acara-{found.day}-{found.pk}")
