"""What a report asks of the rooms beside it, which it does not know: `TERANG_REPORT_FACTS` names their functions.

Each is (employee_id, start, end, as_of) → list of `evidence.figures.Figure`, for the time from `start` to before `end`.
"""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import override

from terang.evidence.figures import GROUPS, Figure

Provider = Callable[[int, date, date, date], list[Figure]]


def figures_of(employee_id: int, start: date, end: date, as_of: date) -> list[Figure]:
    """Every figure of a person, by group in the order of a report. In Indonesian, whatever the reader's language."""
    providers: list[Provider] = [import_string(path) for path in getattr(settings, "TERANG_REPORT_FACTS", ())]
    with override("id"):
        found = [figure for provider in providers for figure in provider(employee_id, start, end, as_of)]
    return sorted(found, key=lambda figure: GROUPS.index(figure.group))


def freeze(figures: list[Figure]) -> list[dict[str, Any]]:
    """The figures as they are kept with a report."""
    return [asdict(figure) | {"measures": list(figure.measures)} for figure in figures]


def thaw(rows: list[dict[str, Any]]) -> list[Figure]:
    """The figures that a report was handed in with."""
    return [Figure(**{**row, "measures": tuple(row.get("measures", ()))}) for row in rows]
