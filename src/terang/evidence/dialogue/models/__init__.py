"""What is said by name: feedback at any time, who was asked for it, the rhythm that leaders owe, and dialogues."""

from terang.evidence.dialogue.models.feedback import (
    AskState,
    Feedback,
    FeedbackAsk,
    FeedbackTerms,
    GiverKind,
    Symbol,
    Topic,
)
from terang.evidence.dialogue.models.talk import Agreement, Talk, TalkPoint, TalkState

__all__ = [
    "Agreement",
    "AskState",
    "Feedback",
    "FeedbackAsk",
    "FeedbackTerms",
    "GiverKind",
    "Symbol",
    "Talk",
    "TalkPoint",
    "TalkState",
    "Topic",
]
