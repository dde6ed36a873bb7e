"""Careers by subject: declared facts, what was computed from them, pools for a post, and recorded decisions."""

from terang.follow_up.career.models.computed import Contention, Readiness, Standing
from terang.follow_up.career.models.deciding import Proposal, ProposalState
from terang.follow_up.career.models.declared import (
    COUNTING,
    DAYS,
    HANDED_IN,
    RANK_FACTS,
    Declaration,
    DeclarationState,
    Subject,
)
from terang.follow_up.career.models.pools import Pool, PoolAnswer, PoolState, Willingness

__all__ = [
    "COUNTING",
    "DAYS",
    "HANDED_IN",
    "RANK_FACTS",
    "Contention",
    "Declaration",
    "DeclarationState",
    "Pool",
    "PoolAnswer",
    "PoolState",
    "Proposal",
    "ProposalState",
    "Readiness",
    "Standing",
    "Subject",
    "Willingness",
]
