"""Asks the worker to work days out again after what they rest on has changed."""

from collections.abc import Collection
from datetime import date, timedelta

from django.core.cache import cache
from django.db import transaction

from terang.evidence.attendance.tasks import derive
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency

SWEPT_DAYS = 7
"""Days looked at again each day: late files, and the absent, of whom no record tells."""


def ask_to_derive(agency: Agency, start: date, end: date, employee_ids: Collection[int] | None = None) -> None:
    """Derives from `start` to before `end`, at the latest today, once this transaction is kept."""
    last = min(end, local_today(agency) + timedelta(days=1))
    if start >= last or (employee_ids is not None and not employee_ids):
        return
    ids = sorted(employee_ids) if employee_ids is not None else None
    transaction.on_commit(lambda: derive.enqueue(agency.pk, start.isoformat(), last.isoformat(), ids))


def begin_day(agency: Agency) -> None:
    """The first record of a day has the last days of everybody worked out again, once."""
    today = local_today(agency)
    if cache.add(f"terang:attendance:swept:{agency.pk}:{today.isoformat()}", 1, 48 * 3600):
        ask_to_derive(agency, today - timedelta(days=SWEPT_DAYS), today)
