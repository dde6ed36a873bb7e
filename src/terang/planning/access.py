"""Who may write and agree plans. Each raises NotAllowed with a reason."""

from terang.registry.people.access import require_appraiser_of, require_self
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


def require_planner(viewer: Viewer | None, employee: Employee) -> None:
    """Only the person whose plan it is."""
    require_self(viewer, employee)


def require_agreement(viewer: Viewer | None, employee: Employee) -> None:
    """Only the person's appraiser (PermenPANRB 6/2022 Pasal 12: the plan is agreed between the two)."""
    require_appraiser_of(viewer, employee)
