"""Recording presence from the web: the button, the receipt, and the appraiser's answer."""

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
from terang.evidence.attendance.leave_access import may_answer_dispute
from terang.evidence.attendance.models import Answer, WebPunch
from terang.evidence.attendance.services.web_punches import (
    answer_web_punch,
    record_web_punch,
    standing_today,
    why_closed,
)
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.evidence.attendance.web_access import require_web_answerer, require_web_sight
from terang.evidence.attendance.web_forms import PunchForm, WebAnswerForm
from terang.evidence.attendance.web_lists import own_today, web_line
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web import htmx


@require_http_methods(["GET", "POST"])
@login_required
def punch(request: SignedInRequest) -> HttpResponse:
    """The big button; asks for place and photo only where the rule does."""
    viewer = require_viewer(request.viewer)
    standing = standing_today(viewer)
    asks_photo = bool(standing.rule and standing.rule.photo_required)
    form = PunchForm(request.POST or None, request.FILES or None, photo_required=asks_photo and standing.open)
    kept = _recorded(form, viewer) if request.method == "POST" and form.is_valid() else None
    if kept is not None:
        messages.success(request, gettext("Kehadiran Anda terekam."))
        return htmx.redirect(request, reverse("attendance:web_punch", args=[kept.pk]))
    records = [
        (row, web_line(row.web) if hasattr(row, "web") else None) for row in own_today(viewer.employee, viewer.today)
    ]
    context = {
        "standing": standing,
        "closed": "" if standing.open else why_closed(standing),
        "form": form,
        "records": records,
        "tabs": presence_tabs(viewer, "punch"),
    }
    return render(request, "attendance/punch.html", context, status=422 if form.errors else 200)


def _recorded(form: PunchForm, viewer: Viewer) -> WebPunch | None:
    told = form.cleaned_data
    try:
        return record_web_punch(
            actor=viewer,
            form_key=told["form_key"],
            fix=form.fix(),
            photo=told.get("photo"),
            explanation=told["explanation"],
        )
    except ValidationError as refused:
        form.add_error("photo", refused)
        return None


@require_safe
@login_required
def web_punch(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receipt; for who appraises, the question."""
    viewer, found = _web_punch(request, pk)
    return _page(request, viewer, found)


def _web_punch(request: SignedInRequest, pk: int) -> tuple[Viewer, WebPunch]:
    rows = WebPunch.objects.select_related("punch__employee__agency", "punch__photo", "place", "rule", "answered_by")
    viewer = require_viewer(request.viewer)
    found = get_object_or_404(rows, pk=pk)
    require_web_sight(viewer, found.punch.employee)
    return viewer, found


def _page(
    request: SignedInRequest, viewer: Viewer, found: WebPunch, form: WebAnswerForm | None = None, status: int = 200
) -> HttpResponse:
    employee = found.punch.employee
    assert employee is not None
    answers = found.state == Answer.OPEN and may_answer_dispute(viewer, employee)
    context = {
        "web": found,
        "line": web_line(found),
        "employee": employee,
        "own": employee == viewer.employee,
        "form": form or (WebAnswerForm(initial={"version": found.version}) if answers else None),
    }
    return render(request, "attendance/web_punch.html", context, status=status)


@require_POST
@login_required
def web_punch_answer(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer, found = _web_punch(request, pk)
    require_web_answerer(viewer, found.punch.employee)
    form = WebAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, found, form, status=422)
    told = form.cleaned_data
    accept = told["decision"] == "accept"
    answer_web_punch(actor=viewer, web=found, version=told["version"], accept=accept, note=told["note"])
    messages.success(request, gettext("Jawaban tercatat dan dapat dibaca pegawai."))
    return htmx.redirect(request, reverse("attendance:web_punch", args=[found.pk]))


@require_safe
@login_required
def web_punch_photo(request: SignedInRequest, pk: int) -> FileResponse:
    _viewer, found = _web_punch(request, pk)
    if found.punch.photo is None:
        raise Http404
    return file_response(found.punch.photo)
