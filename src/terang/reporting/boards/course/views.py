"""The page of a person's year."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.moments import KINDS
from terang.registry.people.access import require_sight_of, require_viewer
from terang.registry.people.models import Employee
from terang.reporting.boards.course.page import course_of
from terang.web.asked import asked_year


@require_safe
@login_required
def course(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """Everything with a day about a person in a year, for who may see their performance. `?tahun=`, `?jenis=`."""
    viewer = require_viewer(request.viewer)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    require_sight_of(viewer, employee)
    kind = request.GET.get("jenis", "")
    found = course_of(employee.pk, _year(request, viewer.today.year), viewer.today, kind if kind in KINDS else "")
    context = {
        "course": found,
        "employee": employee,
        "own": employee.pk == viewer.employee.pk,
        "before": found.year - 1,
        "after": found.year + 1 if found.year < viewer.today.year else None,
    }
    return render(request, "boards/course.html", context)


def _year(request: SignedInRequest, this: int) -> int:
    """The year asked for, at most this one; this one where nothing sensible is asked."""
    year = asked_year(request.GET.get("tahun"))
    return year if year is not None and year <= this else this
