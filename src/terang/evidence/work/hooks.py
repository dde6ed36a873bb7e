"""What daily work asks of rooms above and beside it, which it does not know: the settings name functions.

`TERANG_WORK_REPORTING`: (agency_id, day) → the policy's `Reporting`, or None where no policy is in force.
`TERANG_WORK_DAYS`: (employee_ids, start, end) → `DayNote` by person and day.
`TERANG_WORK_DAYS_AWAY`: (employee_ids, start, end) → in words how presence calls days without work, absence included.
`TERANG_WORK_DRAFTS`: functions (employee, start, end) → list of `Draft`. `end` is exclusive everywhere.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from terang.evidence.day_notes import DayNote
from terang.evidence.drafts import Draft
from terang.registry.people.models import Employee
from terang.rules.policies import Reporting

WITHOUT_POLICY = Reporting(rhythm="daily", grace_days=1, remote_grace_days=1, progress="month")
"""What is asked where a government has published no policy yet: an entry a day, nothing is scored by it."""


def reporting_rules(agency_id: int, day: date) -> Reporting:
    """What the policy in force on a day says about reporting. One query."""
    path = getattr(settings, "TERANG_WORK_REPORTING", "")
    found = cast(Reporting | None, import_string(path)(agency_id, day)) if path else None
    return found or WITHOUT_POLICY


def day_notes(employee_ids: Collection[int], start: date, end: date) -> Mapping[int, Mapping[date, DayNote]]:
    """What is special about days of these people; nothing where nobody keeps presence. Four queries."""
    path = getattr(settings, "TERANG_WORK_DAYS", "")
    return cast(Mapping[int, Mapping[date, DayNote]], import_string(path)(employee_ids, start, end)) if path else {}


def days_away(employee_ids: Collection[int], start: date, end: date) -> Mapping[tuple[int, date], str]:
    """By person and day what presence says of who was away: leave, sickness, absence. One query."""
    path = getattr(settings, "TERANG_WORK_DAYS_AWAY", "")
    return cast(Mapping[tuple[int, date], str], import_string(path)(employee_ids, start, end)) if path else {}


def made_drafts(employee: Employee, start: date, end: date) -> list[Draft]:
    """What the rooms know of the person's work in these days, latest first. One or two queries a room."""
    paths: Collection[str] = getattr(settings, "TERANG_WORK_DRAFTS", ())
    found = [draft for path in paths for draft in import_string(path)(employee, start, end)]
    return sorted(found, key=lambda draft: (draft.day, draft.source), reverse=True)
