"""The states of a mission and what moves it. Access is another question (`access`).

disusun --freeze--> dibekukan --draw--> diundi; from each of the three --cancel--> dibatalkan, with a reason.
A mission is open to everybody when it was cancelled, when every chosen unit was visited, or after its last day.
"""

from django.utils.translation import gettext, gettext_noop

from terang.evidence.oversight.models import Mission, MissionState
from terang.web.errors import NotNow

DRAFT, FROZEN, DRAWN, CANCELLED = (
    MissionState.DRAFT,
    MissionState.FROZEN,
    MissionState.DRAWN,
    MissionState.CANCELLED,
)
MOVES: dict[str, dict[str, MissionState]] = {
    "revise": {DRAFT: DRAFT},
    "list": {DRAFT: DRAFT},
    "freeze": {DRAFT: FROZEN},
    "draw": {FROZEN: DRAWN},
    "visit": {DRAWN: DRAWN},
    "cancel": {DRAFT: CANCELLED, FROZEN: CANCELLED, DRAWN: CANCELLED},
}
"""By verb: from which state to which."""
WHY_NOT = {
    "revise": gettext_noop("Surat tugasnya sudah dibekukan bersama daftar unit."),
    "list": gettext_noop("Daftar unit sudah dibekukan dan tidak dapat diubah lagi."),
    "freeze": gettext_noop("Daftar unit misi ini sudah dibekukan, atau misinya dibatalkan."),
    "draw": gettext_noop("Undian dilakukan satu kali, setelah daftar unit dibekukan."),
    "visit": gettext_noop("Kunjungan dibuka setelah unitnya diundi."),
    "cancel": gettext_noop("Misi ini sudah dibatalkan."),
}


def may_move(mission: Mission, verb: str) -> bool:
    return mission.state in MOVES[verb]


def require_move(mission: Mission, verb: str) -> MissionState:
    """The state that a verb leads to. Raises NotNow with the reason."""
    if not may_move(mission, verb):
        raise NotNow(gettext(WHY_NOT[verb]))
    return MOVES[verb][mission.state]
