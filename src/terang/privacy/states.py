"""The states of a failure, who moves it, and where to (drawn in the README)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.privacy.models import Breach, BreachFacts, BreachState, PublicNotice, Recipient
from terang.rules.regulations.breach import required_recipients
from terang.web.errors import NotNow, Stale

S = BreachState


@dataclass(frozen=True)
class Move:
    """One verb: the states it starts from, where it leads (None: as the notices say), and who owns it (`pegawai`,
    `pengelola`, `pengawas`)."""

    sources: tuple[BreachState, ...]
    target: BreachState | None
    owner: str


MOVES = {
    "report": Move((), S.SUSPECTED, "pegawai"),
    "confirm": Move((S.SUSPECTED,), S.OPEN, "pengelola"),
    "dismiss": Move((S.SUSPECTED, S.OPEN), S.DISMISSED, "pengawas"),
    "correct": Move((S.OPEN, S.NOTIFIED), None, "pengelola"),
    "notify": Move((S.OPEN, S.NOTIFIED), None, "pengelola"),
    "withdraw": Move((S.OPEN, S.NOTIFIED), None, "pengelola"),
    "close": Move((S.NOTIFIED,), S.CLOSED, "pengawas"),
    "reopen": Move((S.CLOSED, S.DISMISSED), None, "pengawas"),
}

_WHY_NOT = {
    S.SUSPECTED: _("Dugaan ini belum dipastikan. Catat dahulu faktanya."),
    S.OPEN: _("Pemberitahuan yang wajib belum lengkap."),
    S.NOTIFIED: _("Kegagalan ini sudah diberitahukan."),
    S.CLOSED: _("Catatan ini sudah ditutup. Buka kembali dengan alasan bila ada yang berubah."),
    S.DISMISSED: _("Dugaan ini sudah dinyatakan bukan kegagalan. Buka kembali bila ternyata keliru."),
}


def may_move(breach: Breach, verb: str) -> bool:
    """Whether the state allows the verb."""
    return breach.state in MOVES[verb].sources


def require_move(breach: Breach, verb: str) -> None:
    """Raises NotNow, with what to do instead, where the state does not allow the verb."""
    if not may_move(breach, verb):
        raise NotNow(str(_WHY_NOT[BreachState(breach.state)]))


def require_version(breach: Breach, version: int) -> None:
    """Raises Stale where the page was drawn from another version."""
    if breach.version != version:
        raise Stale(gettext("Catatan ini sudah berubah sejak Anda membukanya. Muat ulang, lalu ulangi."))


def recipients_due(facts: BreachFacts) -> tuple[Recipient, ...]:
    """Who must be told: by law, and the public where it was decided."""
    due = tuple(Recipient(each) for each in required_recipients(facts.known_at.astimezone(UTC).date()))
    return (*due, Recipient.PUBLIC) if facts.tells_public == PublicNotice.NEEDED else due


def state_of(facts: BreachFacts | None, told: Collection[str]) -> BreachState:
    """The state of a failure that has not ended: a suspicion without facts, told once everybody due was told."""
    if facts is None:
        return S.SUSPECTED
    return S.NOTIFIED if all(each in told for each in recipients_due(facts)) else S.OPEN
