"""The verbs of this room. Each: access, state, one transaction, one journal entry."""

from terang.evidence.citizens.services.answering import REMARK_LENGTH, answer_survey
from terang.evidence.citizens.services.inviting import LINK_LASTS, renew_link
from terang.evidence.citizens.services.requests import Finished, complete_request, receive_request

__all__ = [
    "LINK_LASTS",
    "REMARK_LENGTH",
    "Finished",
    "answer_survey",
    "complete_request",
    "receive_request",
    "renew_link",
]
