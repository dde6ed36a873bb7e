"""The verbs of this room. Each: access, state, one transaction, one journal entry, in which no word of a point
stands."""

from terang.evidence.oversight.services.points import (
    Seen,
    add_check,
    confirm_check,
    mend_check,
    reply_check,
    verify_check,
    withdraw_check,
)
from terang.evidence.oversight.services.visits import open_inspection

__all__ = [
    "Seen",
    "add_check",
    "confirm_check",
    "mend_check",
    "open_inspection",
    "reply_check",
    "verify_check",
    "withdraw_check",
]
