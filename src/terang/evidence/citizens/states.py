"""The states of a request with what leads from one to the next and who may take it there, and those of a survey link.

Who is told by `access.who_is`; here stands only what each may do, and from where.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext

from terang.evidence.citizens.models import RequestState, ServiceRequest, SurveyInvitation
from terang.web.errors import NotNow


class Who(StrEnum):
    """In which part somebody meets a request. One may have several."""

    OFFICER = "petugasnya"
    UNIT = "petugas unit"
    MANAGER = "pengelola"
    APPLICANT = "pemohon"


@dataclass(frozen=True)
class Move:
    """What a verb may be done from, where it leads (missing: nowhere else), and who may do it (nobody: the system)."""

    before: frozenset[RequestState]
    after: RequestState | None
    by: frozenset[Who]


_S = RequestState


def _move(before: tuple[RequestState, ...], after: RequestState | None, *by: Who) -> Move:
    return Move(frozenset(before), after, frozenset(by))


MOVES: dict[str, Move] = {
    "take": _move((_S.SUBMITTED,), _S.CHECKING, Who.UNIT),
    "assign": _move((_S.SUBMITTED,), _S.CHECKING, Who.MANAGER),
    "accept": _move((_S.CHECKING,), _S.PROCESSING, Who.OFFICER),
    "return": _move((_S.CHECKING, _S.PROCESSING), _S.RETURNED, Who.OFFICER),
    "supply": _move((_S.RETURNED,), _S.CHECKING, Who.APPLICANT, Who.OFFICER),
    "finish_step": _move((_S.PROCESSING,), None, Who.OFFICER),
    "hand_over": _move((_S.CHECKING, _S.RETURNED, _S.PROCESSING), None, Who.OFFICER, Who.MANAGER),
    "attach_result": _move((_S.PROCESSING, _S.READY), None, Who.OFFICER),
    "complete": _move((_S.PROCESSING,), _S.READY, Who.OFFICER),
    "deliver": _move((_S.READY,), _S.DELIVERED, Who.OFFICER, Who.UNIT),
    "refuse": _move((_S.CHECKING, _S.PROCESSING), _S.REFUSED, Who.OFFICER),
    "cancel": _move((_S.SUBMITTED, _S.CHECKING, _S.RETURNED, _S.PROCESSING), _S.CANCELLED, Who.APPLICANT),
    "reopen": _move((_S.READY, _S.DELIVERED), _S.PROCESSING, Who.APPLICANT, Who.OFFICER, Who.UNIT, Who.MANAGER),
    "lapse": _move((_S.RETURNED,), _S.CANCELLED),
    "forget": _move((_S.DELIVERED, _S.REFUSED, _S.CANCELLED), None, Who.APPLICANT),
}

OPEN = (_S.SUBMITTED, _S.CHECKING, _S.RETURNED, _S.PROCESSING)
"""Something is left to do before there is a result."""
COUNTING = (_S.CHECKING, _S.PROCESSING)
"""The office must act: a promise can be missed here."""
SHARED = (_S.SUBMITTED, _S.READY)
"""Any officer of the unit may go on: nobody has it, or the result waits for whoever stands at the counter."""
ENDED = (_S.DELIVERED, _S.REFUSED, _S.CANCELLED)


def allows(verb: str, request: ServiceRequest) -> bool:
    """Whether the verb can be done now, whoever asks."""
    return request.state in MOVES[verb].before


def require_move(verb: str, request: ServiceRequest) -> None:
    """Raises NotNow where the request stands elsewhere."""
    if allows(verb, request):
        return
    if request.completed_at is not None and verb != "reopen":
        raise NotNow(gettext("Permohonan ini sudah selesai. Tautan surveinya ada di halaman permohonan."))
    state = RequestState(request.state).label
    raise NotNow(
        gettext("Permohonan ini berstatus “%(state)s”, jadi langkah ini tidak dapat dijalankan.") % {"state": state}
    )


def link_state(invitation: SurveyInvitation | None, now: datetime) -> str:
    """What a link is: unknown, used, expired or open."""
    if invitation is None:
        return "unknown"
    if invitation.used_at is not None:
        return "used"
    return "expired" if now >= invitation.expires_at else "open"
