"""From a stored policy version to the validated policy, kept in memory: a version never changes."""

from functools import lru_cache

from terang.evaluation.models import PolicyVersion
from terang.rules.policies import Policy, load_policy


@lru_cache(maxsize=256)
def _loaded(digest: str, text: str) -> Policy:
    return load_policy(text)


def rules_of(version: PolicyVersion) -> Policy:
    """The policy of a version. One object per version, so that the engine lays it out once."""
    return _loaded(version.digest, version.text)
