"""Who keeps the catalogue and sessions, who plans for whom, who may be where. Each raises NotAllowed with a reason."""

from django.utils.translation import gettext

from terang.follow_up.training.models import DeclaredTraining, Enrolment, PlanItem, TrainingSheet
from terang.registry.people.access import (
    require_agency,
    require_appraiser_of,
    require_role,
    require_self,
    require_sight_of,
    require_viewer,
)
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def keeps(viewer: Viewer | None) -> bool:
    """Whether the viewer keeps catalogue, sessions and rosters: the personnel agency."""
    return bool(viewer and viewer.has(Role.PERSONNEL))


def require_keeper(viewer: Viewer | None, agency_id: int) -> Viewer:
    """Only the personnel agency of this government."""
    require_agency(viewer, agency_id)
    viewer = require_viewer(viewer)
    require_role(viewer, Role.PERSONNEL)
    return viewer


def leads(viewer: Viewer) -> bool:
    """Whether the viewer appraises somebody today, remembered within a request."""
    return bool(direct_report_ids(viewer.employee, viewer.today))


def require_leader(viewer: Viewer | None) -> Viewer:
    """Only who appraises somebody."""
    viewer = require_viewer(viewer)
    if not leads(viewer):
        raise NotAllowed(gettext("Halaman ini untuk pejabat penilai. Saat ini Anda belum menilai siapa pun."))
    return viewer


def require_reader(viewer: Viewer | None, employee: Employee) -> Viewer:
    """Who may see the person's performance reads what they learned and plan to learn."""
    require_sight_of(viewer, employee)
    return require_viewer(viewer)


def require_proposer(viewer: Viewer | None, employee: Employee) -> Viewer:
    """The person, or their appraiser."""
    require_agency(viewer, employee.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk != employee.pk:
        require_appraiser_of(viewer, employee)
    return viewer


def require_answerer(viewer: Viewer | None, item: PlanItem) -> Viewer:
    """The other of the two: the appraiser of today where the person proposed, the person where it was the appraiser."""
    require_agency(viewer, item.employee.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk == item.proposed_by_id:
        raise NotAllowed(gettext("Usulan Anda dijawab orang kedua."))
    if item.from_appraiser:
        require_self(viewer, item.employee)
    else:
        require_appraiser_of(viewer, item.employee)
    return viewer


def require_own_proposal(viewer: Viewer | None, item: PlanItem) -> Viewer:
    """Only who proposed takes it back."""
    require_agency(viewer, item.employee.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk != item.proposed_by_id:
        raise NotAllowed(gettext("Usulan hanya dapat ditarik oleh yang mengajukannya."))
    return viewer


def require_participant(viewer: Viewer | None, enrolment: Enrolment) -> Viewer:
    """Only the person invited or enrolled."""
    require_self(viewer, enrolment.employee)
    return require_viewer(viewer)


def require_second(viewer: Viewer | None, row: DeclaredTraining) -> Viewer:
    """One of the personnel agency who neither declared it nor is the person."""
    viewer = require_keeper(viewer, row.employee.agency_id)
    if viewer.employee.pk == row.employee_id:
        raise NotAllowed(gettext("Pelatihan Anda sendiri diperiksa rekan di kepegawaian."))
    if viewer.employee.pk == row.given_by_id:
        raise NotAllowed(gettext("Yang Anda catat diperiksa orang kedua di kepegawaian."))
    return viewer


def may_check(viewer: Viewer, row: DeclaredTraining) -> bool:
    return keeps(viewer) and viewer.employee.pk not in (row.employee_id, row.given_by_id)


def require_second_of_sheet(viewer: Viewer | None, sheet: TrainingSheet) -> Viewer:
    """One of the personnel agency who did not upload the table."""
    viewer = require_keeper(viewer, sheet.agency_id)
    if viewer.employee.pk == sheet.uploaded_by_id:
        raise NotAllowed(gettext("Yang Anda unggah diperiksa orang kedua di kepegawaian."))
    return viewer


def require_contester(viewer: Viewer | None, row: DeclaredTraining) -> Viewer:
    """The person, about what others declared."""
    require_self(viewer, row.employee)
    viewer = require_viewer(viewer)
    if viewer.employee.pk == row.given_by_id:
        raise NotAllowed(gettext("Yang Anda nyatakan sendiri tidak disanggah."))
    return viewer
