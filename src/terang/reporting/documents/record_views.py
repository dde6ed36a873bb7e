"""Printing what is recorded of a plan: action plan, documentation, feedback (Formats B.1.1–B.1.5)."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.planning.plans.models import IN_FORCE, Plan, PlanVersion
from terang.planning.plans.selectors import version_in_force
from terang.registry.people.access import require_sight_of
from terang.registry.people.models import Employee
from terang.reporting.documents.codes import shown_code
from terang.reporting.documents.facts import day_of
from terang.reporting.documents.models import OF_RECORD, Document, Kind
from terang.reporting.documents.record_sheets import FORMATS, Time
from terang.reporting.documents.records import WHOLE, time_title, times_of
from terang.reporting.documents.services import bytes_of, issue_record
from terang.reporting.documents.views import pdf_response
from terang.rules.plans import from_json
from terang.web.errors import NotNow


@require_safe
def record(request: SignedInRequest, pk: int) -> HttpResponse:
    """The three forms of a plan and the periods they can be about; `?periode=` chooses one."""
    plan = _plan(request, pk)
    version = version_in_force(plan)
    times = times_of(plan, day_of(timezone.now(), plan.employee.agency))
    chosen = request.GET.get("periode", next(iter(times)))
    if chosen not in times:
        raise Http404
    context = {
        "plan": plan,
        "employee": plan.employee,
        "version": version,
        "own": request.viewer is not None and request.viewer.employee.pk == plan.employee_id,
        "chosen": chosen,
        "chosen_title": _named(chosen, times[chosen]),
        "times": [(key, _named(key, time)) for key, time in times.items()],
        "kinds": _kinds(plan, version, chosen) if version else [],
    }
    return render(request, "documents/record.html", context)


@require_safe
def record_of(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """The record of a person's plan of today, or of the last one before; says so where none was ever agreed."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    require_sight_of(request.viewer, employee)
    today = day_of(timezone.now(), employee.agency)
    plan = Plan.objects.filter(employee=employee, state__in=IN_FORCE, period_start__lte=today).first()
    if plan:
        return redirect("documents:record", plan.pk)
    own = request.viewer is not None and request.viewer.employee.pk == employee.pk
    return render(request, "documents/record.html", {"employee": employee, "own": own})


@require_safe
def record_file(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of them as PDF, with a code; as it is now."""
    plan = _plan(request, pk)
    kind, period = request.GET.get("jenis", ""), request.GET.get("periode", WHOLE)
    if kind not in OF_RECORD:
        raise Http404
    version = version_in_force(plan)
    if version is None:
        raise NotNow(gettext("Rekaman kinerja dapat dicetak setelah SKP disepakati."))
    try:
        document = issue_record(version=version, kind=kind, period=period)
    except KeyError:
        raise Http404 from None
    return pdf_response(bytes_of(document), f"{kind}-{plan.employee.nip}-{period}")


def _named(key: str, time: Time) -> str:
    return gettext("Seluruh masa SKP") if key == WHOLE else time_title(time)


def _kinds(plan: Plan, version: PlanVersion, period: str) -> list[dict[str, str]]:
    """The forms with the number of each and the code printed last for the period. One query."""
    document = from_json(version.document)
    numbers = {
        Kind.ACTIONS: "B.1.1",
        Kind.DOCUMENTED: "B.1.2",
        Kind.FEEDBACK: FORMATS[document.form, document.approach],
    }
    rows = Document.objects.filter(plan=plan, period=period).order_by("id")
    codes = {row.kind: shown_code(row.code) for row in rows}
    return [
        {"code": kind.value, "label": str(kind.label), "number": numbers[kind], "issued": codes.get(kind, "")}
        for kind in OF_RECORD
    ]


def _plan(request: SignedInRequest, pk: int) -> Plan:
    """The plan of a person whose performance the viewer may see: then all evidence and feedback there is, too."""
    plan = get_object_or_404(Plan.objects.select_related("employee__agency", "post", "unit"), pk=pk)
    require_sight_of(request.viewer, plan.employee)
    return plan
