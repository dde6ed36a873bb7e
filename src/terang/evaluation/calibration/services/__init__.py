"""The verbs of this room. Each: access, state, one transaction, one journal entry."""

from terang.evaluation.calibration.services.ending import cancel_session, close_session
from terang.evaluation.calibration.services.moving import (
    Marks,
    confirm_move,
    decline_move,
    object_to_move,
    propose_move,
    withdraw_move,
)
from terang.evaluation.calibration.services.opening import open_session

__all__ = [
    "Marks",
    "cancel_session",
    "close_session",
    "confirm_move",
    "decline_move",
    "object_to_move",
    "open_session",
    "propose_move",
    "withdraw_move",
]
