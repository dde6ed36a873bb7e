"""Who may read an inspection. Raises NotAllowed with a reason."""

from django.utils.translation import gettext

from terang.evidence.oversight.models import Inspection
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Role
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

READS_ALL = (Role.OVERSIGHT, Role.AUDITOR, Role.PERSONNEL, Role.REGIONAL_HEAD)


def reads_whole(viewer: Viewer, inspection: Inspection) -> bool:
    """Whether the viewer reads every point: oversight and its like, and who leads the unit or one above it."""
    if inspection.unit.agency_id != viewer.agency_id:
        return False
    path = inspection.unit.path
    return any(path.startswith(mine) for mine in (*viewer.headed_paths, *viewer.paths(*READS_ALL)))


def readable_people(viewer: Viewer | None, inspection: Inspection) -> set[int] | None:
    """Whose points the viewer may read; None for all. Raises NotAllowed where there are none."""
    viewer = require_viewer(viewer)
    if reads_whole(viewer, inspection):
        return None
    concerned = set(inspection.checks.exclude(employee=None).values_list("employee_id", flat=True))
    readable = set(visible_employees(viewer).filter(pk__in=concerned).values_list("pk", flat=True))
    if not readable:
        raise NotAllowed(gettext("Hasil inspeksi ini hanya untuk yang diperiksa, atasannya, dan tim pengawas."))
    return readable
