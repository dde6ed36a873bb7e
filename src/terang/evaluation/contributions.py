"""What each measure brings into the total, in points that add up to the total on the screen.

Named rounding "running contribution". A screen shows tenths of a point (1 tenth = 10 basis points). The running sums of
weight × score, over all weights that count, are rounded half-up to basis points and then, as the screen rounds, half-up
to tenths; a measure's contribution is the step between two running sums. So the last running sum is the shown total.

| weight | score | running sum | in tenths | contribution |
|---|---|---|---|---|
| 3,333 | 8,765 | 2,921 | 292 | 29.2 |
| 3,333 | 9,105 | 5,956 | 596 | 30.4 |
| 3,334 | 7,001 | 8,290 | 829 | 23.3 |
"""

from collections.abc import Sequence

TENTH_BP = 10


def half_up(numerator: int, divisor: int) -> int:
    """numerator / divisor to the nearest whole, halves up; neither may be negative and the divisor not zero."""
    return (2 * numerator + divisor) // (2 * divisor)


def shown_bp(total_bp: int) -> int:
    """The total as screens show it, rounded half-up to a tenth of a point, in basis points."""
    return half_up(total_bp, TENTH_BP) * TENTH_BP


def contributions_bp(weighted: Sequence[tuple[int, int | None]]) -> list[int | None]:
    """The contribution of each (weight_bp, score_bp), in order, in basis points that are whole tenths of a point.

    Missing where the score is missing: its weight is shared out. They add up to `shown_bp` of the weighted mean.
    """
    everything = sum(weight for weight, score in weighted if score is not None)
    steps: list[int | None] = []
    running = before = 0
    for weight, score in weighted:
        if score is None or not everything:
            steps.append(None)
            continue
        running += weight * score
        after = shown_bp(half_up(running, everything))
        steps.append(after - before)
        before = after
    return steps
