"""Credit points (angka kredit) of functional officials: predicate × yearly coefficient × months.

PermenPANRB 1/2023 Pasal 37(1) and PerBKN 3/2023. Kept exact as fractions; rounded half-up to two decimals only where a
figure is printed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil

from terang.rules.errors import RuleInputError
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.words import folded
from terang.rules.regulations.words import predicate as predicate_code


@dataclass(frozen=True)
class CreditPeriod:
    """Months of one year, first and last included, that one predicate converts."""

    year: int
    first_month: int
    last_month: int
    level: str
    predicate: str

    @property
    def months(self) -> frozenset[tuple[int, int]]:
        return frozenset((self.year, month) for month in range(self.first_month, self.last_month + 1))


@dataclass(frozen=True)
class Standing:
    """What an accumulation reaches at a level: `next_*` what is asked in all, `to_next_*` what is still missing, 0.00
    where reached. A requirement that does not exist at this level, or that comes with the next level only, is None.

    Enough credit points alone never promote: competence test, vacancy, years in rank and predicates are asked too.
    """

    accumulated: Decimal
    next_rank: Decimal | None
    next_level: Decimal | None

    @property
    def to_next_rank(self) -> Decimal | None:
        return self._gap(self.next_rank)

    @property
    def to_next_level(self) -> Decimal | None:
        return self._gap(self.next_level)

    def _gap(self, need: Decimal | None) -> Decimal | None:
        return None if need is None else max(need - self.accumulated, Decimal(0)).quantize(Decimal("0.01"))


def credit(level: str, predicate: str, months: int = 12, on: date | None = None) -> Decimal:
    """Credit points of a part of a year as printed, two decimals. Raises RuleInputError for unknown words or months."""
    return half_up(exact_credit(level, predicate, months, on), 2)


def exact_credit(level: str, predicate: str, months: int = 12, on: date | None = None) -> Fraction:
    """The same without rounding. `level` such as "ahli_pertama" or "Ahli Pertama"; `months` from 1 to 12."""
    if not 1 <= months <= 12:
        raise RuleInputError(f"Lama {months} bulan tidak mungkin.", "Isi 1 sampai 12 bulan dalam satu tahun.")
    values = rule_set("credit", on).values
    percent = Fraction(values["percent"][predicate_code(predicate)], 100)
    return Fraction(months, 12) * percent * Fraction(values["levels"][level_code(level, on)]["coefficient"])


def accumulate(periods: Iterable[CreditPeriod], on: date | None = None) -> Decimal:
    """Sum over periods at one level, two decimals. A month may be converted once only.

    Raises RuleInputError where two periods share a month, a period ends before it begins, or the levels differ
    (a new level starts again from zero).
    """
    known = list(periods)
    _refuse_overlap(known)
    if len({level_code(each.level, on) for each in known}) > 1:
        raise RuleInputError(
            "Angka kredit dari jenjang yang berbeda tidak dijumlahkan.", "Naik jenjang memulai lagi dari 0,00."
        )
    amounts = [exact_credit(each.level, each.predicate, len(each.months), on) for each in known]
    return half_up(sum(amounts, Fraction(0)), 2)


def standing(level: str, accumulated: Decimal, on: date | None = None, *, rank: str = "") -> Standing:
    """What is asked for the next rank and the next level.

    Within a level points go on, so each further rank asks as much again: Ahli Madya 150, 300, and 450 for the next
    level. `rank` is the present one ("IV/b"); the first of the level where it is missing or another level's. At the
    last rank of a level the next comes with the level.
    """
    values = rule_set("credit", on).values["levels"][level_code(level, on)]
    ranks: list[str] = values["ranks"]
    place = ranks.index(rank) if rank in ranks else 0
    next_level = values.get("next_level")
    return Standing(
        accumulated,
        None if place and place == len(ranks) - 1 else Decimal(values["next_rank"]) * (place + 1),
        None if next_level is None else Decimal(next_level),
    )


def months_to(level: str, predicate: str, missing: Decimal, on: date | None = None) -> int | None:
    """How many more months with this predicate make up what is missing; None where a month adds nothing."""
    month = exact_credit(level, predicate, 1, on)
    return ceil(Fraction(missing) / month) if month else None


def education_bonus(level: str, on: date | None = None) -> Decimal:
    """What a higher formal education adds, once: a part of what the next rank asks at this level."""
    values = rule_set("credit", on).values
    need = values["levels"][level_code(level, on)]["next_rank"]
    return half_up(Fraction(values["education_percent"] * need, 100), 2)


def converts(status: str, on: date | None = None) -> bool:
    """Whether performance of this employment status ("pns", "pppk", "cpns") becomes credit points."""
    return status in rule_set("credit", on).values["statuses"]


def after_level_promotion() -> Decimal:
    """Accumulation with which a new level begins (PerBKN 3/2023): the old one does not carry over."""
    return Decimal("0.00")


def level_code(word: str, on: date | None = None) -> str:
    """Code of a level in any usual spelling. Raises RuleInputError."""
    code = folded(word)
    levels = rule_set("credit", on).values["levels"]
    if code not in levels:
        raise RuleInputError(f"Jenjang “{word}” tidak dikenal.", f"Pilih {', '.join(levels)}.")
    return code


def _refuse_overlap(periods: Iterable[CreditPeriod]) -> None:
    taken: set[tuple[int, int]] = set()
    for each in periods:
        if not 1 <= each.first_month <= each.last_month <= 12:
            raise RuleInputError(
                f"Bulan {each.first_month} sampai {each.last_month} bukan rentang dalam satu tahun.",
                "Isi bulan awal dan akhir antara 1 dan 12, awal tidak sesudah akhir.",
            )
        if double := sorted(taken & each.months):
            months = ", ".join(f"{month:02d}/{year}" for year, month in double)
            raise RuleInputError(
                f"Bulan {months} sudah dikonversi.", "Satu bulan hanya boleh dikonversi sekali; kurangi rentangnya."
            )
        taken |= each.months
