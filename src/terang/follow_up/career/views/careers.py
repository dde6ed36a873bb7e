"""A person's own career, and the lists of a whole government: index and boxes."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.career import selectors
from terang.follow_up.career.access import gives, leads, oversees, reads_all, require_overview, require_reader
from terang.follow_up.career.boxes import grid_of
from terang.follow_up.career.checks import rank_checks
from terang.follow_up.career.lists import BOXES, INDEX
from terang.follow_up.career.steps import steps_of
from terang.follow_up.career.tabs import tabs
from terang.follow_up.career.values import shown_value
from terang.follow_up.career.wording import (
    DIMENSION_LABELS,
    band_label,
    box_why,
    dimension_points,
    index_lines,
    plain,
)
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.asn_index import DIMENSIONS, Mean
from terang.rules.regulations.source import rule_set
from terang.web.errors import NotAllowed


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """The viewer's own next step, index, box and declared facts."""
    viewer = require_viewer(request.viewer)
    return _page(request, viewer, viewer.employee)


@require_safe
@login_required
def person(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """The same of somebody, for who may read a career."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    return _page(request, require_reader(request.viewer, employee), employee)


def _page(request: SignedInRequest, viewer: Viewer, employee: Employee) -> HttpResponse:
    profile, own = selectors.profile_of(employee, viewer.today), viewer.employee.pk == employee.pk
    context: dict[str, Any] = {
        "person": employee,
        "own": own,
        "profile": profile,
        "rows": [(row, shown_value(row.subject, row.value, row.day)) for row in selectors.declarations_of(employee)],
        "gives": gives(viewer, employee),
        "memberships": selectors.memberships(viewer) if own else [],
        "proposals": selectors.proposals_of(employee) if own or oversees(viewer, employee) else [],
        "tabs": tabs(viewer, "mine" if own else ""),
    }
    if profile.applies:
        context |= {
            "next": profile.next_rank,
            "steps": steps_of(rank_checks(profile)),
            "box": box_why(profile),
        } | _index(profile)
    return render(request, "career/person.html", context)


def _index(profile: Any) -> dict[str, Any]:
    index, rules = profile.index, rule_set("asn_index", profile.today)
    return {
        "index": index,
        "total": "" if index.total is None else plain(index.total),
        "least": plain(index.least),
        "most": plain(index.most),
        "band": "" if index.total is None else band_label(index.total, profile.today),
        "lines": index_lines(profile),
        "dimensions": list(dimension_points(profile)),
        "index_article": rules.article,
        "weights": rules.values["weights"],
    }


@require_safe
@login_required
def index(request: SignedInRequest) -> HttpResponseBase:
    """Everybody's index, and the government's: the mean of who is complete."""
    viewer = require_overview(request.viewer)
    rows = selectors.standings_read(viewer)
    made = selectors.index_of(rows)
    table = INDEX.bind(request, rows)
    context = {
        "table": table,
        "mean": made,
        "total": "" if made.total is None else plain(made.total),
        "band": "" if made.total is None else band_label(made.total, viewer.today),
        "dimensions": _dimensions(made),
        "article": rule_set("asn_index", viewer.today).article,
        "waiting": selectors.not_computed(viewer),
        "tabs": tabs(viewer, "index"),
    }
    return table.export() or render(request, "career/index.html", context)


def _dimensions(made: Mean) -> list[tuple[str, str]]:
    shown = [(name, made.dimensions[name]) for name in DIMENSIONS]
    return [(_(DIMENSION_LABELS[name]), "" if value is None else plain(value)) for name, value in shown]


@require_safe
@login_required
def boxes(request: SignedInRequest) -> HttpResponseBase:
    """The nine boxes of everybody the viewer reads, as a picture and as a list."""
    viewer = require_viewer(request.viewer)
    if not reads_all(viewer) and not leads(viewer):
        raise NotAllowed(_("Halaman ini untuk pejabat penilai dan pengelola. Saat ini Anda belum menilai siapa pun."))
    rows = selectors.standings_read(viewer)
    table, rules = BOXES.bind(request, rows), rule_set("talent", viewer.today)
    context = {
        "table": table,
        "grid": grid_of(rows, viewer.today),
        "waiting": selectors.not_computed(viewer) if reads_all(viewer) else 0,
        "rules": rules,
        "high": rules.values["high_bp"],
        "medium": rules.values["medium_bp"],
        "tabs": tabs(viewer, "boxes"),
    }
    return table.export() or render(request, "career/boxes.html", context)
