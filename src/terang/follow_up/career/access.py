"""Who reads about a career, who declares, who checks, who contests. Each raises NotAllowed with a reason.

A career is narrower than performance: the person, their appraiser, the personnel agency, and the regional head, who
appoints. Overseers, auditors and heads further up read none of it.
"""

from django.utils.translation import gettext

from terang.follow_up.career.models import Declaration
from terang.registry.people.access import require_agency, require_role, require_self, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

OVERVIEW = (Role.PERSONNEL, Role.REGIONAL_HEAD)


def reads_all(viewer: Viewer) -> bool:
    """Whether the viewer reads everybody's in the whole government."""
    return "" in viewer.paths(*OVERVIEW)


def leads(viewer: Viewer) -> bool:
    """Whether the viewer appraises somebody today, remembered within a request."""
    return bool(direct_report_ids(viewer.employee, viewer.today))


def require_overview(viewer: Viewer | None) -> Viewer:
    """Only who reads the whole government."""
    viewer = require_viewer(viewer)
    require_role(viewer, *OVERVIEW)
    if not reads_all(viewer):
        raise NotAllowed(gettext("Halaman ini untuk pengelola seluruh pemerintah daerah, bukan satu unit."))
    return viewer


def require_reader(viewer: Viewer | None, employee: Employee) -> Viewer:
    """The person, their appraiser of today, the personnel agency, the regional head."""
    require_agency(viewer, employee.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk == employee.pk or reads_all(viewer):
        return viewer
    if employee.pk not in direct_report_ids(viewer.employee, viewer.today):
        raise NotAllowed(
            gettext("Data karier hanya untuk yang bersangkutan, pejabat penilainya, kepegawaian, dan kepala daerah.")
        )
    return viewer


def keeps(viewer: Viewer) -> bool:
    """Whether the viewer declares and checks: the personnel agency."""
    return "" in viewer.paths(Role.PERSONNEL)


def require_keeper(viewer: Viewer | None) -> Viewer:
    """Only the personnel agency of the whole government."""
    viewer = require_viewer(viewer)
    if not keeps(viewer):
        raise NotAllowed(gettext("Hanya pengelola kepegawaian yang mencatat dan memeriksa data karier."))
    return viewer


def require_giver(viewer: Viewer | None, employee: Employee) -> Viewer:
    """The personnel agency, never about oneself."""
    require_agency(viewer, employee.agency_id)
    viewer = require_keeper(viewer)
    if viewer.employee.pk == employee.pk:
        raise NotAllowed(gettext("Data tentang diri sendiri dicatat rekan di kepegawaian."))
    return viewer


def require_second(viewer: Viewer | None, row: Declaration) -> Viewer:
    """Another one of the personnel agency than who gave it, and not the person."""
    viewer = require_giver(viewer, row.employee)
    if viewer.employee.pk == row.given_by_id:
        raise NotAllowed(gettext("Data yang Anda catat diperiksa orang kedua di kepegawaian."))
    return viewer


def may_check(viewer: Viewer, row: Declaration) -> bool:
    return keeps(viewer) and viewer.employee.pk not in (row.employee_id, row.given_by_id)


def require_person(viewer: Viewer | None, row: Declaration) -> Viewer:
    """Only who it is about."""
    require_self(viewer, row.employee)
    return require_viewer(viewer)
