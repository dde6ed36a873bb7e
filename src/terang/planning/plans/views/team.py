"""The appraiser's list of plans, the reading queue, and how far the plans of every unit are."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.planning.plans import services
from terang.planning.plans.access import require_answer
from terang.planning.plans.annex_forms import SeenForm
from terang.planning.plans.completeness import completeness as completeness_of
from terang.planning.plans.lists import LATE, TEAM, UNITS
from terang.planning.plans.queue import late_below, to_answer
from terang.planning.plans.reading import reading_of, version_at
from terang.planning.plans.seats import seat_of
from terang.planning.plans.standings import Stand, days_left, team_plans
from terang.registry.people.access import may_keep, require_role, require_viewer
from terang.registry.people.selectors import SEES_ALL
from terang.registry.people.viewer import Viewer
from terang.rules.plans import from_json
from terang.rules.plans.checks import open_assignments
from terang.web.asked import asked_pairs
from terang.web.navigation import NavItem

READ = "plans_read"
LATER = "plans_later"
"""Keys of the session: what the appraiser has read, or left for later, in this sitting: id → version on screen."""


@require_safe
@login_required
def team(request: SignedInRequest) -> HttpResponseBase:
    """Everybody the viewer appraises, what waits first; below them late ones of the appraisers the viewer appraises."""
    viewer = require_viewer(request.viewer)
    day = _day(request, viewer)
    people = team_plans(viewer, day)
    table = TEAM.bind(request, people)
    late = late_below(viewer)
    context = {
        "table": table,
        "people": people,
        "late": LATE.bind(request, late) if late else None,
        "years": _years(request, viewer, day),
        "day": day,
        "waiting": sum(row.stand in (Stand.SUBMITTED, Stand.LATE) for row in people),
        "none": sum(row.stand == Stand.NONE for row in people),
        "topics": " ".join(f"unit:{pk}" for pk in viewer.headed_unit_ids),
    }
    return table.export() or render(request, "plans/team.html", context)


def _day(request: SignedInRequest, viewer: Viewer) -> date:
    """A day of the year asked for with ?tahun=, today where none or another is."""
    asked = request.GET.get("tahun", "")
    near = {str(viewer.today.year + step): step for step in (-1, 1)}
    return date(viewer.today.year + near[asked], 1, 1) if asked in near else viewer.today


def _years(request: SignedInRequest, viewer: Viewer, day: date) -> list[NavItem]:
    years = (viewer.today.year - 1, viewer.today.year, viewer.today.year + 1)
    return [NavItem(str(year), f"{request.path}?tahun={year}", "", year == day.year) for year in years]


@require_safe
@login_required
def queue(request: SignedInRequest) -> HttpResponse:
    """One plan after the other to read; when all are read, all are agreed together."""
    viewer = require_viewer(request.viewer)
    waiting, read = list(to_answer(viewer)), _read(request)
    fresh = {row.pk: row.version for row in waiting if read.get(row.pk) == row.version}
    later = _later(request)
    unread = [row for row in waiting if row.pk not in fresh and row.pk not in later]
    skipped = len(waiting) - len(fresh) - len(unread)
    context: dict[str, Any] = {"total": len(waiting), "read": len(fresh), "skipped": skipped}
    if not unread:
        context["rows"] = [row for row in waiting if row.pk in fresh]
        return render(request, "plans/queue_end.html", context)
    version = unread[0]
    document = from_json(version.document)
    context |= {
        "version": version,
        "employee": version.plan.employee,
        "number": len(waiting) - len(unread) + 1,
        "reading": reading_of(version, seat_of(viewer, version)),
        "left": days_left(version.answer_due, viewer.today) if version.answer_due else "",
        "unanswered": open_assignments(document),
        "form": SeenForm(initial={"version": version.version}),
    }
    return render(request, "plans/queue.html", context)


@require_POST
@login_required
def queue_read(request: SignedInRequest, pk: int) -> HttpResponse:
    """Marks a plan as read, or leaves it for later (`later`), and goes on to the next one."""
    version = version_at(pk)
    require_answer(request.viewer, version)
    form = SeenForm(request.POST)
    if form.is_valid():
        form.require_current(version)
        name = LATER if "later" in request.POST else READ
        request.session[name] = {**request.session.get(name, {}), str(pk): version.version}
    return redirect("plans:queue")


@require_POST
@login_required
def agree_read(request: SignedInRequest) -> HttpResponse:
    """Agrees to every ticked plan that was read; tells which failed and why."""
    viewer = require_viewer(request.viewer)
    ticked = asked_pairs(request.POST.getlist("plan"))
    read = _read(request)
    seen = {pk: version for pk, version in ticked.items() if read.get(pk) == version}
    batch = services.agree_many(actor=viewer, seen=seen)
    _forget(request, [row.pk for row in batch.agreed] + [row.pk for row, _reason in batch.failed])
    if not batch.failed:
        messages.success(request, gettext("%(n)s SKP disepakati.") % {"n": len(batch.agreed)})
        return redirect(reverse("plans:team"))
    return render(request, "plans/queue_done.html", {"batch": batch})


def _read(request: SignedInRequest) -> Mapping[int, int]:
    return {int(pk): version for pk, version in request.session.get(READ, {}).items()}


def _later(request: SignedInRequest) -> set[int]:
    """Left for later in this sitting; a new beginning (?ulang) forgets them."""
    if "ulang" in request.GET:
        request.session.pop(LATER, None)
    return {int(pk) for pk in request.session.get(LATER, {})}


def _forget(request: SignedInRequest, ids: list[int]) -> None:
    kept = {pk: version for pk, version in request.session.get(READ, {}).items() if int(pk) not in ids}
    request.session[READ] = kept


@require_safe
@login_required
def completeness(request: SignedInRequest) -> HttpResponseBase:
    """How far every unit is with the plans of a year, for who keeps or watches over the personnel."""
    viewer = require_viewer(request.viewer)
    require_role(viewer, *SEES_ALL)
    day = _day(request, viewer)
    found = completeness_of(viewer.agency_id, viewer.paths(*SEES_ALL), day, viewer.today)
    table = UNITS.bind(request, found.units)
    context = {
        "table": table,
        "found": found,
        "whole": found.units[0] if found.units else None,
        "years": _years(request, viewer, day),
        "day": day,
        "may_keep": may_keep(viewer),
    }
    return table.export() or render(request, "plans/completeness.html", context)
