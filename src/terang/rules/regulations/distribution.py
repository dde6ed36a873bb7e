"""The distribution check: does the spread of predicates in a unit fit the organisation's predicate?

PermenPANRB 6/2022 (Lampiran IV p. 94–97) prints curves without numbers and calls them a consideration; the percentages
are those of SE MenPANRB 3/2023. So the check warns and asks for a reason. It never blocks.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.words import LABELS, PREDICATES, organisation_predicate

_FULL_BP = 10_000


@dataclass(frozen=True)
class DistributionCheck:
    """Outcome for one unit. `warnings` are Indonesian sentences; any warning makes a reason compulsory."""

    ok: bool
    warnings: tuple[str, ...]
    rule_set: str


def check_distribution(organisation: str, counts: Mapping[str, int], on: date | None = None) -> DistributionCheck:
    """Checks the head-counts of one appraiser's unit by predicate code; a predicate left out counts zero people.

    Shares are compared as exact fractions, never rounded. Raises RuleInputError for a negative count, an unknown
    predicate, or a unit without people.
    """
    known = _checked(counts)
    rules = rule_set("distribution", on)
    pattern = rules.values["patterns"][organisation_predicate(organisation)]
    warnings = [*_largest(pattern.get("largest"), known)]
    warnings += [warning for limit in pattern["limits"] if (warning := _exceeded(limit, known))]
    if warnings and _cannot_fit(pattern, sum(known.values())):
        warnings.append(
            f"Unit ini hanya {sum(known.values())} orang sehingga pola tidak mungkin dipenuhi; simpan dengan alasan."
        )
    return DistributionCheck(not warnings, tuple(warnings), rules.id)


def counts_from_sequence(numbers: Sequence[int]) -> dict[str, int]:
    """Five head-counts in the order SB, B, BP, K, SK as a mapping. Raises RuleInputError for another length."""
    if len(numbers) != len(PREDICATES):
        raise RuleInputError(
            f"Ada {len(numbers)} angka, seharusnya 5.",
            "Tulis jumlah orang berurutan SB,B,BP,K,SK, misalnya 5,14,1,0,0.",
        )
    return dict(zip(PREDICATES, numbers, strict=True))


def _checked(counts: Mapping[str, int]) -> dict[str, int]:
    for code, count in counts.items():
        if code not in PREDICATES:
            raise RuleInputError(f"“{code}” bukan predikat yang dikenal.", f"Pakai {', '.join(PREDICATES)}.")
        if count < 0:
            raise RuleInputError(f"Jumlah {LABELS[code]} adalah {count}.", "Jumlah orang tidak boleh negatif.")
    if not sum(counts.values()):
        raise RuleInputError("Belum ada pegawai yang dihitung.", "Isi sekurang-kurangnya satu orang.")
    return {code: counts.get(code, 0) for code in PREDICATES}


def _largest(code: str | None, counts: Mapping[str, int]) -> list[str]:
    if code is None or counts[code] >= max(counts.values()):
        return []
    return [f"{LABELS[code]} ({counts[code]} orang) bukan kelompok terbesar."]


def _exceeded(limit: Mapping[str, Any], counts: Mapping[str, int]) -> str:
    """The warning for one limit, or "" where it is kept."""
    total = sum(counts.values())
    codes = limit["predicates"]
    count = sum(counts[code] for code in codes)
    least, most = _least(limit, total), _most(limit, total)
    found = f"{' + '.join(LABELS[code] for code in codes)} {count} dari {total} orang ({_percent(count, total)})"
    if count > most:
        return f"{found}, paling banyak {_share(limit['max_bp'])} ({most} orang)."
    if count < least:
        bound = f"{_share(limit['min_bp'])} ({least} orang)" if "min_bp" in limit else f"{least} orang"
        return f"{found}, paling sedikit {bound}."
    return ""


def _least(limit: Mapping[str, Any], total: int) -> int:
    return max(-(-int(limit.get("min_bp", 0)) * total // _FULL_BP), int(limit.get("min_count", 0)))


def _most(limit: Mapping[str, Any], total: int) -> int:
    return int(limit.get("max_bp", _FULL_BP)) * total // _FULL_BP


def _cannot_fit(pattern: Mapping[str, Any], total: int) -> bool:
    """Whether no spread of so few people keeps every limit."""
    return total <= _SMALL_UNIT and not any(_fits(pattern, counts) for counts in _spreads(total))


_SMALL_UNIT = 4
"""Largest unit for which every spread is tried; in a larger one some spread always keeps the limits."""


def _spreads(total: int) -> list[dict[str, int]]:
    spreads: list[list[int]] = [[]]
    for _ in PREDICATES[:-1]:
        spreads = [[*spread, count] for spread in spreads for count in range(total - sum(spread) + 1)]
    return [dict(zip(PREDICATES, [*spread, total - sum(spread)], strict=True)) for spread in spreads]


def _fits(pattern: Mapping[str, Any], counts: Mapping[str, int]) -> bool:
    return not _largest(pattern.get("largest"), counts) and not any(
        _exceeded(each, counts) for each in pattern["limits"]
    )


def _share(share_bp: int) -> str:
    return f"{share_bp // 100} %"


def _percent(count: int, total: int) -> str:
    """One decimal, half-up, for reading only."""
    tenths = (2 * count * 1000 + total) // (2 * total)
    return f"{tenths // 10},{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"
