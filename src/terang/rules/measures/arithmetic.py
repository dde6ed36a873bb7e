"""The named roundings of measures. Whole numbers only, half-up, the same on every engine.

Narwhals divides through 64-bit floats on Spark. A quotient of two whole numbers below 2**53 rounded down is still exact
there, so every intermediate stays below 2**53; where quantities may be large the division goes digit by digit.

`Steps` are columns to add one after the other: each step reads only columns of the steps before it. They keep
expressions small, which matters to every engine's planner.
"""

from collections.abc import Mapping

import narwhals as nw

from terang.rules.policies.model import FULL_BP

HUNDRED = 100

Steps = tuple[Mapping[str, nw.Expr], ...]


def whole(number: int) -> nw.Expr:
    """A literal 64-bit integer."""
    return nw.lit(number, nw.Int64)


def count_where(condition: nw.Expr) -> nw.Expr:
    """1 where the condition holds, else 0 (also where it is unknown). Summed, it counts rows."""
    return nw.when(condition).then(whole(1)).otherwise(whole(0))


def half_up(numerator: nw.Expr, divisor: nw.Expr) -> nw.Expr:
    """Named rounding "half up": numerator / divisor to the nearest whole, halves up.

    Missing where the divisor is zero, negative or missing. The numerator must not be negative.
    """
    return nw.when(divisor > 0).then((numerator * 2 + divisor) // (divisor * 2))


def ratio_bp(numerator: nw.Expr, denominator: nw.Expr) -> nw.Expr:
    """Named rounding "ratio": numerator / denominator in basis points, half-up, for counts (below 4 × 10**11).

    Missing where the denominator is not above zero or either side is missing. The numerator must not be negative.
    """
    return half_up(numerator * FULL_BP, denominator)


def exact_ratio_bp(name: str, numerator: nw.Expr, denominator: nw.Expr) -> Steps:
    """The rounding "ratio" for quantities of any size, as steps that end in the column `name`.

    Two digits at a time, so that a budget in thousandths of a rupiah stays exact. The ratio is cut off at 0 and 200 %:
    every measure that uses it has lower limits of its own.
    """
    above, below, units, rest = (nw.col(f"{name}_{part}") for part in ("above", "below", "units", "rest"))
    hundredths, last = nw.col(f"{name}_hundredths"), nw.col(f"{name}_last")
    return (
        {f"{name}_above": numerator.clip(0, None), f"{name}_below": nw.when(denominator > 0).then(denominator)},
        {f"{name}_above": nw.when(above > below * 2).then(below * 2).otherwise(above)},
        {f"{name}_units": above // below},
        {f"{name}_rest": (above - units * below) * HUNDRED},
        {f"{name}_hundredths": rest // below},
        {f"{name}_last": (rest - hundredths * below) * HUNDRED},
        {name: units * FULL_BP + hundredths * HUNDRED + (last * 2 + below) // (below * 2)},
    )
