"""Pages of a disputed day: explained by the person, answered by the appraiser or the personnel agency."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.custody.serving import file_response
from terang.evidence.attendance.dispute_forms import REFUSE, AnswerForm, DisputeForm
from terang.evidence.attendance.leave_access import may_answer_dispute, require_dispute_answerer, require_private
from terang.evidence.attendance.models import DayDispute, DayStatus, DisputeState
from terang.evidence.attendance.month_days import day_of_person
from terang.evidence.attendance.services.disputes import accept_dispute, raise_dispute, refuse_dispute
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_day


@require_http_methods(["GET", "POST"])
@login_required
def dispute_new(request: SignedInRequest) -> HttpResponse:
    """Explains a day (?hari=2026-11-20) of one's own."""
    viewer = require_viewer(request.viewer)
    if request.method == "GET":
        day = asked_day(request.GET.get("hari", "")) or viewer.today
        return _form_page(request, viewer, DisputeForm(initial={"day": day}), day)
    form = DisputeForm(request.POST, request.FILES)
    raised = _raised(form, viewer) if form.is_valid() else None
    if raised is None:
        return _form_page(request, viewer, form, form.cleaned_data.get("day"), status=422)
    messages.success(request, gettext("Keberatan dikirim. Jawabannya muncul di halaman ini."))
    return htmx.redirect(request, reverse("attendance:dispute", args=[raised.pk]))


def _form_page(
    request: SignedInRequest, viewer: Viewer, form: DisputeForm, day: date | None, status: int = 200
) -> HttpResponse:
    line = day_of_person(viewer.employee, day, viewer.today) if day else None
    return render(request, "attendance/dispute_new.html", {"form": form, "line": line}, status=status)


def _raised(form: DisputeForm, viewer: Viewer) -> DayDispute | None:
    data = {name: form.cleaned_data[name] for name in ("day", "text", "proof", "form_key")}
    try:
        return raise_dispute(actor=viewer, **data)
    except ValidationError as refused:
        form.add_error("proof", refused)
        return None


@require_safe
@login_required
def dispute(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    return _dispute_page(request, viewer, _dispute(viewer, pk))


def _dispute(viewer: Viewer, pk: int) -> DayDispute:
    rows = DayDispute.objects.select_related("employee__agency", "decided_by", "proof")
    found = get_object_or_404(rows, pk=pk)
    require_private(viewer, found.employee)
    return found


def _dispute_page(
    request: SignedInRequest, viewer: Viewer, found: DayDispute, form: AnswerForm | None = None, status: int = 200
) -> HttpResponse:
    answers = found.state == DisputeState.OPEN and may_answer_dispute(viewer, found.employee)
    context = {
        "dispute": found,
        "own": found.employee_id == viewer.employee.pk,
        "line": day_of_person(found.employee, found.day, viewer.today),
        "granted": DayStatus(found.granted_status).label if found.granted_status else "",
        "form": form or (AnswerForm(initial={"version": found.version}) if answers else None),
    }
    return render(request, "attendance/dispute.html", context, status=status)


@require_POST
@login_required
def dispute_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = _dispute(viewer, pk)
    require_dispute_answerer(viewer, found)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _dispute_page(request, viewer, found, form, status=422)
    data = form.cleaned_data
    if data["status"] == REFUSE:
        refuse_dispute(actor=viewer, dispute=found, version=data["version"], answer=data["answer"])
    else:
        said = {"version": data["version"], "status": data["status"], "answer": data["answer"]}
        accept_dispute(actor=viewer, dispute=found, **said)
    messages.success(request, gettext("Jawaban tercatat dan dapat dibaca pegawai."))
    return htmx.redirect(request, reverse("attendance:dispute", args=[found.pk]))


@require_safe
@login_required
def dispute_file(request: SignedInRequest, pk: int) -> FileResponse:
    found = _dispute(require_viewer(request.viewer), pk)
    if found.proof is None:
        raise Http404
    return file_response(found.proof)
