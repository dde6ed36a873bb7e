"""The one rounding of the national rules: half-up, once, on an exact fraction."""

from decimal import Decimal
from fractions import Fraction


def half_up(value: Fraction, places: int) -> Decimal:
    """`value` to `places` decimals; exactly half goes away from zero (95.325 becomes 95.33)."""
    scale = 10**places
    scaled = abs(value) * scale
    whole = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return (Decimal(whole if value >= 0 else -whole)).scaleb(-places)
