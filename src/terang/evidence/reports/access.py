"""Who may write, read and judge a report. Each raises NotAllowed with a reason."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from terang.evidence.reports.models import HANDED_IN, Audience, Disclosure, Reading, Report, ReportState
from terang.evidence.reports.models import RATED as RATED_STATES
from terang.evidence.reports.readers import may_give
from terang.registry.people.access import may_see_performance, require_agency, require_self, require_viewer
from terang.registry.people.models import Role
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def require_author(viewer: Viewer | None, report: Report) -> Viewer:
    """Only the employee whose report it is."""
    require_self(viewer, report.employee)
    return require_viewer(viewer)


def may_read(viewer: Viewer, report: Report) -> bool:
    """The author always; once handed in, who may see the person's performance and who has to read it; once published,
    those it was published to. At most 23 queries."""
    if viewer.agency_id != report.employee.agency_id:
        return False
    if viewer.employee.pk == report.employee_id or is_published_to(viewer, report):
        return True
    if report.state not in HANDED_IN:
        return False
    return may_see_performance(viewer, report.employee) or any(may_give(viewer, each) for each in _open(report))


def _open(report: Report) -> QuerySet[Reading]:
    return report.readings.filter(given_at=None).select_related("report__employee__agency", "report__unit", "reader")


def is_published_to(viewer: Viewer, report: Report) -> bool:
    """Whether the report is published to the viewer. No query."""
    if report.state != ReportState.PUBLISHED or viewer.agency_id != report.employee.agency_id:
        return False
    if viewer.has(Role.OPERATOR) and report.audience != Audience.AGENCY:
        return False
    return report.audience == Audience.AGENCY or (
        report.audience == Audience.UNIT and report.unit_id is not None and viewer.unit_id == report.unit_id
    )


def require_sight(viewer: Viewer | None, report: Report) -> Viewer:
    """Only who may read the report."""
    viewer = require_viewer(viewer)
    require_agency(viewer, report.employee.agency_id)
    if not may_read(viewer, report):
        raise NotAllowed(
            gettext(
                "Laporan ini hanya untuk penulisnya, atasannya, tim pengawas, dan mereka yang menerima pengumumannya."
            )
        )
    return viewer


def reads_whole(viewer: Viewer, report: Report) -> bool:
    """Whether the viewer reads all figures, ratings and answers: the author and who may see the performance. Who reads
    it as published reads words and results of the plan alone. At most seven queries."""
    return viewer.employee.pk == report.employee_id or may_see_performance(viewer, report.employee)


def is_disclosed(report: Report, readings: list[Reading]) -> bool:
    """Whether ratings may be seen by the author and others at all: the terms say when."""
    if report.state in RATED_STATES:
        return True
    at_once = report.terms.disclosure == Disclosure.AT_ONCE
    return at_once and report.state == ReportState.SUBMITTED and any(each.given_at for each in readings)


def sees_marks(viewer: Viewer, report: Report, readings: list[Reading]) -> dict[int, bool]:
    """Whether the viewer sees each reading's marks, by its id. A reader never sees another's before having given their
    own; their own always. `readings` are all of the report."""
    open_to_me = any(each.look == 1 and may_give(viewer, each) for each in readings if each.given_at is None)
    disclosed = is_disclosed(report, readings) and not open_to_me
    whole = disclosed and (
        reads_whole(viewer, report) or (is_published_to(viewer, report) and report.terms.shows_ratings)
    )
    own = viewer.employee.pk
    return {each.pk: bool(each.given_at) and (whole or each.reader_id == own) for each in readings}


def require_open_eyes(viewer: Viewer, report: Report) -> None:
    """Refuses a reader who has not rated yet and another has: the printed page shows all ratings that are disclosed."""
    readings = list(report.readings.select_related("report__employee__agency", "report__unit", "reader"))
    seen = sees_marks(viewer, report, readings)
    if is_disclosed(report, readings) and not all(seen[each.pk] for each in readings if each.given_at):
        raise NotAllowed(gettext("Cetakan memuat penilaian pembaca lain. Berikan penilaian Anda dahulu."))


def require_reader(viewer: Viewer | None, reading: Reading) -> Viewer:
    """Only who may give this reading today."""
    viewer = require_viewer(viewer)
    require_agency(viewer, reading.report.employee.agency_id)
    if not may_give(viewer, reading):
        raise NotAllowed(gettext("Laporan ini tidak sedang menunggu penilaian Anda."))
    return viewer


def may_oversee(viewer: Viewer) -> bool:
    """Whether the viewer belongs to the oversight team."""
    return viewer.has(Role.OVERSIGHT)


def readable(viewer: Viewer) -> QuerySet[Report]:
    """The reports the viewer may open, drafts of others never. At most six queries before the one that reads.

    A reading that waits for somebody who may not see the person's performance otherwise is reached from the queue.
    """
    own = Q(employee=viewer.employee)
    seen = Q(employee__in=visible_employees(viewer), state__in=HANDED_IN)
    published = Q(state=ReportState.PUBLISHED, audience=Audience.AGENCY)
    if viewer.unit_id is not None and not viewer.has(Role.OPERATOR):
        published |= Q(state=ReportState.PUBLISHED, audience=Audience.UNIT, unit_id=viewer.unit_id)
    return Report.objects.filter(own | seen | published, employee__agency_id=viewer.agency_id)
