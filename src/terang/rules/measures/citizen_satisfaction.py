"""Citizen satisfaction: the IKM of one's own cases, or the unit's where one's own answers are too few.

IKM = 25 × the mean of the nine elements' means (PermenPANRB 14/2017), 25 to 100; here times 100, so 2,500 to 10,000. A
blank answer is left out of its element's mean and never filled in; an element that nobody answered is left out.

Exact although the nine divisors differ: 5,000 · sum / answered is split into a whole part and a remainder, the
remainders are divided on in DIGITS digits of base BASE (long division), and their sum is carried. Up to 65,535 answers
per element, four digits hold any sum of nine fractions apart from the next whole number, so the one rounding, half-up
to two decimals of the IKM, is that of the exact fraction.
"""

import narwhals as nw

from terang.rules.measures.arithmetic import Steps, whole
from terang.rules.measures.measure import Facts, Formula, Measure, Setting, total_of
from terang.rules.tables import ELEMENTS

IKM_HUNDREDTHS = 2_500
BASE = 2**37
DIGITS = 4

_OWN, _UNIT = "surveys", "unit_surveys"


def _facts(setting: Setting) -> tuple[Facts, ...]:
    own = _survey_facts(_OWN, "employee_id")
    return (own, _survey_facts(_UNIT, "unit_id")) if _falls_back(setting) else (own,)


def _falls_back(setting: Setting) -> bool:
    return setting.parameters.get("fallback") == "unit"


def _survey_facts(table: str, by: str) -> Facts:
    """The eighteen sums stay behind; the IKM made of them goes on."""
    columns = ("respondents", *(f"{kind}_{element}" for element in ELEMENTS for kind in ("sum", "answered")))
    sums = {total_of(table, column): nw.col(column) for column in columns}
    names = ("respondents", "points", "answers", "ikm")
    return Facts(
        table,
        sums,
        by,
        derived=_exact_ikm(table),
        names=tuple(total_of(table, name) for name in names),
    )


def _formula(setting: Setting) -> Formula:
    n = nw.col(total_of(_OWN, "respondents"))
    substitute = None
    if _falls_back(setting):
        least = max(setting.min_answers, 1)
        of_unit = nw.col(total_of(_UNIT, "respondents"))
        substitute = (n < least) & (of_unit >= least) & nw.col("serves_citizens")
    chosen = {name: _chosen(name, substitute) for name in ("points", "answers", "ikm")}
    return Formula(
        numerator=chosen["points"],
        denominator=chosen["answers"],
        n=_chosen("respondents", substitute),
        value_bp=chosen["ikm"],
        substitute=substitute,
    )


def _chosen(name: str, substitute: nw.Expr | None) -> nw.Expr:
    """The unit's fact where the unit stands in, else one's own."""
    own = nw.col(total_of(_OWN, name))
    return own if substitute is None else nw.when(substitute).then(nw.col(total_of(_UNIT, name))).otherwise(own)


def _exact_ikm(table: str) -> Steps:
    """Steps from the eighteen sums to `points` and `answers`, their sums, and `ikm`, in hundredths, rounded once.

    An element that nobody answered has no divisor, so nothing of it is counted.
    """
    elements = range(len(ELEMENTS))

    def name(letter: str, i: int) -> str:
        return total_of(table, f"{letter}{i}")

    def col(letter: str, i: int) -> nw.Expr:
        return nw.col(name(letter, i))

    def digit_of(letter: str) -> nw.Expr:
        return nw.sum_horizontal(*(col(letter, i) for i in elements))

    points = [nw.col(total_of(table, f"sum_{element}")) for element in ELEMENTS]
    answers = [nw.col(total_of(table, f"answered_{element}")) for element in ELEMENTS]
    steps: list[dict[str, nw.Expr]] = [
        {
            total_of(table, "points"): nw.sum_horizontal(*points),
            total_of(table, "answers"): nw.sum_horizontal(*answers),
            **{name("a", i): nw.when(answers[i] > 0).then(answers[i]) for i in elements},
            **{name("r0_", i): points[i] * (2 * IKM_HUNDREDTHS) for i in elements},
        },
        {name("q0_", i): col("r0_", i) // col("a", i) for i in elements},
    ]
    for digit in range(1, DIGITS + 1):
        before, now = f"{digit - 1}_", f"{digit}_"
        rest = {
            name(f"r{now}", i): (col(f"r{before}", i) - col(f"q{before}", i) * col("a", i)) * BASE for i in elements
        }
        steps.extend((rest, {name(f"q{now}", i): col(f"r{now}", i) // col("a", i) for i in elements}))
    carry = whole(len(ELEMENTS))
    for digit in range(DIGITS, 0, -1):
        carry = (digit_of(f"q{digit}_") + carry) // BASE
    used = len(ELEMENTS) - nw.sum_horizontal(*(col("a", i).is_null().cast(nw.Int64) for i in elements))
    steps.append({total_of(table, "used"): used, total_of(table, "twice"): digit_of("q0_") + carry})
    twice, k = nw.col(total_of(table, "twice")), nw.col(total_of(table, "used"))
    steps.append({total_of(table, "ikm"): nw.when(k > 0).then((twice + k) // (k * 2))})
    return tuple(steps)


MEASURE = Measure("citizen_satisfaction", _facts, _formula, scale=IKM_HUNDREDTHS, citizens=True)
