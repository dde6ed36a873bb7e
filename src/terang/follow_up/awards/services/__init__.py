"""The verbs of awards. Each checks who and when, changes in one transaction, and writes the journal."""

from terang.follow_up.awards.services.announcing import announce, give_bonus
from terang.follow_up.awards.services.calling import Plan, cancel_call, name_committee, open_call, start_voting
from terang.follow_up.awards.services.nominating import Proposal, admit, leave_out, nominate, withdraw_nomination
from terang.follow_up.awards.services.praising import Bound, praise, take_back
from terang.follow_up.awards.services.voting import break_tie, close_voting, declare_conflict, vote

__all__ = [
    "Bound",
    "Plan",
    "Proposal",
    "admit",
    "announce",
    "break_tie",
    "cancel_call",
    "close_voting",
    "declare_conflict",
    "give_bonus",
    "leave_out",
    "name_committee",
    "nominate",
    "open_call",
    "praise",
    "start_voting",
    "take_back",
    "vote",
    "withdraw_nomination",
]
