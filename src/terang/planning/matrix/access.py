"""Who may write, see and answer a matrix. Each raises NotAllowed with a reason."""

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
from terang.registry.people.selectors import direct_report_ids
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed


def may_lead(viewer: Viewer) -> bool:
    """Whether the viewer may begin a matrix: leads people today, or leads a team in somebody's matrix. At most seven
    queries."""
    teams = MatrixMember.objects.filter(
        employee=viewer.employee,
        leads_team=True,
        state=MemberState.IN,
        matrix__period_start__lte=viewer.today,
        matrix__period_end__gt=viewer.today,
    )
    return viewer.is_head or teams.exists() or bool(direct_report_ids(viewer.employee, viewer.today))


def require_leader(viewer: Viewer | None) -> Viewer:
    """Only who leads people or a team."""
    asker = require_viewer(viewer)
    if not may_lead(asker):
        raise NotAllowed(
            gettext("Matriks peran dan hasil disusun oleh pimpinan dan ketua tim. Bagian Anda ada di “Tawaran peran”.")
        )
    return asker


def may_edit(viewer: Viewer, matrix: Matrix) -> bool:
    """Whether the viewer writes the matrix: its owner, and the leader above whose team it splits."""
    return viewer.employee.pk in (matrix.owner_id, matrix.parent.owner_id if matrix.parent else None)


def require_editor(viewer: Viewer | None, matrix: Matrix) -> Viewer:
    """Only the owner, or the owner of the matrix above."""
    require_agency(viewer, matrix.owner.agency_id)
    asker = require_viewer(viewer)
    if not may_edit(asker, matrix):
        raise NotAllowed(gettext("Hanya %(name)s yang menyusun matriks ini.") % {"name": matrix.owner.name})
    return asker


def require_sight(viewer: Viewer | None, matrix: Matrix) -> Viewer:
    """Only who may see the owner's performance, the leader above, and the people in the matrix."""
    require_agency(viewer, matrix.owner.agency_id)
    asker = require_viewer(viewer)
    if may_edit(asker, matrix) or matrix.members.filter(employee=asker.employee, state=MemberState.IN).exists():
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


def require_releaser(viewer: Viewer | None, member: MatrixMember) -> Viewer:
    """Only the appraiser of the person whom another leader asks for (p. 46)."""
    require_appraiser_of(viewer, member.employee)
    return require_viewer(viewer)
