"""From a stored policy version to the validated policy, kept in memory: a version never changes."""

from functools import lru_cache

from terang.evaluation.models import PolicyVersion
from terang.rules.policies import MeasureRule, Policy, load_policy


@lru_cache(maxsize=256)
def _loaded(digest: str, text: str) -> Policy:
    return load_policy(text)


def measure_rules(policy: Policy) -> list[MeasureRule]:
    """Every use of a measure in the ordinary aspects and the variants, in order."""
    lists = [policy.aspects, *(variant.aspects for variant in policy.variants)]
    return [rule for aspects in lists for aspect in aspects for rule in aspect.measures]


def rules_of(version: PolicyVersion) -> Policy:
    """The policy of a version. One object per version, so that the engine lays it out once."""
    return _loaded(version.digest, version.text)
