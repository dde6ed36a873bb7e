"""Who sees and answers records from the web: where somebody was is for the person, who appraises, and the personnel
agency."""

from django.utils.translation import gettext

from terang.evidence.attendance.leave_access import may_answer_dispute, may_see_private
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_web_sight(viewer: Viewer | None, employee: Employee | None) -> Viewer:
    """Only the person, who appraises, and the personnel agency."""
    viewer = require_viewer(viewer)
    require_agency(viewer, employee.agency_id if employee else 0)
    if employee is None or not may_see_private(viewer, employee):
        raise NotAllowed(gettext("Rekaman seseorang hanya dilihat yang bersangkutan, penilainya, dan kepegawaian."))
    return viewer


def require_web_answerer(viewer: Viewer | None, employee: Employee | None) -> Viewer:
    """The appraiser or the personnel agency; nobody answers their own."""
    viewer = require_web_sight(viewer, employee)
    if employee is None or not may_answer_dispute(viewer, employee):
        raise NotAllowed(gettext("Rekaman Anda dijawab oleh pejabat penilai atau pengelola kepegawaian."))
    return viewer
