"""Awards by subject: thanks in the moment, a call from nominations to its winner, and what was awarded."""

from terang.follow_up.awards.models.awarded import Award
from terang.follow_up.awards.models.calls import Call, CallState, Category, Conflict, Member, Vote
from terang.follow_up.awards.models.nominations import Evidence, Nomination, NominationState, Nominee
from terang.follow_up.awards.models.praise import Praise, Value

__all__ = [
    "Award",
    "Call",
    "CallState",
    "Category",
    "Conflict",
    "Evidence",
    "Member",
    "Nomination",
    "NominationState",
    "Nominee",
    "Praise",
    "Value",
    "Vote",
]
