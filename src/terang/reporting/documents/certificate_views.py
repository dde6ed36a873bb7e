"""Printing a certificate."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.training.selectors import record_for
from terang.reporting.documents.services import bytes_of, issue_certificate
from terang.reporting.documents.views import pdf_response


@require_safe
def certificate(request: SignedInRequest, pk: int) -> HttpResponse:
    """A finished training of our own sessions as PDF with a code, for who may see the person."""
    found = record_for(request.viewer, pk)
    return pdf_response(bytes_of(issue_certificate(training=found)), f"sertifikat-{found.employee.nip}-{found.pk}")
