"""The month of presence: one's own, or with ?pegawai= of somebody whose performance the viewer may see; the months of a
longer time; and who is near or on a step of the ladder of absence."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.attendance.absence import Absence, absence_of, absences_in_sight, ahead_text, step_text
from terang.evidence.attendance.absence_lists import ABSENCES
from terang.evidence.attendance.free_hours import free_weeks
from terang.evidence.attendance.leave_access import may_answer_dispute, require_leader
from terang.evidence.attendance.leave_checks import span_text
from terang.evidence.attendance.month_days import month_of_person
from terang.evidence.attendance.period_months import MOST_DAYS, period_of_person
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.registry.people.access import require_sight_of, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_day, asked_int


@require_safe
@login_required
def month(request: SignedInRequest) -> HttpResponse:
    """A month day by day; ?sejak= and ?sebelum= are how a figure leads to all the months behind it."""
    viewer = require_viewer(request.viewer)
    employee = asked_employee(request, viewer)
    own = employee == viewer.employee
    private = own or may_answer_dispute(viewer, employee)
    if (span := asked_span(request)) is not None:
        context = {
            "period": period_of_person(employee, *span, viewer.today, private=private),
            "span": span_text(*span),
            "employee": employee,
            "own": own,
            "tabs": presence_tabs(viewer, "month"),
        }
        return render(request, "attendance/period.html", context)
    first = asked_month(request, viewer.today)
    view = month_of_person(employee, first, viewer.today, own=own, private=private)
    absence = absence_of(employee, first.year, viewer.today) if private else None
    context = {"month": view, "employee": employee, "own": own, "tabs": presence_tabs(viewer, "month")}
    context["free_weeks"] = free_weeks(employee, first, view.following)
    context |= {"later": view.following <= viewer.today, "absence": absence, **_warning(absence)}
    return htmx.render(request, "attendance/month.html", "attendance/_month.html", context)


def _warning(absence: Absence | None) -> dict[str, str]:
    if absence is None:
        return {}
    step = absence.standing.step
    return {"step": step_text(step) if step else "", "ahead": ahead_text(absence.standing)}


@require_safe
@login_required
def absence(request: SignedInRequest) -> HttpResponseBase:
    """People near or on a step this year: for who leads them, and the personnel agency."""
    viewer = require_leader(request.viewer)
    table = ABSENCES.bind(request, absences_in_sight(viewer))
    context = {"table": table, "year": viewer.today.year, "tabs": presence_tabs(viewer, "absence")}
    return table.export() or render(request, "attendance/absence.html", context)


def asked_employee(request: SignedInRequest, viewer: Viewer) -> Employee:
    """The person of ?pegawai=, whose performance the viewer may see; the viewer where none is named."""
    number = asked_int(request.GET.get("pegawai"))
    if number is None or number == viewer.employee.pk:
        return viewer.employee
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=number)
    require_sight_of(viewer, employee)
    return employee


def asked_span(request: SignedInRequest) -> tuple[date, date] | None:
    """The time of ?sejak= to before ?sebelum=; None where they name none, or more than `MOST_DAYS`."""
    start, end = (asked_day(request.GET.get(name)) for name in ("sejak", "sebelum"))
    return (start, end) if start and end and 0 < (end - start).days <= MOST_DAYS else None


def asked_month(request: SignedInRequest, today: date) -> date:
    """The first of the asked month ("2026-10"); of this month where the text is none."""
    return asked_day(f"{request.GET.get('bulan', '')}-01") or today.replace(day=1)
