"""What the steps would change: today's score beside the imagined ones, opened to aspects and measures."""

from collections.abc import Sequence
from dataclasses import dataclass

from terang.engine import Component, Total, evaluate_rows
from terang.evaluation import wording
from terang.evaluation.explanation import AspectLine, Explanation, MeasureLine, explain_parts
from terang.evaluation.gathering import Rows
from terang.evaluation.models import Score, ScoreComponent
from terang.evaluation.storing import COMPONENT_FIELDS, TOTAL_FIELDS
from terang.evaluation.whatif.ahead import OWN, Ahead
from terang.evaluation.whatif.imagining import Steps, as_person, changed

NOW, THEN, AT_END, IDLE = range(4)
"""Whose evidence is evaluated: today's, with the steps, with the steps at the period's end, and there without them."""


@dataclass(frozen=True)
class Change:
    """One aspect or measure before and after; basis points, missing where there is no value."""

    label: str
    before_bp: int | None
    after_bp: int | None

    @property
    def moves(self) -> bool:
        return self.before_bp != self.after_bp

    @property
    def change_bp(self) -> int | None:
        known = self.before_bp is not None and self.after_bp is not None
        return (self.after_bp or 0) - (self.before_bp or 0) if known else None


@dataclass(frozen=True)
class AspectChange:
    """An aspect's score before and after, with its measures; the contributions in points."""

    score: Change
    points: Change
    measures: tuple[Change, ...]


@dataclass(frozen=True)
class Comparison:
    """Today (`now`), after the steps (`then`), and at the period's end with the steps and without (`at_end`, `idle`):
    there everything that falls due until then counts."""

    now: Explanation
    then: Explanation
    at_end: Explanation
    idle: Explanation

    @property
    def total(self) -> Change:
        return Change("", self.now.score.total_bp, self.then.score.total_bp)

    @property
    def aspects(self) -> tuple[AspectChange, ...]:
        return tuple(_aspect(a, b) for a, b in zip(self.now.aspects, self.then.aspects, strict=True))

    @property
    def fixed(self) -> tuple[MeasureLine, ...]:
        """Measures nobody can promise oneself: they stay as they are today."""
        return tuple(line for line in self.now.measures if line.code not in OWN)


def compare(ahead: Ahead, steps: Steps) -> Comparison:
    """Evaluates four imaginations of one person at once, by the rules of the period's policy. No query."""
    imagined = (
        ahead.now,
        changed(ahead.now, ahead, steps, all_due=False),
        changed(ahead.end, ahead, steps, all_due=True),
        ahead.end,
    )
    rows = _together([as_person(each, number) for number, each in enumerate(imagined)])
    result = evaluate_rows(rows, ahead.policy)
    told = {total.employee_id: total for total in result.totals}
    parts = [[each for each in result.components if each.employee_id == number] for number in range(len(imagined))]
    return Comparison(*(_explained(ahead, told[number], found) for number, found in enumerate(parts)))


def _together(people: Sequence[Rows]) -> Rows:
    """One set of tables for all; rows of a unit stand in each and are taken once."""
    return {
        name: list(dict.fromkeys(row for rows in people for row in rows.get(name, ())))
        if name == "unit_surveys"
        else [row for rows in people for row in rows.get(name, ())]
        for name in people[NOW]
    }


def _explained(ahead: Ahead, total: Total, parts: Sequence[Component]) -> Explanation:
    """The imagined score opened like a stored one. It is never saved."""
    score = Score(
        employee=ahead.employee,
        period=ahead.period,
        policy=ahead.version,
        variant=ahead.variant,
        **{name: getattr(total, name) for name in TOTAL_FIELDS},
    )
    return explain_parts(
        score, [ScoreComponent(**{name: getattr(part, name) for name in COMPONENT_FIELDS}) for part in parts]
    )


def _aspect(before: AspectLine, after: AspectLine) -> AspectChange:
    measures = tuple(
        Change(wording.measure_label(a.code), a.stored.value_bp, b.stored.value_bp)
        for a, b in zip(before.measures, after.measures, strict=True)
    )
    return AspectChange(
        score=Change(before.label, before.score_bp, after.score_bp),
        points=Change(before.label, before.contribution_bp, after.contribution_bp),
        measures=measures,
    )
