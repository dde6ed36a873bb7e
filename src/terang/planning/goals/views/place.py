"""What the pages of this room share: the viewer, the year that is looked at, the tabs between them."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from terang.planning.goals.access import checked_paths
from terang.planning.goals.models import Goal, KeyIndicator
from terang.planning.goals.selectors import goal_of, indicator_of
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web import asked
from terang.web.navigation import NavItem


def viewer_of(request: HttpRequest) -> Viewer:
    """The viewer; refuses an account that belongs to no employee."""
    return require_viewer(request.viewer)  # type: ignore[attr-defined]


def asked_year(request: HttpRequest, viewer: Viewer) -> int:
    """The year of the address, this year where it names none."""
    return asked.asked_year(request.GET.get("tahun")) or viewer.today.year


def asked_unit(request: HttpRequest, viewer: Viewer) -> Unit | None:
    """The unit of the address, where it is one of the viewer's government."""
    number = asked.asked_int(request.GET.get("unit"))
    return None if number is None else Unit.objects.filter(agency_id=viewer.agency_id, pk=number).first()


def known_goal(viewer: Viewer, pk: int) -> Goal:
    """A goal of the viewer's government, or 404."""
    return goal_of(viewer.agency_id, pk) or get_object_or_404(Goal.objects.none())


def known_indicator(viewer: Viewer, pk: int) -> KeyIndicator:
    """An indicator of the viewer's government, or 404."""
    return indicator_of(viewer.agency_id, pk) or get_object_or_404(KeyIndicator.objects.none())


def tabs(viewer: Viewer, current: str) -> list[NavItem]:
    """The tree, the agreements, and for who checks something the check."""
    items = [("tree", _("Pohon sasaran")), ("agreements", _("Perjanjian kinerja"))]
    if checked_paths(viewer):
        items.append(("coverage", _("Periksa")))
    return [NavItem(label, reverse(f"goals:{name}"), current=name == current) for name, label in items]


def crumbs(*goals: Goal) -> tuple[tuple[str, str], ...]:
    """The way back: the tree, then goals."""
    told = ((goal.code, reverse("goals:goal", args=[goal.pk])) for goal in goals)
    return ((_("Sasaran"), reverse("goals:tree")), *told)
