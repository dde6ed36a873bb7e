"""From the facts of one employee and month to the ordered ledger, in exact arithmetic.

Rupiah are whole, everything between is a fraction; each step rounds once, as the rule names it.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache

from terang.rules.allowance import national, words
from terang.rules.allowance.facts import Fact, FactSpec, label_of, sanctions_in
from terang.rules.allowance.ledger import Exact, Ledger, Row, over
from terang.rules.allowance.loading import rule_digest
from terang.rules.allowance.model import (
    FULL_BP,
    AllowanceRule,
    Amounts,
    Condition,
    Number,
    Part,
    Rate,
    Rounding,
    Rung,
    Sanction,
    Step,
    Value,
    When,
    names_of_step,
    names_of_value,
)
from terang.rules.errors import RuleInputError
from terang.rules.sentences import Part as Said
from terang.rules.sentences import Sentence, joined

Held = Exact | str | date | None
NOTHING = Sentence("")


def compute(rule: AllowanceRule, facts: Mapping[str, Fact], month: date) -> Ledger:
    """The ledger of one employee and month (any day of it). `facts`: those of `rule.facts()`; more are ignored.

    Raises RuleInputError where a fact that the rule needs is missing or cannot be, or no amount stands for the class.
    """
    return _Run(_prepared(rule), facts, month.replace(day=1)).ledger()


def in_force(rules: Iterable[AllowanceRule], month: date) -> AllowanceRule:
    """The version for a month: the newest that begins on or before its first day.

    Raises RuleInputError where none does.
    """
    first = month.replace(day=1)
    known = [each for each in rules if each.valid_from <= first]
    if not known:
        raise RuleInputError(
            f"Belum ada aturan tunjangan yang berlaku pada {first:%Y-%m}.", "Pilih aturan yang berlaku lebih awal."
        )
    return max(known, key=lambda each: (each.valid_from, each.version))


def rounded(value: Exact, how: Rounding) -> int:
    """Whole rupiah. Named roundings: "half_up" (half away from zero), "up" (away from zero), "down" (towards zero)."""
    top, bottom = abs(value.numerator), value.denominator
    if how == "half_up":
        whole = (2 * top + bottom) // (2 * bottom)
    else:
        whole = -(-top // bottom) if how == "up" else top // bottom
    return whole if value >= 0 else -whole


@dataclass(frozen=True, eq=False)
class _Prepared:
    """A rule with what every month asks of it."""

    rule: AllowanceRule
    digest: str
    specs: tuple[FactSpec, ...]
    names: frozenset[str]
    behind: Mapping[str, tuple[str, ...]]
    labels: Mapping[str, str]
    units: Mapping[str, str]


@lru_cache(maxsize=64)
def _prepared(rule: AllowanceRule) -> _Prepared:
    known: dict[str, tuple[str, ...]] = {spec.code: (spec.code,) for spec in rule.facts()}
    known["basic"] = tuple(name for name in ("class", "basic_idr") if name in known)
    known["acting_basic"] = tuple(name for name in ("acting_class", "acting_basic_idr") if name in known)
    if rule.higher_class:
        known["basic"] += known["acting_basic"]
    for value in rule.values:
        known[value.code] = _merged(known, names_of_value(value))
    steps = {step.code: _merged(known, names_of_step(step)) for step in rule.steps}
    for step in rule.steps:
        for split in step.splits:
            rest = {other.share for other in step.splits} - {split.share}
            names = [name for name in names_of_step(step) if name not in rest]
            steps[f"{step.code}/{split.share}"] = _merged(known, names)
    specs = rule.facts()
    labels: dict[str, str] = {spec.code: label_of(spec) for spec in specs} | _BUILT_IN
    labels |= {value.code: value.label for value in rule.values} | {step.code: step.label for step in rule.steps}
    units = {spec.code: spec.unit for spec in specs} | {value.code: value.unit for value in rule.values}
    return _Prepared(rule, rule_digest(rule), specs, frozenset(rule.names()), {**known, **steps}, labels, units)


def _merged(known: Mapping[str, tuple[str, ...]], names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for name in names for code in known.get(name, ())))


_BUILT_IN: dict[str, str] = {
    "basic": Sentence("besaran dasar"),
    "acting_basic": Sentence("besaran jabatan Plt."),
    "total": Sentence("jumlah sampai langkah ini"),
}


class _Run:
    """One computation. `env` holds every name that has a value so far."""

    def __init__(self, prepared: _Prepared, facts: Mapping[str, Fact], month: date) -> None:
        self.prepared, self.rule, self.month = prepared, prepared.rule, month
        self.env: dict[str, Held] = {spec.code: _held(spec, facts) for spec in prepared.specs}
        self.rows: list[Row] = []
        self.total = 0
        self.gross = 0

    def ledger(self) -> Ledger:
        self._amounts()
        for value in self.rule.values:
            self._value(value)
        for step in self.rule.steps:
            self.env["total"] = self.total
            before = self.total
            if self._holds(step.when):
                _STEPS[step.kind](self, step)
            self.env.setdefault(step.code, abs(self.total - before))
        return Ledger(self.rule.code, self.rule.version, self.prepared.digest, tuple(self.rows), self.gross)

    def _add(
        self,
        step: str,
        kind: str,
        label: tuple[str, str],
        *,
        amount: int = 0,
        base: Exact | None = None,
        operand: Sentence = NOTHING,
        value: Exact = 0,
        unit: str = "rupiah",
        reason: Sentence = NOTHING,
        source: str = "",
        share: str = "",
    ) -> None:
        self.total += amount
        behind = self.prepared.behind.get(f"{step}/{share}" if share else step, ())
        number = len(self.rows) + 1
        self.rows.append(
            Row(number, step, kind, *label, base, operand, amount, self.total, value, unit, reason, source, behind)
        )

    # names and conditions

    def number(self, name: Number) -> Exact:
        """A number, or the value of a name. Raises RuleInputError where it has none."""
        if not isinstance(name, str):
            return name
        found = self.env.get(name)
        if not isinstance(found, int | Fraction):
            raise RuleInputError(f"“{self._named(name)}” belum diisi.", f"Isi kolom {self._column(name)}.")
        return found

    def text(self, name: str) -> str:
        found = self.env.get(name)
        if not isinstance(found, str) or not found:
            raise RuleInputError(f"“{self._named(name)}” belum diisi.", f"Isi kolom {self._column(name)}.")
        return found

    def _named(self, name: str) -> str:
        return str(self.prepared.labels.get(name, name))

    def _column(self, name: str) -> str:
        spec = self.rule.fact(name)
        return spec.column if spec else ", ".join(self.prepared.behind.get(name, (name,)))

    def _holds(self, when: When) -> bool:
        return all(self._meets(each) for each in when)

    def _meets(self, condition: Condition) -> bool:
        found = self.env.get(condition.name)
        if condition.missing is not None:
            return (found is None) == condition.missing
        if found is None:
            return False
        if isinstance(found, str) and (condition.within or condition.outside):
            return (not condition.within or found in condition.within) and found not in condition.outside
        if not isinstance(found, int | Fraction):
            return False
        bounds: tuple[tuple[Number | None, Callable[[Exact], bool]], ...] = (
            (condition.from_, lambda edge: found >= edge),
            (condition.up_to, lambda edge: found <= edge),
            (condition.above, lambda edge: found > edge),
            (condition.below, lambda edge: found < edge),
        )
        return all(self._bound(bound, test) for bound, test in bounds)

    def _bound(self, bound: Number | None, test: Callable[[Exact], bool]) -> bool:
        if bound is None:
            return True
        edge = self.env.get(bound) if isinstance(bound, str) else bound
        return isinstance(edge, int | Fraction) and test(edge)

    # amounts and values

    def _amounts(self) -> None:
        """The basic amount of the class, and that of the acting post."""
        names = self.prepared.names
        if self.rule.higher_class or "acting_basic" in names:
            self.env["acting_basic"] = self._class_amount("acting_basic_idr", "acting_class", missing=True)[0]
        if not (self.rule.higher_class or "basic" in names):
            return
        amount, reason, source = self._class_amount("basic_idr", "class")
        acting, own, higher = self.env.get("acting_basic"), self.env.get("class"), self.env.get("acting_class")
        is_higher = isinstance(higher, int | Fraction) and isinstance(own, int | Fraction) and higher > own
        if self.rule.higher_class and is_higher and isinstance(acting, int | Fraction):
            amount, reason = acting, Sentence("Kelas jabatan yang dijabat sebagai Plt. lebih tinggi, maka dipakai.")
        self.env["basic"] = amount
        label = ("Besaran dasar", "Basic amount")
        self._add("basic", "basic", label, value=self.number("basic"), reason=reason, source=source)

    def _class_amount(self, given: str, grade: str, *, missing: bool = False) -> tuple[Held, Sentence, str]:
        told = self.env.get(given)
        if isinstance(told, int | Fraction):
            return told, Sentence("Disebut dalam data bulan ini."), self.rule.legal_basis
        if self.env.get(grade) is None and missing:
            return None, NOTHING, ""
        number = int(self.number(grade))
        table = next((each for each in self.rule.amounts if self._is_for(each)), None)
        if table is None:
            raise RuleInputError(
                f"Aturan {self.rule.code} tidak punya besaran yang berlaku pada {self.month:%Y-%m}.",
                "Tambahkan [[amounts]] dalam aturan, atau isi kolom besaran_dasar.",
            )
        return self._of_class(table, number), Sentence("Kelas jabatan %(n)s.", {"n": number}), table.decree

    def _is_for(self, table: Amounts) -> bool:
        return table.holds_on(self.month) and self._holds(table.when)

    def _of_class(self, table: Amounts, grade: int) -> int:
        if table.index is not None:
            return rounded(national.board_amount(grade, self.month) * table.index, table.rounding)
        if grade not in table.by_class:
            raise RuleInputError(
                f"{table.decree} tidak punya besaran untuk kelas jabatan {grade}.", "Periksa kelas jabatan pegawai ini."
            )
        return table.by_class[grade]

    def _value(self, value: Value) -> None:
        override = next((each for each in value.overrides if self._holds(each.when)), None)
        found: Exact
        if override is not None:
            found, reason = override.value, Sentence("%(why)s.", {"why": override.label})
        else:
            parts = [part for part in value.parts if self._holds(part.when)]
            points = [self._part(part, value.unit) for part in parts]
            found = over(value.start + sum(point for point, _ in points), value.divide)
            found = found.numerator // found.denominator if value.whole else found
            start = [words.amount(value.start, value.unit)] if value.start else []
            reason = joined("; ", [*start, *(told for _, told in points)])
        found = found if value.least is None else max(found, value.least)
        found = found if value.most is None else min(found, value.most)
        self.env[value.code] = found
        label = (value.label, value.label_en)
        self._add(value.code, "value", label, value=found, unit=value.unit, reason=reason, source=value.source)

    def _part(self, part: Part, unit: str) -> tuple[Exact, Sentence]:
        """What a part adds, and the part in words."""
        label = part.label or self.prepared.labels[part.name]
        if part.rungs:
            return self._rung(part, label, unit)
        held = self.number(part.name)
        if part.target is not None:
            target = self.number(part.target)
            if not target:
                raise RuleInputError(f"“{self._named(str(part.target))}” nol, jadi tidak ada yang dapat dibagi.")
            told = {"what": label, "n": words.number(held, 2), "of": words.number(target, 2)}
            return over(held * FULL_BP * part.each, target), Sentence("%(what)s: %(n)s dari %(of)s", told)
        point = held * part.each
        own = self._unit(part.name)
        if own == unit and part.each in (1, -1):
            text = words.amount(point, unit)
            return point, Sentence("%(what)s: %(amount)s", {"what": label, "amount": text})
        each: dict[str, Said] = {"what": label, "n": words.number(held, 2), "each": words.amount(part.each, unit)}
        return point, Sentence("%(what)s: %(n)s × %(each)s", each)

    def _rung(self, part: Part, label: str, unit: str) -> tuple[Exact, Sentence]:
        held = self.env.get(part.name)
        if held is None and part.missing is not None:
            point = part.missing
            told = {"what": label, "amount": words.amount(point, unit)}
            return point, Sentence("%(what)s: tidak ada, jadi %(amount)s", told)
        number = self.number(part.name)
        point = next((rung.value for rung in part.rungs if _reached(rung, number)), 0)
        shown = words.amount(number, self._unit(part.name))
        return point, Sentence(
            "%(what)s: %(n)s, jadi %(amount)s", {"what": label, "n": shown, "amount": words.amount(point, unit)}
        )

    def _unit(self, name: str) -> str:
        return self.prepared.units.get(name, "rupiah")

    # steps

    def _rate(self, rates: tuple[Rate, ...]) -> Exact | None:
        """The first rate whose conditions hold, in basis points; all of it where the step names none."""
        if not rates:
            return FULL_BP
        found = next((rate.bp for rate in rates if self._holds(rate.when)), None)
        return None if found is None else self.number(found)

    def _base(self, step: Step) -> Exact | None:
        """What the step is taken of; None where a name has no value."""
        held = [self.env.get(name) for name in step.of]
        return None if None in held else sum(each for each in held if isinstance(each, int | Fraction))

    def _pay(self, step: Step) -> None:
        given = self.env.get(step.given) if step.given else None
        base, rate = self._base(step), self._rate(step.rates)
        if isinstance(given, int | Fraction):
            base, rate = given, FULL_BP
        if base is None or rate is None:
            return
        ceiling = over(base * rate, FULL_BP)
        if step.ceiling_rounding is not None:
            ceiling = rounded(ceiling, step.ceiling_rounding)
        factors = [self.number(name) for name in step.times]
        count = self.number(step.count) if step.count else 1
        full = ceiling * count
        for factor in factors:
            full = over(full * factor, FULL_BP)
        text = [words.share(rate)] if rate != FULL_BP else []
        text += [words.number(count, 2)] if step.count else []
        text += [words.share(each) for each in factors if each != FULL_BP]
        why = self._why(step, base, NOTHING if given is None else Sentence("Besaran menurut keputusan."))
        if not step.splits:
            amount = rounded(full, step.rounding)
            operand = words.times(text or [words.share(FULL_BP)])
            label = (step.label, step.label_en)
            self._add(
                step.code, "pay", label, amount=amount, base=base, operand=operand, reason=why, source=step.source
            )
            return
        for split in step.splits:
            paid = self.number(split.share)
            amount = rounded(over(full * split.portion_bp * paid, FULL_BP * FULL_BP), step.rounding)
            operand = words.times([*text, words.share(split.portion_bp), words.share(paid)])
            label = (f"{step.label}: {split.label}", f"{step.label_en}: {split.label_en}")
            self._add(
                step.code,
                "pay",
                label,
                amount=amount,
                base=base,
                operand=operand,
                reason=why,
                source=step.source,
                share=split.share,
            )

    def _cut(self, step: Step) -> None:
        base, rate = self._base(step), self._rate(step.rates)
        if base is None or rate is None:
            return
        count = self.number(step.count) if step.count else 1
        whole = rate * count
        base = max(base, 0)
        capped = step.most_bp is not None and whole > step.most_bp
        part: Exact = step.most_bp if capped and step.most_bp is not None else whole
        for name in step.times:
            part = over(part * self.number(name), FULL_BP)
        more = Sentence("Paling banyak %(most)s.", {"most": words.share(part)}) if capped else NOTHING
        text = [words.number(count, 2)] if step.count else []
        operand = words.times([*text, words.share(rate)])
        if not part:
            self._row(step, 0, base, operand, _NOTHING_TO_CUT)
            return
        self._take(step, base, rounded(over(base * part, FULL_BP), step.rounding), operand, self._why(step, base, more))

    def _sanction(self, step: Step) -> None:
        base = self._base(step)
        if base is None:
            return
        running = [found for each in self._sanctions() if (found := self._running(step, *each))]
        if not running:
            return
        if step.several == "heaviest":
            heaviest = max(running, key=lambda each: each[0].bp)
            others = [each[0].label for each in running if each is not heaviest]
            why = heaviest[1]
            if others:
                told: dict[str, Said] = {"why": why, "others": ", ".join(others)}
                why = Sentence("%(why)s Hukuman lain yang berjalan tidak menambah: %(others)s.", told)
            self._punish(step, base, heaviest[0], heaviest[0].bp, why)
            return
        left = FULL_BP
        for sanction, why in running:
            self._punish(step, base, sanction, min(sanction.bp, left), why)
            left -= min(sanction.bp, left)

    def _punish(self, step: Step, base: Exact, found: Sanction, bp: int, why: Sentence) -> None:
        amount = rounded(over(base * bp, FULL_BP), step.rounding)
        self._take(step, base, amount, words.times([words.share(bp)]), why, found.source or step.source)

    def _sanctions(self) -> list[tuple[str, date]]:
        """Every sanction of the person with the day it took effect. Raises RuleInputError where a day is missing."""
        code, since, several = (self.env.get(name) for name in ("sanction", "sanction_since", "sanctions"))
        if several:
            try:
                return sanctions_in(str(several))
            except ValueError:
                raise RuleInputError(
                    f"Hukuman “{several}” tidak terbaca.", "Tulis seperti sedang_6 2026-02-16; sedang_9 2026-05-04."
                ) from None
        if not code:
            return []
        if not isinstance(since, date):
            raise RuleInputError("Hukuman belum punya tanggal berlaku.", "Isi kolom hukuman_berlaku.")
        return [(str(code), since)]

    def _running(self, step: Step, code: str, since: date) -> tuple[Sanction, Sentence] | None:
        """The sanction with its reason where it cuts this month. Raises RuleInputError for one the rule has not."""
        found = next((each for each in step.sanctions if each.code == code), None)
        if found is None:
            known = ", ".join(each.code for each in step.sanctions)
            raise RuleInputError(f"Hukuman “{code}” tidak ada dalam aturan {self.rule.code}.", f"Pilih {known}.")
        passed = (self.month.year - since.year) * 12 + self.month.month - since.month
        number = passed - step.starts_after + 1
        if not 1 <= number <= found.months:
            return None
        told: dict[str, Said] = {"what": found.label, "n": number, "months": found.months, "since": words.day(since)}
        return found, Sentence("%(what)s, berlaku sejak %(since)s: bulan ke-%(n)s dari %(months)s.", told)

    def _factor(self, step: Step) -> None:
        rate = self._rate(step.rates)
        if rate is None:
            return
        base = self.total
        amount = rounded(over(base * rate, FULL_BP), step.rounding) - self.total
        operand, why = words.times([words.share(rate)]), self._why(step, base)
        self._row(step, amount, base, operand, why)

    def _nothing(self, step: Step) -> None:
        base = self.total
        self._row(step, -self.total, base, words.times([words.share(0)]), self._why(step, base))

    def _least(self, step: Step) -> None:
        why = Sentence("Tunjangan tidak kurang dari nol.")
        self._row(step, max(0, -self.total), None, NOTHING, why)

    def _gross(self, step: Step) -> None:
        self.gross = self.total
        self.env[step.code] = self.total
        label = (step.label, step.label_en)
        why = Sentence("Jumlah semua langkah di atas.")
        self._add(step.code, "gross", label, value=self.total, reason=why, source=step.source)

    def _insurance(self, step: Step) -> None:
        rate, ceiling, rules = national.insurance(step.who, self.month)
        base, salary = self._base(step), self.number("salary_idr")
        wage = min(salary + (base or 0), ceiling)
        whole = rounded(over(wage * rate, FULL_BP), step.rounding)
        already = self.number("salary_insurance_idr")
        if step.who == "employer":
            already = rounded(over(min(salary, ceiling) * rate, FULL_BP), step.rounding)
        told = {"whole": words.rupiah(whole), "already": words.rupiah(already), "ceiling": words.rupiah(ceiling)}
        why = Sentence(
            "Gaji dan tunjangan paling banyak %(ceiling)s: %(whole)s, dikurangi %(already)s dari gaji.", told
        )
        amount = max(0, whole - int(already))
        self._take(step, wage, amount, words.times([words.share(rate)]), why, step.source or rules.article)

    def _tax(self, step: Step) -> None:
        base = self._base(step) or 0
        if step.scheme == "final":
            rank = self.env.get("rank")
            rate, rules = national.final_rate(str(rank or ""), self.text("employment"), self.month)
            why = Sentence("Pajak final golongan %(rank)s.", {"rank": str(rank or "–")})
            amount = rounded(over(base * rate, FULL_BP), step.rounding)
            self._take(step, base, amount, words.times([words.share(rate)]), why, step.source or rules.article)
            return
        salary, ptkp = self.number("salary_idr"), self.text("ptkp")
        rate, category, rules = national.ter_rate(ptkp, base + salary, self.month)
        source = step.source or rules.article
        if self.month.month == national.DECEMBER:
            why = Sentence("Desember dihitung ulang setahun (Pasal 17 UU PPh) oleh bendahara.")
            self._take(step, base, int(self.number("december_tax_idr")), NOTHING, why, source)
            return
        amount = rounded(over((base + salary) * rate, FULL_BP), step.rounding)
        told = {"category": category, "ptkp": ptkp}
        why = Sentence("Tarif efektif %(category)s (%(ptkp)s) atas gaji dan tunjangan.", told)
        if step.less_salary:
            alone = rounded(over(salary * national.ter_rate(ptkp, salary, self.month)[0], FULL_BP), step.rounding)
            amount = max(0, amount - alone)
            told["alone"] = words.rupiah(alone)
            why = Sentence(
                "Tarif efektif %(category)s (%(ptkp)s) atas gaji dan tunjangan, dikurangi pajak gaji %(alone)s.", told
            )
        self._take(step, base + salary, amount, words.times([words.share(rate)]), why, source)

    def _deduct(self, step: Step) -> None:
        base, rate = self._base(step), self._rate(step.rates)
        if base is None or rate is None:
            return
        amount = rounded(over(base * rate, FULL_BP), step.rounding)
        self._take(step, base, amount, words.times([words.share(rate)]), self._why(step, base))

    def _take(self, step: Step, base: Exact, amount: int, operand: Sentence, why: Sentence, source: str = "") -> None:
        """Takes an amount off; after "gross" no more than there is left."""
        is_after = step.kind in ("insurance", "tax", "deduct")
        if is_after and not step.memo and amount > self.total:
            amount, why = self.total, Sentence("%(why)s Paling banyak yang tersisa.", {"why": why})
        self._row(step, -amount, base, operand, why, source)

    def _row(
        self, step: Step, amount: int, base: Exact | None, operand: Sentence, why: Sentence, source: str = ""
    ) -> None:
        label, source = (step.label, step.label_en), source or step.source
        if step.memo:
            self.env[step.code] = kept = abs(amount)
            self._add(step.code, "memo", label, base=base, operand=operand, value=kept, reason=why, source=source)
            return
        self._add(step.code, step.kind, label, amount=amount, base=base, operand=operand, reason=why, source=source)

    def _why(self, step: Step, base: Exact, more: Sentence = NOTHING) -> Sentence:
        """Of what it was taken, and how it was rounded."""
        of = self._of(step)
        told = {"of": of, "base": words.rupiah(base)}
        why = Sentence("Dari %(of)s %(base)s.", told)
        rounding = _ROUNDED[step.rounding]
        return joined(" ", [why, more, rounding] if more else [why, rounding])

    def _of(self, step: Step) -> str:
        names = (step.given,) if step.given and self.env.get(step.given) is not None else step.of
        labels = [self.prepared.labels[name] for name in names]
        return labels[0] if len(labels) == 1 else joined(" + ", labels)


_NOTHING_TO_CUT = Sentence("Tidak ada yang dipotong.")

_ROUNDED: Mapping[Rounding, Sentence] = {
    "half_up": Sentence("Dibulatkan ke rupiah terdekat."),
    "up": Sentence("Dibulatkan ke atas."),
    "down": Sentence("Dibulatkan ke bawah."),
}

_STEPS: Mapping[str, Callable[[_Run, Step], None]] = {
    "pay": _Run._pay,
    "cut": _Run._cut,
    "sanction": _Run._sanction,
    "factor": _Run._factor,
    "nothing": _Run._nothing,
    "least": _Run._least,
    "gross": _Run._gross,
    "insurance": _Run._insurance,
    "tax": _Run._tax,
    "deduct": _Run._deduct,
}


def _reached(rung: Rung, number: Exact) -> bool:
    if rung.from_ is not None:
        return number >= rung.from_
    return rung.up_to is None or number <= rung.up_to


def _held(spec: FactSpec, facts: Mapping[str, Fact]) -> Held:
    """A fact as the rules hold it. Raises RuleInputError where it is missing or of another kind."""
    value = facts.get(spec.code)
    if value is None:
        if not spec.optional:
            raise RuleInputError(f"“{spec.label}” belum diisi.", f"Isi kolom {spec.column}.")
        value = spec.blank
    if value is None or (spec.unit == "day" and isinstance(value, date)):
        return value
    if spec.numeric and isinstance(value, int) and spec.least <= value <= spec.most:
        return value
    if not spec.numeric and isinstance(value, str) and (not spec.choices or value in spec.choices):
        return value
    raise RuleInputError(f"“{spec.label}” tidak dapat bernilai {value}.", f"Periksa kolom {spec.column}.")
