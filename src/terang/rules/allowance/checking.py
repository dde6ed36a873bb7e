"""Faults between the parts of an allowance rule: names that lead nowhere, and an order that cannot be."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from terang.rules.allowance.facts import FACTS
from terang.rules.allowance.model import (
    AFTER_GROSS,
    BEFORE_GROSS,
    BUILT_IN,
    FULL_BP,
    AllowanceRule,
    Part,
    Step,
    When,
    names_of_conditions,
    names_of_step,
    names_of_value,
)
from terang.rules.policies.problems import NOTHING, Problem, basis_points, nearest
from terang.rules.sentences import Sentence


def check(rule: AllowanceRule, problems: list[Problem]) -> None:
    """Adds what is wrong between the parts of a rule whose fields could all be read."""
    known = {*FACTS, *(each.code for each in rule.own_facts)}
    _unique(rule, problems)
    for index, table in enumerate(rule.amounts):
        _known(names_of_conditions(table.when), known, f"amounts[{index}].when", problems)
        if table.valid_to is not None and table.valid_to < table.valid_from:
            _say(problems, f"amounts[{index}].valid_to", Sentence("lebih awal daripada valid_from."))
    known |= set(BUILT_IN)
    for index, value in enumerate(rule.values):
        path = f"values[{index}]"
        _known(names_of_value(value), known - {"total"}, path, problems)
        for place, part in enumerate(value.parts):
            _check_part(part, f"{path}.parts[{place}]", problems)
        if value.least is not None and value.most is not None and value.least > value.most:
            _say(problems, f"{path}.least", Sentence("lebih besar daripada most."))
        known.add(value.code)
    for index, step in enumerate(rule.steps):
        _known(names_of_step(step), known, f"steps[{index}]", problems)
        _check_step(step, f"steps[{index}]", problems)
        known.add(step.code)
    _check_order(rule.steps, problems)
    _check_codes(rule, problems)


def _say(problems: list[Problem], path: str, message: Sentence, hint: Sentence = NOTHING) -> None:
    problems.append(Problem(path, message, hint))


def _unique(rule: AllowanceRule, problems: list[Problem]) -> None:
    """Facts, values and steps share one space of names."""
    taken = dict.fromkeys((*FACTS, *BUILT_IN), "")
    lists = (
        ("facts", [each.code for each in rule.own_facts]),
        ("values", [each.code for each in rule.values]),
        ("steps", [each.code for each in rule.steps]),
    )
    for key, codes in lists:
        for index, code in enumerate(codes):
            path = f"{key}[{index}].code"
            if code in taken:
                place = taken[code] or "docs/allowance.md"
                message = Sentence("“%(code)s” sudah ada di %(place)s.", {"code": code, "place": place})
                _say(problems, path, message, Sentence("Beri nama lain."))
            taken.setdefault(code, path)


def _known(names: Iterable[str], known: set[str], path: str, problems: list[Problem]) -> None:
    for name in dict.fromkeys(names):
        if name not in known:
            message = Sentence("“%(name)s” tidak dikenal di tempat ini.", {"name": name})
            _say(problems, path, message, nearest(name, known))


def _check_part(part: Part, path: str, problems: list[Problem]) -> None:
    if part.rungs and part.target is not None:
        _say(problems, f"{path}.target", Sentence("tidak dapat bersama ladder."), Sentence("Hapus salah satu."))
    if part.target == 0:
        _say(problems, f"{path}.target", Sentence("tidak boleh nol."))
    froms = [rung.from_ for rung in part.rungs if rung.from_ is not None]
    tops = [rung.up_to for rung in part.rungs if rung.up_to is not None]
    rest = len(part.rungs) - len(froms) - len(tops)
    mixed = bool(froms) and (bool(tops) or rest > 0)
    falling = any(a <= b for a, b in pairwise(froms)) or any(a >= b for a, b in pairwise(tops))
    open_end = bool(tops) and (rest != 1 or part.rungs[-1].up_to is not None)
    if part.rungs and (mixed or falling or open_end or not (froms or tops)):
        hint = Sentence(
            "Tulis from dari yang tertinggi, atau up_to dari yang terendah dengan satu anak tangga terakhir."
        )
        _say(problems, f"{path}.ladder", Sentence("tidak berurutan."), hint)


def _check_step(step: Step, path: str, problems: list[Problem]) -> None:
    total = sum(split.portion_bp for split in step.splits)
    if step.splits and total != FULL_BP:
        message = Sentence(
            "bagian berjumlah %(sum)s, seharusnya %(full)s.",
            {"sum": basis_points(total), "full": basis_points(FULL_BP)},
        )
        _say(problems, f"{path}.splits", message, Sentence("Ubah agar jumlahnya tepat 10000."))
    if step.splits and step.kind != "pay":
        _say(problems, f"{path}.splits", Sentence("hanya untuk langkah pay."))
    if step.kind in ("cut", "factor") and not step.rates and not (step.kind == "cut" and step.of != ("total",)):
        _say(problems, f"{path}.rate", Sentence("belum diisi."), Sentence("Isi basis poin, atau nama sebuah nilai."))
    if step.kind == "pay" and step.of == ("total",) and not step.given:
        _say(problems, f"{path}.of", Sentence("belum diisi."), Sentence("Sebutkan dari apa: misalnya basic."))


def _check_order(steps: Sequence[Step], problems: list[Problem]) -> None:
    """One mark "gross"; before it what makes the allowance, a floor last; after it what is taken off."""
    marks = [index for index, step in enumerate(steps) if step.kind == "gross"]
    if len(marks) != 1:
        hint = Sentence("Tulis tepat satu langkah gross: sesudahnya hanya iuran, pajak, dan potongan.")
        _say(problems, "steps", Sentence("punya %(n)s langkah gross.", {"n": len(marks)}), hint)
        return
    if marks[0] == 0 or steps[marks[0] - 1].kind != "least":
        hint = Sentence("Letakkan langkah least tepat sebelum gross, agar tunjangan tidak kurang dari nol.")
        _say(problems, f"steps[{marks[0]}]", Sentence("tidak didahului langkah least."), hint)
    for index, step in enumerate(steps):
        wrong = AFTER_GROSS if index < marks[0] else BEFORE_GROSS
        if step.kind in wrong and not step.memo:
            told = {"kind": step.kind}
            message = (
                Sentence("langkah %(kind)s berdiri sebelum gross.", told)
                if index < marks[0]
                else Sentence("langkah %(kind)s berdiri sesudah gross.", told)
            )
            _say(problems, f"steps[{index}].kind", message, Sentence("Pindahkan langkah ini."))


def _check_codes(rule: AllowanceRule, problems: list[Problem]) -> None:
    """Conditions on codes name codes that exist; bounds stand on numbers."""
    places: list[tuple[str, When]] = [(f"amounts[{n}]", each.when) for n, each in enumerate(rule.amounts)]
    for n, value in enumerate(rule.values):
        places += [(f"values[{n}]", part.when) for part in value.parts]
        places += [(f"values[{n}]", each.when) for each in value.overrides]
    for n, step in enumerate(rule.steps):
        places += [(f"steps[{n}]", step.when), *((f"steps[{n}]", rate.when) for rate in step.rates)]
    for path, when in places:
        for each in when:
            spec = rule.fact(each.name)
            is_text = spec is not None and not spec.numeric
            if bool(each.within or each.outside) and not is_text:
                message = Sentence("“%(name)s” bukan kode, jadi tidak dapat memakai in.", {"name": each.name})
                _say(problems, f"{path}.when", message, Sentence("Pakai from, up_to, above, atau below."))
            for word in (*each.within, *each.outside):
                if spec is not None and spec.choices and word not in spec.choices:
                    message = Sentence("“%(word)s” tidak dikenal.", {"word": word})
                    _say(problems, f"{path}.when", message, nearest(word, spec.choices))
