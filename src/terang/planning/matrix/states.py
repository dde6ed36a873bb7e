"""The states of a part and of a person in a matrix: who moves them where."""

from dataclasses import dataclass

from django.utils.translation import gettext

from terang.planning.matrix.models import CellState, MatrixCell, MatrixMember, MemberState
from terang.web.errors import NotNow

PROPOSED, GIVEN, TAKEN, DISPUTED = CellState.PROPOSED, CellState.GIVEN, CellState.TAKEN, CellState.DISPUTED


@dataclass(frozen=True)
class Move:
    """A verb: the states it starts from, and who owns it. Where it leads is said by the service that does it."""

    sources: tuple[CellState, ...]
    owner: str


MOVES = {
    "take": Move((GIVEN, TAKEN), "anggota"),
    "dispute": Move((GIVEN, TAKEN), "anggota"),
    "retract": Move((PROPOSED,), "anggota"),
    "accept": Move((PROPOSED,), "pimpinan"),
    "decline": Move((PROPOSED,), "pimpinan"),
    "keep": Move((DISPUTED,), "pimpinan"),
    "withdraw": Move((GIVEN, TAKEN, DISPUTED), "pimpinan"),
    "change": Move((GIVEN, TAKEN, DISPUTED, PROPOSED), "pimpinan"),
}
"""`take` again is allowed where the person dropped the row from the plan. A changed part is given anew."""


def may_move(cell: MatrixCell, verb: str) -> bool:
    """Whether the part's state allows the verb."""
    return cell.state in MOVES[verb].sources


def require_move(cell: MatrixCell, verb: str) -> None:
    """Raises NotNow where the part's state does not allow the verb."""
    if not may_move(cell, verb):
        words = {"state": CellState(cell.state).label}
        raise NotNow(gettext("Bagian ini berstatus “%(state)s”, jadi langkah ini tidak lagi dapat dilakukan.") % words)


def standing(cell: MatrixCell) -> CellState:
    """Where a part stands once the two agree about it: in the plan, or waiting to be taken."""
    return TAKEN if cell.result_key else GIVEN


def require_not_refused(member: MatrixMember) -> None:
    """Raises NotNow for a person whose own appraiser did not agree; what such a person holds can only be taken away."""
    if member.state == MemberState.REFUSED:
        words = {"name": member.employee.name}
        raise NotNow(
            gettext("Penilai %(name)s tidak menyetujui penugasan ini. Minta lagi sebelum memberi hasil.") % words
        )


def require_joined(member: MatrixMember) -> None:
    """Raises NotNow for a person who does not take part: still waiting for the own appraiser, or refused."""
    require_not_refused(member)
    if member.state == MemberState.ASKED:
        words = {"name": member.employee.name}
        raise NotNow(gettext("Penilai %(name)s belum menyetujui penugasan ini.") % words)


def require_asked(member: MatrixMember) -> None:
    """Raises NotNow where the request for a person was answered already."""
    if member.state != MemberState.ASKED:
        raise NotNow(gettext("Permintaan ini sudah dijawab."))
