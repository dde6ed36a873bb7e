"""What an allowance would come to under an assumption that somebody states: an amount, and the part of it that is paid.

This is arithmetic for trying a policy out, not the allowance itself: no regulation is in it, nothing is paid by it, and
every number is typed by the person who asks. The ladders and shares that governments use are in their own decrees.
"""

from dataclasses import dataclass, field
from typing import Literal

import narwhals as nw

from terang.rules.measures.arithmetic import half_up, whole
from terang.rules.policies.model import FULL_BP

Manner = Literal["class", "score", "ladder"]
MANNERS: tuple[Manner, ...] = ("class", "score", "ladder")


@dataclass(frozen=True)
class AssumedPay:
    """The assumption. `amount_idr` is one person's full amount for one month, whole rupiah; `months` are counted.

    `manner` says what part is paid. "class": `shares_bp` of the suggested work-result rating (above, meets, below);
    "score": the total itself, at most all; "ladder": the share of the highest step that the total reaches, `steps`
    being (from, share) in basis points. `without_bp` is the part paid where the evidence gives no class or no total.
    """

    amount_idr: int
    months: int
    manner: Manner
    without_bp: int
    shares_bp: dict[str, int] = field(default_factory=dict)
    steps: tuple[tuple[int, int], ...] = ()


def paid_share_bp(pay: AssumedPay, total: str, rating: str) -> nw.Expr:
    """The part paid, in basis points, from the columns `total` and `rating`; never missing."""
    score = nw.col(total)
    share = nw.when(score.is_null()).then(whole(pay.without_bp))
    if pay.manner == "class":
        share = nw.when(nw.col(rating) == "none").then(whole(pay.without_bp))
        for code, each in pay.shares_bp.items():
            share = share.when(nw.col(rating) == code).then(whole(each))
        return share.otherwise(whole(0))
    if pay.manner == "score":
        return share.otherwise(score.clip(0, FULL_BP))
    for start, each in sorted(pay.steps, reverse=True):
        share = share.when(score >= start).then(whole(each))
    return share.otherwise(whole(0))


def paid_idr(pay: AssumedPay, share: nw.Expr) -> nw.Expr:
    """Whole rupiah over all months for a share in basis points. Named rounding "rupiah": each month half-up, once."""
    return half_up(share * pay.amount_idr, whole(FULL_BP)) * pay.months
