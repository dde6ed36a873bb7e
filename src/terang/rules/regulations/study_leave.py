"""Expected grade average of an employee on study leave (PermenPANRB 6/2022, Lampiran II.B p. 63).

A guide for setting the expectation, never an automatic rating; no band gives Sangat Kurang.
"""

from datetime import date
from decimal import Decimal
from fractions import Fraction

from terang.rules.errors import RuleInputError
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.source import rule_set


def study_leave_band(programme: str, average: Decimal, on: date | None = None) -> str:
    """The predicate band of a grade average (IPK, 0 to 4).

    `programme` joins degree and accreditation of the university: undergraduate_a, graduate_b, graduate_abroad …
    ("graduate" covers profession, master and doctor). Raises RuleInputError for another programme or average.
    """
    bands = rule_set("study_leave", on).values["bands"]
    if programme not in bands:
        raise RuleInputError(f"Program “{programme}” tidak dikenal.", f"Pilih {', '.join(bands)}.")
    if not 0 <= average <= 4:
        raise RuleInputError(f"IPK {average} tidak mungkin.", "Isi IPK antara 0,00 dan 4,00.")
    rounded = half_up(Fraction(average), 2)
    return next((str(code) for code, least in bands[programme].items() if rounded >= Decimal(least)), "kurang")
