"""Who may write, see and answer a matrix. Each raises NotAllowed with a reason."""

from datetime import date

from django.utils.translation import gettext

from terang.planning.matrix.models import Matrix, MatrixCell, MatrixMember, MemberState
from terang.planning.plans.models import Plan
from terang.registry.people.access import (
    may_see_performance,
    require_agency,
    require_appraiser_of,
    require_self,
    require_sight_of,
    require_viewer,
)
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import appraiser_of, direct_report_ids, superior_of_appraiser
from terang.registry.people.viewer import Viewer, in_force
from terang.web.errors import NotAllowed


def may_lead(viewer: Viewer) -> bool:
    """Whether the viewer may begin a matrix: leads people today, or leads a team in somebody's matrix. At most seven
    queries."""
    if _has_left(viewer.employee, viewer.today):
        return False
    teams = MatrixMember.objects.filter(
        employee=viewer.employee,
        leads_team=True,
        state=MemberState.IN,
        matrix__period_start__lte=viewer.today,
        matrix__period_end__gt=viewer.today,
    )
    return viewer.is_head or teams.exists() or bool(direct_report_ids(viewer.employee, viewer.today))


def _has_left(person: Employee, day: date) -> bool:
    return person.left_on is not None and person.left_on <= day


def leads_still(person: Employee, matrix: Matrix, day: date) -> bool:
    """Whether the owner of a matrix leads those in it on a day: is head of its unit, leads a team in a matrix above
    that runs and is led itself, or appraises one of its members. Nobody does who has left. At most ten queries."""
    if _has_left(person, day):
        return False
    heads = Assignment.objects.filter(in_force(day), employee=person, post__is_head=True, post__unit=matrix.unit_id)
    return heads.exists() or _leads_team(person, matrix, day) or _appraises(person, matrix, day)


def _leads_team(person: Employee, matrix: Matrix, day: date) -> bool:
    """Whether the person was made a team leader by somebody who still may: the line above ends at a head."""
    above = matrix.parent
    if above is None or above.period_end <= day:
        return False
    team = above.members.filter(employee=person, leads_team=True, state=MemberState.IN)
    return team.exists() and leads_still(above.owner, above, day)


def _appraises(person: Employee, matrix: Matrix, day: date) -> bool:
    people = direct_report_ids(person, day)
    return bool(people) and matrix.members.filter(employee_id__in=people).exists()


def require_leader(viewer: Viewer | None) -> Viewer:
    """Only who leads people or a team."""
    asker = require_viewer(viewer)
    if not may_lead(asker):
        raise NotAllowed(
            gettext("Matriks peran dan hasil disusun oleh pimpinan dan ketua tim. Bagian Anda ada di “Tawaran peran”.")
        )
    return asker


def may_edit(viewer: Viewer, matrix: Matrix) -> bool:
    """Whether the viewer writes the matrix: its owner, and the leader above whose team it splits, while they lead
    (`leads_still`). At most ten queries; none for others, and none for the head of the unit."""
    for led in filter(None, (matrix, matrix.parent)):
        if led.owner_id == viewer.employee.pk:
            return led.unit_id in viewer.headed_unit_ids or leads_still(viewer.employee, led, viewer.today)
    return False


def require_watcher(viewer: Viewer | None, matrix: Matrix) -> Viewer:
    """Only who writes the matrix, and the owner's superior, who sees what waits too long for an answer."""
    require_agency(viewer, matrix.owner.agency_id)
    asker = require_viewer(viewer)
    if not may_edit(asker, matrix):
        require_appraiser_of(asker, matrix.owner)
    return asker


def require_editor(viewer: Viewer | None, matrix: Matrix) -> Viewer:
    """Only the owner, or the owner of the matrix above, while they lead these people."""
    require_agency(viewer, matrix.owner.agency_id)
    asker = require_viewer(viewer)
    if may_edit(asker, matrix):
        return asker
    if asker.employee.pk == matrix.owner_id:
        raise NotAllowed(gettext("Anda tidak lagi memimpin orang-orang di matriks ini, jadi hanya dapat membacanya."))
    raise NotAllowed(gettext("Hanya %(name)s yang menyusun matriks ini.") % {"name": matrix.owner.name})


def require_sight(viewer: Viewer | None, matrix: Matrix) -> Viewer:
    """Only who may see the owner's performance, the leader above, and the people in the matrix."""
    require_agency(viewer, matrix.owner.agency_id)
    asker = require_viewer(viewer)
    owners = (matrix.owner_id, matrix.parent.owner_id if matrix.parent else None)
    if asker.employee.pk in owners or matrix.members.filter(employee=asker.employee, state=MemberState.IN).exists():
        return asker
    if not may_see_performance(asker, matrix.owner):
        raise NotAllowed(gettext("Matriks ini dilihat oleh pimpinannya, anggotanya, dan pengelola yang ditunjuk."))
    return asker


def require_plan_of(viewer: Viewer | None, plan: Plan) -> Viewer:
    """Only who may see the plan that the offers are for."""
    require_sight_of(viewer, plan.employee)
    return require_viewer(viewer)


def require_member(viewer: Viewer | None, member: MatrixMember) -> Viewer:
    """Only the person who was put into the matrix."""
    require_self(viewer, member.employee)
    return require_viewer(viewer)


def require_carrier(viewer: Viewer | None, cell: MatrixCell) -> Viewer:
    """Only the person whose part it is, once the own appraiser let the person take part (p. 46–47)."""
    asker = require_member(viewer, cell.member)
    if cell.member.state != MemberState.IN:
        raise NotAllowed(gettext("Penilai Anda belum menyetujui penugasan ini."))
    return asker


def require_releaser(viewer: Viewer | None, member: MatrixMember) -> bool:
    """Only the appraiser of the person whom another leader asks for (p. 46), or the appraiser's superior once
    `answer_due` has passed. Returns whether it is the superior, deciding instead."""
    require_agency(viewer, member.employee.agency_id)
    asker = require_viewer(viewer)
    appraiser = appraiser_of(member.employee_id, asker.today)
    if appraiser and asker.employee.pk in (appraiser.employee_id, appraiser.stand_in and appraiser.stand_in.pk):
        return False
    superior = superior_of_appraiser(member.employee_id, asker.today)
    if superior is None or superior.employee_id != asker.employee.pk:
        require_appraiser_of(viewer, member.employee)
        return False
    if not is_late(member, asker.today):
        raise NotAllowed(gettext("Penilainya masih dalam waktu menjawab. Sesudah itu Anda, sebagai atasannya, dapat."))
    return True


def is_late(awaited: MatrixMember | MatrixCell, day: date) -> bool:
    """Whether the last day for an answer has passed."""
    return awaited.answer_due is not None and awaited.answer_due < day
