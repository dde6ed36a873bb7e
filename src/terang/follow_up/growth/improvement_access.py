"""Who acts in a chance to improve. Each raises NotAllowed with a reason. Who reads it is who reads what is due."""

from django.utils.translation import gettext

from terang.follow_up.growth.models import ImprovementCase, ImprovementStep
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_leader(viewer: Viewer | None, case: ImprovementCase) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != case.leader_id:
        raise NotAllowed(gettext("Ini kunci pimpinan, bukan kunci Anda."))
    return viewer


def require_employee(viewer: Viewer | None, case: ImprovementCase) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != case.employee_id:
        raise NotAllowed(gettext("Ini kunci pegawainya, bukan kunci Anda."))
    return viewer


def may_prepare(viewer: Viewer, case: ImprovementCase) -> bool:
    """The personnel agency of the whole government, but neither the employee nor the leader who evaluated."""
    return "" in viewer.paths(Role.PERSONNEL) and viewer.employee.pk not in (case.employee_id, case.leader_id)


def require_preparer(viewer: Viewer | None, case: ImprovementCase) -> Viewer:
    require_agency(viewer, case.employee.agency_id)
    viewer = require_viewer(viewer)
    if not may_prepare(viewer, case):
        raise NotAllowed(gettext("Langkah berikutnya disiapkan kepegawaian, bukan oleh pimpinan yang menilai."))
    return viewer


def may_decide(viewer: Viewer, step: ImprovementStep) -> bool:
    """The regional head, or another of the personnel agency than who prepared it; neither of the two of the case."""
    case = step.case
    if viewer.employee.pk in (case.employee_id, case.leader_id, step.prepared_by_id):
        return False
    return "" in viewer.paths(Role.REGIONAL_HEAD, Role.PERSONNEL)


def require_decider(viewer: Viewer | None, step: ImprovementStep) -> Viewer:
    require_agency(viewer, step.case.employee.agency_id)
    viewer = require_viewer(viewer)
    if not may_decide(viewer, step):
        raise NotAllowed(
            gettext("Keputusan dicatat kepala daerah, atau orang kedua di kepegawaian menurut dokumennya.")
        )
    return viewer
