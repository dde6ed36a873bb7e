"""Who reads a person's credit points, who records what was brought along, and who lays them down."""

from django.utils.translation import gettext

from terang.evaluation.appraisals.access import may_oversee, may_rate
from terang.registry.people.access import (
    may_keep,
    require_appraiser_of,
    require_keeper_of,
    require_sight_of,
    require_viewer,
)
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_reader(viewer: Viewer | None, employee: Employee) -> Viewer:
    """Oneself and who may see the performance. Raises NotAllowed."""
    require_sight_of(viewer, employee)
    return require_viewer(viewer)


def require_recorder(viewer: Viewer | None, employee: Employee) -> Viewer:
    """The personnel agency, never about oneself: nobody writes down their own points. Raises NotAllowed."""
    require_keeper_of(viewer, employee.agency_id)
    viewer = require_viewer(viewer)
    if viewer.employee.pk == employee.pk:
        raise NotAllowed(gettext("Angka kredit Anda sendiri dicatat oleh rekan di kepegawaian."))
    return viewer


def require_decider(viewer: Viewer | None, employee: Employee) -> Viewer:
    """The appraiser lays down the points, or who stands in for the appraiser (PerBKN 3/2023). Raises NotAllowed."""
    require_appraiser_of(viewer, employee)
    return require_viewer(viewer)


def reads_others(viewer: Viewer) -> bool:
    """Whether the list of functional officials may hold anybody for the viewer. No query of its own."""
    return may_rate(viewer) or may_oversee(viewer)


def may_record(viewer: Viewer, employee: Employee) -> bool:
    return may_keep(viewer) and viewer.employee.pk != employee.pk


def may_decide(viewer: Viewer, employee: Employee) -> bool:
    """Whether the viewer appraises the person today. At most six queries."""
    return viewer.employee.pk != employee.pk and employee.pk in direct_report_ids(viewer.employee, viewer.today)
