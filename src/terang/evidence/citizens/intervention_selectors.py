"""Questions about marked changes of services."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.evidence.citizens.access import below
from terang.evidence.citizens.models import Service
from terang.evidence.citizens.models.interventions import Intervention
from terang.evidence.citizens.survey_access import read_paths
from terang.registry.organization.models import Unit
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer


def interventions_visible(viewer: Viewer) -> QuerySet[Intervention]:
    """All marks of the units a viewer reads the results of, withdrawn ones too, newest first. One query."""
    rows = Intervention.objects.filter(below("unit", read_paths(viewer), viewer.agency_id))
    return rows.select_related("unit", "service", "entered_by", "withdrawn_by")


def intervention_in_agency(viewer: Viewer, pk: int) -> Intervention:
    """A mark of the viewer's government. Raises Http404."""
    rows = Intervention.objects.select_related("unit", "service")
    return get_object_or_404(rows, pk=pk, unit__agency_id=viewer.agency_id)


def interventions_of(services: Iterable[Service], since: date, on: date) -> list[Intervention]:
    """What was done to any of these services (their unit loaded) from `since` to `on`, oldest first; withdrawn ones
    left out. One query."""
    services = list(services)
    above = {int(part) for service in services for part in service.unit.path.split("/") if part}
    own = Q(service__in=[service.pk for service in services]) | Q(service=None, unit__in=above)
    rows = Intervention.objects.filter(own, withdrawn_at=None, day__gte=since, day__lte=on)
    return list(rows.select_related("unit", "service").order_by("day", "pk"))


def managed_targets(viewer: Viewer) -> tuple[list[Unit], list[Service]]:
    """The units and services a service manager may mark changes of, in tree order. Two queries."""
    paths = viewer.paths(Role.SERVICE_MANAGER)
    offered = Service.objects.filter(below("unit", paths, viewer.agency_id), active=True)
    services = list(offered.select_related("unit").order_by("unit__path", "name"))
    within = Q(pk__in=())
    for path in paths:
        within |= Q(path__startswith=path)
    units = Unit.objects.filter(within, agency_id=viewer.agency_id).order_by("path")
    serving = {int(part) for service in services for part in service.unit.path.split("/") if part}
    return [unit for unit in units if unit.pk in serving], services
