"""Citizen satisfaction: the IKM of one's own cases, or the unit's where one's own answers are too few.

IKM = 25 × the mean of the nine elements' means (PermenPANRB 14/2017), 25 to 100; here times 100, so 2,500 to 10,000. A
blank answer is left out of its element's mean and never filled in; an element that nobody answered is left out.

Exact although the nine divisors differ: 5,000 · sum / answered is split into a whole part and a remainder, the
remainders are divided on in DIGITS digits of base BASE (long division), and their sum is carried. Up to 65,535 answers
per element, four digits hold any sum of nine fractions apart from the next whole number, so the one rounding, half-up
to two decimals of the IKM, is that of the exact fraction.
"""

from collections.abc import Callable

import narwhals as nw

from terang.rules.measures.arithmetic import Steps, count_where, whole
from terang.rules.measures.measure import Facts, Formula, Measure, Setting, total_of
from terang.rules.tables import ELEMENTS

IKM_HUNDREDTHS = 2_500
BASE = 2**37
DIGITS = 4

_COLUMNS = ("respondents", *(f"{kind}_{element}" for element in ELEMENTS for kind in ("sum", "answered")))
_UNIT = "unit_"


def _facts(setting: Setting) -> tuple[Facts, ...]:
    own = {total_of("surveys", column): nw.col(column) for column in _COLUMNS}
    tables = (Facts("surveys", {**own, total_of("surveys", "rows"): whole(1)}),)
    if not _falls_back(setting):
        return tables
    unit = {total_of("surveys", column, _UNIT): nw.col(column) for column in _COLUMNS}
    return (*tables, Facts("unit_surveys", unit, by="unit_id"))


def _falls_back(setting: Setting) -> bool:
    return setting.parameters.get("fallback") == "unit"


def _formula(setting: Setting) -> Formula:
    own_n = nw.col(total_of("surveys", "respondents"))
    enough = own_n >= max(setting.min_answers, 1)
    substitute = None
    rows, n = nw.col(total_of("surveys", "rows")), own_n
    if _falls_back(setting):
        unit_n = nw.col(total_of("surveys", "respondents", _UNIT))
        substitute = ~enough & (unit_n >= max(setting.min_answers, 1)) & nw.col("serves_citizens")
        rows = nw.when(substitute).then(unit_n).otherwise(rows)
        n = nw.when(substitute).then(unit_n).otherwise(own_n)
    chosen = _chosen(setting, substitute)
    sums, answered = _columns(setting, "s"), _columns(setting, "a")
    return Formula(
        rows=rows,
        numerator=nw.sum_horizontal(*sums),
        denominator=nw.sum_horizontal(*answered),
        n=n,
        value_bp=nw.col(setting.fact("ikm")),
        steps=(chosen, *_exact_ikm(setting.fact)),
        substitute=substitute,
    )


def _columns(setting: Setting, letter: str) -> list[nw.Expr]:
    return [nw.col(setting.fact(f"{letter}{i}")) for i in range(len(ELEMENTS))]


def _chosen(setting: Setting, substitute: nw.Expr | None) -> dict[str, nw.Expr]:
    """The eighteen sums to work with: the unit's where it stands in, else one's own."""
    chosen = {}
    for i, element in enumerate(ELEMENTS):
        for letter, kind in (("s", "sum"), ("a", "answered")):
            own = nw.col(total_of("surveys", f"{kind}_{element}"))
            if substitute is None:
                chosen[setting.fact(f"{letter}{i}")] = own
            else:
                unit = nw.col(total_of("surveys", f"{kind}_{element}", _UNIT))
                chosen[setting.fact(f"{letter}{i}")] = nw.when(substitute).then(unit).otherwise(own)
    return chosen


def _exact_ikm(name: Callable[[str], str]) -> Steps:
    """Steps from s0…s8 and a0…a8 to `ikm`, the IKM in hundredths, rounded half-up once."""
    elements = range(len(ELEMENTS))

    def col(letter: str, i: int) -> nw.Expr:
        return nw.col(name(f"{letter}{i}"))

    steps: list[dict[str, nw.Expr]] = [
        {name(f"r0_{i}"): col("s", i) * (2 * IKM_HUNDREDTHS) for i in elements},
        {name(f"q0_{i}"): nw.when(col("a", i) > 0).then(col("r0_", i) // col("a", i)) for i in elements},
    ]
    for digit in range(1, DIGITS + 1):
        before, now = f"{digit - 1}_", f"{digit}_"
        rest = {
            name(f"r{now}{i}"): (col("r" + before, i) - col("q" + before, i) * col("a", i)) * BASE for i in elements
        }
        steps.append(rest)
        steps.append(
            {name(f"q{now}{i}"): nw.when(col("a", i) > 0).then(col("r" + now, i) // col("a", i)) for i in elements}
        )
    carry = whole(len(ELEMENTS))
    for digit in range(DIGITS, 0, -1):
        carry = (nw.sum_horizontal(*(col(f"q{digit}_", i) for i in elements)) + carry) // BASE
    used = nw.sum_horizontal(*(count_where(col("a", i) > 0) for i in elements))
    steps.append({name("used"): used, name("twice"): nw.sum_horizontal(*(col("q0_", i) for i in elements)) + carry})
    twice, k = nw.col(name("twice")), nw.col(name("used"))
    steps.append({name("ikm"): nw.when(k > 0).then((twice + k) // (k * 2))})
    return tuple(steps)


MEASURE = Measure("citizen_satisfaction", _facts, _formula, scale=IKM_HUNDREDTHS, citizens=True)
