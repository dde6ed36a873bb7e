"""The ledger of one employee and month: every step a row that can say why."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from terang.rules.sentences import Sentence, restored

Exact = int | Fraction
"""A number without loss: whole where it is."""


def over(top: Exact, bottom: Exact) -> Exact:
    """The exact quotient."""
    found = Fraction(top, bottom)
    return found.numerator if found.denominator == 1 else found


@dataclass(frozen=True)
class Row:
    """One row. `amount` is what it adds to the total in whole rupiah, 0 for what is only worked out or noted.

    `kind` is the kind of the step; "basic" and "value" are workings. `value` is what a working comes to, in `unit`
    (shares in basis points), or what a memo notes. `base` is what was taken of (None where nothing was), `operand` how
    much of it, `running` the total after the row. `facts` are the codes of the facts behind it.
    """

    number: int
    step: str
    kind: str
    label: str
    label_en: str
    base: Exact | None
    operand: Sentence
    amount: int
    running: int
    value: Exact
    unit: str
    reason: Sentence
    source: str
    facts: tuple[str, ...]

    @property
    def is_working(self) -> bool:
        return self.kind in ("basic", "value")

    def as_json(self, *, stored: bool = False) -> dict[str, Any]:
        """The row for a program; `stored` keeps sentences in the form that can still be said in another language."""
        words = {"operand": self.operand, "reason": self.reason}
        told = {name: each.stored() if stored else str(each) for name, each in words.items()}
        numbers = {"base": None if self.base is None else exact(self.base), "value": exact(self.value)}
        plain = {name: getattr(self, name) for name in _PLAIN}
        return {**plain, **numbers, **told, "facts": list(self.facts)}


_PLAIN = ("number", "step", "kind", "label", "label_en", "amount", "running", "unit", "source")


@dataclass(frozen=True)
class Ledger:
    """All rows in the order of the rule. `gross_idr` stands before insurance and tax, `net_idr` is paid out."""

    rule: str
    version: int
    digest: str
    rows: tuple[Row, ...]
    gross_idr: int

    @property
    def net_idr(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def money(self) -> tuple[Row, ...]:
        """The rows that are not workings."""
        return tuple(row for row in self.rows if not row.is_working)

    def amount(self, step: str) -> int:
        """What all rows of a step add; 0 for a step that had nothing to do."""
        return sum(row.amount for row in self.rows if row.step == step)

    def as_json(self, *, stored: bool = False) -> dict[str, Any]:
        rows = [row.as_json(stored=stored) for row in self.rows]
        head = {"rule": self.rule, "version": self.version, "digest": self.digest}
        return {**head, "gross_idr": self.gross_idr, "net_idr": self.net_idr, "rows": rows}


def from_stored(data: Mapping[str, Any]) -> Ledger:
    """The ledger that `as_json(stored=True)` gave."""
    rows = tuple(_row(each) for each in data["rows"])
    return Ledger(data["rule"], data["version"], data["digest"], rows, data["gross_idr"])


def _row(data: Mapping[str, Any]) -> Row:
    base = None if data["base"] is None else over(Fraction(data["base"]), 1)
    return Row(
        **{name: data[name] for name in _PLAIN},
        base=base,
        value=over(Fraction(data["value"]), 1),
        operand=restored(data["operand"]),
        reason=restored(data["reason"]),
        facts=tuple(data["facts"]),
    )


def exact(value: Exact) -> int | str:
    """A number as JSON holds it without loss: whole where it is, else "numerator/denominator"."""
    return value.numerator if value.denominator == 1 else f"{value.numerator}/{value.denominator}"
