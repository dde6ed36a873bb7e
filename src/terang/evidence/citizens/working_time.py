"""Working minutes between two moments: office hours without the break, on working days only.

07.30–12.00 and 13.00–16.00 make the 450 minutes a day of Perpres 21/2023 (five-day week); Friday's longer break ends
the day later and comes to the same sum.
"""

from collections.abc import Iterable
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext, ngettext

from terang.web.numbers import grouped

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
    """Working minutes in words, to the minute, so that who is late by one is seen to be late.

    1,362 → "3 hari kerja 12 menit"; 125 → "2 jam 5 menit kerja". A working day is seven and a half hours.
    """
    days, rest = divmod(minutes, WORKING_DAY_MINUTES)
    clock = _clock(rest)
    if not days:
        return gettext("%(time)s kerja") % {"time": clock}
    words = ngettext("%(n)s hari kerja", "%(n)s hari kerja", days) % {"n": grouped(days)}
    return f"{words} {clock}" if rest else words


def _clock(minutes: int) -> str:
    hours, left = divmod(minutes, 60)
    parts = []
    if hours:
        parts.append(ngettext("%(n)s jam", "%(n)s jam", hours) % {"n": hours})
    if left or not hours:
        parts.append(ngettext("%(n)s menit", "%(n)s menit", left) % {"n": left})
    return " ".join(parts)
