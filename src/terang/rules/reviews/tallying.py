"""From opened sheets to the figures of groups: nothing is told of a group, or of an aspect, that too few answered.
Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from terang.rules.reviews.draw import Group
from terang.rules.reviews.robust import robust_mean_milli
from terang.rules.reviews.terms import Kind


@dataclass(frozen=True)
class Sheet:
    """One ticket's sheet without its rater: aspect → value; None where nothing was answered."""

    subject: int
    kind: Kind
    values: Mapping[str, int] | None


@dataclass(frozen=True, order=True)
class Figure:
    """What a group said about an aspect: how many answers, and their robust mean in thousandths."""

    subject: int
    kind: Kind
    aspect: str
    answers: int
    mean_milli: int


@dataclass(frozen=True)
class Tallied:
    """Every group that was asked with whether enough answered, and the figures of those, in order of subject, kind and
    aspect."""

    groups: dict[Group, bool]
    figures: tuple[Figure, ...]


def tally(sheets: Iterable[Sheet], least: Mapping[Kind, int]) -> Tallied:
    """Groups with fewer than `least` answered sheets have no figures; nor has an aspect with fewer answers."""
    counts: dict[Group, int] = defaultdict(int)
    answers: dict[tuple[int, Kind, str], list[int]] = defaultdict(list)
    for sheet in sheets:
        counts[sheet.subject, sheet.kind] += sheet.values is not None
        for aspect, value in (sheet.values or {}).items():
            answers[sheet.subject, sheet.kind, aspect].append(value)
    groups = {group: counts[group] >= least[group[1]] for group in sorted(counts)}
    figures = [
        Figure(*key, len(values), robust_mean_milli(values))
        for key, values in sorted(answers.items())
        if groups[key[0], key[1]] and len(values) >= least[key[1]]
    ]
    return Tallied(groups, tuple(figures))
