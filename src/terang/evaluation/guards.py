"""Guards: what is shown beside a measure so that it cannot be chased alone. A guard has no weight.

A guard is another measure, a signal counted from records (and kept with the result), or a rule that holds by
construction, such as "only confirmed findings count". Each leads to its records; what nobody counts is not known.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evaluation import wording
from terang.evaluation.contributions import half_up
from terang.evaluation.models import Score
from terang.evaluation.policies import measure_rules
from terang.evidence.work.guarding import CODES as WORK_CODES
from terang.evidence.work.guarding import guard_counts
from terang.rules.policies import Policy
from terang.rules.policies.model import FULL_BP
from terang.rules.tables import EVIDENCE_TABLES, PLAN_RESULTS, REPORT_RATINGS
from terang.web.numbers import grouped, percent

Rows = Mapping[str, Sequence[tuple[Any, ...]]]
Signals = dict[str, list[int]]

COUNTED = {
    "reopened_cases": ("services", "reopened", "completed"),
    "response_rate": ("surveys", "respondents", "invited"),
}
"""Signals that are one summed column divided by another: table, numerator, denominator."""
SUBJECTS = ("superior", "oversight")
"""The two readers of a performance report."""


@dataclass(frozen=True)
class Guard:
    """One guard in words: its name, what it says now, and the address of its records (empty where there is none)."""

    label: str
    text: str
    url: str = ""


@dataclass(frozen=True)
class Place:
    """Whose guards are told: the score, and in which aspect each of its measures stands."""

    score: Score
    aspects: Mapping[str, str]


def signals(rows: Rows, more: Mapping[int, Signals] | None = None) -> dict[int, Signals]:
    """The counted signals of each person: code to numerator and denominator. Left out where that is zero.

    `more` are those that rooms count beside the evidence (`counted_by_rooms`). A code written `measure.code` holds for
    that measure only.
    """
    found: dict[int, Signals] = defaultdict(dict)
    for employee_id, pairs in (more or {}).items():
        found[employee_id].update(pairs)
    for code, (table, above, below) in COUNTED.items():
        names = EVIDENCE_TABLES[table].names
        places = names.index(above), names.index(below)
        for row in rows.get(table, ()):
            _add(found[row[0]], code, row[places[0]], row[places[1]])
    for employee_id, share_bp in _stated_shares(rows):
        _add(found[employee_id], "stated_share", share_bp, FULL_BP)
    for employee_id, distance_bp in _distances(rows):
        found[employee_id]["reader_distance"] = [distance_bp, FULL_BP]
    return {
        employee_id: {code: pair for code, pair in each.items() if pair[1] > 0} for employee_id, each in found.items()
    }


def counted_by_rooms(employee_ids: Collection[int], start: date, end: date, policy: Policy) -> dict[int, Signals]:
    """The signals that rooms count from records which are no evidence of a measure. Five queries at most, none where
    the policy names no such guard."""
    codes = {code for rule in measure_rules(policy) for code in rule.guards}
    if not codes.intersection(WORK_CODES):
        return {}
    return guard_counts(employee_ids, start, end, codes=codes, reporting=policy.reporting)


def of_measure(found: Mapping[str, list[int]], measure: str, codes: Iterable[str]) -> Signals:
    """The signals kept beside one measure, by plain code: one that holds for this measure only goes first."""
    named = {code: found.get(f"{measure}.{code}") or (found.get(code) if "." not in code else None) for code in codes}
    return {code: pair for code, pair in named.items() if pair}


def guards(codes: Iterable[str], kept: Signals, values: Mapping[str, int | None], place: Place) -> list[Guard]:
    """The guards of one measure. `kept`: signals stored with the result; `values`: the person's measures."""
    return [Guard(wording.signal_label(code), _told(code, kept, values), _url(code, place)) for code in codes]


def _add(found: Signals, code: str, above: int, below: int) -> None:
    known = found.setdefault(code, [0, 0])
    found[code] = [known[0] + above, known[1] + below]


def _stated_shares(rows: Rows) -> Iterable[tuple[int, int]]:
    names = PLAN_RESULTS.names
    direction, share = names.index("direction"), names.index("share_bp")
    return ((row[0], row[share]) for row in rows.get(PLAN_RESULTS.name, ()) if row[direction] == "impact")


def _distances(rows: Rows) -> Iterable[tuple[int, int]]:
    """How far the two readers of a report are apart, for who was rated by both; of several ratings their mean."""
    names = REPORT_RATINGS.names
    reader, rating = names.index("reader"), names.index("rating_bp")
    given: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows.get(REPORT_RATINGS.name, ()):
        given[row[0]][row[reader]].append(row[rating])
    for employee_id, by_reader in given.items():
        if all(each in by_reader for each in SUBJECTS):
            first, second = (half_up(sum(by_reader[each]), len(by_reader[each])) for each in SUBJECTS)
            yield employee_id, abs(first - second)


def _told(code: str, kept: Signals, values: Mapping[str, int | None]) -> str:
    if code in values:
        value = values[code]
        return percent(value) if value is not None else _("belum diketahui")
    if code in kept:
        return _counted(code, *kept[code])
    return _by_rule().get(code, _("belum diketahui"))


def _counted(code: str, above: int, below: int) -> str:
    words = {"a": grouped(above), "b": grouped(below), "value": percent(half_up(above * FULL_BP, below))}
    match code:
        case "reopened_cases":
            return _("%(a)s dari %(b)s permohonan (%(value)s)") % words
        case "accepted_report":
            return _("%(a)s dari %(b)s kegiatan diterima atasan (%(value)s)") % words
        case "quality_sample":
            return _("%(a)s dari %(b)s kegiatan dibuka sebelum diterima (%(value)s)") % words
        case "entry_bursts":
            return _("%(a)s dari %(b)s kegiatan ditulis sekaligus (%(value)s)") % words
        case "lookalike_entries":
            return _("%(a)s dari %(b)s kegiatan mirip dengan yang sebelumnya (%(value)s)") % words
        case "stated_share":
            return _("porsi yang tertulis dalam rencana rata-rata %(value)s") % words
        case "reader_distance":
            return _("nilai kedua pembaca berselisih %(value)s") % words
    return _("%(a)s dari %(b)s orang yang ditanya (%(value)s)") % words


def _by_rule() -> dict[str, str]:
    return {"confirmed_findings": _("hanya temuan yang terbukti setelah tanggapan yang dihitung")}


def _url(code: str, place: Place) -> str:
    score = place.score
    if code in place.aspects:
        return reverse("evaluation:measure", args=[score.period_id, score.employee_id, place.aspects[code], code])
    if code in WORK_CODES:
        span = {"pegawai": score.employee_id, "mulai": score.period.starts_on, "sampai": score.period.ends_on}
        return f"{reverse('work:behind', args=[code])}?{urlencode(span)}"
    if code == "stated_share":
        return f"{reverse('work:plan')}?pegawai={score.employee_id}"
    return "#catatan" if code == "reader_distance" else ""
