"""What the verbs of a matrix share: take the rows, see that the page is not stale, tell the journal."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext

from terang.audit.services import Event, record, record_many
from terang.planning.matrix.models import SHOWN, Matrix, MatrixCell, MatrixMember
from terang.registry.people.viewer import Viewer
from terang.web.errors import Stale


def stale() -> Stale:
    """The refusal of a page that is older than the matrix."""
    return Stale(gettext("Matriks ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi langkah Anda."))


def locked_matrix(matrix: Matrix, seen: int | None = None) -> Matrix:
    """The matrix with owner, unit and parent, locked until the transaction ends. Raises Stale where its columns or
    people changed since `seen` (not asked where None)."""
    rows = Matrix.objects.select_for_update(of=("self",)).select_related("owner__agency", "unit", "parent")
    current = rows.get(pk=matrix.pk)
    if seen is not None and current.version != seen:
        raise stale()
    return current


def moved(matrix: Matrix) -> None:
    """The columns or the people of the matrix changed: pages drawn before are stale."""
    matrix.version += 1
    matrix.save(update_fields=["version"])


def locked_cell(cell: MatrixCell, seen: int) -> MatrixCell:
    """A part with its person and matrix, locked. Raises Stale where it changed since `seen` or is gone."""
    rows = MatrixCell.objects.select_for_update(of=("self",))
    current = rows.select_related("member__employee", "column__matrix__owner").filter(pk=cell.pk).first()
    if current is None or current.version != seen:
        raise stale()
    return current


def shown_cells(member_ids: Iterable[int], column_ids: Iterable[int]) -> list[MatrixCell]:
    """The parts that stand in the table for these people and columns, locked, in their order."""
    rows = MatrixCell.objects.select_for_update(of=("self",)).filter(
        member_id__in=member_ids, column_id__in=column_ids, state__in=SHOWN
    )
    return list(rows.select_related("column").order_by("number", "pk"))


def tell(matrix: Matrix, verb: str, actor: Viewer, *, changes: Mapping[str, Any], reason: str = "") -> None:
    """One journal entry about the matrix as a whole."""
    record(
        f"matrix.{verb}",
        actor=actor.user,
        obj=matrix,
        agency_id=matrix.owner.agency_id,
        subject_employee_id=matrix.owner_id,
        unit_id=matrix.unit_id,
        changes=changes,
        reason=reason,
    )


def tell_members(
    matrix: Matrix,
    verb: str,
    actor: Viewer,
    members: Mapping[MatrixMember, Mapping[str, Any]],
    *,
    reason: str = "",
) -> None:
    """One journal entry for each person, with what changed for that person."""
    events = [
        Event(f"matrix.{verb}", member, member.employee_id, matrix.unit_id, {"matrix": matrix.pk, **changes})
        for member, changes in members.items()
    ]
    record_many(events, actor=actor.user, agency_id=matrix.owner.agency_id, reason=reason)
