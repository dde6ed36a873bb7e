"""What the work room tells a performance report: indicators of the plan, tasks and daily entries."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from terang.evidence.figures import PLAN, WORK, Figure
from terang.evidence.work.evidence import plan_results, tasks
from terang.evidence.work.models import Entry
from terang.evidence.work.states import REPORTED
from terang.planning.measuring import Direction
from terang.planning.plans.models import Indicator
from terang.rules.tables import PLAN_RESULTS
from terang.web.numbers import grouped, quantity

YES = 1_000


def figures(employee_id: int, start: date, end: date, as_of: date) -> list[Figure]:
    """The figures of one person from `start` to before `end` as of a day, in Indonesian. Six queries at most."""
    return [*_indicators(employee_id, start, end, as_of), *_tasks(employee_id, start, end, as_of),
            *_entries(employee_id, start, end)]  # fmt: skip


def _indicators(employee_id: int, start: date, end: date, as_of: date) -> list[Figure]:
    rows = [dict(zip(PLAN_RESULTS.names, row, strict=True)) for row in plan_results([employee_id], start, end, as_of)]
    entries = _entries_url(employee_id, start, end)
    known = Indicator.objects.in_bulk([row["record_id"] for row in rows])
    return [
        _indicator(known[row["record_id"]], row, f"{entries}&indikator={row['record_id']}")
        for row in rows
        if row["record_id"] in known
    ]


def _indicator(indicator: Indicator, row: Mapping[str, Any], url: str) -> Figure:
    actual, unit = row["actual_milli"], indicator.unit_label
    return Figure(
        group=PLAN,
        label=indicator.text,
        value="belum ada nilai yang diterima" if actual is None else f"{quantity(actual)} {unit}",
        detail=_aim(indicator, row),
        url=url,
        result_id=indicator.result_id,
        reached=None if actual is None else _REACHED[row["direction"]](row),
    )


def _aim(indicator: Indicator, row: Mapping[str, Any]) -> str:
    due, full, unit = _tenths(row["target_milli"]), quantity(indicator.target_milli), indicator.unit_label
    match row["direction"]:
        case Direction.LOWER:
            return f"paling banyak {due} {unit}"
        case Direction.RANGE:
            return f"target {due} sampai {quantity(row['target_max_milli'])} {unit}"
        case Direction.IMPACT:
            return f"dari {quantity(row['baseline_milli'])} menuju {due} {unit}"
        case _ if due != full:
            return f"semestinya {due} dari target {full} {unit}"
    return f"target {full} {unit}"


def _tenths(amount_milli: int | None) -> str:
    """A prorated target as shown: half-up to a tenth, because 842.667 documents say no more than 842.7."""
    return quantity(None if amount_milli is None else (amount_milli + 50) // 100 * 100)


def _impact_reached(row: Mapping[str, Any]) -> bool | None:
    base, aim, actual = row["baseline_milli"], row["target_milli"], row["actual_milli"]
    if base is None or aim is None:
        return None
    return actual <= aim if aim < base else actual >= aim


_REACHED: dict[str, Callable[[Mapping[str, Any]], bool | None]] = {
    Direction.HIGHER: lambda row: row["actual_milli"] >= row["target_milli"],
    Direction.LOWER: lambda row: row["actual_milli"] <= row["target_milli"],
    Direction.RANGE: lambda row: row["target_milli"] <= row["actual_milli"] <= (row["target_max_milli"] or YES**4),
    Direction.YES_NO: lambda row: row["actual_milli"] >= YES,
    Direction.IMPACT: _impact_reached,
}


def _tasks(employee_id: int, start: date, end: date, as_of: date) -> list[Figure]:
    rows = tasks([employee_id], start, end, as_of)
    if not rows:
        return []
    done = sum(row[3] >= row[2] for row in rows)
    url = f"{reverse('work:plan')}?pegawai={employee_id}"
    value = f"{grouped(done)} dari {grouped(len(rows))} selesai"
    return [Figure(WORK, "Tugas yang jatuh tempo", value, url=url, reached=done == len(rows))]


def _entries(employee_id: int, start: date, end: date) -> list[Figure]:
    found = Entry.objects.filter(employee_id=employee_id, day__gte=start, day__lt=end).aggregate(
        **{state.name.lower(): Count("pk", filter=Q(state=state)) for state in REPORTED}
    )
    if not any(found.values()):
        return []
    rest = [
        text.format(grouped(found[name]))
        for name, text in (("submitted", "{} menunggu putusan"), ("returned", "{} dikembalikan"))
        if found[name]
    ]
    value = f"{grouped(found['accepted'])} diterima atasan"
    return [Figure(WORK, "Kegiatan harian", value, "; ".join(rest), _entries_url(employee_id, start, end))]


def _entries_url(employee_id: int, start: date, end: date) -> str:
    return f"{reverse('work:entries')}?pegawai={employee_id}&sejak={start}&sebelum={end}"
