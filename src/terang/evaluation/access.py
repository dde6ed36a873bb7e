"""Who may open scores and policies. Raises NotAllowed with a reason; sight of a person is decided by the registry."""

from django.utils.translation import gettext as _

from terang.registry.people.access import require_agency, require_role, require_sight_of
from terang.registry.people.models import Employee, Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

APPROVERS = (Role.PERSONNEL, Role.REGIONAL_HEAD)
"""Who may put a policy in force that somebody else has written."""


def require_score_of(viewer: Viewer, employee: Employee) -> None:
    """Oneself, appraiser, head of the unit, personnel agency, oversight, auditor, regional head; never an operator."""
    require_sight_of(viewer, employee)


def require_publisher(viewer: Viewer, agency_id: int) -> None:
    """Only the personnel agency of this government writes its policy and closes its periods."""
    require_agency(viewer, agency_id)
    require_role(viewer, Role.PERSONNEL)


def require_approver(viewer: Viewer, agency_id: int, author: Employee | None) -> None:
    """The personnel agency or the regional head, and never who wrote the policy: two people stand for it."""
    require_agency(viewer, agency_id)
    require_role(viewer, *APPROVERS)
    if author is None or author.pk == viewer.employee.pk:
        raise NotAllowed(_("Kebijakan disetujui orang kedua, bukan penulisnya."))


def may_publish(viewer: Viewer) -> bool:
    return viewer.has(Role.PERSONNEL)


def may_see_drafts(viewer: Viewer) -> bool:
    """Who reads a policy before it is in force: who writes it, who approves it, and the auditor."""
    return viewer.has(*APPROVERS, Role.AUDITOR)
