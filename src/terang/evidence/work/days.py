"""The days an entry may be about, how late it came, and until when it is to be answered."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from terang.evidence.work.hooks import day_notes, reporting_rules
from terang.planning.plans.models import IN_FORCE, Plan
from terang.registry.organization.calendars import calendar_of, outage_days
from terang.registry.organization.models import Unit
from terang.registry.organization.zones import zones_of
from terang.registry.people.models import Employee
from terang.registry.people.selectors import main_posts
from terang.rules.work.cadence import counted_moment, working_day_after
from terang.web.errors import NotNow
from terang.web.numbers import longdate

OLDEST_DAYS = 62
"""Entries about days further back are refused: two months after the fact nobody can check them."""
AHEAD_DAYS = 62
"""How far the calendar is read for the day an answer is due; the longest term of a policy is 31 working days."""


@dataclass(frozen=True)
class Terms:
    """What the clock says of an entry: `lag_days` as in `Entry`, and the last day for the appraiser's answer."""

    lag_days: int
    answer_due_on: date


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


def terms_of(employee: Employee, day: date, *, written_at: datetime | None, received_at: datetime) -> Terms:
    """How late an entry about `day` counts, the person's own days away taken out, and when its answer is due. Ten
    queries."""
    zone = ZoneInfo(employee.agency.time_zone)
    unit = unit_of(employee, day)
    local = written_at.astimezone(zone) if written_at else None
    remote = local is not None and zones_of(employee.agency).hold(unit, day)
    counted = counted_moment(day, local, received_at.astimezone(zone), remote=remote).date()
    received = received_at.astimezone(zone).date()
    until = received + timedelta(days=AHEAD_DAYS)
    calendar = calendar_of(employee.agency, unit)
    out = outage_days(employee.agency, day, until, unit)
    asked = [each for each in calendar.working_days(day, until) if each not in out]
    notes = day_notes([employee.pk], day, until).get(employee.pk, {})
    away = {each for each, note in notes.items() if note.excuses}
    lag = sum(day < each <= counted and each not in away for each in asked)
    term = reporting_rules(employee.agency_id, received).answer_days
    return Terms(lag, working_day_after(received, term, asked))


def unit_of(employee: Employee, day: date) -> Unit | None:
    """The unit of the person's main post on a day; None without one. One query."""
    post = main_posts([employee.pk], day).get(employee.pk)
    return post.post.unit if post else None


def answer_due_on(employee: Employee, today: date) -> date:
    """The last day to answer what is sent today. Five queries."""
    unit = unit_of(employee, today)
    until = today + timedelta(days=AHEAD_DAYS)
    days = calendar_of(employee.agency, unit).working_days(today, until)
    out = outage_days(employee.agency, today, until, unit)
    term = reporting_rules(employee.agency_id, today).answer_days
    return working_day_after(today, term, [each for each in days if each not in out])
