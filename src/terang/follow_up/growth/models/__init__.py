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
from terang.follow_up.growth.models.improvement import (
    CASE_CLOSED,
    CaseState,
    ImprovementCase,
    ImprovementCheck,
    ImprovementStep,
)

__all__ = [
    "CASE_CLOSED",
    "FINISHED",
    "ActionState",
    "ActionStep",
    "CaseState",
    "Cause",
    "CorrectiveAction",
    "DueAction",
    "DueState",
    "ImprovementCase",
    "ImprovementCheck",
    "ImprovementStep",
    "Kind",
    "Measurement",
]
