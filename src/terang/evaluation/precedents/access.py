"""Everybody of the government reads published decisions; the personnel agency writes and withdraws them."""

from terang.evaluation.appraisals.models import Objection
from terang.registry.people.access import require_agency, require_role, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer


def may_publish(viewer: Viewer | None) -> bool:
    return bool(viewer and viewer.has(Role.PERSONNEL))


def require_publisher(viewer: Viewer | None, objection: Objection | None = None) -> Viewer:
    """The personnel agency, in its own government. Raises NotAllowed."""
    viewer = require_viewer(viewer)
    require_role(viewer, Role.PERSONNEL)
    if objection is not None:
        require_agency(viewer, objection.appraisal.employee.agency_id)
    return viewer
