"""Who may bring reports in (the personnel agency), who sees which difference, and who may
explain one."""

from django.utils.translation import gettext as _

from terang.interchange.access import require_importer
from terang.interchange.models import Difference, NationalReport, Owner
from terang.registry.people.access import may_keep, may_see_performance, require_agency, require_viewer
from terang.registry.people.selectors import SEES_ALL
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def sees_everybody(viewer: Viewer) -> bool:
    """Whether the viewer sees the differences of the whole government, also of people Terang does not know."""
    return "" in viewer.paths(*SEES_ALL)


def require_own_report(viewer: Viewer | None, report: NationalReport) -> Viewer:
    """The personnel agency of the government whose report it is."""
    importer = require_importer(viewer)
    require_agency(importer, report.agency_id)
    return importer


def require_sight(viewer: Viewer | None, row: Difference) -> Viewer:
    """Who may see the person's performance; of people Terang does not know those who see everybody."""
    viewer = require_viewer(viewer)
    require_agency(viewer, row.agency_id)
    if not (sees_everybody(viewer) or (row.employee is not None and may_see_performance(viewer, row.employee))):
        raise NotAllowed(_("Perbedaan ini hanya dapat dilihat oleh yang bersangkutan, atasannya, dan kepegawaian."))
    return viewer


def may_explain(viewer: Viewer, row: Difference) -> bool:
    """The personnel agency, and who must act where that is somebody else."""
    if viewer.agency_id != row.agency_id:
        return False
    return may_keep(viewer) or (row.owner != Owner.PERSONNEL and row.responsible_id == viewer.employee.pk)


def require_explainer(viewer: Viewer | None, row: Difference) -> Viewer:
    viewer = require_sight(viewer, row)
    if not may_explain(viewer, row):
        raise NotAllowed(_("Yang menjelaskan adalah yang harus bertindak, atau kepegawaian."))
    return viewer
