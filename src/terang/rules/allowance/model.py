"""The rule of an allowance (TPP) as validated data: amounts, values that are worked out, and the steps in their order.

Built only by `terang.rules.allowance.load_rule`, which refuses anything inconsistent; code that holds an
`AllowanceRule` may rely on it: every name leads to a fact, a value or a step that stands before it.

Everything has a name in one space: facts of the month (`facts.py`), `basic` and `acting_basic` (the amounts of the
class), `total` (what the ledger has come to), values, and steps. Shares are basis points, money is whole rupiah.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from terang.rules.allowance.facts import FACTS, PRESENCE, FactSpec

FULL_BP = 10_000
Rounding = Literal["half_up", "up", "down"]
ROUNDINGS: tuple[Rounding, ...] = ("half_up", "up", "down")

Kind = Literal["pay", "cut", "sanction", "factor", "nothing", "least", "gross", "insurance", "tax", "deduct"]
BEFORE_GROSS: tuple[Kind, ...] = ("pay", "cut", "sanction", "factor", "nothing", "least")
AFTER_GROSS: tuple[Kind, ...] = ("insurance", "tax", "deduct")
KINDS: tuple[Kind, ...] = (*BEFORE_GROSS, "gross", *AFTER_GROSS)

SEVERAL = ("heaviest", "sum")
"""What several sanctions that run at once come to. The law found does not say; the rule does."""

CRITERIA = ("workload", "place", "condition", "scarcity", "performance", "other")
"""The six criteria of PP 12/2019 Pasal 58."""

BUILT_IN = ("basic", "acting_basic", "total")

Number = int | str
"""A number, or the name of one."""


@dataclass(frozen=True)
class Condition:
    """One condition on a name. Bounds: `from_` and `up_to` included, `above` and `below` not; each a number or a name.

    A name without a value meets no condition but `missing`.
    """

    name: str
    within: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()
    from_: Number | None = None
    up_to: Number | None = None
    above: Number | None = None
    below: Number | None = None
    missing: bool | None = None


When = tuple[Condition, ...]
"""All must hold; none always holds."""


@dataclass(frozen=True)
class Rung:
    """A rung of a ladder: from a number on, or up to one (both included); neither: everything above the others."""

    value: int
    from_: int | None = None
    up_to: int | None = None


@dataclass(frozen=True)
class Part:
    """What a value is made of: so much for `each` of a name, the rung of a ladder, or a ratio to a target.

    `missing` is the value of a ladder where its name has none.
    """

    name: str
    label: str = ""
    each: int = 1
    rungs: tuple[Rung, ...] = ()
    missing: int | None = None
    target: Number | None = None
    when: When = ()


@dataclass(frozen=True)
class Override:
    """Under these conditions the value is this one, whatever its parts say."""

    value: int
    label: str
    when: When


@dataclass(frozen=True)
class Value:
    """A value worked out before money: `start` plus its parts, divided, at least `least` and at most `most`.

    `unit` as of facts. `whole`: only whole ones count (7.9 becomes 7). The first override that holds replaces it all.
    """

    code: str
    label: str
    label_en: str
    unit: str
    parts: tuple[Part, ...]
    start: int = 0
    divide: int = 1
    whole: bool = False
    least: int | None = None
    most: int | None = None
    overrides: tuple[Override, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Amounts:
    """Amounts by class with the decree that sets them; both days inclusive, no `valid_to` means still in force.

    Either `by_class`, or `index`: the amount of the audit board's class times this number (900-4700/2020).
    """

    decree: str
    valid_from: date
    valid_to: date | None
    by_class: Mapping[int, int]
    index: Fraction | None
    rounding: Rounding
    when: When = ()

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class Rate:
    """A rate in basis points, or the name of one. The first whose conditions hold is taken."""

    bp: Number
    when: When = ()


@dataclass(frozen=True)
class Split:
    """A portion of a component that is paid by a share, for example 60 % by productivity. Portions add up to all."""

    share: str
    portion_bp: int
    label: str
    label_en: str


@dataclass(frozen=True)
class Sanction:
    """A sanction by its code: what it cuts, and for how many months."""

    code: str
    bp: int
    months: int
    label: str
    source: str = ""


@dataclass(frozen=True)
class Step:
    """One step of the ledger. `of` names what it is taken of; several are added up.

    `rates` empty: all of it. `given`: a fact with the amount itself, where the month has one. `count`: times so many.
    `times`: further shares it is multiplied by. `ceiling_rounding` rounds a component before it is split.
    `memo`: shown, not counted (the employer's part). `scheme` of a tax: final or ter; `less_salary`: only what is due
    beyond the tax on the salary alone. `who` of an insurance: worker or employer. `starts_after` of a sanction: months
    between the day it took effect and the first month it cuts; `several`: what those that run at once come to, the
    heaviest or their sum (never more than all).
    """

    code: str
    kind: Kind
    label: str
    label_en: str
    source: str
    of: tuple[str, ...] = ("total",)
    criterion: str = ""
    rates: tuple[Rate, ...] = ()
    given: str = ""
    count: str = ""
    times: tuple[str, ...] = ()
    splits: tuple[Split, ...] = ()
    sanctions: tuple[Sanction, ...] = ()
    most_bp: int | None = None
    when: When = ()
    rounding: Rounding = "half_up"
    ceiling_rounding: Rounding | None = None
    memo: bool = False
    scheme: str = ""
    less_salary: bool = False
    who: str = ""
    starts_after: int = 1
    several: str = "heaviest"


@dataclass(frozen=True, eq=False)
class AllowanceRule:
    """One version of one government's rule. It holds for months that begin on or after `valid_from`.

    `higher_class`: an acting official whose acting post has a higher class is paid by that class. `bands`: the set of
    `rules.attendance.bands` that late and early minutes fall into. `attribution_day`: the day of the month whose post
    counts. `run_day`: the day of the next month from which slips are made by themselves.
    """

    code: str
    title: str
    agency_code: str
    version: int
    valid_from: date
    legal_basis: str
    confidence: str
    note: str
    higher_class: bool
    own_facts: tuple[FactSpec, ...]
    amounts: tuple[Amounts, ...]
    values: tuple[Value, ...]
    steps: tuple[Step, ...]
    bands: str = "daerah"
    attribution_day: int = 15
    run_day: int = 3

    def fact(self, code: str) -> FactSpec | None:
        """The fact of this name, of the rule's own or of the common ones."""
        return next((each for each in self.own_facts if each.code == code), FACTS.get(code))

    def facts(self) -> tuple[FactSpec, ...]:
        """Every fact the rule reads, once each, in the order of the catalogue."""
        named = set(self.names())
        return tuple(each for each in (*FACTS.values(), *self.own_facts) if each.code in named)

    @property
    def uses_presence(self) -> bool:
        """Whether the rule reads anything that is counted from the days of presence."""
        return not {each.code for each in self.facts()}.isdisjoint(PRESENCE)

    def names(self) -> tuple[str, ...]:
        """Every name the rule reads, with the facts that stand behind the built-in ones and the kinds of steps."""
        found = [name for value in self.values for name in names_of_value(value)]
        found += [name for step in self.steps for name in names_of_step(step)]
        found += [name for table in self.amounts for name in names_of_conditions(table.when)]
        if "basic" in found or self.higher_class:
            found += ["basic_idr", "class"]
        if "acting_basic" in found or self.higher_class:
            found += ["acting_basic_idr", "acting_class"]
        return tuple(dict.fromkeys(found))


def names_of_conditions(when: When) -> list[str]:
    bounds = [bound for each in when for bound in (each.from_, each.up_to, each.above, each.below)]
    return [each.name for each in when] + [bound for bound in bounds if isinstance(bound, str)]


def names_of_value(value: Value) -> list[str]:
    found = [name for part in value.parts for name in (part.name, part.target) if isinstance(name, str)]
    conditions = [*(part.when for part in value.parts), *(each.when for each in value.overrides)]
    return found + [name for when in conditions for name in names_of_conditions(when)]


BEHIND: Mapping[str, tuple[str, ...]] = {
    "sanction": ("sanction", "sanction_since", "sanctions"),
    "insurance": ("salary_idr", "salary_insurance_idr"),
    "final": ("rank", "employment"),
    "ter": ("salary_idr", "ptkp", "december_tax_idr"),
}
"""Facts that a kind of step, or a scheme of tax, reads by itself."""


def names_of_step(step: Step) -> list[str]:
    found = [*step.of, *step.times, *(split.share for split in step.splits)]
    found += [rate.bp for rate in step.rates if isinstance(rate.bp, str)]
    found += [name for name in (step.given, step.count) if name]
    found += BEHIND.get(step.kind, ()) + BEHIND.get(step.scheme, ())
    conditions = [step.when, *(rate.when for rate in step.rates)]
    return found + [name for when in conditions for name in names_of_conditions(when)]
