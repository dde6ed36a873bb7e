"""Who may see and finish requests; refusals are NotAllowed. Citizens need no account: the link is the key."""

from django.utils.translation import gettext

from terang.evidence.citizens.models import ServiceRequest
from terang.registry.people.access import may_see_performance, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_officer(viewer: Viewer | None) -> Viewer:
    """Only officers of a service: appointed, or with requests in hand. Returns the viewer."""
    viewer = require_viewer(viewer)
    serves = viewer.has(Role.SERVICE_OFFICER, Role.SERVICE_MANAGER)
    if not serves and not ServiceRequest.objects.filter(officer=viewer.employee).exists():
        raise NotAllowed(gettext("Halaman ini untuk petugas layanan. Hubungi pengelola layanan unit Anda."))
    return viewer


def require_own_request(viewer: Viewer | None, request: ServiceRequest) -> None:
    """Only the officer who has the request in hand."""
    if require_viewer(viewer).employee.pk != request.officer_id:
        raise NotAllowed(gettext("Permohonan ini ditangani petugas lain."))


def require_sight(viewer: Viewer | None, request: ServiceRequest) -> None:
    """The officer, who may see the officer's performance, and managers of the service."""
    viewer = require_viewer(viewer)
    path = request.service.unit.path
    manages = any(path.startswith(mine) for mine in viewer.paths(Role.SERVICE_MANAGER))
    same_agency = request.service.unit.agency_id == viewer.agency_id
    if same_agency and (manages or viewer.employee.pk == request.officer_id):
        return
    if request.officer is None or not may_see_performance(viewer, request.officer):
        raise NotAllowed(gettext("Permohonan ini hanya untuk petugasnya, atasannya, dan pengelola layanan."))
