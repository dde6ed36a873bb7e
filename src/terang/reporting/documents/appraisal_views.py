"""Printing evaluations: one person's (Formats C.1.x and D.1.x), and those of a unit by the worker."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals.access import require_reader
from terang.evaluation.appraisals.selectors import window_for
from terang.reporting.documents import packets as asked
from terang.reporting.documents.access import require_asker
from terang.reporting.documents.appraisals import appraisals_to_print
from terang.reporting.documents.asking import EvaluationPacketForm
from terang.reporting.documents.models import OF_APPRAISAL
from terang.reporting.documents.selectors import packets_of
from terang.reporting.documents.services import bytes_of, issue_appraisal
from terang.reporting.documents.views import RECENT, kind_of, pdf_response
from terang.web.htmx import render


@require_safe
def evaluation(request: SignedInRequest, pk: int) -> HttpResponse:
    """One evaluation as it stands, as PDF, for whoever may read it. `?jenis=` chooses the form."""
    found = get_object_or_404(appraisals_to_print(), pk=pk)
    require_reader(request.viewer, found)
    kind = kind_of(request, OF_APPRAISAL)
    document = issue_appraisal(appraisal=found, kind=kind)
    return pdf_response(bytes_of(document), f"{kind}-{found.employee.nip}-{found.window.period.starts_on}")


def evaluation_packets(request: SignedInRequest, window_id: int) -> HttpResponse:
    """Where a head or the personnel agency asks for all evaluations of a unit in a window."""
    viewer = require_asker(request.viewer)
    window = window_for(viewer, window_id)
    form = EvaluationPacketForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        packet = asked.ask_packet(actor=viewer, year=window.period.starts_on.year, window=window, **form.cleaned_data)
        return redirect("documents:packet", packet.pk)
    context = {"form": form, "window": window, "recent": packets_of(viewer).filter(window=window)[:RECENT]}
    page = "documents/packets.html"
    return render(request, page, page, context, status=422 if form.errors else 200)
