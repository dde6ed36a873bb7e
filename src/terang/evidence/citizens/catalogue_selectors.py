"""Questions about services, their standards and pledges."""

from datetime import date

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import get_object_or_404

from terang.evidence.citizens.access import below
from terang.evidence.citizens.models import Requirement, Service, ServicePledge, ServiceStandard, StandardStep
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer


def published_services(words: str = "", agency_id: int | None = None) -> QuerySet[Service]:
    """Open services with unit and government, of one government where given, that hold all the words in the name of
    service or unit."""
    rows = Service.objects.filter(active=True)
    if agency_id is not None:
        rows = rows.filter(unit__agency_id=agency_id)
    for word in words.split()[:6]:
        rows = rows.filter(Q(name__icontains=word) | Q(unit__name__icontains=word) | Q(code__icontains=word))
    return rows.select_related("unit__agency").order_by("unit__agency__name", "unit__path", "name")


def governments() -> QuerySet[Agency]:
    """Those with open services, by name, each with how many (`offered`)."""
    open_ = Q(units__services__active=True)
    rows = Agency.objects.annotate(offered=Count("units__services", filter=open_)).filter(offered__gt=0)
    return rows.order_by("name")


def open_service(service_id: int) -> Service:
    """One open service with unit and government. Raises Http404."""
    return get_object_or_404(Service.objects.select_related("unit__agency"), pk=service_id, active=True)


def standard_in_force(service: Service, day: date | None = None) -> ServiceStandard | None:
    """The version in force on a day (today where the office is), with requirements and steps. At most three queries."""
    on = day or local_today(service.unit.agency)
    rows = service.standards.filter(valid_from__lte=on).prefetch_related("requirements", "steps")
    return rows.order_by("-valid_from").first()


def pledge_of(unit: Unit, day: date) -> ServicePledge | None:
    """The pledge in force of a unit or of the nearest one above it. One query."""
    above = [int(part) for part in unit.path.split("/") if part]
    rows = ServicePledge.objects.filter(unit_id__in=above, day__lte=day).select_related("unit")
    return max(rows, key=lambda pledge: (len(pledge.unit.path), pledge.day), default=None)


def managed_services(viewer: Viewer) -> QuerySet[Service]:
    """The services a viewer manages, open or not, each with the number and day of its latest version."""
    latest = ServiceStandard.objects.filter(service=OuterRef("pk")).order_by("-number")
    rows = Service.objects.filter(below("unit", viewer.paths(Role.SERVICE_MANAGER), viewer.agency_id))
    return (
        rows.select_related("unit__agency")
        .annotate(
            latest_number=Subquery(latest.values("number")[:1]),
            latest_from=Subquery(latest.values("valid_from")[:1]),
            latest_decree=Subquery(latest.values("decree")[:1]),
        )
        .order_by("unit__path", "name")
    )


def service_with_versions(service_id: int) -> tuple[Service, list[ServiceStandard]]:
    """A service and all its versions, latest first, with requirements and steps. Raises Http404. Four queries."""
    service = get_object_or_404(Service.objects.select_related("unit__agency"), pk=service_id)
    parts = (Prefetch("requirements", Requirement.objects.all()), Prefetch("steps", StandardStep.objects.all()))
    return service, list(service.standards.select_related("published_by").prefetch_related(*parts).order_by("-number"))


def standard_by_id(standard_id: int) -> ServiceStandard:
    """One version with what belongs to it. Raises Http404."""
    rows = ServiceStandard.objects.select_related("service__unit__agency", "published_by")
    found = rows.prefetch_related("requirements", "steps").filter(pk=standard_id).first()
    if found is None:
        raise Http404
    return found
