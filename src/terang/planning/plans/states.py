"""The states of a plan's version: who moves it where. Drawn in `docs/architecture.md`."""

from dataclasses import dataclass

from django.utils.translation import gettext

from terang.planning.plans.models import PlanVersion, VersionState
from terang.web.errors import NotNow

DRAFT, SUBMITTED, DISCUSSED = VersionState.DRAFT, VersionState.SUBMITTED, VersionState.DISCUSSED


@dataclass(frozen=True)
class Move:
    """A verb: the states it starts from, the one it leads to, and who owns it."""

    sources: tuple[VersionState, ...]
    target: VersionState
    owner: str


MOVES = {
    "write": Move((DRAFT, DISCUSSED), DRAFT, "pegawai"),
    "reword": Move((SUBMITTED, DISCUSSED), DISCUSSED, "pejabat penilai"),
    "submit": Move((DRAFT, DISCUSSED), SUBMITTED, "pegawai"),
    "withdraw": Move((SUBMITTED,), DRAFT, "pegawai"),
    "discuss": Move((SUBMITTED,), DISCUSSED, "pejabat penilai"),
    "agree": Move((SUBMITTED,), VersionState.AGREED, "pejabat penilai"),
    "discard": Move((DRAFT, DISCUSSED), VersionState.DISCARDED, "pegawai"),
}
"""`write` keeps a discussed version discussed; a comment moves nothing, so it is not here. An agreed version never
changes again: a change is a new version with a reason."""
COMMENTED = (DRAFT, SUBMITTED, DISCUSSED)
"""The states in which one may comment; the version stays in its state."""


def may_move(version: PlanVersion, verb: str) -> bool:
    """Whether the version's state allows the verb, or `comment`; who may is another question (`access`)."""
    return version.state in (COMMENTED if verb == "comment" else MOVES[verb].sources)


def require_move(version: PlanVersion, verb: str) -> None:
    """Raises NotNow where the version's state does not allow the verb."""
    if not may_move(version, verb):
        words = {"state": VersionState(version.state).label}
        raise NotNow(
            gettext("Rencana ini berstatus “%(state)s”, jadi langkah ini belum atau tidak lagi dapat dilakukan.")
            % words
        )
