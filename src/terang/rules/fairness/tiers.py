"""Rankings only where intervals separate, and shrinkage of small numbers."""

from collections.abc import Mapping, Sequence
from math import fsum, sqrt

from terang.rules.fairness.comparing import Z95

Interval = tuple[float, float]


def tiers(intervals: Mapping[int, Interval]) -> list[tuple[int, ...]]:
    """Keys in tiers, the highest first. A tier ends only where everybody above it lies, interval and all, over
    everybody below; inside a tier there is no order, and keys stand by number."""
    ordered = sorted(intervals, key=lambda key: (-sum(intervals[key]), key))
    found: list[tuple[int, ...]] = []
    begun = 0
    for cut in range(1, len(ordered) + 1):
        below = ordered[cut:]
        lowest = min(intervals[key][0] for key in ordered[:cut])
        if not below or lowest > max(intervals[key][1] for key in below):
            found.append(tuple(sorted(ordered[begun:cut])))
            begun = cut
    return found


def shrunk(effects: Sequence[tuple[float, float]]) -> list[tuple[float, Interval]]:
    """Each (effect, standard error) pulled towards the middle of all, the more so the less is known, with its 95 %
    interval (empirical Bayes; spread between them by DerSimonian and Laird 1986)."""
    if not effects:
        return []
    weights = [1 / se**2 for _effect, se in effects]
    middle = fsum(w * e for w, (e, _se) in zip(weights, effects, strict=True)) / fsum(weights)
    spread = _between(effects, weights, middle)
    return [_pulled(effect, se**2, middle, spread) for effect, se in effects]


def _between(effects: Sequence[tuple[float, float]], weights: Sequence[float], middle: float) -> float:
    """The variance between them beyond chance; zero where chance explains all."""
    seen = fsum(w * (e - middle) ** 2 for w, (e, _se) in zip(weights, effects, strict=True))
    scale = fsum(weights) - fsum(w * w for w in weights) / fsum(weights)
    return max(0.0, (seen - (len(effects) - 1)) / scale) if scale > 0 else 0.0


def _pulled(effect: float, variance: float, middle: float, spread: float) -> tuple[float, Interval]:
    trust = spread / (spread + variance)
    at, half = middle + trust * (effect - middle), Z95 * sqrt(trust * variance)
    return at, (at - half, at + half)
