"""Pages of leave: one's own with the balance, the request, the decision, and who of the team is away."""

from datetime import timedelta
from typing import Any

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
from terang.evidence.attendance.balance import annual_leave
from terang.evidence.attendance.leave_access import (
    may_answer_dispute,
    may_decide_leave,
    require_leader,
    require_leave_decider,
    require_leave_ender,
    require_leave_owner,
    require_private,
)
from terang.evidence.attendance.leave_checks import Assessment, assess, overlaps, span_text
from terang.evidence.attendance.leave_forms import DecisionForm, EndLeaveForm, LeaveForm, OpeningForm, after
from terang.evidence.attendance.leave_kinds import ANNUAL, LABELS
from terang.evidence.attendance.leave_lists import (
    away_between,
    disputes_to_answer,
    leave_for,
    leave_line,
    leave_to_decide,
    leaves_of,
    weeks_of,
)
from terang.evidence.attendance.leave_states import may_move
from terang.evidence.attendance.models import Leave, LeaveState
from terang.evidence.attendance.services import leave as verbs
from terang.evidence.attendance.views.month import asked_month
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.evidence.attendance.web_lists import asked_about, web_line
from terang.registry.people.access import may_keep, require_keeper_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.selectors import appraiser_of, direct_reports
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_day, asked_int, asked_version

MOST_LISTED = 60


@require_safe
@login_required
def leaves(request: SignedInRequest) -> HttpResponse:
    """One's own requests, and the annual leave of this year."""
    viewer = require_viewer(request.viewer)
    rows = leaves_of(viewer.employee)[:MOST_LISTED]
    context = {
        "lines": [leave_line(row) for row in rows],
        "annual": annual_leave(viewer.employee, viewer.today.year, viewer.today),
        "tabs": presence_tabs(viewer, "leaves"),
    }
    return render(request, "attendance/leaves.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def leave_new(request: SignedInRequest) -> HttpResponse:
    """The request; refused with the reasons beside the form, so that nothing typed is lost."""
    viewer = require_viewer(request.viewer)
    known: Any = {"employee": viewer.employee, "today": viewer.today}
    if request.method == "GET":
        first = asked_day(request.GET.get("hari", "")) or viewer.today
        form = LeaveForm(initial={"kind": ANNUAL, "starts_on": first, "last_day": first}, **known)
        return _leave_form(request, form, _assessed(viewer, dict(form.initial)))
    form = LeaveForm(request.POST, request.FILES, **known)
    made = _requested(form, viewer) if form.is_valid() else None
    if made is None:
        return _leave_form(request, form, None, status=422)
    messages.success(request, gettext("Permohonan dikirim ke penilai Anda."))
    return htmx.redirect(request, reverse("attendance:leave", args=[made.pk]))


def _leave_form(request: SignedInRequest, form: LeaveForm, found: Assessment | None, status: int = 200) -> HttpResponse:
    return render(request, "attendance/leave_new.html", {"form": form, "found": found}, status=status)


def _requested(form: LeaveForm, viewer: Viewer) -> Leave | None:
    """The request, or None where something stands against it; the reasons then stand at the form."""
    data = form.cleaned_data
    sent_before = Leave.objects.filter(form_key=data["form_key"], employee=viewer.employee).first()
    found = None if sent_before else assess(viewer.employee, data["kind"], data["starts_on"], data["ends_on"])
    for problem in found.problems if found else ():
        form.add_error(None, problem)
    if found and found.letter and not data["proof"]:
        form.add_error("proof", found.letter)
    if form.errors:
        return None
    names = ("kind", "starts_on", "ends_on", "reason", "address", "phone", "proof", "form_key")
    try:
        return verbs.request_leave(actor=viewer, **{name: data[name] for name in names})
    except ValidationError as refused:
        form.add_error("proof", refused)
        return None


@require_safe
@login_required
def leave_count(request: SignedInRequest) -> HttpResponse:
    """What the typed leave would be, as a fragment: days, balance before and after, what stands against it."""
    viewer = require_viewer(request.viewer)
    typed = {name: asked_day(request.GET.get(name, "")) for name in ("starts_on", "last_day")}
    return render(
        request, "attendance/_leave_count.html", {"found": _assessed(viewer, {**request.GET.dict(), **typed})}
    )


def _assessed(viewer: Viewer, typed: dict[str, Any]) -> Assessment | None:
    first, last, kind = typed.get("starts_on"), typed.get("last_day"), typed.get("kind", "")
    if not first or not last or kind not in LABELS:
        return None
    return assess(viewer.employee, kind, first, after(last))


@require_safe
@login_required
def leave(request: SignedInRequest, pk: int) -> HttpResponse:
    """One request: what was asked, what it takes, what was decided, and what the viewer can do now."""
    viewer = require_viewer(request.viewer)
    return _leave_page(request, viewer, leave_for(viewer, pk))


def _leave_page(
    request: SignedInRequest,
    viewer: Viewer,
    found: Leave,
    status: int = 200,
    form: DecisionForm | None = None,
    ending: EndLeaveForm | None = None,
) -> HttpResponse:
    own = found.employee_id == viewer.employee.pk
    waiting = found.state == LeaveState.REQUESTED
    decides = waiting and may_decide_leave(viewer, found.employee)
    initial = {"version": found.version, "starts_on": found.starts_on, "last_day": found.ends_on - timedelta(days=1)}
    context = {
        "leave": found,
        "line": leave_line(found),
        "own": own,
        "appraiser": appraiser_of(found.employee_id, viewer.today) if waiting else None,
        "annual": _annual_then(found) if found.kind == ANNUAL else None,
        "conflicts": list(overlaps(found.employee, found.starts_on, found.ends_on, found.pk)) if decides else [],
        "form": form or (DecisionForm(initial=initial) if decides else None),
        "away": _others_away(viewer, found) if decides else [],
        "ending": ending or _ending(viewer, found),
        "planned": span_text(found.starts_on, found.planned_ends_on) if found.planned_ends_on else "",
        "may_withdraw": own and may_move(found, "withdraw", viewer.today),
    }
    return render(request, "attendance/leave.html", context, status=status)


def _ending(viewer: Viewer, found: Leave) -> EndLeaveForm | None:
    """The form of an early return, for who may record it while days of the leave can still be given back."""
    if not may_move(found, "end", viewer.today) or not may_answer_dispute(viewer, found.employee):
        return None
    last = found.ends_on - timedelta(days=1)
    return EndLeaveForm(initial={"version": found.version, "back_on": min(viewer.today, last)})


def _annual_then(found: Leave) -> Any:
    return annual_leave(found.employee, found.starts_on.year, found.starts_on, without=found.pk)


def _others_away(viewer: Viewer, found: Leave) -> list[Any]:
    """Who of the team is away in the same days."""
    others = [each for each in direct_reports(viewer.employee, viewer.today) if each.pk != found.employee_id]
    return away_between(others, found.starts_on, found.ends_on)


@require_POST
@login_required
def leave_decide(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = leave_for(viewer, pk)
    require_leave_decider(viewer, found)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _leave_page(request, viewer, found, status=422, form=form)
    data = form.cleaned_data
    said = {"actor": viewer, "leave": found, "version": data["version"], "note": data["note"]}
    match data["decision"]:
        case "approve":
            verbs.approve_leave(**said)
        case "change":
            verbs.change_leave(**said, starts_on=data["starts_on"], ends_on=after(data["last_day"]))
        case "postpone":
            verbs.postpone_leave(**said)
        case _:
            verbs.refuse_leave(**said)
    messages.success(
        request, gettext("Keputusan tercatat. %(name)s melihatnya sekarang.") % {"name": found.employee.name}
    )
    return htmx.redirect(request, reverse("attendance:leave_queue"))


@require_POST
@login_required
def leave_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = leave_for(viewer, pk)
    require_leave_owner(viewer, found)
    verbs.withdraw_leave(actor=viewer, leave=found, version=asked_version(request.POST.get("version")))
    messages.success(request, gettext("Permohonan ditarik."))
    return htmx.redirect(request, reverse("attendance:leaves"))


@require_POST
@login_required
def leave_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """Back at work earlier than decided."""
    viewer = require_viewer(request.viewer)
    found = leave_for(viewer, pk)
    require_leave_ender(viewer, found)
    form = EndLeaveForm(request.POST)
    if not form.is_valid():
        return _leave_page(request, viewer, found, status=422, ending=form)
    verbs.end_leave_early(actor=viewer, leave=found, **form.cleaned_data)
    messages.success(request, gettext("Tercatat. Hari-hari sesudahnya dihitung kembali dan saldo dikembalikan."))
    return htmx.redirect(request, reverse("attendance:leave", args=[found.pk]))


@require_safe
@login_required
def leave_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The letter, for the person, who decides, and the personnel agency."""
    found = leave_for(require_viewer(request.viewer), pk)
    if found.proof is None:
        raise Http404
    return file_response(found.proof)


@require_safe
@login_required
def leave_queue(request: SignedInRequest) -> HttpResponse:
    """What waits for the viewer: leave to decide and disputed days to answer."""
    viewer = require_leader(request.viewer)
    context = {
        "lines": [leave_line(row) for row in leave_to_decide(viewer)],
        "disputes": disputes_to_answer(viewer),
        "asked": [web_line(web) for web in asked_about(viewer)],
        "tabs": presence_tabs(viewer, "leave_queue"),
    }
    return render(request, "attendance/leave_queue.html", context)


@require_safe
@login_required
def leave_calendar(request: SignedInRequest) -> HttpResponse:
    """Who of the direct reports is away this month."""
    viewer = require_leader(request.viewer)
    first = asked_month(request, viewer.today)
    until = (first + timedelta(days=31)).replace(day=1)
    people = list(direct_reports(viewer.employee, viewer.today))
    away = away_between(people, first, until)
    context = {
        "first": first,
        "previous": (first - timedelta(days=1)).replace(day=1),
        "following": until,
        "people": len(people),
        "away": away,
        "now": [each for each in away if each.decided and each.starts_on <= viewer.today < each.ends_on],
        "weeks": weeks_of(away, first),
        "today": viewer.today,
        "tabs": presence_tabs(viewer, "leave_calendar"),
    }
    return render(request, "attendance/leave_calendar.html", context)


@require_safe
@login_required
def balance(request: SignedInRequest) -> HttpResponse:
    """The annual leave with how it came about; with ?pegawai= of a person whose leave the viewer decides or keeps."""
    viewer = require_viewer(request.viewer)
    return _balance_page(request, viewer, _employee(request.GET.get("pegawai", ""), viewer))


def _employee(text: str, viewer: Viewer) -> Employee:
    number = asked_int(text)
    if number is None or number == viewer.employee.pk:
        return viewer.employee
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=number)
    require_private(viewer, employee)
    return employee


def _balance_page(
    request: SignedInRequest, viewer: Viewer, employee: Employee, form: OpeningForm | None = None, status: int = 200
) -> HttpResponse:
    annual = annual_leave(employee, viewer.today.year, viewer.today)
    start = {"year": viewer.today.year - 1}
    context = {
        "employee": employee,
        "own": employee == viewer.employee,
        "annual": annual,
        "form": form or (OpeningForm(initial=start) if may_keep(viewer) else None),
        "tabs": presence_tabs(viewer, "leaves"),
    }
    return render(request, "attendance/balance.html", context, status=status)


@require_POST
@login_required
def balance_opening(request: SignedInRequest, pk: int) -> HttpResponse:
    """The personnel agency enters a year before Terang."""
    viewer = require_viewer(request.viewer)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=pk)
    require_keeper_of(viewer, employee.agency_id)
    form = OpeningForm(request.POST)
    if not form.is_valid():
        return _balance_page(request, viewer, employee, form, status=422)
    verbs.set_opening(actor=viewer, employee=employee, **form.cleaned_data)
    messages.success(request, gettext("Cuti tahun %(year)s tercatat.") % {"year": form.cleaned_data["year"]})
    return htmx.redirect(request, f"{reverse('attendance:balance')}?pegawai={employee.pk}")
