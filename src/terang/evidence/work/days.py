"""The days an entry may be about, and how late it came."""

from datetime import date, timedelta

from django.utils.translation import gettext

from terang.planning.plans.models import IN_FORCE, Plan
from terang.registry.organization.calendars import outage_days, working_days
from terang.registry.organization.models import Agency
from terang.web.errors import NotNow
from terang.web.numbers import longdate

OLDEST_DAYS = 62
"""Entries about days further back are refused: two months after the fact nobody can check them."""


def require_day(day: date, plan: Plan, today: date) -> None:
    """Raises NotNow where the day lies ahead, outside the plan, or too far back, or where the plan is not agreed."""
    if plan.state not in IN_FORCE:
        raise NotNow(gettext("Rencana kinerja ini belum disepakati, jadi belum dapat diisi kegiatan."))
    if day > today:
        raise NotNow(gettext("Kegiatan tidak dapat dicatat untuk tanggal yang belum tiba."))
    if not plan.period_start <= day < plan.period_end:
        text = gettext("Tanggal ini di luar masa rencana, yaitu %(start)s sampai sebelum %(end)s.")
        raise NotNow(text % {"start": longdate(plan.period_start), "end": longdate(plan.period_end)})
    if day < today - timedelta(days=OLDEST_DAYS):
        text = gettext("Kegiatan hanya dapat dicatat sampai %(n)s hari ke belakang.")
        raise NotNow(text % {"n": OLDEST_DAYS})


def lag_days(agency: Agency, day: date, submitted: date) -> int:
    """Working days after `day` up to and with `submitted`; days of an outage stop the clock. Three queries at most."""
    if submitted <= day:
        return 0
    first, end = day + timedelta(days=1), submitted + timedelta(days=1)
    days = working_days(agency, first, end)
    return len(set(days) - outage_days(agency, first, end)) if days else 0
