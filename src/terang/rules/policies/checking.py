"""Faults between the parts of a policy: names that lead nowhere, and parts that contradict each other."""

from collections.abc import Iterator, Sequence

from terang.rules.policies.model import FULL_BP, MeasureRule, Policy
from terang.rules.policies.problems import Problem, basis_points, nearest
from terang.rules.policies.reading import BROKEN
from terang.rules.sentences import Sentence


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
                message = _no_aspect(code, prefix.rstrip("."))
                problems.append(Problem(place, message, nearest(code, codes), kind="no_aspect"))
    _check_instruments(policy, policy.behaviour_rating.measures, "ratings.behaviour.measures", problems)
    _check_agreement(policy, problems)
    _check_floors(policy, problems)
    _check_categories(policy, problems)
    _check_rhythms(policy, problems)


def _no_aspect(code: str, variant: str) -> Sentence:
    if variant:
        return Sentence("aspek “%(code)s” tidak ada pada %(variant)s.", {"code": code, "variant": variant})
    return Sentence("aspek “%(code)s” tidak ada.", {"code": code})


def _check_instruments(policy: Policy, rules: Sequence[MeasureRule], path: str, problems: list[Problem]) -> None:
    known = [instrument.code for instrument in policy.instruments]
    for index, rule in enumerate(rules):
        code = rule.parameters.get("instrument")
        if isinstance(code, str) and code and code not in known:
            message = Sentence("instrumen “%(code)s” tidak ada dalam kebijakan ini.", {"code": code})
            add = Sentence("Tambahkan [[instruments]] dengan code = “%(code)s”.", {"code": code})
            hint = nearest(code, known) or add
            place = f"{path}[{index}].parameters.instrument"
            problems.append(Problem(place, message, hint, kind="no_instrument"))
        shares = [value for name, value in rule.parameters.items() if name.endswith("_share_bp")]
        if shares and BROKEN not in shares and sum(map(int, shares)) != FULL_BP:
            message = Sentence(
                "porsi pembaca berjumlah %(sum)s, seharusnya %(full)s.",
                {"sum": basis_points(sum(map(int, shares))), "full": basis_points(FULL_BP)},
            )
            hint = Sentence("Ubah agar jumlahnya tepat 10000.")
            problems.append(Problem(f"{path}[{index}].parameters", message, hint, kind="reader_sum"))


def _check_floors(policy: Policy, problems: list[Problem]) -> None:
    known = {f"{each.code}.{aspect.code}" for each in policy.instruments for aspect in each.aspects}
    known |= {aspect.code for aspect in policy.aspects} | set(policy.measure_codes())
    for index, floor in enumerate(policy.floors):
        if floor.subject and floor.subject not in known:
            message = Sentence(
                "“%(subject)s” bukan aspek, ukuran, atau instrumen.aspek dalam kebijakan ini.",
                {"subject": floor.subject},
            )
            hint = nearest(floor.subject, known - {""})
            problems.append(Problem(f"floors[{index}].subject", message, hint, kind="no_subject"))


def _check_categories(policy: Policy, problems: list[Problem]) -> None:
    taken: dict[str, str] = {}
    for index, variant in enumerate(policy.variants):
        for category in variant.applies_to:
            if category in taken:
                message = Sentence(
                    "rumpun “%(category)s” sudah dipakai varian “%(variant)s”.",
                    {"category": category, "variant": taken[category]},
                )
                hint = Sentence("Satu rumpun hanya satu varian.")
                problems.append(Problem(f"variants[{index}].applies_to", message, hint))
            taken.setdefault(category, variant.code)


def _check_rhythms(policy: Policy, problems: list[Problem]) -> None:
    """A kind of post and a category each have one rhythm."""
    taken: set[str] = set()
    for index, rule in enumerate(policy.reporting.posts):
        for key, words in (("applies_to", rule.applies_to), ("kinds", rule.kinds)):
            for word in taken.intersection(f"{key}.{each}" for each in words):
                message = Sentence("“%(word)s” sudah punya irama laporan sendiri.", {"word": word.split(".", 1)[1]})
                hint = Sentence("Satu rumpun atau jenis jabatan hanya satu irama.")
                problems.append(Problem(f"reporting.posts[{index}].{key}", message, hint))
            taken.update(f"{key}.{each}" for each in words)


def _check_agreement(policy: Policy, problems: list[Problem]) -> None:
    """A measure has one value per person, so wherever it is named it must be made the same way."""
    first: dict[str, MeasureRule] = {}
    for path, rule in _rules(policy):
        other = first.setdefault(rule.code, rule)
        if rule.code and (rule.min_answers, rule.parameters) != (other.min_answers, other.parameters):
            message = Sentence(
                "ukuran “%(code)s” dipakai di dua tempat dengan min_answers atau parameters yang berbeda.",
                {"code": rule.code},
            )
            hint = Sentence("Samakan keduanya: satu ukuran hanya punya satu nilai.")
            problems.append(Problem(path, message, hint, kind="disagreement"))


def _rules(policy: Policy) -> Iterator[tuple[str, MeasureRule]]:
    """Every use of a measure with its place in the file."""
    lists = [("", policy.aspects), *((f"variants[{n}].", each.aspects) for n, each in enumerate(policy.variants))]
    for prefix, aspects in lists:
        for index, aspect in enumerate(aspects):
            for n, rule in enumerate(aspect.measures):
                yield f"{prefix}aspects[{index}].measures[{n}]", rule
    for n, rule in enumerate(policy.behaviour_rating.measures):
        yield f"ratings.behaviour.measures[{n}]", rule
