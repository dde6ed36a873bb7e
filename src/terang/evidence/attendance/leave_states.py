"""The states of leave, who moves it, and where to. The answer is one of four (Perka BKN 24/2017).

–                       request   → diajukan          the person
diajukan                approve   → disetujui         the appraiser
diajukan                change    → perubahan         the appraiser: other dates, with the reason
diajukan                postpone  → ditangguhkan      the appraiser, with the reason; annual leave goes to next year
diajukan                refuse    → tidak_disetujui   the appraiser, with the reason
diajukan, disetujui,    withdraw  → ditarik           the person; once decided only before the first day
perubahan
disetujui, perubahan    end       → perubahan         the appraiser or the personnel agency, once it has begun: back at
                                                      work earlier, with the reason; never gone at all: ditarik
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.attendance.models import TAKEN, Leave, LeaveState
from terang.web.errors import NotNow, Stale


@dataclass(frozen=True)
class Move:
    """One verb: the states it starts from, the state it leads to, and whether it must say why."""

    sources: tuple[LeaveState, ...]
    target: LeaveState
    needs_note: bool = False


MOVES = {
    "request": Move((), LeaveState.REQUESTED),
    "approve": Move((LeaveState.REQUESTED,), LeaveState.APPROVED),
    "change": Move((LeaveState.REQUESTED,), LeaveState.CHANGED, needs_note=True),
    "postpone": Move((LeaveState.REQUESTED,), LeaveState.POSTPONED, needs_note=True),
    "refuse": Move((LeaveState.REQUESTED,), LeaveState.REFUSED, needs_note=True),
    "end": Move(TAKEN, LeaveState.CHANGED, needs_note=True),
    "withdraw": Move((LeaveState.REQUESTED, *TAKEN), LeaveState.WITHDRAWN),
}

_WHY_NOT = {
    LeaveState.REQUESTED: _("Permohonan ini masih menunggu keputusan."),
    LeaveState.APPROVED: _("Permohonan ini sudah disetujui."),
    LeaveState.CHANGED: _("Permohonan ini sudah disetujui dengan perubahan."),
    LeaveState.POSTPONED: _("Permohonan ini sudah ditangguhkan. Pegawai dapat mengajukan tanggal lain."),
    LeaveState.REFUSED: _("Permohonan ini sudah diputus tidak disetujui. Pegawai dapat mengajukan yang baru."),
    LeaveState.WITHDRAWN: _("Permohonan ini sudah ditarik oleh pegawai."),
}


def may_move(leave: Leave, verb: str, today: date) -> bool:
    """Whether the leave's state allows the verb; decided leave is withdrawn before its first day, ended from it on."""
    if leave.state not in MOVES[verb].sources:
        return False
    begun = leave.state in TAKEN and leave.starts_on <= today
    return begun if verb == "end" else not (verb == "withdraw" and begun)


def require_move(leave: Leave, verb: str, today: date) -> None:
    """Raises NotNow, with what to know instead, where the verb is not allowed now."""
    if may_move(leave, verb, today):
        return
    if leave.state in MOVES[verb].sources and verb == "end":
        raise NotNow(gettext("Cuti ini belum mulai. Pegawai dapat menariknya sendiri."))
    if leave.state in MOVES[verb].sources:
        raise NotNow(
            gettext(
                "Cuti ini sudah berjalan dan tidak dapat ditarik. Bila Anda masuk lebih awal, hubungi penilai Anda."
            )
        )
    raise NotNow(str(_WHY_NOT[LeaveState(leave.state)]))


def require_version(leave: Leave, version: int) -> None:
    """Raises Stale where the page was drawn from another version."""
    if leave.version != version:
        raise Stale(gettext("Permohonan ini sudah berubah sejak Anda membukanya. Muat ulang, lalu putuskan lagi."))
