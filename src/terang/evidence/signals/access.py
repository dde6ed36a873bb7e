"""Who meets a question: the oversight team of its area without who is concerned, the one asked once asked, and the
superior once it was shared. Nobody else, whatever their role. Raises NotAllowed with one reason for all: it does not
tell whether there is something to see."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext

from terang.evidence.signals.models import Signal
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Role
from terang.registry.people.selectors import appraiser_of, direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def may_oversee(viewer: Viewer | None) -> bool:
    """Whether the viewer belongs to the oversight team."""
    return bool(viewer and viewer.has(Role.OVERSIGHT))


def oversees_all(viewer: Viewer | None) -> bool:
    """Whether the viewer belongs to the team of the whole government, which keeps the thresholds."""
    return bool(viewer and "" in viewer.paths(Role.OVERSIGHT))


def require_team(viewer: Viewer | None) -> Viewer:
    viewer = require_viewer(viewer)
    if not may_oversee(viewer):
        raise NotAllowed(gettext("Halaman ini untuk tim pengawas."))
    return viewer


def require_keeper(viewer: Viewer | None) -> Viewer:
    viewer = require_team(viewer)
    if not oversees_all(viewer):
        raise NotAllowed(gettext("Ambang pertanyaan diatur oleh tim pengawas seluruh pemerintah daerah."))
    return viewer


def in_area(viewer: Viewer) -> Q:
    """The questions a member of the team handles: of the area, not about themselves, whom they appraise, who appraises
    them, or a unit they lead. At most eleven queries before the one that reads."""
    area = Q(pk__in=[])
    for path in viewer.paths(Role.OVERSIGHT):
        area |= Q(unit__path__startswith=path)
    own_units = Q(employee=None, unit_id__in=viewer.headed_unit_ids)
    return Q(area, agency_id=viewer.agency_id) & ~Q(employee_id__in=concerned(viewer)) & ~own_units


def concerned(viewer: Viewer) -> set[int]:
    """Whose questions are another member's: the viewer, who appraises the viewer, and whom the viewer appraises."""
    above = appraiser_of(viewer.employee.pk, viewer.today)
    return {
        viewer.employee.pk,
        *direct_report_ids(viewer.employee, viewer.today),
        *([above.employee_id] if above else []),
    }


def oversees(viewer: Viewer, signal: Signal) -> bool:
    """As `in_area`, for one question."""
    if viewer.agency_id != signal.agency_id or not may_oversee(viewer):
        return False
    if not any(signal.unit.path.startswith(path) for path in viewer.paths(Role.OVERSIGHT)):
        return False
    if signal.employee_id is None:
        return signal.unit_id not in viewer.headed_unit_ids
    return signal.employee_id not in concerned(viewer)


def is_asked(viewer: Viewer, signal: Signal) -> bool:
    """Whether the question was put to the viewer: about themselves, or about a unit they lead today."""
    if signal.asked_at is None or viewer.agency_id != signal.agency_id:
        return False
    if signal.employee_id is not None:
        return viewer.employee.pk == signal.employee_id
    return signal.unit_id in viewer.headed_unit_ids


def is_superior(viewer: Viewer, signal: Signal) -> bool:
    """Whether the question was shared and the viewer appraises the person today."""
    if signal.shared_at is None or signal.employee_id is None or viewer.agency_id != signal.agency_id:
        return False
    return signal.employee_id in direct_report_ids(viewer.employee, viewer.today)


@dataclass(frozen=True)
class Sight:
    """In which part the viewer meets a question; nobody is refused here who has one."""

    viewer: Viewer
    oversees: bool
    asked: bool
    superior: bool


def sight_of(viewer: Viewer | None, signal: Signal) -> Sight:
    """The viewer's part. Raises NotAllowed where there is none. At most fourteen queries."""
    viewer = require_viewer(viewer)
    found = Sight(viewer, oversees(viewer, signal), is_asked(viewer, signal), is_superior(viewer, signal))
    if not (found.oversees or found.asked or found.superior):
        raise NotAllowed(gettext("Pertanyaan ini hanya untuk tim pengawas dan yang ditanya."))
    return found


def require_overseer(viewer: Viewer | None, signal: Signal) -> Viewer:
    """A member of the team who is not concerned."""
    viewer = require_viewer(viewer)
    if not oversees(viewer, signal):
        raise NotAllowed(gettext("Pertanyaan ini hanya untuk tim pengawas dan yang ditanya."))
    return viewer


def require_asked(viewer: Viewer | None, signal: Signal) -> Viewer:
    """The one who was asked."""
    viewer = require_viewer(viewer)
    if not is_asked(viewer, signal):
        raise NotAllowed(gettext("Pertanyaan ini hanya untuk tim pengawas dan yang ditanya."))
    return viewer
