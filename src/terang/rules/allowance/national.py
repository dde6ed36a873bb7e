"""What national law says of insurance and tax on an allowance, and the table behind the national formula; all dated.

Which tax scheme a government uses since 2024 (final or TER) is open in law; it stands in the government's rule.
"""

from datetime import date

from terang.rules.allowance.ledger import Exact
from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import RuleSet, rule_set

DECEMBER = 12


def board_amount(grade: int, on: date) -> int:
    """Rupiah a month of the audit board's class (Perpres 188/2014). Raises RuleInputError for a class not known."""
    found = rule_set("board_allowance", on).values["by_class"].get(str(grade))
    if found is None:
        raise RuleInputError(
            f"Tunjangan kinerja BPK untuk kelas {grade} belum ada dalam data.",
            "Isi besaran kelas ini dalam by_class.",
        )
    return int(found)


def insurance(who: str, on: date) -> tuple[int, int, RuleSet]:
    """The share of the wage in basis points of `who` ("worker" or "employer"), the most wage that counts, the rule."""
    rules = rule_set("health_insurance", on)
    return rules.values[f"{who}_bp"], rules.values["ceiling_idr"], rules


def final_rate(rank: str, employment: str, on: date) -> tuple[int, RuleSet]:
    """Basis points of the final tax for a rank ("III/b", or a grade of PPPK such as "IX"), and the rule."""
    rules = rule_set("final_tax", on)
    group = rank.strip().upper().split("/")[0]
    if employment.startswith("pppk"):
        return rules.values["pppk"].get(group, 0), rules
    if group not in rules.values["pns"]:
        raise RuleInputError(f"Golongan “{rank}” tidak dikenal.", "Isi golongan seperti III/b, untuk pajak final.")
    return rules.values["pns"][group], rules


def ter_rate(ptkp: str, gross: Exact, on: date) -> tuple[int, str, RuleSet]:
    """Basis points of the average effective rate on a month's gross income, its category (A, B, C), and the rule."""
    rules = rule_set("ter", on)
    category = rules.values["categories"].get(ptkp.strip().upper())
    if category is None:
        known = ", ".join(rules.values["categories"])
        raise RuleInputError(f"Status PTKP “{ptkp}” tidak dikenal.", f"Pilih {known}.")
    table = rules.values[category]
    return next(rate for top, rate in table if top == 0 or gross <= top), category, rules
