"""Who may record and see duty elsewhere: the head for the own people, the personnel agency for everybody."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.utils.translation import gettext

from terang.evidence.attendance.models import Duty
from terang.registry.people.access import require_agency, require_viewer
from terang.registry.people.models import Employee, Role
from terang.registry.people.selectors import assignments_below, direct_report_ids, visible_employees
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def may_record_duty(viewer: Viewer) -> bool:
    """Who heads a unit, and the personnel agency."""
    return viewer.is_head or viewer.has(Role.PERSONNEL)


def require_recorder(viewer: Viewer | None) -> Viewer:
    """Only who may record duty at all."""
    viewer = require_viewer(viewer)
    if not may_record_duty(viewer):
        raise NotAllowed(gettext("Surat tugas dicatat oleh kepala unit atau pengelola kepegawaian."))
    return viewer


def require_recorder_for(viewer: Viewer | None, people: Collection[Employee]) -> None:
    """Only for people of the units led and direct reports; the personnel agency for everybody. At most seven
    queries."""
    viewer = require_recorder(viewer)
    for person in people:
        require_agency(viewer, person.agency_id)
    if viewer.has(Role.PERSONNEL):
        return
    own = {viewer.employee.pk, *direct_report_ids(viewer.employee, viewer.today)}
    others = [person for person in people if person.pk not in own]
    below = assignments_below(viewer.headed_paths, viewer.today).filter(employee__in=others)
    known = set(below.values_list("employee_id", flat=True)) if others else set()
    strangers = [person.name for person in others if person.pk not in known]
    if strangers:
        names = ", ".join(strangers)
        raise NotAllowed(gettext("Anda hanya mencatat tugas pegawai di unit yang Anda pimpin, bukan: %s.") % names)


def visible_duties(viewer: Viewer) -> QuerySet[Duty]:
    """Duty of oneself, of people one may see, and what one recorded. At most six queries before the one that reads."""
    rows = Duty.objects.filter(agency_id=viewer.agency_id)
    theirs = Duty.people.through.objects.filter(employee__in=visible_employees(viewer)).values("duty_id")
    return rows.filter(pk__in=theirs) | rows.filter(recorded_by=viewer.employee)


def require_sight_of_duty(viewer: Viewer | None, duty: Duty) -> Viewer:
    """Only who may see somebody of it, and who recorded it."""
    viewer = require_viewer(viewer)
    require_agency(viewer, duty.agency_id)
    if duty.recorded_by_id != viewer.employee.pk and not visible_duties(viewer).filter(pk=duty.pk).exists():
        raise NotAllowed(gettext("Surat tugas ini dilihat oleh yang ditugaskan, atasannya, dan pengelola kepegawaian."))
    return viewer


def may_cancel_duty(viewer: Viewer, duty: Duty) -> bool:
    """Who recorded it while heading a unit still, and the personnel agency."""
    if viewer.agency_id != duty.agency_id:
        return False
    return viewer.has(Role.PERSONNEL) or (viewer.is_head and duty.recorded_by_id == viewer.employee.pk)


def require_canceller(viewer: Viewer | None, duty: Duty) -> None:
    """Only who may take a duty back."""
    viewer = require_sight_of_duty(viewer, duty)
    if not may_cancel_duty(viewer, duty):
        raise NotAllowed(gettext("Surat tugas dibatalkan oleh yang mencatatnya atau pengelola kepegawaian."))
