"""What a member sees of the matrices: the parts given, to be taken into the plan, disputed, or answered by an own
proposal."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.planning.matrix import selectors, services
from terang.planning.matrix.access import require_member, require_plan_of
from terang.planning.matrix.forms import AnswerForm, ProposalForm
from terang.planning.matrix.offers import offers_for
from terang.planning.matrix.presenting import offer_badge
from terang.planning.matrix.selectors import matrices
from terang.planning.plans.access import require_planner
from terang.planning.plans.models import Plan, PlanState
from terang.planning.plans.selectors import current_plan
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_int, asked_ints, asked_version
from terang.web.errors import NotNow


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """What the viewer's leaders give, with or without a plan."""
    viewer = require_viewer(request.viewer)
    plan = current_plan(viewer.employee.pk, viewer.today)
    return _offers(request, viewer, viewer.employee, plan)


@require_safe
@login_required
def offers(request: SignedInRequest, plan_pk: int) -> HttpResponse:
    """The offers for a plan: a page, and the fragment that the plan's own page fetches."""
    viewer = require_viewer(request.viewer)
    plan = _plan(plan_pk)
    require_plan_of(viewer, plan)
    return _offers(request, viewer, plan.employee, plan)


def _plan(pk: int) -> Plan:
    return get_object_or_404(Plan.objects.select_related("employee__agency", "unit"), pk=pk)


def _offers(
    request: SignedInRequest, viewer: Viewer, employee: Employee, plan: Plan | None, form: ProposalForm | None = None
) -> HttpResponse:
    day = max(plan.period_start, viewer.today) if plan and plan.state != PlanState.CLOSED else viewer.today
    found = offers_for(employee, plan, day)
    own = employee.pk == viewer.employee.pk
    context = {
        "offers": found,
        "own": own,
        "rows": [(row, offer_badge(row.kind)) for row in found.rows],
        "form": form or ProposalForm(columns=found.columns),
        "leads": own and matrices(viewer.today).filter(owner=employee).exists(),
        "address": reverse("matrix:offers", args=[plan.pk]) if plan else reverse("matrix:mine"),
    }
    status = 422 if form else 200
    return htmx.render(request, "matrix/offers.html", "matrix/_offers.html", context, status=status)


@require_POST
@login_required
def take(request: SignedInRequest, plan_pk: int) -> HttpResponse:
    """Takes the ticked parts into one's own plan, then shows the plan."""
    viewer = require_viewer(request.viewer)
    plan = _plan(plan_pk)
    require_planner(viewer, plan.employee)
    ids = asked_ints(request.POST.getlist("cell"))
    if not ids:
        raise NotNow(gettext("Belum ada yang dipilih. Centang bagian yang ingin diambil."))
    taken = services.take_cells(actor=viewer, plan=plan, cell_ids=ids)
    messages.success(request, gettext("%(n)s hasil masuk ke SKP Anda.") % {"n": taken})
    return htmx.redirect(request, f"{reverse('plans:own')}?tahun={plan.period_start.year}")


@require_POST
@login_required
def dispute(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.cell_for(pk)
    require_member(viewer, found.member)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise NotNow(gettext("Isian tidak terbaca. Muat ulang halaman, lalu ulangi."))
    data = form.cleaned_data
    services.dispute_cell(actor=viewer, cell=found, seen=data["version"], reason=data["reason"])
    return _told(request, viewer, gettext("Pimpinan melihat persoalan Anda dan menjawabnya di sini."))


@require_POST
@login_required
def retract(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.cell_for(pk)
    require_member(viewer, found.member)
    services.retract_proposal(actor=viewer, cell=found, seen=asked_version(request.POST.get("version")))
    return _told(request, viewer, gettext("Usulan ditarik."))


@require_POST
@login_required
def propose(request: SignedInRequest) -> HttpResponse:
    """An own result under a leader's column; `plan` says which page to return to."""
    viewer = require_viewer(request.viewer)
    plan = _own_plan(request, viewer)
    day = max(plan.period_start, viewer.today) if plan else viewer.today
    form = ProposalForm(request.POST, columns=offers_for(viewer.employee, plan, day).columns)
    if not form.is_valid():
        return _offers(request, viewer, viewer.employee, plan, form)
    column = selectors.column_for(form.cleaned_data["column"].pk)
    services.propose_result(actor=viewer, column=column, text=form.cleaned_data["text"], strategy=column.strategy)
    return _told(request, viewer, gettext("Usulan dikirim kepada pimpinan."))


def _own_plan(request: SignedInRequest, viewer: Viewer) -> Plan | None:
    number = asked_int(request.POST.get("plan"))
    if number is not None:
        plans = Plan.objects.select_related("employee__agency", "unit")
        return plans.filter(pk=number, employee=viewer.employee).first()
    return current_plan(viewer.employee.pk, viewer.today)


def _told(request: SignedInRequest, viewer: Viewer, text: str) -> HttpResponse:
    """Back to the offers; within the plan's page only they are drawn again."""
    plan = _own_plan(request, viewer)
    if request.headers.get("HX-Request"):
        return htmx.toast(_offers(request, viewer, viewer.employee, plan), text)
    messages.success(request, text)
    return redirect("matrix:offers", plan.pk) if plan else redirect("matrix:mine")
