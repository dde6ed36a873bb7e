"""The states of a corrective action, who moves it, and where to.

disusun      drop     → ditiadakan   the leader, with a reason, before anything was agreed
disusun      propose  → diusulkan    the leader: cause, support, at least one step, a day to measure again
diusulkan    agree    → berjalan     the employee
diusulkan    return   → disusun      the employee, with a reason
berjalan     work     → berjalan     either says that a step of theirs is done
berjalan     extend   → disusun      the leader, with a reason and a new day, once it was measured again
berjalan     conclude → disimpulkan  the leader, with a reason, once it was measured again
disimpulkan  confirm  → pulih        the employee
disimpulkan  differ   → berjalan     the employee, with a reason
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from terang.follow_up.growth.models import ActionState, CorrectiveAction
from terang.web.errors import NotNow

PLANNED, PROPOSED, RUNNING = ActionState.PLANNED, ActionState.PROPOSED, ActionState.RUNNING
CONCLUDED, CLOSED, DROPPED = ActionState.CONCLUDED, ActionState.CLOSED, ActionState.DROPPED


@dataclass(frozen=True)
class Move:
    """One verb: from where, to where, and who owns it."""

    source: ActionState
    target: ActionState
    owner: str


MOVES = {
    "write": Move(PLANNED, PLANNED, "pimpinan"),
    "drop": Move(PLANNED, DROPPED, "pimpinan"),
    "propose": Move(PLANNED, PROPOSED, "pimpinan"),
    "agree": Move(PROPOSED, RUNNING, "pegawai"),
    "return": Move(PROPOSED, PLANNED, "pegawai"),
    "work": Move(RUNNING, RUNNING, "keduanya"),
    "extend": Move(RUNNING, PLANNED, "pimpinan"),
    "conclude": Move(RUNNING, CONCLUDED, "pimpinan"),
    "confirm": Move(CONCLUDED, CLOSED, "pegawai"),
    "differ": Move(CONCLUDED, RUNNING, "pegawai"),
}
_WHY_NOT = {
    PLANNED: _("Rencananya masih disusun pimpinan."),
    PROPOSED: _("Rencana ini menunggu persetujuan pegawai dan tidak diubah dahulu."),
    RUNNING: _("Rencana ini sudah disetujui keduanya dan sedang berjalan."),
    CONCLUDED: _("Tindakan ini sudah disimpulkan dan menunggu pernyataan pegawai."),
    CLOSED: _("Tindakan ini sudah ditutup dan tidak berubah lagi."),
    DROPPED: _("Tindakan ini ditiadakan dan tidak berubah lagi."),
}


def may_move(action: CorrectiveAction, verb: str) -> bool:
    return action.state == MOVES[verb].source


def require_move(action: CorrectiveAction, verb: str) -> None:
    """Raises NotNow, with what to know instead, where the state does not allow the verb."""
    if not may_move(action, verb):
        raise NotNow(str(_WHY_NOT[ActionState(action.state)]))
