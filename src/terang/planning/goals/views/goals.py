"""One goal: its page, and making, changing and retiring it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from terang.planning.goals import selectors, services
from terang.planning.goals.access import UNIT_KINDS, may_report, may_shape, require_shaper
from terang.planning.goals.drawing import draw_way
from terang.planning.goals.forms import GoalChangeForm, GoalForm, RetireForm
from terang.planning.goals.hooks import carriers, live_values
from terang.planning.goals.models import Goal, GoalKind, KeyIndicator, Reading, YearTarget
from terang.planning.goals.presenting import Row, course, figure, rows_of, was_corrected
from terang.planning.goals.services.goals import PARENT_KINDS
from terang.planning.goals.standing import QUARTER_ENDS
from terang.planning.goals.views.place import asked_year, crumbs, known_goal, viewer_of
from terang.registry.editing import Page, edit
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Role
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_int
from terang.web.charts import Line
from terang.web.errors import NotAllowed


@dataclass(frozen=True)
class Sheet:
    """An indicator on the page of its goal."""

    row: Row
    way: SafeString
    chart: Line | None
    targets: list[YearTarget]
    readings: list[tuple[Reading, str, bool]]
    holder: Assignment | None
    results: int | None
    may_report: bool


def goal(request: HttpRequest, pk: int) -> HttpResponse:
    """A goal with its indicators, their history and course, what it serves and what serves it."""
    viewer = viewer_of(request)
    found = known_goal(viewer, pk)
    year = asked_year(request, viewer)
    on = selectors.day_of(year, viewer.today)
    family = list(selectors.goals_on(viewer.agency_id, on))
    context = {
        "goal": found,
        "above": _above(found, {each.pk: each for each in family}),
        "children": [each for each in family if each.parent_id == found.pk],
        "sheets": _sheets(viewer, found, on),
        "year": year,
        "on": on,
        "years": range(found.year_start, found.year_end + 1),
        "may_shape": may_shape(viewer, found.unit, found.kind) and not found.retired_on,
        "may_shape_below": may_shape(viewer, found.unit, GoalKind.PROGRAMME) and not found.retired_on,
        "history": selectors.history_of_goal(found),
    }
    return render(request, "goals/goal.html", context)


def _above(found: Goal, family: Mapping[int, Goal]) -> list[Goal]:
    """What the goal serves, the top first."""
    above: list[Goal] = []
    parent = family.get(found.parent_id or 0)
    while parent and parent not in above:
        above.insert(0, parent)
        parent = family.get(parent.parent_id or 0)
    return above


def _sheets(viewer: Viewer, found: Goal, on: date) -> list[Sheet]:
    standings = selectors.standings_of([found], on)
    indicators = [standing.indicator for standing in standings]
    ids = [indicator.pk for indicator in indicators]
    readings, targets = selectors.readings_of(ids), selectors.targets_of(ids)
    seats = selectors.holders({each.responsible_id for each in indicators if each.responsible_id}, on)
    carried = carriers(viewer.agency_id, on) if ids else None
    live = _live_course(viewer.agency_id, indicators, on)
    return [
        Sheet(
            row=row,
            way=draw_way(row),
            chart=course(
                indicator, targets.get(indicator.pk, []), readings.get(indicator.pk, []), on, live[indicator.pk]
            ),
            targets=targets.get(indicator.pk, []),
            readings=[
                (row, figure(indicator, row.value_milli), was_corrected(row)) for row in readings.get(indicator.pk, [])
            ],
            holder=seats.get(indicator.responsible_id or 0),
            results=carried.results.get(indicator.pk, 0) if carried else None,
            may_report=not indicator.measure and may_report(viewer, indicator),
        )
        for row, indicator in zip(rows_of(standings), indicators, strict=True)
    ]


def _live_course(agency_id: int, indicators: Sequence[KeyIndicator], on: date) -> dict[int, dict[date, int]]:
    """The values of measures at the ends of this year's quarters and today, by indicator. Asks only where one has a
    measure."""
    found: dict[int, dict[date, int]] = {indicator.pk: {} for indicator in indicators}
    if any(indicator.measure for indicator in indicators):
        for day in [d for end in QUARTER_ENDS if (d := date(on.year, *end)) < on] + [on]:
            for pk, value in live_values(agency_id, indicators, day).items():
                if value.milli is not None:
                    found[pk][day] = value.milli
    return found


def goal_new(request: HttpRequest) -> HttpResponse:
    """The form of a new goal; `?induk=` names what it serves."""
    viewer = viewer_of(request)
    asked = asked_int(request.GET.get("induk"))
    parent = None if asked is None else known_goal(viewer, asked)
    kinds = _kinds(viewer, parent)
    choices = {"kinds": kinds, "units": _units(viewer), "parents": _parents(viewer)}
    if not kinds or not choices["units"].exists():
        raise NotAllowed(_("Sasaran disusun oleh pimpinan unit dan pengelola kepegawaian."))
    page = Page(
        title=_("Tambah sasaran"),
        lead=_("Mendukung %(code)s: %(text)s") % {"code": parent.code, "text": parent.text} if parent else "",
        back=reverse("goals:goal", args=[parent.pk]) if parent else reverse("goals:tree"),
        submit=_("Simpan"),
        done=_("Sasaran ditambahkan."),
        crumbs=crumbs(*([parent] if parent else [])),
    )
    form = GoalForm(request.POST or None, initial=_start(viewer, parent, kinds), **choices)
    return edit(request, form, page, lambda values: services.add_goal(actor=viewer, **values))


def _start(viewer: Viewer, parent: Goal | None, kinds: Sequence[GoalKind]) -> dict[str, Any]:
    year = viewer.today.year
    start = {"kind": kinds[0] if kinds else "", "year_start": year, "year_end": year, "unit": viewer.unit_id}
    if parent:
        start |= {"parent": parent.pk, "year_start": parent.year_start, "year_end": parent.year_end}
        start |= {"unit": parent.unit_id, "source": parent.source}
    return start


def _kinds(viewer: Viewer, parent: Goal | None) -> list[GoalKind]:
    """What the viewer may make, below a parent what the cascade allows there."""
    anywhere = Unit(agency_id=viewer.agency_id, path=viewer.headed_paths[0] if viewer.headed_paths else "")
    mine = [kind for kind in GoalKind if may_shape(viewer, anywhere, kind)]
    return mine if parent is None else [kind for kind in mine if parent.kind in PARENT_KINDS[kind]]


def _units(viewer: Viewer) -> Any:
    """The units the viewer may give goals to."""
    alive = Unit.objects.filter(agency_id=viewer.agency_id, valid_to=None).order_by("path")
    if viewer.has(Role.PERSONNEL):
        return alive
    mine = alive.none()
    for path in viewer.headed_paths:
        mine |= alive.filter(path__startswith=path)
    return mine


def _parents(viewer: Viewer, found: Goal | None = None) -> Any:
    """The goals another one may serve; never itself."""
    rows = Goal.objects.filter(agency_id=viewer.agency_id, retired_on=None).order_by("code")
    return rows.exclude(pk=found.pk) if found else rows


def goal_edit(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    found = known_goal(viewer, pk)
    require_shaper(viewer, found.unit, found.kind)
    page = Page(
        title=_("Ubah sasaran %(code)s") % {"code": found.code},
        back=reverse("goals:goal", args=[found.pk]),
        submit=_("Simpan"),
        done=_("Sasaran diubah."),
        crumbs=crumbs(found),
    )
    names = ("kind", "parent_id", "unit_id", "code", "text", "source", "year_start", "year_end", "version")
    start = {name.removesuffix("_id"): getattr(found, name) for name in names}
    kinds = list(GoalKind) if found.kind not in UNIT_KINDS or viewer.has(Role.PERSONNEL) else list(UNIT_KINDS)
    form = GoalChangeForm(
        request.POST or None, initial=start, kinds=kinds, units=_units(viewer), parents=_parents(viewer, found)
    )
    return edit(request, form, page, lambda values: services.change_goal(actor=viewer, goal=found, **values))


def goal_retire(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    found = known_goal(viewer, pk)
    require_shaper(viewer, found.unit, found.kind)
    page = Page(
        title=_("Hentikan sasaran %(code)s") % {"code": found.code},
        lead=_("Sasaran dan indikatornya tidak dihitung lagi; riwayatnya tetap tersimpan."),
        back=reverse("goals:goal", args=[found.pk]),
        submit=_("Hentikan"),
        done=_("Sasaran dihentikan."),
        crumbs=crumbs(found),
    )
    form = RetireForm(request.POST or None, initial={"on": viewer.today, "version": found.version})
    return edit(request, form, page, lambda values: services.retire_goal(actor=viewer, goal=found, **values))
