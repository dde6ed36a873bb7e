"""Printing credit points that were laid down."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.credit.selectors import decision_for
from terang.reporting.documents.services import bytes_of, issue_credit
from terang.reporting.documents.views import pdf_response


@require_safe
def credit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Conversion, accumulation and decision as one PDF, for who may read the decision."""
    found = decision_for(request.viewer, pk)
    return pdf_response(bytes_of(issue_credit(decision=found)), f"angka-kredit-{found.employee.nip}-{found.number}")
