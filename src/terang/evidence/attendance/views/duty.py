"""Pages of duty elsewhere: the letters one may see, a new one for several people, and taking one back."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.audit.selectors import history_of
from terang.custody.serving import file_response
from terang.evidence.attendance.duty_access import (
    may_cancel_duty,
    may_record_duty,
    require_canceller,
    require_recorder,
    require_sight_of_duty,
    visible_duties,
)
from terang.evidence.attendance.duty_checks import duties_meeting, leave_meeting
from terang.evidence.attendance.duty_forms import CancelForm, DutyForm, shown
from terang.evidence.attendance.duty_lists import DUTIES
from terang.evidence.attendance.leave_checks import span_text
from terang.evidence.attendance.models import Duty
from terang.evidence.attendance.services.duty import cancel_duty, record_duty
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Role
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.web import htmx


@require_safe
@login_required
def duties(request: SignedInRequest) -> HttpResponseBase:
    """One's own letters, and those of people one may see."""
    viewer = require_viewer(request.viewer)
    table = DUTIES.bind(request, visible_duties(viewer).prefetch_related("people"))
    context = {"table": table, "may_record": may_record_duty(viewer), "tabs": presence_tabs(viewer, "duties")}
    return table.export() or render(request, "attendance/duties.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def duty_new(request: SignedInRequest) -> HttpResponse:
    viewer = require_recorder(request.viewer)
    if request.method == "GET":
        form = DutyForm(viewer=viewer, initial={"starts_on": viewer.today, "last_day": viewer.today})
        return render(request, "attendance/duty_new.html", {"form": form})
    form = DutyForm(request.POST, request.FILES, viewer=viewer)
    duty = _recorded(form, viewer) if form.is_valid() else None
    if duty is None:
        return render(request, "attendance/duty_new.html", {"form": form, **_checked(form, viewer)}, status=422)
    messages.success(request, gettext("Surat tugas tercatat; hari-harinya dihitung sebagai tugas."))
    return htmx.redirect(request, reverse("attendance:duty", args=[duty.pk]))


def _recorded(form: DutyForm, viewer: Viewer) -> Duty | None:
    """The duty, or None where custody refused the letter; the reason then stands at its field."""
    names = ("kind", "letter", "signed_by", "purpose", "place", "starts_on", "ends_on", "people", "form_key", "proof")
    try:
        return record_duty(actor=viewer, **{name: form.cleaned_data[name] for name in names})
    except ValidationError as refused:
        form.add_error("proof", refused)
        return None


@require_POST
@login_required
def duty_check(request: SignedInRequest) -> HttpResponse:
    """Who is meant so far and what else they have in these days, as a fragment; writes nothing."""
    viewer = require_recorder(request.viewer)
    form = DutyForm(request.POST, viewer=viewer)
    form.is_valid()
    return render(request, "attendance/_duty_people.html", _checked(form, viewer))


def _checked(form: DutyForm, viewer: Viewer) -> dict[str, Any]:
    people, start, end = shown(form)
    posts = main_posts([person.pk for person in people], viewer.today)
    known = bool(start and end and start < end)
    busy = duties_meeting(people, start, end) if known and start and end else {}
    away = leave_meeting(people, start, end) if known and start and end else {}
    lines = [(each, posts.get(each.pk), busy.get(each.pk, []), away.get(each.pk, [])) for each in people]
    return {"lines": lines, "unknown": form.errors.get("others", []) if form.data.get("others", "").strip() else []}


@require_safe
@login_required
def duty(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    return _duty_page(request, viewer, _duty(viewer, pk))


def _duty(viewer: Viewer, pk: int) -> Duty:
    found = get_object_or_404(Duty.objects.select_related("recorded_by", "proof"), pk=pk)
    require_sight_of_duty(viewer, found)
    return found


def _duty_page(
    request: SignedInRequest, viewer: Viewer, found: Duty, form: CancelForm | None = None, status: int = 200
) -> HttpResponse:
    people = list(found.people.order_by("name"))
    posts = main_posts([person.pk for person in people], viewer.today)
    cancels = found.cancelled_on is None and may_cancel_duty(viewer, found)
    keeps = viewer.has(Role.PERSONNEL) or found.recorded_by_id == viewer.employee.pk
    away = leave_meeting(people, found.starts_on, found.ends_on) if keeps and found.cancelled_on is None else {}
    cancelled = history_of("attendance.duty", found.pk).filter(verb="attendance.duty_cancelled").first()
    context = {
        "duty": found,
        "span": span_text(found.starts_on, found.ends_on),
        "lines": [(person, posts.get(person.pk), away.get(person.pk, [])) for person in people],
        "form": form or (CancelForm(initial={"version": found.version}) if cancels else None),
        "cancelled_because": cancelled.reason if cancelled else "",
    }
    return render(request, "attendance/duty.html", context, status=status)


@require_POST
@login_required
def duty_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = _duty(viewer, pk)
    require_canceller(viewer, found)
    form = CancelForm(request.POST)
    if not form.is_valid():
        return _duty_page(request, viewer, found, form, status=422)
    cancel_duty(actor=viewer, duty=found, version=form.cleaned_data["version"], reason=form.cleaned_data["reason"])
    messages.success(request, gettext("Surat tugas dibatalkan; hari-harinya dihitung kembali dari rekaman."))
    return htmx.redirect(request, reverse("attendance:duty", args=[found.pk]))


@require_safe
@login_required
def duty_file(request: SignedInRequest, pk: int) -> FileResponse:
    found = _duty(require_viewer(request.viewer), pk)
    if found.proof is None:
        raise Http404
    return file_response(found.proof)
