"""Who may see and move a complaint. One query set says it for lists and single pages alike, so that no list, count,
search or export tells more than the page would.

*Ordinary*: coordinators of the whole government, the unit that answers (its head and those above, its liaison, who
has it in hand), regional head, auditor and oversight team. *Secret*: only the coordinators (none in line with the unit
it is about; where that leaves none the oversight team), the head of that very unit, its liaison, who has it in hand,
and to whom it was passed up. *Misconduct*: only the oversight team, without anybody whose own units lie in line with
the unit it is about; about the inspectorate itself, or where that leaves nobody of the team: the regional head, or the
secretary of the government (`overseers`).
"""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from terang.evidence.complaints import overseers
from terang.evidence.complaints.lines import in_line, is_whole, line_of, own_paths
from terang.evidence.complaints.models import Complaint, ComplaintClass, Escalation, EscalationStep
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Assignment, Employee, Role
from terang.registry.people.selectors import assignments_below
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

MISCONDUCT = Q(complaint_class=ComplaintClass.MISCONDUCT)
READS_ORDINARY = (Role.REGIONAL_HEAD, Role.AUDITOR, Role.OVERSIGHT)


def coordinates(viewer: Viewer) -> bool:
    """Whether the viewer is a coordinator of complaints of the whole government."""
    return any(is_whole(path) for path in viewer.paths(Role.COMPLAINT_COORDINATOR))


def oversees(viewer: Viewer) -> bool:
    """Whether the viewer belongs to the oversight team of the whole government."""
    return any(is_whole(path) for path in viewer.paths(Role.OVERSIGHT))


def liaison_paths(viewer: Viewer) -> tuple[str, ...]:
    """The units for which the viewer receives complaints (pejabat penghubung)."""
    return tuple(path for path in viewer.paths(Role.COMPLAINT_COORDINATOR) if not is_whole(path))


def complaints_visible(viewer: Viewer) -> QuerySet[Complaint]:
    """Every complaint the viewer may open. At most two queries before the one that reads; for heads of the top of the
    government five."""
    return Complaint.objects.filter(_ordinary(viewer) | _misconduct(viewer), agency_id=viewer.agency_id)


def _ordinary(viewer: Viewer) -> Q:
    concerned = Q(about_unit__isnull=False) & line_of(own_paths(viewer), "about_unit")
    secret = Q(handler=viewer.employee) | Q(unit_id__in=viewer.headed_unit_ids) | _passed_up(viewer, concerned)
    shown = Q(pk__in=[])
    if coordinates(viewer):
        secret |= Q(agency_id=viewer.agency_id) & (Q(is_secret=False) | ~concerned)
    if oversees(viewer):
        secret |= Q(is_secret=True) & ~concerned & overseers.without_coordinator(viewer)
    for path in liaison_paths(viewer):
        secret |= Q(unit__path__startswith=path)
    for path in viewer.headed_paths:
        shown |= Q(unit__path__startswith=path)
    if any(is_whole(path) for path in viewer.paths(*READS_ORDINARY)):
        shown |= Q(agency_id=viewer.agency_id)
    return ~MISCONDUCT & (secret | (shown & Q(is_secret=False)))


def _passed_up(viewer: Viewer, concerned: Q) -> Q:
    """What the ladder passed up to the viewer and still concerns them: a reminder passes nothing up; a late check of a
    secret report goes to nobody in line with the unit it is about; what a unit was late with stays only while that unit
    has it."""
    told = Escalation.objects.filter(complaint=OuterRef("pk"), told=viewer.employee)
    check = Exists(told.filter(step=EscalationStep.VERIFICATION_LATE))
    answers = (EscalationStep.FIRST_ANSWER_LATE, EscalationStep.FINISH_LATE)
    answer = Exists(told.filter(step__in=answers, day__gte=OuterRef("routed_on")))
    return (Q(check) & (Q(is_secret=False) | ~concerned)) | Q(answer)


def _misconduct(viewer: Viewer) -> Q:
    concerned = Q(about_unit__isnull=False) & line_of(own_paths(viewer), "about_unit")
    allowed = Q(pk__in=[])
    if oversees(viewer):
        allowed |= MISCONDUCT & ~concerned
    stands_in = overseers.stands_in(viewer)
    if stands_in is not None:
        allowed |= MISCONDUCT & ~concerned & stands_in
    return allowed


def may_see(viewer: Viewer, complaint: Complaint) -> bool:
    """Whether the complaint is among `complaints_visible`. At most three queries."""
    return complaints_visible(viewer).filter(pk=complaint.pk).exists()


def may_verify(viewer: Viewer, complaint: Complaint) -> bool:
    """Who checks and passes on. Ordinary ones: a coordinator, but not one in line with the unit it is about; then, and
    where verification came late, the oversight team, and who was told. Misconduct: who may see it."""
    if complaint.is_misconduct:
        return may_see(viewer, complaint)
    if is_concerned(viewer, complaint):
        return False
    if coordinates(viewer):
        return True
    return may_see(viewer, complaint) and (oversees(viewer) or was_told(viewer, complaint))


def may_guard(viewer: Viewer, complaint: Complaint) -> bool:
    """Who hands a report over to the oversight team: a coordinator or somebody of the team who sees it, and works
    neither in line with the unit it is about nor with the one that has it."""
    if complaint.is_misconduct or not (coordinates(viewer) or oversees(viewer)):
        return False
    own, units = own_paths(viewer), (complaint.about_unit, complaint.unit)
    return may_see(viewer, complaint) and not any(unit and in_line(own, unit.path) for unit in units)


def is_concerned(viewer: Viewer, complaint: Complaint) -> bool:
    """Whether the viewer works in line with the unit the report is about."""
    return bool(complaint.about_unit) and in_line(own_paths(viewer), complaint.about_unit.path)  # type: ignore[union-attr]


def was_told(viewer: Viewer, complaint: Complaint) -> bool:
    """Whether the complaint was passed up to the viewer because nobody checked it in time. One query."""
    told = Escalation.objects.filter(complaint=complaint, told=viewer.employee)
    return told.filter(step=EscalationStep.VERIFICATION_LATE).exists()


def may_work(viewer: Viewer, complaint: Complaint) -> bool:
    """Who takes in hand, passes to colleagues and answers: who has it in hand, the heads and the liaison of the unit;
    for misconduct who may see it."""
    if complaint.is_misconduct:
        return may_see(viewer, complaint)
    return leads(viewer, complaint) or complaint.handler_id == viewer.employee.pk


def leads(viewer: Viewer, complaint: Complaint) -> bool:
    """Whether the viewer decides in the unit who has it in hand. Of a secret one the head of that unit only."""
    if complaint.unit is None or complaint.is_misconduct:
        return complaint.is_misconduct and may_see(viewer, complaint)
    if complaint.unit_id in viewer.headed_unit_ids:
        return True
    paths = liaison_paths(viewer) if complaint.is_secret else (*liaison_paths(viewer), *viewer.headed_paths)
    return any(complaint.unit.path.startswith(path) for path in paths if not is_whole(path))


def may_read_identity(viewer: Viewer, complaint: Complaint) -> bool:
    """Who sees name and contact on the page: of a report that is not anonymous, who checks it and who works on it.

    Of an anonymous one nobody: it is opened by two people of the oversight team (`Disclosure`).
    """
    if complaint.is_anonymous or complaint.forgotten_on:
        return False
    return may_verify(viewer, complaint) or may_work(viewer, complaint)


def may_disclose(viewer: Viewer, complaint: Complaint) -> bool:
    """Who asks for and decides on the opening of an identity: the oversight team, but nobody in line with the unit the
    report is about or that answers it."""
    if not oversees(viewer) or is_concerned(viewer, complaint):
        return False
    own = own_paths(viewer)
    return complaint.is_misconduct or complaint.unit is None or not in_line(own, complaint.unit.path)


def require_verifier(viewer: Viewer | None, complaint: Complaint) -> Viewer:
    """Only who may check the report. Returns the viewer."""
    viewer = require_viewer(viewer)
    if not may_verify(viewer, complaint):
        raise NotAllowed(gettext("Laporan ini diperiksa oleh koordinator pengaduan yang tidak terkait dengan unitnya."))
    return viewer


def require_guardian(viewer: Viewer | None, complaint: Complaint) -> Viewer:
    """Only who may hand the report to the oversight team. Returns the viewer."""
    viewer = require_viewer(viewer)
    if not may_guard(viewer, complaint):
        raise NotAllowed(
            gettext("Laporan diserahkan kepada tim pengawas oleh koordinator atau tim pengawas yang tidak terkait.")
        )
    return viewer


def require_worker(viewer: Viewer | None, complaint: Complaint) -> Viewer:
    """Only who answers for the unit. Returns the viewer."""
    viewer = require_viewer(viewer)
    if not may_work(viewer, complaint):
        raise NotAllowed(gettext("Laporan ini dijawab oleh unit yang menerimanya."))
    return viewer


def require_leader(viewer: Viewer | None, complaint: Complaint) -> Viewer:
    """Only who decides in the unit who has it in hand. Returns the viewer."""
    viewer = require_viewer(viewer)
    if not leads(viewer, complaint):
        raise NotAllowed(gettext("Petugas laporan ini ditunjuk oleh pimpinan atau penghubung unitnya."))
    return viewer


def require_discloser(viewer: Viewer | None, complaint: Complaint) -> Viewer:
    """Only the oversight team, without who is concerned. Returns the viewer."""
    viewer = require_viewer(viewer)
    if not may_disclose(viewer, complaint):
        raise NotAllowed(
            gettext("Identitas pelapor hanya dapat dibuka oleh dua orang tim pengawas yang tidak terkait.")
        )
    return viewer


def may_open_desk(viewer: Viewer) -> bool:
    """Who has a desk of complaints: whoever has a part in them by role or post. No query."""
    return viewer.is_head or viewer.has(Role.COMPLAINT_COORDINATOR, *READS_ORDINARY)


def may_read_month(viewer: Viewer) -> bool:
    """Who reads the monthly report: regional head, auditor, and the secretary of the government. Two queries for heads
    at the top, none for others."""
    whole = any(is_whole(path) for path in viewer.paths(Role.REGIONAL_HEAD, Role.AUDITOR))
    return whole or overseers.is_secretary(viewer)


def require_month_reader(viewer: Viewer | None) -> Viewer:
    """Only who reads the monthly report. Returns the viewer."""
    viewer = require_viewer(viewer)
    if not may_read_month(viewer):
        raise NotAllowed(gettext("Laporan bulanan ini untuk kepala daerah, sekretaris daerah, dan auditor."))
    return viewer


def require_coordinator(viewer: Viewer | None) -> Viewer:
    """Only a coordinator of the whole government. Returns the viewer."""
    viewer = require_viewer(viewer)
    if not coordinates(viewer):
        raise NotAllowed(gettext("Halaman ini untuk koordinator pengaduan."))
    return viewer


def possible_handlers(complaint: Complaint, viewer: Viewer) -> QuerySet[Employee]:
    """Who can be given the complaint: people of its unit and below; for misconduct who may handle it
    (`overseers.handlers_of`). One query when read, for misconduct at most four more."""
    people = Employee.objects.filter(agency_id=complaint.agency_id, left_on=None)
    if complaint.is_misconduct:
        about = complaint.about_unit.path if complaint.about_unit else ""
        return people.filter(pk__in=overseers.handlers_of(complaint.agency_id, about, viewer.today))
    paths = [complaint.unit.path] if complaint.unit else []
    there = assignments_below(paths, viewer.today) if paths else Assignment.objects.none()
    return people.filter(pk__in=there.values("employee_id"))
