"""What rooms tell overseers who stand in a unit: what to look at there, and real cases to follow.

A room that knows criteria has `inspection_criteria.py` with `criteria(unit, day) -> list[Criterion]`, named in
`TERANG_INSPECTION_CRITERIA`; the room that keeps requests is named in `TERANG_INSPECTION_CASES`.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Criterion:
    """One thing to look at. `text` is at most 250 characters and becomes the criterion of the point; `hint` is what the
    records say about it, `url` opens them."""

    text: str
    hint: str = ""
    url: str = ""


@dataclass(frozen=True)
class CaseStep:
    """One step of a case as the log tells it, in words without names."""

    text: str
    day: date


@dataclass(frozen=True)
class CaseTold:
    """A case by its public number, with the steps of its log and the address that opens it."""

    code: str
    title: str
    url: str
    steps: tuple[CaseStep, ...] = field(default=())
