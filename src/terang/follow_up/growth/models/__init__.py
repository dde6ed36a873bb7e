"""What is due, and what is done about it."""

from terang.follow_up.growth.models.corrective import (
    FINISHED,
    ActionState,
    ActionStep,
    Cause,
    CorrectiveAction,
    Measurement,
)
from terang.follow_up.growth.models.due import DueAction, DueState, Kind

__all__ = [
    "FINISHED",
    "ActionState",
    "ActionStep",
    "Cause",
    "CorrectiveAction",
    "DueAction",
    "DueState",
    "Kind",
    "Measurement",
]
