"""Verbs of evaluation: publish a policy, open and close periods, compute scores, warn below the standard."""

from terang.evaluation.services.computing import RULESET, Outcome, recompute, recompute_agency
from terang.evaluation.services.policies import close_period, open_periods, publish_policy
from terang.evaluation.services.warnings import raise_warnings

__all__ = [
    "RULESET",
    "Outcome",
    "close_period",
    "open_periods",
    "publish_policy",
    "raise_warnings",
    "recompute",
    "recompute_agency",
]
