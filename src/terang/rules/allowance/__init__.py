"""The allowance (TPP) as data and an ordered ledger. See `model` for the shape, `presets/*.toml` for rules in use."""

from terang.rules.allowance.computing import compute, in_force
from terang.rules.allowance.facts import FACTS, PRESENCE, Fact, FactSpec, sanctions_text
from terang.rules.allowance.ledger import Ledger, Row, from_stored
from terang.rules.allowance.loading import (
    PRESETS,
    load_rule,
    load_rule_document,
    load_rule_preset,
    problems_of_rule,
    rule_digest,
    rule_preset_text,
)
from terang.rules.allowance.model import AllowanceRule

__all__ = [
    "FACTS",
    "PRESENCE",
    "PRESETS",
    "AllowanceRule",
    "Fact",
    "FactSpec",
    "Ledger",
    "Row",
    "compute",
    "from_stored",
    "in_force",
    "load_rule",
    "load_rule_document",
    "load_rule_preset",
    "problems_of_rule",
    "rule_digest",
    "rule_preset_text",
    "sanctions_text",
]
