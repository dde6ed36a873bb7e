"""A session: the list, opening one, its board, people side by side, and its end."""

from collections.abc import Callable
from datetime import timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals.models import RatingWindow
from terang.evaluation.appraisals.selectors import open_windows, window_for
from terang.evaluation.appraisals.tabs import CALIBRATION, tabs
from terang.evaluation.calibration import selectors
from terang.evaluation.calibration.access import leads, may_open, require_head, require_leader
from terang.evaluation.calibration.duties import asks
from terang.evaluation.calibration.forms import EndForm, OpenForm, ScopeForm
from terang.evaluation.calibration.models import CalibrationSession, SessionState
from terang.evaluation.calibration.scope import families_of, scope_of
from terang.evaluation.calibration.services import cancel_session, close_session, open_session
from terang.evaluation.calibration.services.opening import Wanted
from terang.evaluation.calibration.spread import spread_of
from terang.evaluation.calibration.states import require_running
from terang.registry.editing import Page, edit, show
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_ints

PER_PAGE = 20
USUAL_DAYS = timedelta(days=3)
"""How long raters may answer, where the leader says nothing else."""


@require_safe
@login_required
def all_sessions(request: SignedInRequest) -> HttpResponse:
    """The sessions the viewer sits in."""
    viewer = require_viewer(request.viewer)
    page = Paginator(selectors.sessions_of(viewer), PER_PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "may_open": may_open(viewer), "tabs": tabs(viewer, CALIBRATION)}
    return render(request, "calibration/sessions.html", context)


@require_safe
@login_required
def choose(request: SignedInRequest) -> HttpResponse:
    """Which window: the only one is opened at once."""
    viewer = require_head(request.viewer)
    windows = open_windows(viewer)
    if len(windows) == 1:
        return redirect("calibration:open", windows[0].pk)
    return render(request, "calibration/choose.html", {"windows": windows, "tabs": tabs(viewer, CALIBRATION)})


@require_http_methods(["GET", "POST"])
@login_required
def open_new(request: SignedInRequest, window_id: int) -> HttpResponse:
    """Whom the session compares and who sits in it, shown before it is opened."""
    viewer = require_head(request.viewer)
    window = window_for(viewer, window_id)
    units = list(Unit.objects.filter(pk__in=viewer.headed_unit_ids).order_by("path"))
    families = families_of(viewer, window)
    choice = _choice(request, units, families)
    unit, family = _chosen(choice, units)
    scope = scope_of(viewer, window, unit, family)
    given = {"unit": unit.pk, "family": family, "seen": scope.seen, "answers_until": viewer.today + USUAL_DAYS}
    form = OpenForm(request.POST or None, initial=given, units=units, families=families)
    if request.method == "POST" and form.is_valid() and (made := _opened(viewer, window, unit, form)):
        messages.success(request, _("Sesi dibuka. Penilaian di dalamnya baru dapat diserahkan sesudah sesi ditutup."))
        return redirect(made)
    context = {"window": window, "choice": choice, "scope": scope, "form": form, "tabs": tabs(viewer, CALIBRATION)}
    return render(request, "calibration/open.html", context, status=422 if form.errors else 200)


def _choice(request: SignedInRequest, units: list[Unit], families: list[str]) -> ScopeForm:
    asked = request.POST if request.method == "POST" else request.GET
    first = {"unit": units[0].pk, "family": ""}
    return ScopeForm(asked if "unit" in asked else None, initial=first, units=units, families=families)


def _chosen(choice: ScopeForm, units: list[Unit]) -> tuple[Unit, str]:
    """What was asked for; the first unit with all families where nothing was, or nothing that exists."""
    if not choice.is_bound or not choice.is_valid():
        return units[0], ""
    told = choice.cleaned_data
    return next(each for each in units if each.pk == told["unit"]), told["family"]


def _opened(viewer: Viewer, window: RatingWindow, unit: Unit, form: OpenForm) -> CalibrationSession | None:
    """The session; None where the form tells why not."""
    told = form.cleaned_data
    wanted = Wanted(unit, told["family"], told["answers_until"])
    try:
        with transaction.atomic():
            return open_session(
                actor=viewer, window=window, wanted=wanted, seen=told["seen"], form_key=told["form_key"]
            )
    except ValidationError as error:
        show(form, error)
        return None


@require_safe
@login_required
def session(request: SignedInRequest, pk: int) -> HttpResponse:
    """The board: everybody on the grid of the two ratings, what waits, and the spread before and after."""
    viewer = require_viewer(request.viewer)
    found = selectors.session_for(viewer, pk)
    placements = list(selectors.placements_of(found))
    board = selectors.board_of(found, placements)
    running = found.state == SessionState.OPEN
    context = {
        "session": found,
        "board": board,
        "waiting": [(each, running and asks(viewer, each)) for each in board.waiting],
        "spread": spread_of(found, placements),
        "people": selectors.raters_of(found),
        "running": running,
        "leading": running and leads(viewer, found),
        "least": selectors.LEAST_COMPARED,
        "most": selectors.MOST_COMPARED,
        "tabs": tabs(viewer, CALIBRATION),
    }
    return render(request, "calibration/session.html", context)


@require_safe
@login_required
def compare(request: SignedInRequest, pk: int) -> HttpResponse:
    """Two to four people side by side, with what each rater saw."""
    viewer = require_viewer(request.viewer)
    found = selectors.session_for(viewer, pk)
    chosen = list(dict.fromkeys(asked_ints(request.GET.getlist("orang"))))
    sheets = selectors.sheets_of(viewer, found, chosen[: selectors.MOST_COMPARED])
    context = {
        "session": found,
        "sheets": sheets,
        "enough": len(sheets) >= selectors.LEAST_COMPARED,
        "too_many": len(chosen) > selectors.MOST_COMPARED,
        "least": selectors.LEAST_COMPARED,
        "most": selectors.MOST_COMPARED,
        "running": found.state == SessionState.OPEN,
    }
    return render(request, "calibration/compare.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was decided counts from now on."""
    found = selectors.session_for(request.viewer, pk)
    page = _page(
        found,
        _("Menutup sesi penyelarasan"),
        _("Tutup sesi"),
        _("Sesi ditutup. Para penilai sekarang dapat menyerahkan penilaiannya."),
        _("Catat apa yang dibandingkan dan mengapa hasilnya begini. Sesudah ditutup, sesi tidak berubah lagi."),
    )
    return _end(request, found, close_session, page)


@require_http_methods(["GET", "POST"])
@login_required
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Nothing of it counts."""
    found = selectors.session_for(request.viewer, pk)
    page = _page(
        found,
        _("Membatalkan sesi penyelarasan"),
        _("Batalkan sesi"),
        _("Sesi dibatalkan. Semua penilaian tetap seperti ditetapkan penilainya."),
        _("Semua rating kembali seperti ditetapkan penilainya. Tulis sebabnya."),
    )
    return _end(request, found, cancel_session, page)


def _page(found: CalibrationSession, title: str, submit: str, done: str, lead: str) -> Page:
    address = found.get_absolute_url()
    crumbs = ((found.unit.name, address),)
    return Page(title=title, back=address, submit=submit, done=done, lead=lead, crumbs=crumbs)


def _end(
    request: SignedInRequest, found: CalibrationSession, act: Callable[..., CalibrationSession], page: Page
) -> HttpResponse:
    """Sent again by who ended it, it has been done."""
    viewer = require_leader(request.viewer, found)
    if request.method == "POST" and found.ended_by_id == viewer.employee.pk:
        return redirect(found)
    require_running(found)
    form = EndForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: act(actor=viewer, session=found, **told))
