"""Who may open scores and policies. Raises NotAllowed with a reason; sight of a person is decided by the registry."""

from terang.registry.people.access import require_agency, require_role, require_sight_of
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer


def require_score_of(viewer: Viewer, employee: Employee) -> None:
    """Oneself, appraiser, head of the unit, personnel agency, oversight, auditor, regional head; never an operator."""
    require_sight_of(viewer, employee)


def require_publisher(viewer: Viewer, agency_id: int) -> None:
    """Only the personnel agency of this government publishes its policy and closes its periods."""
    require_agency(viewer, agency_id)
    require_role(viewer, Role.PERSONNEL)


def may_publish(viewer: Viewer) -> bool:
    return viewer.has(Role.PERSONNEL)
