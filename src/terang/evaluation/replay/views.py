"""Pages of replays: starting one, turning its numbers with the picture following, who moves, and taking it away."""

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.engine.replay import MOVEMENTS, Comparison
from terang.evaluation.drafts.models import DraftState
from terang.evaluation.drafts.selectors import drafts_for
from terang.evaluation.drafts.services import begin_draft
from terang.evaluation.policies import rules_of
from terang.evaluation.replay import picture, selectors
from terang.evaluation.replay.access import (
    may_start,
    require_names,
    require_reader,
    require_reader_of,
    require_starter,
    sees_names,
)
from terang.evaluation.replay.asked import MONEY, Asked, read
from terang.evaluation.replay.folders import is_there
from terang.evaluation.replay.forms import StartForm
from terang.evaluation.replay.models import CopyState, EvidenceCopy, Replay
from terang.evaluation.replay.panel import controls
from terang.evaluation.replay.services import open_replay, prepare_again, start_replay
from terang.evaluation.replay.spans import stretches, title_of
from terang.evaluation.replay.states import is_stalled, require_ready
from terang.evaluation.replay.tables import MOVEMENT_WORDS, people_shown, people_taken, units_shown, units_taken
from terang.evaluation.selectors import policy_on, versions_of
from terang.registry.people.viewer import Viewer
from terang.rules.policies import document_of, toml_text
from terang.web import htmx
from terang.web.forms import FormKeyMixin

PER_PAGE = 25
UNDECIDED = (DraftState.DRAFT, DraftState.SUBMITTED, DraftState.RETURNED)


@require_safe
@login_required
def replays(request: SignedInRequest) -> HttpResponse:
    """What was tried, newest first."""
    viewer = require_reader(request.viewer)
    found = Paginator(selectors.replays_of(viewer), PER_PAGE).get_page(request.GET.get("halaman"))
    rows = [(each, title_of(each.copy)) for each in found]
    return render(request, "replay/list.html", {"page": found, "rows": rows, "may_start": may_start(viewer)})


@require_http_methods(["GET", "POST"])
@login_required
def start(request: SignedInRequest) -> HttpResponse:
    """Chooses a time and a policy; the worker then copies the evidence."""
    viewer = require_starter(request.viewer)
    agency = viewer.employee.agency
    versions = versions_of(agency.pk)
    if not versions:
        return render(request, "replay/start.html", {"form": None})
    form = StartForm(
        request.POST or None,
        stretches=stretches(agency, viewer.today),
        versions=versions,
        drafts=drafts_for(viewer).filter(state__in=UNDECIDED),
        initial={"policy": f"d-{request.GET.get('draf', '')}"},
    )
    if request.method == "POST" and form.is_valid() and form.tried is not None:
        replay = start_replay(
            actor=viewer,
            agency=agency,
            stretch=form.chosen,
            policy=form.tried,
            source=form.origin,
            form_key=form.cleaned_data["form_key"],
        )
        if replay is not None:
            return redirect(replay)
    return render(request, "replay/start.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@login_required
def page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The controls and the picture; for htmx the picture alone. Until the evidence is there: how far it is."""
    viewer, replay = _replay_for(request, pk)
    if not _is_ready(replay.copy):
        return _not_ready(request, viewer, replay)
    open_replay(actor=viewer, replay=replay)
    asked = _asked(request, replay)
    context = _page_context(viewer, replay, asked)
    response = htmx.render(request, "replay/page.html", "replay/_live.html", context)
    if getattr(request, "htmx", False) and asked.is_sound:
        response.headers["HX-Replace-Url"] = f"{request.path}?{asked.query}" if asked.query else request.path
    return response


def _not_ready(request: SignedInRequest, viewer: Viewer, replay: Replay) -> HttpResponse:
    """How far the evidence is; who was moving a slider meanwhile is led there."""
    if getattr(request, "htmx", False):
        return htmx.redirect(request, replay.get_absolute_url())
    return render(request, "replay/preparing.html", _preparing(viewer, replay))


@require_safe
@login_required
def progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far the copy of the evidence is; leads to the page once it is there."""
    viewer, replay = _replay_for(request, pk)
    if _is_ready(replay.copy):
        return htmx.redirect(request, replay.get_absolute_url())
    return htmx.render(request, "replay/preparing.html", "replay/_preparing.html", _preparing(viewer, replay))


@require_POST
@login_required
def again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks for the evidence once more."""
    viewer, replay = _replay_for(request, pk)
    prepare_again(actor=viewer, copy=replay.copy)
    return redirect(replay)


@require_safe
@login_required
def units(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Every unit, on screen and as a download; small ones are put together for who may not read names."""
    viewer, replay = _replay_for(request, pk)
    asked, comparison = _compared(request, replay)
    offices = selectors.by_unit(comparison.by_unit(), selectors.units_of(viewer.agency_id))
    rows = picture.unit_lines(offices, _least(viewer))
    money = asked.pay is not None
    table = units_shown(money).bind(request, rows)
    context = {"replay": replay, "asked": asked, "table": table, "least": _least(viewer)}
    return units_taken(money).bind(request, rows).export() or render(request, "replay/units.html", context)


@require_safe
@login_required
def people(request: SignedInRequest, pk: int) -> HttpResponseBase:
    """Who moves: for the personnel agency alone."""
    viewer, replay = _replay_for(request, pk)
    require_names(viewer, replay)
    asked, comparison = _compared(request, replay)
    movement = next((each for each in MOVEMENTS if each == request.GET.get("gerak")), None)
    rows = selectors.named_moves(replay.copy, comparison, movement)
    money = asked.pay is not None
    table = people_shown(money).bind(request, rows)
    choices = [("", gettext("Semua orang"), movement is None)]
    choices += [(each, str(MOVEMENT_WORDS[each]), each == movement) for each in MOVEMENTS]
    context = {"replay": replay, "asked": asked, "table": table, "choices": choices}
    return people_taken(money).bind(request, rows).export() or render(request, "replay/people.html", context)


@require_safe
@login_required
def draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is tried as the text of a new version, to read, copy or download."""
    viewer, replay = _replay_for(request, pk)
    asked = _asked(request, replay)
    newest = versions_of(viewer.agency_id)
    number = max((each.version for each in newest), default=0) + 1
    policy = replace(asked.policy, version=number, agency_code=replay.copy.agency.code)
    text = toml_text(document_of(policy))
    if request.GET.get("unduh"):
        return HttpResponse(
            text,
            content_type="application/toml; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="kebijakan-konsep-{number}.toml"'},
        )
    form = FormKeyMixin() if sees_names(viewer) else None
    context = {"replay": replay, "asked": asked, "text": text, "number": number, "form": form}
    return render(request, "replay/draft.html", context)


@require_POST
@login_required
def take(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is tried becomes a draft of the viewer's, to be written on and approved by a second person."""
    viewer, replay = _replay_for(request, pk)
    asked = _asked(request, replay)
    form = FormKeyMixin(request.POST)
    if not form.is_valid():
        return redirect("replay:draft", replay.pk)
    base = policy_on(viewer.agency_id, viewer.today)
    key = form.cleaned_data["form_key"]
    return redirect(begin_draft(actor=viewer, form_key=key, document=document_of(asked.policy), base=base))


def _replay_for(request: SignedInRequest, pk: int) -> tuple[Viewer, Replay]:
    viewer = require_reader(request.viewer)
    replay = selectors.replay_for(viewer, pk)
    return require_reader_of(viewer, replay), replay


def _is_ready(copy: EvidenceCopy) -> bool:
    return copy.state == CopyState.READY and is_there(copy)


def _asked(request: SignedInRequest, replay: Replay) -> Asked:
    return read(request.GET, selectors.tried_policy(replay), replay.copy.months)


def _compared(request: SignedInRequest, replay: Replay) -> tuple[Asked, Comparison]:
    """What is asked for and its comparison, where the evidence is there."""
    require_ready(replay.copy)
    asked = _asked(request, replay)
    return asked, selectors.comparison_of(replay.copy, asked)


def _least(viewer: Viewer) -> int:
    return 0 if sees_names(viewer) else picture.LEAST_PEOPLE


def _preparing(viewer: Viewer, replay: Replay) -> dict[str, Any]:
    copy = replay.copy
    gone = copy.state == CopyState.READY or copy.state == CopyState.GONE
    return {
        "replay": replay,
        "copy": copy,
        "title": title_of(copy),
        "gone": gone,
        "failed": copy.state == CopyState.FAILED,
        "stalled": is_stalled(copy, timezone.now()),
        "may_start": may_start(viewer),
        "url": reverse("replay:progress", args=[replay.pk]),
    }


def _page_context(viewer: Viewer, replay: Replay, asked: Asked) -> dict[str, Any]:
    copy = replay.copy
    base = rules_of(copy.policy)
    context: dict[str, Any] = {
        "replay": replay,
        "copy": copy,
        "asked": asked,
        "title": title_of(copy),
        "groups": controls(asked, base),
        "money": {name: asked.typed.get(name, "") for name in MONEY},
        "names": sees_names(viewer),
        "reporting_differs": base.reporting != asked.policy.reporting,
        "least": _least(viewer),
    }
    if asked.is_sound and copy.people:
        context |= _picture(viewer, copy, asked)
    return context


def _picture(viewer: Viewer, copy: EvidenceCopy, asked: Asked) -> dict[str, Any]:
    comparison = selectors.comparison_of(copy, asked)
    offices = selectors.by_office(comparison.by_unit(), selectors.units_of(viewer.agency_id))
    rows = picture.lines(offices, _least(viewer))
    return {
        "whole": comparison.whole,
        "histogram": picture.histogram(comparison, asked.policy),
        "work": picture.crossing(comparison.crossed("work")),
        "behaviour": picture.crossing(comparison.crossed("behaviour")),
        "offices": rows[: picture.SHOWN],
        "more_offices": max(len(rows) - picture.SHOWN, 0),
        "bars": picture.unit_bars(rows),
        "by_groups": picture.groups(comparison, _least(viewer)),
    }
