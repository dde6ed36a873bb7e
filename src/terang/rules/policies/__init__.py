"""A government's own rules as validated data. See `model` for the shape and `presets/*.toml` for five examples."""

from terang.rules.policies.model import (
    Aspect,
    BehaviourRating,
    Floor,
    Instrument,
    InstrumentAspect,
    MeasureRule,
    Policy,
    Reporting,
    Variant,
    WorkRating,
)

__all__ = [
    "Aspect",
    "BehaviourRating",
    "Floor",
    "Instrument",
    "InstrumentAspect",
    "MeasureRule",
    "Policy",
    "Reporting",
    "Variant",
    "WorkRating",
]
