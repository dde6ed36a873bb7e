"""Who may see and decide leave, permission and disputes: nobody beyond the person, the appraiser and the personnel
agency, because they tell of illness and family."""

from django.utils.translation import gettext

from terang.evidence.attendance.models import DayDispute, Leave
from terang.registry.people.access import require_agency, require_self, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import appraiser_of, direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def leads(viewer: Viewer) -> bool:
    """Whether the viewer appraises anybody or keeps personnel. At most six queries."""
    return viewer.is_head or viewer.has(Role.PERSONNEL) or bool(direct_report_ids(viewer.employee, viewer.today))


def require_leader(viewer: Viewer | None) -> Viewer:
    """Only who leads people, and the personnel agency."""
    viewer = require_viewer(viewer)
    if not leads(viewer):
        raise NotAllowed(gettext("Halaman ini untuk pejabat penilai dan pengelola kepegawaian."))
    return viewer


def may_decide_leave(viewer: Viewer, employee: Employee) -> bool:
    """The appraiser or who stands in; the personnel agency where nobody appraises. Never the person. Five queries."""
    if viewer.agency_id != employee.agency_id or viewer.employee.pk == employee.pk:
        return False
    appraiser = appraiser_of(employee.pk, viewer.today)
    if appraiser is None:
        return viewer.has(Role.PERSONNEL)
    stand_in_id = appraiser.stand_in.pk if appraiser.stand_in else None
    return viewer.employee.pk in (appraiser.employee_id, stand_in_id)


def may_answer_dispute(viewer: Viewer, employee: Employee) -> bool:
    """As `may_decide_leave`, and always the personnel agency; never the person."""
    if viewer.agency_id == employee.agency_id and viewer.employee.pk != employee.pk and viewer.has(Role.PERSONNEL):
        return True
    return may_decide_leave(viewer, employee)


def may_see_private(viewer: Viewer, employee: Employee) -> bool:
    """Whether the viewer may read reasons, letters and disputes of this person. At most five queries."""
    if viewer.agency_id != employee.agency_id:
        return False
    return viewer.employee.pk == employee.pk or may_answer_dispute(viewer, employee)


def require_private(viewer: Viewer | None, employee: Employee) -> Viewer:
    """Only the person, who decides, and the personnel agency."""
    viewer = require_viewer(viewer)
    require_agency(viewer, employee.agency_id)
    if not may_see_private(viewer, employee):
        raise NotAllowed(
            gettext("Cuti dan keberatan seseorang hanya dilihat yang bersangkutan, penilainya, dan kepegawaian.")
        )
    return viewer


def require_leave_decider(viewer: Viewer | None, leave: Leave) -> None:
    """Only who decides this person's leave."""
    viewer = require_private(viewer, leave.employee)
    if not may_decide_leave(viewer, leave.employee):
        raise NotAllowed(
            gettext("Cuti %(name)s hanya diputuskan oleh pejabat penilainya.") % {"name": leave.employee.name}
        )


def require_leave_ender(viewer: Viewer | None, leave: Leave) -> Viewer:
    """The appraiser or the personnel agency; nobody ends their own."""
    viewer = require_private(viewer, leave.employee)
    if not may_answer_dispute(viewer, leave.employee):
        raise NotAllowed(gettext("Kembali lebih awal dicatat oleh pejabat penilai atau pengelola kepegawaian."))
    return viewer


def require_leave_owner(viewer: Viewer | None, leave: Leave) -> None:
    """Only the person whose leave it is."""
    require_self(viewer, leave.employee)


def require_dispute_answerer(viewer: Viewer | None, dispute: DayDispute) -> None:
    """The appraiser or the personnel agency; nobody answers their own."""
    viewer = require_private(viewer, dispute.employee)
    if not may_answer_dispute(viewer, dispute.employee):
        raise NotAllowed(gettext("Keberatan Anda dijawab oleh pejabat penilai atau pengelola kepegawaian."))
