"""The people of a matrix: who is appraised by its owner, and who is asked for elsewhere (Lampiran II.A.5 p. 45–47)."""

from django.db import transaction
from django.utils.translation import gettext

from terang.planning.matrix.access import require_editor, require_releaser
from terang.planning.matrix.models import CARRIED, CellState, Matrix, MatrixMember, MemberState
from terang.planning.matrix.services.locking import locked_matrix, moved, tell_members
from terang.planning.matrix.services.team import hangs_under
from terang.planning.matrix.states import require_asked, require_joined
from terang.planning.plans.services.dialogue import answer_due
from terang.registry.people.models import Employee
from terang.registry.people.selectors import appraiser_of
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow, Stale


def add_member(*, actor: Viewer, matrix: Matrix, employee: Employee, reason: str = "") -> MatrixMember:
    """Puts a person into the matrix. Who is appraised by neither its owner nor the leader above waits for the own
    appraiser (A3 p. 46), who reads the `reason`; until then nothing enters the person's plan. The same person again is
    the same row.

    Raises NotNow for the owner and for who has no appraiser, NotAllowed for another government.
    """
    require_editor(actor, matrix)
    if employee.agency_id != matrix.owner.agency_id:
        raise NotAllowed(gettext("Data ini milik pemerintah daerah lain."))
    if employee.pk == matrix.owner_id:
        raise NotNow(gettext("Pemilik matriks tidak menjadi anggota matriksnya sendiri."))
    own = _is_own(matrix, employee, actor)
    with transaction.atomic():
        current = locked_matrix(matrix)
        state = MemberState.IN if own else MemberState.ASKED
        member, new = MatrixMember.objects.get_or_create(
            matrix=current, employee=employee, defaults={"outside": not own, "state": state}
        )
        if not new and member.state != MemberState.REFUSED:
            return member
        member.state, member.decided_by, member.decided_on, member.instead = state, None, None, False
        member.outside, member.reason = not own, "" if own else reason.strip()
        if own:
            member.answered()
        else:
            member.await_answer(actor.today, answer_due(employee.agency, actor.today))
        member.save()
        moved(current)
        tell_members(current, "member_added" if own else "member_asked", actor, {member: {}}, reason=member.reason)
    return member


def _is_own(matrix: Matrix, employee: Employee, actor: Viewer) -> bool:
    """Whether the person needs nobody's leave: appraised by the owner or the leader above, or in the matrix above."""
    appraiser = appraiser_of(employee.pk, actor.today)
    if appraiser is None:
        words = {"name": employee.name}
        raise NotNow(gettext("%(name)s belum punya pejabat penilai, jadi belum dapat diminta.") % words)
    leaders = {matrix.owner_id, matrix.parent.owner_id if matrix.parent else matrix.owner_id}
    if appraiser.employee_id in leaders:
        return True
    above = MatrixMember.objects.filter(employee=employee, state=MemberState.IN, outside=False)
    return matrix.parent_id is not None and above.filter(matrix_id=matrix.parent_id).exists()


def remove_member(*, actor: Viewer, member: MatrixMember, seen: int) -> None:
    """Takes a person out who carries nothing. Raises NotNow while the person does."""
    require_editor(actor, member.matrix)
    with transaction.atomic():
        matrix = locked_matrix(member.matrix, seen)
        if member.cells.filter(state__in=(*CARRIED, CellState.PROPOSED)).exists():
            words = {"name": member.employee.name}
            raise NotNow(gettext("%(name)s masih memegang hasil. Tarik dahulu bagian-bagiannya.") % words)
        tell_members(matrix, "member_removed", actor, {member: {}})
        member.delete()
        moved(matrix)


def lead_team(*, actor: Viewer, member: MatrixMember, seen: int, leads: bool) -> MatrixMember:
    """Makes a person lead a team, with a matrix of the team under this one, or no longer (p. 47–49).

    Raises NotNow for who still waits for the own appraiser, and where the matrices would hang under each other.
    """
    require_editor(actor, member.matrix)
    with transaction.atomic():
        matrix = locked_matrix(member.matrix, seen)
        current = matrix.members.select_related("employee").get(pk=member.pk)
        if leads:
            require_joined(current)
        if current.leads_team == leads:
            return current
        current.leads_team = leads
        current.save(update_fields=["leads_team"])
        _hang(matrix, current)
        moved(matrix)
        tell_members(matrix, "team_set" if leads else "team_ended", actor, {current: {}})
    return current


def _hang(matrix: Matrix, member: MatrixMember) -> None:
    period = {"period_start__lt": matrix.period_end, "period_end__gt": matrix.period_start}
    team = Matrix.objects.filter(owner=member.employee, **period).select_related("parent").first()
    if not member.leads_team:
        if team and team.parent_id == matrix.pk:
            team.parent = None
            team.save(update_fields=["parent"])
        return
    if team is None:
        Matrix.objects.create(
            owner=member.employee,
            unit=matrix.unit,
            parent=matrix,
            period_start=matrix.period_start,
            period_end=matrix.period_end,
        )
    elif hangs_under(matrix, team):
        raise NotNow(gettext("Matriks ini sendiri berada di bawah matriks orang itu."))
    elif team.parent_id is None:
        team.parent = matrix
        team.save(update_fields=["parent"])


def decide_member(*, actor: Viewer, member: MatrixMember, approve: bool, reason: str = "") -> MatrixMember:
    """The person's appraiser lets the person take part, or refuses with a reason (p. 46); the appraiser's superior
    instead, once the last day for it has passed.

    Raises NotNow where it was answered already, or refused without a reason.
    """
    with transaction.atomic():
        rows = MatrixMember.objects.select_for_update(of=("self",)).select_related("matrix__owner", "employee__agency")
        current = rows.filter(pk=member.pk).first()
        if current is None:
            raise Stale(gettext("Permintaan ini sudah ditarik oleh pimpinan yang meminta."))
        current.instead = require_releaser(actor, current)
        require_asked(current)
        if not approve and not reason.strip():
            raise NotNow(gettext("Tulis alasan mengapa tidak disetujui."))
        current.answered()
        current.state = MemberState.IN if approve else MemberState.REFUSED
        current.decided_by, current.decided_on, current.reason = actor.employee, actor.today, reason.strip()
        current.save()
        verb = "member_approved" if approve else "member_refused"
        told = {"instead": True} if current.instead else {}
        tell_members(current.matrix, verb, actor, {current: told}, reason=current.reason)
    return current
