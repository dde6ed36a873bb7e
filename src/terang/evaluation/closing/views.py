"""Pages of closing: every period, one period with its runs, one run with its people, one person's frozen results."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.access import require_score_of
from terang.evaluation.closing import selectors, services
from terang.evaluation.closing.access import CHECKERS, CONFIRMERS, require_closer
from terang.evaluation.closing.forms import CloseForm, CorrectForm
from terang.evaluation.closing.hooks import bundles_of
from terang.evaluation.closing.lists import SCORES
from terang.evaluation.closing.models import Closing, ClosingState
from terang.evaluation.models import Period
from terang.evaluation.states import require_open
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer

PER_PAGE = 24
MOST_CHANGED = 100


@require_safe
@login_required
def periods(request: SignedInRequest) -> HttpResponse:
    """Every period of the government, and whether it is closed."""
    viewer = require_viewer(request.viewer)
    page = Paginator(selectors.periods_to_see(viewer), PER_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "closing/periods.html", {"page": page, "today": viewer.today})


@require_safe
@login_required
def period(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stands before closing, and the runs of a closed one."""
    viewer = require_viewer(request.viewer)
    found = selectors.period_for(viewer, pk)
    runs = list(selectors.runs_of(found))
    context = {
        "period": found,
        "ready": None if found.closed_at else selectors.readiness_of(found, viewer.today),
        "runs": runs,
        "counts": selectors.counting_run(found),
        "closes": viewer.has(Role.PERSONNEL),
        "may_correct": bool(runs) and runs[0].state in (ClosingState.DONE, ClosingState.DROPPED),
    }
    return render(request, "closing/period.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """Closes a period."""
    found = selectors.period_for(require_viewer(request.viewer), pk)
    viewer = require_closer(request.viewer, found.agency_id)
    if request.method == "GET":
        require_open(found)
    page = _page(found, _("Menutup periode"), _("Tutup dan bekukan"), _("Periode ditutup; nilainya sedang dibekukan."))
    form = CloseForm(request.POST or None)
    return edit(request, form, page, lambda told: services.ask_closing(actor=viewer, period=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """Proposes a correction of a closed period."""
    found = selectors.period_for(require_viewer(request.viewer), pk)
    viewer = require_closer(request.viewer, found.agency_id)
    page = _page(found, _("Mengusulkan koreksi"), _("Usulkan"), _("Koreksi diusulkan; orang kedua mengesahkannya."))
    form = CorrectForm(request.POST or None)
    return edit(request, form, page, lambda told: services.propose_correction(actor=viewer, period=found, **told))


def _page(found: Period, title: str, submit: str, done: str) -> Page:
    back = reverse("closing:period", args=[found.pk])
    return Page(title=title, back=back, submit=submit, done=done, lead=str(found.title), crumbs=((found.title, back),))


@require_safe
@login_required
def run(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """One run: how far it is, who came out otherwise, everybody in it."""
    viewer = require_viewer(request.viewer)
    found = selectors.closing_for(viewer, pk)
    changed = selectors.changed_by(found) if found.state == ClosingState.DONE else []
    context = {
        **_standing(found),
        **_documents(found, viewer),
        "changed": changed[:MOST_CHANGED],
        "changed_count": len(changed),
        "may_check": viewer.has(*CHECKERS) and found.state == ClosingState.DONE,
        "may_confirm": viewer.has(*CONFIRMERS)
        and found.state == ClosingState.PROPOSED
        and viewer.employee.pk != found.asked_by_id,
        "may_drop": viewer.has(Role.PERSONNEL) and found.state == ClosingState.PROPOSED,
        "may_continue": viewer.has(Role.PERSONNEL) and selectors.is_stalled(found),
    }
    if found.state == ClosingState.DONE:
        table = SCORES.bind(request, selectors.scores_of(found))
        if exported := table.export():
            return exported
        context["table"] = table
    return render(request, "closing/run.html", context)


@require_safe
@login_required
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The fragment that says how far a run is; the page is read anew once it is done."""
    found = selectors.closing_for(require_viewer(request.viewer), pk)
    response = render(request, "closing/_progress.html", _standing(found))
    if found.state != ClosingState.RUNNING:
        response["HX-Refresh"] = "true"
    return response


def _standing(found: Closing) -> dict[str, object]:
    return {
        "closing": found,
        "stalled": selectors.is_stalled(found),
        "share_bp": found.done * 10_000 // found.total if found.total else 0,
    }


@require_safe
@login_required
def documents(request: SignedInRequest, pk: int) -> HttpResponse:
    """The fragment that says how far the papers of a closed period are."""
    viewer = require_viewer(request.viewer)
    return render(request, "closing/_documents.html", _documents(selectors.closing_for(viewer, pk), viewer))


def _documents(found: Closing, viewer: Viewer) -> dict[str, object]:
    """Papers belong to the closing of a period, not to its corrections."""
    shown = found.state == ClosingState.DONE and not found.is_correction
    bundles = bundles_of(found, viewer) if shown else []
    done, total = (sum(getattr(each, name) for each in bundles) for name in ("done", "total"))
    return {
        "closing": found,
        "bundles": bundles,
        "papers_done": done,
        "papers_total": total,
        "papers_bp": done * 10_000 // total if total else 0,
        "papers_run": any(each.runs for each in bundles),
        "may_print": shown and viewer.has(Role.PERSONNEL) and not bundles,
        "shows_papers": shown,
    }


@require_POST
@login_required
def act(request: SignedInRequest, pk: int, verb: str) -> HttpResponse:
    """Confirms or drops a correction, goes on with a run, has it checked or its papers made."""
    found = selectors.closing_for(require_viewer(request.viewer), pk)
    doing, done = {
        "sahkan": (services.confirm_correction, _("Koreksi disahkan dan sedang dihitung.")),
        "batalkan": (services.drop_correction, _("Usul koreksi dibatalkan.")),
        "lanjutkan": (services.continue_run, _("Pembekuan dilanjutkan.")),
        "cetak": (services.ask_documents, _("Dokumen sedang dibuat; kemajuannya tampil di sini.")),
        "periksa": (services.ask_check, _("Pemeriksaan ulang diminta; hasilnya tampil di sini.")),
    }[verb]
    doing(actor=request.viewer, closing=found)
    messages.success(request, done)
    return redirect("closing:run", found.pk)


@require_safe
@login_required
def person(request: SignedInRequest, period_id: int, employee_id: int) -> HttpResponse:
    """A person's results in the runs of a period, the one that counts first."""
    viewer = require_viewer(request.viewer)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    require_score_of(viewer, employee)
    found = get_object_or_404(Period, pk=period_id)
    require_agency(viewer, found.agency_id)
    rows = [(row, selectors.parts_of(row)) for row in selectors.frozen_runs(employee.pk, found.pk)]
    context = {"employee": employee, "period": found, "rows": rows}
    return render(request, "closing/person.html", context)
