"""Whether a record from the web was made at a place of work: within the radius the rule names, as far as the reading
can tell."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from typing import Literal

from terang.rules.errors import RuleInputError

EARTH_METRES = 6_371_000
"""Mean radius; over a few hundred metres the difference to the true shape is below the accuracy of any phone."""
Standing = Literal["bebas", "di_lokasi", "di_luar", "kurang_teliti", "tanpa_lokasi"]
"""No place asked for; inside; outside; the reading is coarser than the radius; no reading."""


@dataclass(frozen=True)
class Point:
    """Millionths of a degree."""

    latitude: int
    longitude: int

    def __post_init__(self) -> None:
        if abs(self.latitude) > 90_000_000 or abs(self.longitude) > 180_000_000:
            raise RuleInputError("Titik lokasi ini tidak ada di bumi.", "Periksa lintang dan bujur.")


@dataclass(frozen=True)
class Placed:
    """Where a record stands. `nearest` is the index of the nearest place and `metres` the way to it; both None where no
    place or no reading is known."""

    standing: Standing
    nearest: int | None = None
    metres: int | None = None


def metres_between(one: Point, other: Point) -> int:
    """The way over ground in whole metres, half-up (haversine)."""
    up, across = (radians((b - a) / 1e6) for a, b in ((one.latitude, other.latitude), (one.longitude, other.longitude)))
    north, south = radians(one.latitude / 1e6), radians(other.latitude / 1e6)
    chord = sin(up / 2) ** 2 + cos(north) * cos(south) * sin(across / 2) ** 2
    return int(2 * EARTH_METRES * asin(min(1.0, sqrt(chord))) + 0.5)


def placed(reading: Point | None, accuracy: int | None, places: Sequence[Point], radius: int | None) -> Placed:
    """Where the reading stands beside the nearest place. No radius: no place is asked for.

    A reading coarser than the radius says neither inside nor outside, unless it lies farther away than it may err.
    """
    distances = [metres_between(reading, place) for place in places] if reading is not None else []
    nearest = min(range(len(distances)), key=lambda index: (distances[index], index), default=None)
    metres = distances[nearest] if nearest is not None else None
    if radius is None:
        return Placed("bebas", nearest, metres)
    if metres is None:
        return Placed("tanpa_lokasi")
    error = accuracy or 0
    if error > radius and metres <= radius + error:
        return Placed("kurang_teliti", nearest, metres)
    return Placed("di_lokasi" if metres <= radius else "di_luar", nearest, metres)
