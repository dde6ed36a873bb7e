"""Printing why: a measured score, an official result. Who may open the page may print it."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.access import require_score_of
from terang.evaluation.appraisals.selectors import appraisal_for
from terang.evaluation.appraisals.states import TOLD
from terang.evaluation.selectors import score_in
from terang.registry.people.access import require_viewer
from terang.reporting.documents.score_services import issue_result, issue_score
from terang.reporting.documents.services import bytes_of
from terang.reporting.documents.views import pdf_response
from terang.web.errors import NotNow


@require_safe
def score(request: SignedInRequest, period_id: int, employee_id: int) -> HttpResponse:
    """A score as it is now, as PDF with a code; new evidence makes another paper with another code."""
    viewer, found = require_viewer(request.viewer), score_in(employee_id, period_id)
    if found is None:
        raise Http404
    require_score_of(viewer, found.employee)
    name = f"penjelasan-nilai-{found.employee.nip}-{found.period.starts_on:%Y-%m}"
    return pdf_response(bytes_of(issue_score(score=found)), name)


@require_safe
def result(request: SignedInRequest, pk: int) -> HttpResponse:
    """An official result once the person has it, as PDF with a code."""
    found = appraisal_for(request.viewer, pk)
    if found.state not in TOLD:
        raise NotNow(gettext("Penjelasan hasil dapat dicetak setelah hasilnya diserahkan kepada pegawai."))
    name = f"penjelasan-hasil-{found.employee.nip}-{found.window.period.starts_on:%Y-%m}"
    return pdf_response(bytes_of(issue_result(appraisal=found)), name)
