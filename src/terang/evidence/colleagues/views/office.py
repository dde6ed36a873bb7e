"""Pages of the personnel agency: rounds, a new round with its preview, one round, conflicts of interest."""

from datetime import timedelta
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.colleagues import selectors, services
from terang.evidence.colleagues.access import require_keeper
from terang.evidence.colleagues.forms import CancelForm, ConflictForm, RoundForm
from terang.evidence.colleagues.hooks import review_policy
from terang.evidence.colleagues.models import ConflictReason, RaterKind
from terang.evidence.colleagues.round_keys import has_key
from terang.evidence.colleagues.services.preparing import is_stalled
from terang.evidence.colleagues.states import RoundState, state_of
from terang.registry.editing import Page, edit, show
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.reviews.draw import Drawn

USUAL_DAYS = 14
MOST_NAMED = 20


def _keeper(request: SignedInRequest) -> Viewer:
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    return viewer


def _crumbs() -> tuple[tuple[str, str], ...]:
    return ((gettext("Putaran penilaian"), reverse("colleagues:rounds")),)


@require_safe
@login_required
def rounds(request: SignedInRequest) -> HttpResponse:
    """Every round with its state and the share that came in."""
    viewer = _keeper(request)
    rows = [(row, state_of(row, viewer.today)) for row in selectors.rounds_of(viewer.agency_id)]
    return render(request, "colleagues/rounds.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
@login_required
def round_new(request: SignedInRequest) -> HttpResponse:
    """First a preview of the draw, then the opening; the draw is done anew and nobody sees its pairs."""
    viewer = _keeper(request)
    policy = review_policy(viewer.agency_id, viewer.today)
    last = viewer.today + timedelta(days=USUAL_DAYS - 1)
    usual = {"peers": max(5, policy.least["peer"]), "subordinates": max(5, policy.least["subordinate"])}
    initial = {"opens_on": viewer.today, "last_day": last, "superior": True, "cap": 8, **usual}
    form = RoundForm(request.POST or None, initial=initial, policy=policy)
    context = {"form": form, "has_instrument": bool(policy.instruments)}
    if request.method == "POST" and form.is_valid():
        try:
            if request.POST.get("act") == "open":
                opening = services.open_round(actor=viewer, agency=viewer.employee.agency, asked=form.asked())
                messages.success(request, _opened(opening.prepared))
                return redirect(opening)
            drawn = services.preview(actor=viewer, agency=viewer.employee.agency, asked=form.asked())
            context |= _previewed(drawn)
        except ValidationError as error:
            show(form, error)
    return render(request, "colleagues/round_new.html", context, status=422 if form.errors else 200)


def _opened(prepared: bool) -> str:
    if prepared:
        return gettext("Putaran dibuka. Yang diminta menilai melihatnya di Hari ini.")
    return gettext("Putaran disiapkan oleh pekerja latar; kemajuannya terlihat di sini.")


def _previewed(drawn: Drawn) -> dict[str, object]:
    """Numbers of a draw, and the names of whom too few could be asked about; never a pair."""
    shorts = sorted(drawn.short, key=lambda each: each.kind)
    names = dict(Employee.objects.filter(pk__in={each.subject for each in shorts}).values_list("pk", "name"))
    groups = [(RaterKind(kind).label, list(rows)) for kind, rows in groupby(shorts, key=lambda each: each.kind)]
    return {
        "previewed": True,
        "raters": len({pair.rater for pair in drawn.pairs}),
        "pairs": len(drawn.pairs),
        "subjects": len({pair.subject for pair in drawn.pairs}),
        "short": [
            (label, sorted(names[row.subject] for row in rows)[:MOST_NAMED], max(len(rows) - MOST_NAMED, 0))
            for label, rows in groups
        ],
    }


@require_safe
@login_required
def round_page(request: SignedInRequest, round_id: int) -> HttpResponse:
    """One round: its terms and the total share answered. Who was asked about whom is on no page."""
    viewer = require_viewer(request.viewer)
    opening = selectors.round_for(viewer, round_id)
    state = state_of(opening, viewer.today)
    running = state not in (RoundState.RELEASED, RoundState.CANCELLED)
    context = {
        "round": opening,
        "state": state,
        "running": running,
        "last_day": opening.last_day,
        "preparing": state == RoundState.PREPARING,
        "stalled": is_stalled(opening),
        "key_missing": running and opening.prepared and not has_key(opening.key_name),
        "least": [(RaterKind(kind).label, number) for kind, number in opening.least.items()],
        "share_bp": opening.answered * 10_000 // opening.asked if opening.asked else None,
    }
    return render(request, "colleagues/round.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def round_cancel(request: SignedInRequest, round_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    opening = selectors.round_for(viewer, round_id)
    page = Page(
        title=gettext("Batalkan %(name)s") % {"name": opening.name},
        lead=gettext("Semua jawaban dimusnahkan tanpa dibaca dan tidak dapat dikembalikan."),
        back=opening.get_absolute_url(),
        crumbs=_crumbs(),
        submit=gettext("Batalkan putaran"),
        done=gettext("Putaran dibatalkan; jawabannya dimusnahkan."),
        confirm=gettext("Jawaban yang sudah masuk hilang selamanya."),
    )
    return edit(
        request,
        CancelForm(request.POST or None),
        page,
        lambda values: services.cancel_round(actor=viewer, opening=opening, reason=values["reason"]),
    )


@require_safe
@login_required
def conflicts(request: SignedInRequest) -> HttpResponse:
    """Who is not asked about whom."""
    viewer = _keeper(request)
    return render(
        request, "colleagues/conflicts.html", {"rows": selectors.conflicts_of(viewer.agency_id, viewer.today)}
    )


@require_http_methods(["GET", "POST"])
@login_required
def conflict_new(request: SignedInRequest) -> HttpResponse:
    viewer = _keeper(request)
    page = Page(
        title=gettext("Catat benturan kepentingan"),
        lead=gettext(
            "Kedua orang tidak saling menilai pada undian berikutnya. Putaran yang sudah dibuka tidak berubah."
        ),
        back=reverse("colleagues:conflicts"),
        crumbs=(*_crumbs(), (gettext("Benturan kepentingan"), reverse("colleagues:conflicts"))),
        submit=gettext("Catat"),
        done=gettext("Benturan kepentingan dicatat."),
    )
    form = ConflictForm(request.POST or None, initial={"since": viewer.today}, agency_id=viewer.agency_id)
    return edit(
        request,
        form,
        page,
        lambda values: services.record_conflict(actor=viewer, **{**values, "reason": ConflictReason(values["reason"])}),
    )


@require_POST
@login_required
def conflict_end(request: SignedInRequest, conflict_id: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    services.end_conflict(actor=viewer, conflict=selectors.conflict_for(viewer, conflict_id))
    messages.success(request, gettext("Benturan kepentingan diakhiri."))
    return redirect("colleagues:conflicts")
