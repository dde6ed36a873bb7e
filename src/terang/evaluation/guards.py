"""Guards: what is shown beside a measure so that it cannot be chased alone. A guard has no weight.

A guard is another measure, a signal counted from the same evidence (and kept with the result), or a rule that holds by
construction, such as "only confirmed findings count".
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from terang.evaluation import wording
from terang.evaluation.contributions import half_up
from terang.rules.policies.model import FULL_BP
from terang.rules.tables import EVIDENCE_TABLES
from terang.web.numbers import grouped, percent

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
Signals = dict[str, list[int]]

COUNTED = {
    "reopened_cases": ("services", "reopened", "completed"),
    "response_rate": ("surveys", "respondents", "invited"),
}
"""Signals that are one summed column divided by another: table, numerator, denominator."""


@dataclass(frozen=True)
class Guard:
    """One guard in words: its name and what it says now."""

    label: str
    text: str


def signals(rows: Rows) -> dict[int, Signals]:
    """The counted signals of each person: code to numerator and denominator. Left out where that is zero."""
    found: dict[int, Signals] = defaultdict(dict)
    for code, (table, above, below) in COUNTED.items():
        names = EVIDENCE_TABLES[table].names
        places = names.index(above), names.index(below)
        for row in rows.get(table, ()):
            known = found[row[0]].setdefault(code, [0, 0])
            found[row[0]][code] = [old + row[place] for old, place in zip(known, places, strict=True)]
    return {
        employee_id: {code: pair for code, pair in each.items() if pair[1] > 0} for employee_id, each in found.items()
    }


def guards(codes: Iterable[str], kept: Signals, values: Mapping[str, int | None]) -> list[Guard]:
    """The guards of one measure. `kept`: signals stored with the result; `values`: the person's measures."""
    return [Guard(wording.signal_label(code), _told(code, kept, values)) for code in codes]


def _told(code: str, kept: Signals, values: Mapping[str, int | None]) -> str:
    if code in values:
        return percent(values[code])
    if code in kept:
        return _counted(code, *kept[code])
    return _by_rule().get(code, _("belum dicatat"))


def _counted(code: str, above: int, below: int) -> str:
    words = {"a": grouped(above), "b": grouped(below), "value": percent(half_up(above * FULL_BP, below))}
    if code == "reopened_cases":
        return _("%(a)s dari %(b)s permohonan (%(value)s)") % words
    return _("%(a)s dari %(b)s orang yang ditanya (%(value)s)") % words


def _by_rule() -> dict[str, str]:
    return {
        "accepted_report": _("hanya laporan yang diterima atasan yang dihitung"),
        "confirmed_findings": _("hanya temuan yang terbukti setelah tanggapan yang dihitung"),
        "stated_share": _("hanya porsi yang tertulis dalam rencana yang dihitung"),
    }
