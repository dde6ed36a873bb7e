"""What the leader answers to a member: to a proposal, and to a part that the member disputes."""

from django.db import transaction
from django.utils.translation import gettext

from terang.planning.matrix.access import require_editor
from terang.planning.matrix.models import MatrixCell
from terang.planning.matrix.services.cells import take_away
from terang.planning.matrix.services.locking import locked_cell, tell_members
from terang.planning.matrix.states import require_move, standing
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


def accept_proposal(*, actor: Viewer, cell: MatrixCell, seen: int) -> MatrixCell:
    """The proposed result is given to the person as it stands."""
    return _settle(actor, cell, seen, "accept")


def keep_part(*, actor: Viewer, cell: MatrixCell, seen: int, reason: str) -> MatrixCell:
    """The disputed part stays as it is; the answer says why."""
    return _settle(actor, cell, seen, "keep", _said(reason))


def decline_proposal(*, actor: Viewer, cell: MatrixCell, seen: int, reason: str) -> None:
    """The proposal is not taken up; the answer says why."""
    _leave(actor, cell, seen, "decline", _said(reason))


def withdraw_part(*, actor: Viewer, cell: MatrixCell, seen: int, reason: str) -> None:
    """The part is taken away from the person with a reason. Where it is in the plan already, the plan stays as it is
    until the person drops the row."""
    _leave(actor, cell, seen, "withdraw", _said(reason))


def _said(reason: str) -> str:
    if not reason.strip():
        raise NotNow(gettext("Tulis jawaban Anda, supaya anggota tahu alasannya."))
    return reason.strip()


def _settle(actor: Viewer, cell: MatrixCell, seen: int, verb: str, reason: str = "") -> MatrixCell:
    require_editor(actor, cell.column.matrix)
    with transaction.atomic():
        current = locked_cell(cell, seen)
        require_move(current, verb)
        current.state, current.reason = standing(current), reason
        current.answered()
        _bump(current)
        current.save(update_fields=["state", "reason", "version", "taken_version", "asked_on", "answer_due"])
        _tell(current, verb, actor, reason)
    return current


def _bump(cell: MatrixCell) -> None:
    """Only the answer is new, not the words: what the person took is still what the leader gave."""
    fresh = cell.taken_version == cell.version
    cell.version += 1
    if fresh:
        cell.taken_version = cell.version


def _leave(actor: Viewer, cell: MatrixCell, seen: int, verb: str, reason: str) -> None:
    require_editor(actor, cell.column.matrix)
    with transaction.atomic():
        current = locked_cell(cell, seen)
        require_move(current, verb)
        take_away(current, reason)
        _tell(current, verb, actor, reason)


def _tell(cell: MatrixCell, verb: str, actor: Viewer, reason: str) -> None:
    verbs = {"accept": "accepted", "keep": "kept", "decline": "declined", "withdraw": "withdrawn"}
    changes = {cell.member: {"cell": cell.pk, "column": cell.column_id}}
    tell_members(cell.column.matrix, f"part_{verbs[verb]}", actor, changes, reason=reason)
