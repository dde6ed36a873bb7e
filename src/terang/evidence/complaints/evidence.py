"""What the complaints room hands to the engine: answers that fell due, in time and not contradicted, and reopenings.

A complaint *about* an officer is never evidence here: only how those it was given to answered it
(`services.charging`).
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils import timezone

from terang.evidence.complaints.explanation import counted, records

__all__ = ["facts", "records"]

Rows = list[tuple[Any, ...]]


def facts(employee_ids: Collection[int], start: date, end: date, *, as_of: date | None = None) -> dict[str, Rows]:
    """Rows of `complaints` between `start` and `end` (exclusive), as `rules.tables` declares them. One query.

    `as_of` is the day of asking (today where missing): what is not due then and not settled is left out.
    """
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in counted(employee_ids, start, end, as_of or timezone.localdate()):
        day, employee_id = row.outcome.day, row.due.employee_id
        assert employee_id is not None
        total = sums[employee_id, day.year * 100 + day.month]
        total[0] += 1
        total[1] += row.outcome.in_time_confirmed
        total[2] += row.outcome.reopened
    return {"complaints": [(*key, *total) for key, total in sorted(sums.items())]}
