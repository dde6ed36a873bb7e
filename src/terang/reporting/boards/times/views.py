"""Pages of service times and the full lists, each for who leads, manages or oversees the units shown."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from terang.evidence.citizens.access import manages
from terang.evidence.citizens.models import Service
from terang.evidence.citizens.survey_access import read_paths
from terang.registry.organization.models import Unit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.reporting.boards.access import may_see_city
from terang.reporting.boards.times.access import require_any, require_unit
from terang.reporting.boards.times.lines import satisfaction_of, service_lines
from terang.reporting.boards.times.page import service_page, unit_page
from terang.reporting.boards.times.tables import SATISFACTION, SERVICES
from terang.web.navigation import NavItem
from terang.web.tables import BoundTable


def _viewer(request: HttpRequest) -> Viewer:
    return require_viewer(request.viewer)  # type: ignore[attr-defined]


@require_safe
@login_required
def service_times(request: HttpRequest, service_id: int) -> HttpResponseBase:
    """One service over twelve months."""
    service = get_object_or_404(Service.objects.select_related("unit__agency"), pk=service_id)
    viewer = require_unit(_viewer(request), service.unit)
    mark_url = f"{reverse('citizens:intervention_new')}?layanan={service.pk}" if manages(viewer, service.unit) else ""
    context = {"times": service_page(service, viewer.today), "mark_url": mark_url, "city": may_see_city(viewer)}
    return render(request, "boards/times.html", context)


@require_safe
@login_required
def unit_times(request: HttpRequest, unit_id: int) -> HttpResponseBase:
    """All services of a unit and the units below it together."""
    unit = get_object_or_404(Unit.objects.select_related("agency"), pk=unit_id)
    viewer = require_unit(_viewer(request), unit)
    below = Service.objects.filter(unit__path__startswith=unit.path, active=True)
    services = list(below.select_related("unit").order_by("unit__path", "name"))
    mark_url = reverse("citizens:intervention_new") if manages(viewer, unit) else ""
    context = {"times": unit_page(unit, services, viewer.today), "mark_url": mark_url, "city": may_see_city(viewer)}
    return render(request, "boards/times.html", context)


def _tabs(current: str) -> list[NavItem]:
    items = (("times_services", _("Waktu layanan"), "clock"), ("times_satisfaction", _("Kepuasan"), "chat"))
    return [NavItem(label, reverse(f"boards:{name}"), icon, name == current) for name, label, icon in items]


def _seen(viewer: Viewer, path: str) -> bool:
    return any(path.startswith(own) for own in read_paths(viewer))


@require_safe
@login_required
def services(request: HttpRequest) -> HttpResponseBase:
    """Every service the viewer may see, to be sorted, searched and taken along."""
    viewer = require_any(_viewer(request))
    lines = service_lines(viewer.employee.agency, viewer.today)
    table = SERVICES.bind(request, [line for line in lines if _seen(viewer, line.path)])
    return table.export() or _list(request, viewer, table, "times_services")


@require_safe
@login_required
def satisfaction(request: HttpRequest) -> HttpResponseBase:
    """Every unit the viewer may see, with what citizens said."""
    viewer = require_any(_viewer(request))
    lines = satisfaction_of(viewer.employee.agency, viewer.today).lines
    table = SATISFACTION.bind(request, [line for line in lines if _seen(viewer, line.path)])
    return table.export() or _list(request, viewer, table, "times_satisfaction")


def _list(request: HttpRequest, viewer: Viewer, table: BoundTable, current: str) -> HttpResponseBase:
    context = {"table": table, "tabs": _tabs(current), "city": may_see_city(viewer), "current": current}
    return render(request, "boards/times_list.html", context)
