"""Places as pages and programs outside read them."""

COARSE = 3
"""Decimals of a degree, about a hundred metres, where the exact spot could tell who was there."""
EXACT = 6


def degrees(micro: int | None, *, coarse: bool) -> float | None:
    """Millionths of a degree as degrees; `coarse` leaves the neighbourhood and not the house."""
    return None if micro is None else round(micro / 1_000_000, COARSE if coarse else EXACT)
