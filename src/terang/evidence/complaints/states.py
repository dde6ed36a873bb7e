"""The states of a complaint, who moves it, and where to (SP4N-LAPOR!; drawn in the README).

Two keys close: the unit's final answer, and the citizen's confirmation. Silence closes only after an answer that the
citizen can see and did not answer (`rules.complaints.closing`).
"""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints.models import Complaint, ComplaintState
from terang.web.errors import NotNow, Stale

S = ComplaintState
OPEN = (S.RECEIVED, S.VERIFYING, S.INCOMPLETE, S.ROUTED, S.IN_HAND, S.ANSWERED, S.REOPENED)


@dataclass(frozen=True)
class Move:
    """One verb: the states it starts from, the state it leads to (None: stays), and who owns it.

    Owners: `warga`, `pemeriksa` (coordinator; oversight team for misconduct; `guard` by either, where not concerned),
    `unit` (its head, its liaison, who has it in hand; the oversight team for misconduct), `pengawas` (oversight team),
    `sistem`.
    """

    sources: tuple[ComplaintState, ...]
    target: ComplaintState | None
    owner: str


MOVES = {
    "report": Move((), S.RECEIVED, "warga"),
    "verify": Move((S.RECEIVED,), S.VERIFYING, "pemeriksa"),
    "ask_completion": Move((S.VERIFYING,), S.INCOMPLETE, "pemeriksa"),
    "complete": Move((S.INCOMPLETE,), S.VERIFYING, "warga"),
    "lapse": Move((S.INCOMPLETE,), S.LAPSED, "sistem"),
    "reject": Move((S.VERIFYING,), S.REJECTED, "pemeriksa"),
    "guard": Move((S.VERIFYING, S.ROUTED, S.IN_HAND, S.ANSWERED, S.REOPENED), S.RECEIVED, "pemeriksa"),
    "route": Move((S.VERIFYING,), S.ROUTED, "pemeriksa"),
    "merge": Move((S.VERIFYING,), S.ROUTED, "pemeriksa"),
    "reroute": Move((S.ROUTED, S.IN_HAND, S.REOPENED), S.ROUTED, "unit"),
    "refer": Move((S.VERIFYING, S.ROUTED), S.REFERRED, "pemeriksa"),
    "take": Move((S.ROUTED, S.REOPENED), S.IN_HAND, "unit"),
    "assign": Move((S.ROUTED, S.IN_HAND, S.REOPENED), S.IN_HAND, "unit"),
    "tell": Move((S.IN_HAND, S.ANSWERED), None, "unit"),
    "answer": Move((S.IN_HAND, S.ANSWERED), S.ANSWERED, "unit"),
    "publish": Move((S.ROUTED, S.IN_HAND, S.ANSWERED, S.REOPENED, S.CLOSED, S.REFERRED), None, "pemeriksa"),
    "unpublish": Move(tuple(S), None, "pemeriksa"),
    "note": Move((S.VERIFYING, S.INCOMPLETE, S.ROUTED, S.IN_HAND, S.ANSWERED, S.REOPENED), None, "unit"),
    "reply": Move((S.RECEIVED, S.VERIFYING, S.ROUTED, S.IN_HAND, S.ANSWERED, S.REOPENED), None, "warga"),
    "confirm": Move((S.ANSWERED,), S.CLOSED, "warga"),
    "reopen": Move((S.ANSWERED,), S.REOPENED, "warga"),
    "close_by_silence": Move((S.ANSWERED,), S.CLOSED, "sistem"),
    "rate": Move((S.CLOSED,), None, "warga"),
    "disclose": Move(tuple(S), None, "pengawas"),
}

_WHY_NOT = {
    S.RECEIVED: _("Laporan ini belum diperiksa."),
    S.VERIFYING: _("Laporan ini sedang diperiksa."),
    S.INCOMPLETE: _("Laporan ini menunggu dilengkapi oleh pelapornya."),
    S.ROUTED: _("Laporan ini sudah diteruskan dan menunggu diambil oleh unit."),
    S.IN_HAND: _("Laporan ini sedang ditindaklanjuti."),
    S.ANSWERED: _("Laporan ini sudah dijawab dan menunggu konfirmasi warga."),
    S.REOPENED: _("Laporan ini dibuka kembali oleh warga dan menunggu ditindaklanjuti."),
    S.CLOSED: _("Laporan ini sudah selesai."),
    S.REJECTED: _("Laporan ini tidak dapat diproses; alasannya tertulis di linimasa."),
    S.REFERRED: _("Laporan ini sudah dialihkan ke instansi lain."),
    S.LAPSED: _("Laporan ini dianggap dicabut karena tidak dilengkapi."),
}


def target_of(verb: str) -> ComplaintState:
    """The state a verb leads to; only for verbs that lead to one."""
    found = MOVES[verb].target
    assert found is not None
    return found


def may_move(complaint: Complaint, verb: str) -> bool:
    """Whether the complaint's state allows the verb."""
    return complaint.state in MOVES[verb].sources


def why_not(complaint: Complaint) -> str:
    """What the state means for who would like to do something else."""
    return str(_WHY_NOT[ComplaintState(complaint.state)])


def require_move(complaint: Complaint, verb: str) -> None:
    """Raises NotNow, with what to know instead, where the state does not allow the verb."""
    if not may_move(complaint, verb):
        raise NotNow(why_not(complaint))


def require_version(complaint: Complaint, version: int) -> None:
    """Raises Stale where the page was drawn from another version."""
    if complaint.version != version:
        raise Stale(gettext("Laporan ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
