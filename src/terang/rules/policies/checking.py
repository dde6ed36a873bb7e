"""Faults between the parts of a policy: names that lead nowhere, and parts that contradict each other."""

from collections.abc import Sequence

from terang.rules.policies.model import FULL_BP, MeasureRule, Policy
from terang.rules.policies.problems import Problem, basis_points, nearest
from terang.rules.policies.reading import BROKEN


def check_references(policy: Policy, problems: list[Problem]) -> None:
    """Adds what is wrong between the parts of `policy` to `problems`; parts that could not be read are passed over."""
    lists = [("", policy.aspects), *((f"variants[{n}].", each.aspects) for n, each in enumerate(policy.variants))]
    for prefix, aspects in lists:
        codes = [aspect.code for aspect in aspects]
        for index, aspect in enumerate(aspects):
            _check_instruments(policy, aspect.measures, f"{prefix}aspects[{index}].measures", problems)
        for code in policy.work_rating.aspects:
            if code not in codes:
                place = "ratings.work_result.aspects"
                where = f" pada {prefix.rstrip('.')}" if prefix else ""
                problems.append(Problem(place, f"aspek “{code}” tidak ada{where}.", nearest(code, codes)))
    _check_instruments(policy, policy.behaviour_rating.measures, "ratings.behaviour.measures", problems)
    _check_agreement(policy, problems)
    _check_floors(policy, problems)
    _check_categories(policy, problems)


def _check_instruments(policy: Policy, rules: Sequence[MeasureRule], path: str, problems: list[Problem]) -> None:
    known = [instrument.code for instrument in policy.instruments]
    for index, rule in enumerate(rules):
        code = rule.parameters.get("instrument")
        if isinstance(code, str) and code and code not in known:
            message = f"instrumen “{code}” tidak ada dalam kebijakan ini."
            hint = nearest(code, known) or f"Tambahkan [[instruments]] dengan code = “{code}”."
            problems.append(Problem(f"{path}[{index}].parameters.instrument", message, hint))
        shares = [value for name, value in rule.parameters.items() if name.endswith("_share_bp")]
        if shares and BROKEN not in shares and sum(map(int, shares)) != FULL_BP:
            message = f"porsi pembaca berjumlah {basis_points(sum(map(int, shares)))}, seharusnya 10.000 (100 %)."
            problems.append(Problem(f"{path}[{index}].parameters", message, "Ubah agar jumlahnya tepat 10000."))


def _check_floors(policy: Policy, problems: list[Problem]) -> None:
    known = {f"{each.code}.{aspect.code}" for each in policy.instruments for aspect in each.aspects}
    known |= {aspect.code for aspect in policy.aspects} | set(policy.measure_codes())
    for index, floor in enumerate(policy.floors):
        if floor.subject and floor.subject not in known:
            message = f"“{floor.subject}” bukan aspek, ukuran, atau instrumen.aspek dalam kebijakan ini."
            problems.append(Problem(f"floors[{index}].subject", message, nearest(floor.subject, known - {""})))


def _check_categories(policy: Policy, problems: list[Problem]) -> None:
    taken: dict[str, str] = {}
    for index, variant in enumerate(policy.variants):
        for category in variant.applies_to:
            if category in taken:
                message = f"rumpun “{category}” sudah dipakai varian “{taken[category]}”."
                problems.append(Problem(f"variants[{index}].applies_to", message, "Satu rumpun hanya satu varian."))
            taken.setdefault(category, variant.code)


def _check_agreement(policy: Policy, problems: list[Problem]) -> None:
    """A measure has one value per person, so wherever it is named it must be made the same way."""
    lists = [policy.aspects, *(variant.aspects for variant in policy.variants)]
    rules = [rule for aspects in lists for aspect in aspects for rule in aspect.measures]
    first: dict[str, MeasureRule] = {}
    for rule in (*rules, *policy.behaviour_rating.measures):
        other = first.setdefault(rule.code, rule)
        if rule.code and (rule.min_answers, rule.parameters) != (other.min_answers, other.parameters):
            message = f"ukuran “{rule.code}” dipakai di dua tempat dengan min_answers atau parameters yang berbeda."
            problems.append(Problem("measures", message, "Samakan keduanya: satu ukuran hanya punya satu nilai."))
