"""Who may read and act. Each raises NotAllowed with a reason."""

from django.utils.translation import gettext

from terang.follow_up.growth.models import CorrectiveAction, DueAction
from terang.registry.people.access import may_see_performance, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.selectors import direct_report_ids, visible_employees
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

OVERVIEW = (Role.PERSONNEL, Role.OVERSIGHT, Role.AUDITOR, Role.REGIONAL_HEAD)
"""Who reads what is due in the whole area of their role."""


def may_see_others(viewer: Viewer) -> bool:
    """Whether there is anybody else's to see: for who leads people or holds a role. At most two queries."""
    return viewer.is_head or viewer.has(*OVERVIEW) or bool(direct_report_ids(viewer.employee, viewer.today))


def require_reader(viewer: Viewer | None, due: DueAction) -> Viewer:
    """The person, who acts, who was told when nobody acted, and who may see the person's performance."""
    viewer = require_viewer(viewer)
    if viewer.employee.pk in (due.assigned_to_id, due.escalated_to_id) or may_see_performance(viewer, due.employee):
        return viewer
    raise NotAllowed(
        gettext("Tindak lanjut ini hanya untuk yang bersangkutan, atasannya, dan pengelola yang ditunjuk.")
    )


def may_act(viewer: Viewer, due: DueAction) -> bool:
    """Who it is assigned to; where to nobody, the personnel agency of that area. Never the person themselves. At most
    six queries."""
    if due.assigned_to_id is not None:
        return viewer.employee.pk == due.assigned_to_id
    if viewer.employee.pk == due.employee_id or not viewer.has(Role.PERSONNEL):
        return False
    return visible_employees(viewer).filter(pk=due.employee_id).exists()


def require_actor(viewer: Viewer | None, due: DueAction) -> Viewer:
    viewer = require_viewer(viewer)
    if not may_act(viewer, due):
        raise NotAllowed(gettext("Tindak lanjut ini ditugaskan kepada orang lain."))
    return viewer


def is_one_of_two(viewer: Viewer, action: CorrectiveAction) -> bool:
    """Whether the viewer is the employee or the leader of today."""
    return viewer.employee.pk in (action.employee_id, action.leader_id)


def reads_cause(viewer: Viewer, action: CorrectiveAction) -> bool:
    """The employee, and the leader who wrote it or was told it."""
    return _reads(viewer, action, action.cause_told_to_id)


def reads_reason(viewer: Viewer, action: CorrectiveAction) -> bool:
    """The employee, and the leader it was written by or to."""
    return _reads(viewer, action, action.reason_told_to_id)


def _reads(viewer: Viewer, action: CorrectiveAction, told_to_id: int | None) -> bool:
    own = viewer.employee.pk == action.employee_id
    return own or viewer.employee.pk == action.leader_id == told_to_id


def require_one_of_two(viewer: Viewer | None, action: CorrectiveAction) -> Viewer:
    viewer = require_viewer(viewer)
    if not is_one_of_two(viewer, action):
        raise NotAllowed(gettext("Hanya pegawai dan pimpinannya yang mengisi tindakan perbaikan ini."))
    return viewer


def require_leader(viewer: Viewer | None, action: CorrectiveAction) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != action.leader_id:
        raise NotAllowed(gettext("Ini kunci pimpinan, bukan kunci Anda."))
    return viewer


def require_employee(viewer: Viewer | None, action: CorrectiveAction) -> Viewer:
    viewer = require_viewer(viewer)
    if viewer.employee.pk != action.employee_id:
        raise NotAllowed(gettext("Ini kunci pegawainya, bukan kunci Anda."))
    return viewer


def require_others(viewer: Viewer | None) -> Viewer:
    """Who leads people or holds a role that sees people."""
    viewer = require_viewer(viewer)
    if not may_see_others(viewer):
        raise NotAllowed(
            gettext("Halaman ini untuk yang memimpin atau mengelola pegawai. Tindak lanjut Anda ada di “Untuk saya”.")
        )
    return viewer
