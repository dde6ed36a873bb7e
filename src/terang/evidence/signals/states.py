"""The states of a question, from where each verb may start and where it leads (drawn in the README).

Nobody is referred unheard: `refer` starts from an answer, or from a question whose last day has passed.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.signals.models import Signal, SignalState
from terang.web.errors import NotNow, Stale

S = SignalState


@dataclass(frozen=True)
class Move:
    """The states a verb starts from, and the state it leads to (None: stays)."""

    sources: tuple[SignalState, ...]
    target: SignalState | None


MOVES = {
    "ask": Move((S.NEW,), S.ASKED),
    "explain": Move((S.ASKED,), S.EXPLAINED),
    "share": Move((S.ASKED, S.EXPLAINED), None),
    "dismiss": Move((S.NEW, S.ASKED, S.EXPLAINED), S.DISMISSED),
    "refer": Move((S.ASKED, S.EXPLAINED), S.REFERRED),
}
_WHY_NOT = {
    S.NEW: _("Pertanyaan ini belum dikirim kepada yang bersangkutan."),
    S.ASKED: _("Pertanyaan ini menunggu penjelasan yang bersangkutan."),
    S.EXPLAINED: _("Pertanyaan ini sudah dijelaskan dan menunggu putusan tim pengawas."),
    S.DISMISSED: _("Pertanyaan ini sudah ditutup."),
    S.REFERRED: _("Pertanyaan ini sudah diteruskan."),
}


def may_move(signal: Signal, verb: str, today: date) -> bool:
    """Whether the state allows the verb now."""
    move = MOVES[verb]
    if signal.state not in move.sources or (verb == "share" and signal.shared_at is not None):
        return False
    return verb != "refer" or was_heard(signal, today)


def was_heard(signal: Signal, today: date) -> bool:
    """Whether an answer is there, or its last day has passed."""
    late = signal.due_on is not None and signal.due_on < today
    return signal.state == S.EXPLAINED or (signal.state == S.ASKED and late)


def require_move(signal: Signal, verb: str, today: date) -> None:
    """Raises NotNow, with what the state means, where it does not allow the verb."""
    if not may_move(signal, verb, today):
        raise NotNow(str(_WHY_NOT[S(signal.state)]))


def require_version(signal: Signal, version: int) -> None:
    """Raises Stale where the page was drawn from another version."""
    if signal.version != version:
        raise Stale(gettext("Pertanyaan ini berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))
