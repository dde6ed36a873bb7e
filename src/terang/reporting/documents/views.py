"""Printing: one plan in its forms, a matrix, and packets of a unit."""

from collections.abc import Sequence
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.reports.access import reads_whole, require_open_eyes
from terang.evidence.reports.page import report_for
from terang.evidence.reports.states import may_move
from terang.planning.matrix.access import require_sight
from terang.planning.matrix.models import Matrix
from terang.planning.plans.models import PlanVersion, VersionState
from terang.reporting.documents import packets as asked
from terang.reporting.documents.access import require_asker, require_own_packet, require_sight_of_version
from terang.reporting.documents.asking import PacketForm
from terang.reporting.documents.codes import shown_code
from terang.reporting.documents.matrices import matrix_occasion
from terang.reporting.documents.models import OF_PLAN, Document, Kind, Packet, PacketState
from terang.reporting.documents.selectors import packets_of, version_to_print
from terang.reporting.documents.services import (
    bytes_of,
    draw_draft,
    issue_matrix,
    issue_plan,
    issue_report,
    matrix_content,
    plan_sheets,
)
from terang.reporting.documents.sheets import FORMATS, Proof, Sheet
from terang.reporting.documents.spreadsheet import workbook
from terang.rules.plans import from_json
from terang.web.errors import NotAllowed, NotNow
from terang.web.htmx import render, toast

RECENT = 20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def version(request: SignedInRequest, pk: int) -> HttpResponse:
    """The forms of one version: what there is, its numbers, and the codes of what was issued."""
    found = _version(request, pk)
    document = from_json(found.document)
    manuals = any(indicator.manual for result in document.results for indicator in result.indicators)
    codes = {row.kind: shown_code(row.code) for row in Document.objects.filter(plan_version=found)}
    numbers = {Kind.PLAN: FORMATS[document.form, document.approach], Kind.ANNEX: "A.1.8", Kind.MANUAL: "A.1.3"}
    kinds = [
        {"code": kind.value, "label": kind.label, "number": numbers.get(kind, ""), "issued": codes.get(kind, "")}
        for kind in OF_PLAN
        if manuals or kind != Kind.MANUAL
    ]
    context = {
        "version": found,
        "own": request.viewer is not None and request.viewer.employee.pk == found.plan.employee_id,
        "kinds": kinds,
        "agreed": found.state == VersionState.AGREED,
    }
    return render(request, "documents/version.html", "documents/version.html", context)


@require_safe
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """A version as PDF: issued where it is agreed, otherwise with the word DRAF. `?jenis=` chooses the form."""
    found = _version(request, pk)
    kind = kind_of(request, OF_PLAN)
    name = f"{kind}-{found.plan.employee.nip}-{found.plan.period_start.year}-v{found.number}"
    if found.state == VersionState.AGREED:
        return pdf_response(bytes_of(issue_plan(version=found, kind=kind)), name)
    return pdf_response(draw_draft(found, kind), f"draf-{name}")


@require_safe
def plan_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    found = _version(request, pk)
    kind = kind_of(request, OF_PLAN)
    name = f"{kind}-{found.plan.employee.nip}-{found.plan.period_start.year}-v{found.number}"
    return _workbook(plan_sheets(found, kind, Proof()), name)


@require_safe
def matrix(request: SignedInRequest, pk: int) -> HttpResponse:
    """A matrix (`?jenis=workblock`: its workblocks) as PDF."""
    rows = Matrix.objects.select_related("owner__agency", "unit", "parent")
    found = get_object_or_404(rows, pk=pk)
    require_sight(request.viewer, found)
    kind = kind_of(request, (Kind.MATRIX, Kind.WORKBLOCK))
    document = issue_matrix(matrix=found, kind=kind)
    return pdf_response(bytes_of(document), f"{kind}-{found.pk}-{found.period_start.year}")


@require_safe
def report(request: SignedInRequest, pk: int) -> HttpResponse:
    """A performance report as it was handed in, with the readings that may be seen by now, as PDF."""
    viewer, found = report_for(request.viewer, pk)
    if found.figures_at is None or may_move(found, "save"):
        raise NotNow(gettext("Laporan dapat dicetak setelah diajukan."))
    if not reads_whole(viewer, found):
        raise NotAllowed(gettext("Cetakan lengkap hanya untuk penulisnya, atasannya, dan tim pengawas."))
    require_open_eyes(viewer, found)
    document = issue_report(report=found)
    return pdf_response(bytes_of(document), f"laporan-{found.employee.nip}-{found.period_start:%Y-%m}-{found.kind}")


@require_safe
def matrix_xlsx(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same as a workbook, as the matrix is now; it carries no code."""
    found = get_object_or_404(Matrix.objects.select_related("owner__agency", "unit", "parent"), pk=pk)
    require_sight(request.viewer, found)
    kind = kind_of(request, (Kind.MATRIX, Kind.WORKBLOCK))
    content = matrix_content(found, kind, matrix_occasion(found, Proof()))
    if not content:
        raise NotNow(gettext("Matriks ini belum berisi kolom."))
    return _workbook(content, f"{kind}-{found.pk}-{found.period_start.year}")


def packets(request: SignedInRequest) -> HttpResponse:
    """Where a head or the personnel agency asks for the documents of a unit, and finds those asked for before."""
    viewer = require_asker(request.viewer)
    form = PacketForm(request.POST or None, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        packet = asked.ask_packet(actor=viewer, **form.cleaned_data)
        return redirect("documents:packet", packet.pk)
    context = {"form": form, "recent": packets_of(viewer)[:RECENT]}
    page = "documents/packets.html"
    return render(request, page, page, context, status=422 if form.errors else 200)


@require_safe
def packet(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far a packet is; the page asks again until it is finished."""
    found = _packet(request, pk)
    running = found.state in asked.RUNNING
    context: dict[str, Any] = {"packet": found, "running": running, "stalled": asked.is_stalled(found)}
    response = render(request, "documents/packet.html", "documents/_packet.html", context)
    if found.state == PacketState.DONE and getattr(request, "htmx", False):
        toast(response, gettext("Paket dokumen %(unit)s siap diunduh.") % {"unit": found.unit.name})
    return response


@require_POST
def packet_again(request: SignedInRequest, pk: int) -> HttpResponse:
    packet = asked.ask_again(actor=request.viewer, packet=_packet(request, pk))
    return redirect("documents:packet", packet.pk)


@require_safe
def packet_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The file itself, streamed."""
    found = _packet(request, pk)
    if found.state != PacketState.DONE:
        raise NotNow(gettext("Berkas paket ini belum ada atau sudah dihapus."))
    asked.fetch(found)
    ending = found.path.rpartition(".")[2]
    response = FileResponse(
        default_storage.open(found.path),
        as_attachment=True,
        filename=f"{found.kind}-{found.unit.code}-{found.year}.{ending}",
    )
    response["Cache-Control"] = "private, no-store"
    return response


def _version(request: SignedInRequest, pk: int) -> PlanVersion:
    found = version_to_print(pk).first()
    if found is None:
        raise Http404
    require_sight_of_version(request.viewer, found)
    return found


def _packet(request: SignedInRequest, pk: int) -> Packet:
    found = get_object_or_404(Packet.objects.select_related("unit", "asked_by"), pk=pk)
    require_own_packet(request.viewer, found)
    return found


def kind_of(request: HttpRequest, allowed: tuple[Kind, ...]) -> Kind:
    """The kind asked for; the first of the allowed ones where none is named. Raises Http404 for another."""
    asked_for = request.GET.get("jenis", allowed[0])
    if asked_for not in allowed:
        raise Http404
    return Kind(asked_for)


def _workbook(sheets: Sequence[Sheet], name: str) -> HttpResponse:
    response = HttpResponse(workbook(sheets), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def pdf_response(content: bytes, name: str) -> HttpResponse:
    """Shown in the browser. Free of the page's policy, which some PDF viewers do not bear; never taken for a page."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response._csp_exempt = True  # type: ignore[attr-defined]
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
