"""Printing a satisfaction survey: a published result as issued, and a running period as a draft."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens.survey_access import require_desk
from terang.evidence.citizens.survey_selectors import period_for, result_for
from terang.reporting.documents.codes import draft_proof
from terang.reporting.documents.rendering import render
from terang.reporting.documents.services import bytes_of, content_digest, issue_survey
from terang.reporting.documents.sheets import Proof
from terang.reporting.documents.survey_sheets import draft_sheet, result_sheet
from terang.reporting.documents.survey_workbook import survey_workbook
from terang.reporting.documents.views import XLSX, pdf_response


@require_safe
def survey(request: SignedInRequest, pk: int) -> HttpResponse:
    """A published result as PDF, with the way to check the paper."""
    found = result_for(request.viewer, pk)
    return pdf_response(bytes_of(issue_survey(result=found)), f"survei-{found.period.starts_on}-{found.pk}")


@require_safe
def survey_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same as a workbook; it carries no code."""
    found = result_for(request.viewer, pk)
    response = HttpResponse(survey_workbook(result_sheet(found)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="survei-{found.period.starts_on}-{found.pk}.xlsx"'
    return response


@require_safe
def survey_draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a period says today as PDF with the word DRAF; nothing is issued or kept."""
    found = period_for(request.viewer, pk)
    viewer = require_desk(request.viewer)
    plain = draft_sheet(found, viewer.today, Proof())
    sheet = draft_sheet(found, viewer.today, draft_proof("Survei", content_digest([plain])))
    agency = found.unit.agency.name
    made = render([sheet], title=str(sheet["name"]), author=agency, made_on=viewer.today)
    return pdf_response(made, f"draf-survei-{found.starts_on}-{found.pk}")
