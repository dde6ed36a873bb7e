"""Who may see and handle requests and keep the catalogue; refusals are NotAllowed. Citizens need no account: what they
hold is the key."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from terang.evidence.citizens.models import Service, ServiceRequest
from terang.evidence.citizens.states import MOVES, SHARED, Who
from terang.evidence.citizens.terms import in_reopening_term
from terang.registry.organization.models import Unit
from terang.registry.people.access import may_see_performance, require_viewer
from terang.registry.people.models import Employee, Role, RoleGrant
from terang.registry.people.viewer import Viewer, in_force
from terang.web.errors import NotAllowed

SERVING = (Role.SERVICE_OFFICER, Role.SERVICE_MANAGER)


def require_officer(viewer: Viewer | None) -> Viewer:
    """Only officers of a service: appointed, or with requests in hand. Returns the viewer."""
    viewer = require_viewer(viewer)
    if not viewer.has(*SERVING) and not ServiceRequest.objects.filter(officer=viewer.employee).exists():
        raise NotAllowed(gettext("Halaman ini untuk petugas layanan. Hubungi pengelola layanan unit Anda."))
    return viewer


def serves(viewer: Viewer, unit: Unit) -> bool:
    """Whether the viewer is appointed to serve at this unit."""
    return viewer.agency_id == unit.agency_id and any(unit.path.startswith(path) for path in viewer.paths(*SERVING))


def manages(viewer: Viewer, unit: Unit) -> bool:
    """Whether the viewer is service manager of this unit or of one above it."""
    paths = viewer.paths(Role.SERVICE_MANAGER)
    return viewer.agency_id == unit.agency_id and any(unit.path.startswith(path) for path in paths)


def require_manager(viewer: Viewer | None, unit: Unit | None = None) -> Viewer:
    """Only service managers; with a unit, only those of it or above it."""
    viewer = require_viewer(viewer)
    if not (viewer.has(Role.SERVICE_MANAGER) if unit is None else manages(viewer, unit)):
        raise NotAllowed(gettext("Halaman ini untuk pengelola layanan unit yang bersangkutan."))
    return viewer


def below(field: str, paths: tuple[str, ...], agency_id: int) -> Q:
    """Rows of units in one of the subtrees; `field` leads to the unit (`service__unit`). None where there is no
    path."""
    found = Q(pk__in=())
    for path in paths:
        found |= Q(**{f"{field}__path__startswith": path, f"{field}__agency_id": agency_id})
    return found


def services_served(viewer: Viewer) -> QuerySet[Service]:
    """The open services a viewer may receive requests for: of the units they are appointed to, and of the own unit."""
    own = Q(unit_id=viewer.unit_id) if viewer.unit_id else Q(pk__in=())
    served = below("unit", viewer.paths(*SERVING), viewer.agency_id)
    return (
        Service.objects.filter(own | served, active=True).select_related("unit__agency").order_by("unit__path", "name")
    )


def officers_of(unit: Unit, day: date) -> QuerySet[Employee]:
    """Who may be given a request of this unit on a day, by name."""
    above = [int(part) for part in unit.path.split("/") if part]
    grants = RoleGrant.objects.filter(in_force(day), Q(unit_id__in=above) | Q(unit=None), role__in=SERVING)
    people = Employee.objects.filter(agency_id=unit.agency_id, pk__in=grants.values("employee_id"))
    return people.filter(Q(left_on=None) | Q(left_on__gt=day)).order_by("name")


def who_is(viewer: Viewer, request: ServiceRequest) -> frozenset[Who]:
    """The parts in which a viewer meets a request. No query where unit and agency are loaded."""
    unit, parts = request.service.unit, set()
    if viewer.employee.pk == request.officer_id:
        parts.add(Who.OFFICER)
    if serves(viewer, unit):
        parts.add(Who.UNIT)
    if manages(viewer, unit):
        parts.add(Who.MANAGER)
    return frozenset(parts)


def may(viewer: Viewer, verb: str, request: ServiceRequest) -> bool:
    """Whether this is for the viewer to do; whether it can be done now is `states.allows`."""
    return bool(MOVES[verb].by & who_is(viewer, request))


def require_may(viewer: Viewer | None, verb: str, request: ServiceRequest) -> Viewer:
    """Only who `states.MOVES` names for the verb."""
    viewer = require_viewer(viewer)
    if not may(viewer, verb, request):
        raise NotAllowed(gettext("Permohonan ini ditangani petugas lain."))
    return viewer


def require_own_request(viewer: Viewer | None, request: ServiceRequest) -> None:
    """Only the officer who has the request in hand."""
    if require_viewer(viewer).employee.pk != request.officer_id:
        raise NotAllowed(gettext("Permohonan ini ditangani petugas lain."))


def may_see_applicant(viewer: Viewer, request: ServiceRequest) -> bool:
    """Name, contact and files of the applicant: only the officer who has the request in hand."""
    return viewer.employee.pk == request.officer_id


def may_see_times(viewer: Viewer, request: ServiceRequest) -> bool:
    """Whether the viewer has the request or manages its unit: a colleague who only hands out a result does not see how
    long it took whom."""
    return bool({Who.OFFICER, Who.MANAGER} & who_is(viewer, request))


def _is_shared(viewer: Viewer, request: ServiceRequest) -> bool:
    if Who.UNIT not in who_is(viewer, request):
        return False
    return request.state in SHARED or in_reopening_term(request)


def require_sight(viewer: Viewer | None, request: ServiceRequest) -> None:
    """The officer and the managers of the unit; its other officers while nobody has it, it waits to be handed out, or
    its result can still be said to be wrong; and who may see the officer's performance."""
    viewer = require_viewer(viewer)
    same_agency = request.service.unit.agency_id == viewer.agency_id
    if same_agency and (may_see_times(viewer, request) or _is_shared(viewer, request)):
        return
    if not same_agency or request.officer is None or not may_see_performance(viewer, request.officer):
        raise NotAllowed(gettext("Permohonan ini hanya untuk petugasnya, atasannya, dan pengelola layanan."))
