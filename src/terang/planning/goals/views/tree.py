"""The tree of goals and the check of its gaps."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.safestring import SafeString

from terang.planning.goals import selectors
from terang.planning.goals.access import require_checker
from terang.planning.goals.coverage import Gap, coverage
from terang.planning.goals.drawing import draw_rows
from terang.planning.goals.lists import GAPS
from terang.planning.goals.presenting import Branch, below, folded, outline, tally
from terang.planning.goals.views.place import asked_unit, asked_year, tabs, viewer_of
from terang.registry.people.models import Role
from terang.web.asked import asked_int

OPEN_DEPTH = 2
"""How many levels stand open when the page comes; a chosen unit opens all."""
WHOLE = 60
"""Trees of so many goals come in one go; of larger ones less stands open, and what is folded comes when opened."""


def tree(request: HttpRequest) -> HttpResponse:
    """The outcome tree of a year, of the whole government or one unit with what it serves; for htmx with ?buka= what is
    below a goal. Without scripts ?buka=semua brings the whole tree."""
    viewer = viewer_of(request)
    year, unit = asked_year(request, viewer), asked_unit(request, viewer)
    on = selectors.day_of(year, viewer.today)
    goals = list(selectors.goals_on(viewer.agency_id, on))
    standings = selectors.standings_of(goals, on)
    branches = outline(goals, standings, unit.path if unit else "")
    asked = request.GET.get("buka", "")
    whole, depth = unit or asked or len(branches) <= WHOLE, _open_depth(branches)
    common = {"year": year, "today_year": viewer.today.year, "open_depth": 99 if unit else depth}
    if getattr(request, "htmx", False) and (opened := asked_int(asked)) is not None:
        under = below(branches, opened)
        part = under if len(under) <= WHOLE else folded(under, under[0].depth)
        return render(request, "goals/_outline.html", {**common, "branches": _drawn(part)})
    context = {
        **common,
        "branches": _drawn(branches if whole else folded(branches, depth)),
        "counts": tally(row.standing for branch in branches if not branch.context for row in branch.rows),
        "goal_count": sum(not branch.context for branch in branches),
        "agency": viewer.employee.agency,
        "unit": unit,
        "units": selectors.units_with_goals(viewer.agency_id, on),
        "on": on,
        "years": selectors.years_known(viewer.agency_id, viewer.today),
        "tabs": tabs(viewer, "tree"),
        "may_add": viewer.is_head or viewer.has(Role.PERSONNEL),
    }
    answer = render(request, "goals/tree.html", context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _open_depth(branches: Sequence[Branch]) -> int:
    """How many levels stand open: one less where that would still be a long page."""
    return OPEN_DEPTH if sum(each.depth <= OPEN_DEPTH for each in branches) <= WHOLE else OPEN_DEPTH - 1


def _drawn(branches: Iterable[Branch]) -> list[tuple[Branch, SafeString]]:
    return [(each, SafeString("") if each.context else draw_rows(each.rows)) for each in branches]


def check(request: HttpRequest) -> HttpResponseBase:
    """What is not carried or cannot be judged, with who is asked to mend it."""
    viewer = viewer_of(request)
    paths = require_checker(viewer)
    found = coverage(viewer.agency_id, viewer.today, paths)
    table = GAPS.bind(request, found.findings)
    counts = Counter(finding.gap for finding in found.findings)
    context = {
        "table": table,
        "coverage": found,
        "counts": [(gap, counts[gap]) for gap in Gap if counts[gap]],
        "adrift": sum(each.count for each in found.adrift),
        "tabs": tabs(viewer, "coverage"),
        "everything": "" in paths,
        "today": viewer.today,
    }
    return table.export() or render(request, "goals/coverage.html", context)
