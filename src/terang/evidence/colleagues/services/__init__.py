"""The verbs of review: open a round, answer or decline a ticket, release, cancel, keep conflicts, remind."""

from terang.evidence.colleagues.services.answering import answer_review
from terang.evidence.colleagues.services.cancelling import cancel_round
from terang.evidence.colleagues.services.conflicts import decline, end_conflict, record_conflict
from terang.evidence.colleagues.services.filling import make_round
from terang.evidence.colleagues.services.opening import Asked, aspects_of, open_round, preview
from terang.evidence.colleagues.services.preparing import prepare_round
from terang.evidence.colleagues.services.releasing import release
from terang.evidence.colleagues.services.standing_in import stand_in

__all__ = [
    "Asked",
    "answer_review",
    "aspects_of",
    "cancel_round",
    "decline",
    "end_conflict",
    "make_round",
    "open_round",
    "prepare_round",
    "preview",
    "record_conflict",
    "release",
    "stand_in",
]
