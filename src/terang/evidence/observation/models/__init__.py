"""Structured observation: instruments in versions, and what was agreed, seen, said and tried."""

from terang.evidence.observation.models.instruments import Instrument
from terang.evidence.observation.models.observations import (
    CommonMark,
    Mark,
    Observation,
    ObservationState,
    ObserverKind,
    Sheet,
)

__all__ = ["CommonMark", "Instrument", "Mark", "Observation", "ObservationState", "ObserverKind", "Sheet"]
