"""A slip as its page shows it: the workings, the steps with money, and the way from each to its records."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from terang.follow_up.allowance.models import Slip
from terang.follow_up.allowance.values import restored
from terang.rules.allowance import AllowanceRule, Ledger, Row, from_stored, load_rule
from terang.rules.allowance.facts import label_of
from terang.rules.allowance.ledger import Exact
from terang.rules.allowance.words import amount, rupiah
from terang.web.numbers import english, longdate
from terang.web.sentences import said


@dataclass(frozen=True)
class FactLine:
    """A fact behind a row; `url` leads to its record, empty where it was given by hand or set by a decision."""

    label: str
    value: str
    url: str
    corrected: bool


@dataclass(frozen=True)
class Line:
    """A row in the reader's language. `kind` is "pay", "cut" or "none" by what it does to the total."""

    number: int
    label: str
    operand: str
    base: str
    amount_idr: int
    value: str
    reason: str
    source: str
    kind: str
    facts: list[FactLine]

    @property
    def size_idr(self) -> int:
        return abs(self.amount_idr)


@dataclass(frozen=True)
class Page:
    """`workings` before money; `steps` that change the amount or note something; `idle` that had nothing to do."""

    workings: list[Line]
    steps: list[Line]
    idle: list[Line]
    ledger: Ledger | None


def page_of(slip: Slip) -> Page:
    """No query where the run and its rule are read along."""
    if slip.ledger is None:
        return Page([], [], [], None)
    rule, ledger = load_rule(slip.run.rule.text), from_stored(slip.ledger)
    lines = [(row, _line(row, slip, rule)) for row in ledger.rows]
    workings = [line for row, line in lines if row.is_working]
    moving = [(row, line) for row, line in lines if not row.is_working]
    steps = [line for row, line in moving if row.amount or row.kind in ("gross", "memo", "pay")]
    idle = [line for row, line in moving if not (row.amount or row.kind in ("gross", "memo", "pay"))]
    return Page(workings, steps, idle, ledger)


def _line(row: Row, slip: Slip, rule: AllowanceRule) -> Line:
    shows_value = row.is_working or row.kind in ("gross", "memo")
    return Line(
        number=row.number,
        label=row.label_en if english() else row.label,
        operand=said(row.operand),
        base="" if row.base is None else rupiah(row.base),
        amount_idr=row.amount,
        value=_said(row.value, row.unit) if shows_value else "",
        reason=said(row.reason),
        source=row.source,
        kind="pay" if row.amount > 0 else "cut" if row.amount < 0 else "none",
        facts=_facts(row, slip, rule),
    )


def _facts(row: Row, slip: Slip, rule: AllowanceRule) -> list[FactLine]:
    """The facts behind a row; zeros only where there is nothing else or a decision set them."""
    told = [code for code in row.facts if slip.facts.get(code) or code in slip.corrected] or row.facts
    return [line for code in told if (line := _fact(code, slip, rule))]


def _fact(code: str, slip: Slip, rule: AllowanceRule) -> FactLine | None:
    spec, kept = rule.fact(code), slip.facts.get(code)
    if spec is None or kept in (None, ""):
        return None
    value = restored(kept, spec)
    text = longdate(value) if isinstance(value, date) else str(value)
    text = _said(value, spec.unit) if isinstance(value, int) else text
    return FactLine(said(label_of(spec)), text, source_of(code, slip.sources), code in slip.corrected)


def _said(value: Exact, unit: str) -> str:
    return said(amount(value, unit))


def source_of(code: str, sources: Mapping[str, str]) -> str:
    """The page of a fact's record; empty where it has none."""
    return sources.get(code, "")
