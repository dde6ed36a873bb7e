"""Working minutes between two moments: office hours without the break, on working days only.

07.30–12.00 and 13.00–16.00 make the 450 minutes a day of Perpres 21/2023 (five-day week); Friday's longer break ends
the day later and comes to the same sum.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

WORKING_DAY_MINUTES = 450
OFFICE_HOURS = ((time(7, 30), time(12)), (time(13), time(16)))


def working_minutes(start: datetime, end: datetime, days: Iterable[date], zone: ZoneInfo) -> int:
    """Whole minutes of office hours on `days` (local dates) between two moments; begun minutes are dropped."""
    seconds = 0.0
    for day in days:
        for opens, closes in OFFICE_HOURS:
            since = max(start, datetime.combine(day, opens, zone))
            till = min(end, datetime.combine(day, closes, zone))
            seconds += max((till - since).total_seconds(), 0)
    return int(seconds // 60)


def working_time(minutes: int) -> str:
    """Working minutes in words: from a working day on in days to one decimal, below it in minutes."""
    if minutes < WORKING_DAY_MINUTES:
        return gettext("%(n)s menit kerja") % {"n": minutes}
    tenths = (20 * minutes + WORKING_DAY_MINUTES) // (2 * WORKING_DAY_MINUTES)
    days = f"{tenths // 10},{tenths % 10}".removesuffix(",0")
    return gettext("%(n)s hari kerja") % {"n": days}
