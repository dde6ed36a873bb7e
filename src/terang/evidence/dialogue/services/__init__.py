"""The verbs of this room. Each: access, state, one transaction, one journal entry."""

from terang.evidence.dialogue.services.asking import ask_feedback, decline_ask
from terang.evidence.dialogue.services.giving import About, Words, give_feedback, reply_feedback, withdraw_feedback
from terang.evidence.dialogue.services.talking import (
    Promised,
    add_point,
    agree,
    call_talk,
    cancel_talk,
    confirm_talk,
    drop_agreement,
    give_back_talk,
    note_point,
    settle_agreement,
    tell_talk,
)
from terang.evidence.dialogue.services.terms import set_terms

__all__ = [
    "About",
    "Promised",
    "Words",
    "add_point",
    "agree",
    "ask_feedback",
    "call_talk",
    "cancel_talk",
    "confirm_talk",
    "decline_ask",
    "drop_agreement",
    "give_back_talk",
    "give_feedback",
    "note_point",
    "reply_feedback",
    "set_terms",
    "settle_agreement",
    "tell_talk",
    "withdraw_feedback",
]
