"""The boards: the page a person's day begins on, by role, each with its live fragments."""

from collections.abc import Collection

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from terang.evidence.oversight.access import may_inspect
from terang.evidence.oversight.mission_selectors import running_missions
from terang.evidence.work.access import require_decider
from terang.evidence.work.deciding_forms import ReturnForm
from terang.evidence.work.desk import desk_of
from terang.evidence.work.models import Entry
from terang.evidence.work.phrases import offered
from terang.evidence.work.services import accept_entry, return_entry
from terang.registry.people.access import require_viewer
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.reporting.boards.access import home_of, require_asker, require_city, require_missions
from terang.reporting.boards.after_rounds import questions_of
from terang.reporting.boards.city import city_of
from terang.reporting.boards.forms import ACCEPT, DecisionForm
from terang.reporting.boards.missions import A_PAGE, visits_page
from terang.reporting.boards.team import queue_of, team_of, topics
from terang.reporting.boards.today import card_of, greeting
from terang.reporting.boards.waiting import waiting_for
from terang.web import htmx
from terang.web.errors import NotNow

QUEUE_SHOWN = 3


def _viewer(request: HttpRequest) -> Viewer:
    return require_viewer(request.viewer)  # type: ignore[attr-defined]


@require_safe
@login_required
def home(request: HttpRequest) -> HttpResponse:
    """To the page the person's day begins on."""
    viewer = _viewer(request)
    return redirect(home_of(viewer))


@require_safe
@login_required
def today(request: HttpRequest) -> HttpResponse:
    """One's own day: an entry to write, the live score, what waits."""
    viewer = _viewer(request)
    context = {
        "employee": viewer.employee,
        "greeting": greeting(),
        "day": viewer.today,
        "desk": desk_of(viewer.employee, viewer.today),
        "waiting": waiting_for(viewer),
        **_card_context(viewer),
    }
    return render(request, "boards/today.html", context)


@require_safe
@login_required
def card(request: HttpRequest) -> HttpResponse:
    """The live score alone, fetched again when evidence changes it."""
    viewer = _viewer(request)
    return render(request, "boards/_card.html", _card_context(viewer))


def _card_context(viewer: Viewer) -> dict[str, object]:
    found = card_of(viewer)
    score = found.score
    why = reverse("evaluation:score", args=[score.period_id, score.employee_id]) if score else ""
    return {
        "card": found,
        "told": found.told,
        "score": score,
        "standing": found.standing,
        "why_url": why,
        "viewer": viewer,
    }


@require_safe
@login_required
def team(request: HttpRequest) -> HttpResponse:
    """The appraiser's board; the fragment alone where a score of the team changed."""
    viewer = _viewer(request)
    board = team_of(viewer)
    context = {"team": board, **_queue_context(viewer, [member.employee.pk for member in board.members])}
    return htmx.render(request, "boards/team.html", "boards/_team.html", context)


@require_safe
@login_required
def queue(request: HttpRequest) -> HttpResponse:
    """The entries that wait for the appraiser, alone."""
    viewer = _viewer(request)
    return render(request, "boards/_queue.html", _own_queue(viewer))


@require_POST
@login_required
def decide(request: HttpRequest, entry_id: int) -> HttpResponse:
    """Accepts or returns one waiting entry without leaving the board."""
    viewer = _viewer(request)
    entry = get_object_or_404(Entry.objects.select_related("employee"), pk=entry_id)
    require_decider(viewer, entry)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest(_("Keputusan ini tidak dikenal."))
    told = form.cleaned_data
    if told["decision"] == ACCEPT:
        accept_entry(actor=viewer, entry=entry, version=told["version"])
        text = _("Kegiatan %(name)s diterima.") % {"name": entry.employee.name}
    else:
        return_entry(actor=viewer, entry=entry, version=told["version"], note=_note(request, viewer))
        text = _("Kegiatan %(name)s dikembalikan dengan catatan.") % {"name": entry.employee.name}
    if not request.headers.get("HX-Request"):
        return htmx.redirect(request, reverse("boards:team"))
    return htmx.toast(render(request, "boards/_queue.html", _own_queue(viewer)), text)


def _note(request: HttpRequest, viewer: Viewer) -> str:
    """The chosen sentence with what was added to it. Raises NotNow where there is neither, or too much."""
    form = ReturnForm(request.POST, appraiser_id=viewer.employee.pk)
    if not form.is_valid():
        raise NotNow(" ".join(str(error) for errors in form.errors.values() for error in errors))
    return str(form.cleaned_data["note"])


def _own_queue(viewer: Viewer) -> dict[str, object]:
    return _queue_context(viewer, direct_report_ids(viewer.employee, viewer.today))


def _queue_context(viewer: Viewer, employee_ids: Collection[int]) -> dict[str, object]:
    waiting = queue_of(employee_ids, QUEUE_SHOWN + 1)
    return {
        "waiting": waiting[:QUEUE_SHOWN],
        "more": len(waiting) > QUEUE_SHOWN,
        "phrases": offered(viewer.employee.pk) if waiting else {},
        "topics": topics(viewer, employee_ids),
        "viewer": viewer,
    }


@require_safe
@login_required
def missions(request: HttpRequest) -> HttpResponse:
    """The oversight team's visits, and the missions of the viewer that still ask for something."""
    viewer = _viewer(request)
    require_missions(viewer)
    context = {
        "page": visits_page(viewer, request.GET.get("halaman")),
        "running": running_missions(viewer),
        "may_inspect": may_inspect(viewer),
    }
    return render(request, "boards/missions.html", context)


@require_safe
@login_required
def after_rounds(request: HttpRequest) -> HttpResponse:
    """Leaders whose own marks fell sharply after their subordinates rated them."""
    viewer = _viewer(request)
    require_asker(viewer)
    page = Paginator(questions_of(viewer), A_PAGE).get_page(request.GET.get("halaman"))
    return render(request, "boards/after_rounds.html", {"page": page})


@require_safe
@login_required
def city(request: HttpRequest) -> HttpResponse:
    """The regional head's page."""
    viewer = _viewer(request)
    require_city(viewer)
    return render(request, "boards/city.html", {"city": city_of(viewer.employee.agency, viewer.today)})
