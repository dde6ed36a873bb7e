"""A government's own rules as validated data. See `model` for the shape and `presets/*.toml` for five examples."""

from terang.rules.policies.loading import PRESETS, digest, load_policy, load_preset, preset_text
from terang.rules.policies.model import (
    Aspect,
    BehaviourRating,
    Floor,
    Instrument,
    InstrumentAspect,
    MeasureRule,
    Policy,
    PostReporting,
    Reporting,
    Variant,
    WorkRating,
)
from terang.rules.policies.problems import PolicyError, Problem

__all__ = [
    "PRESETS",
    "Aspect",
    "BehaviourRating",
    "Floor",
    "Instrument",
    "InstrumentAspect",
    "MeasureRule",
    "Policy",
    "PolicyError",
    "PostReporting",
    "Problem",
    "Reporting",
    "Variant",
    "WorkRating",
    "digest",
    "load_policy",
    "load_preset",
    "preset_text",
]
