"""A government's own rules as validated data. See `model` for the shape and `presets/*.toml` for five examples."""

from terang.rules.policies.comparing import Change, changes
from terang.rules.policies.documents import Document, document_of, json_text, read_json, read_toml, toml_text
from terang.rules.policies.loading import (
    PRESETS,
    digest,
    load_document,
    load_policy,
    load_preset,
    preset_text,
    problems_of,
)
from terang.rules.policies.model import (
    Aspect,
    BehaviourRating,
    Floor,
    FollowUpTerms,
    Instrument,
    InstrumentAspect,
    MeasureRule,
    Policy,
    PostReporting,
    Reporting,
    Successive,
    Variant,
    WorkRating,
)
from terang.rules.policies.problems import PolicyError, Problem

__all__ = [
    "PRESETS",
    "Aspect",
    "BehaviourRating",
    "Change",
    "Document",
    "Floor",
    "FollowUpTerms",
    "Instrument",
    "InstrumentAspect",
    "MeasureRule",
    "Policy",
    "PolicyError",
    "PostReporting",
    "Problem",
    "Reporting",
    "Successive",
    "Variant",
    "WorkRating",
    "changes",
    "digest",
    "document_of",
    "json_text",
    "load_document",
    "load_policy",
    "load_preset",
    "preset_text",
    "problems_of",
    "read_json",
    "read_toml",
    "toml_text",
]
