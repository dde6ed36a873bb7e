"""The days of evaluation, hand-over and objection, counted in working days of the government's calendar (PermenPANRB
6/2022 Lampiran V p. 114–119; `rules.regulations.clocks`)."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from terang.evaluation.appraisals.days import SomeDays
from terang.evaluation.appraisals.models import Appraisal, AppraisalState, RatingWindow
from terang.registry.organization.calendars import deadline_calendar, local_today
from terang.registry.organization.models import Agency
from terang.rules.regulations.clocks import due_date
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.working_days import Calendar


@dataclass(frozen=True)
class Clock:
    """One day by which somebody has to do something; `late` where it has passed."""

    label: str
    due: date
    late: bool


def objection_until(appraisal: Appraisal) -> date | None:
    """The last day of an objection; None before the result was received and where it is final. Two queries."""
    if appraisal.received_on is None or appraisal.final_code:
        return None
    return due_date("objection", appraisal.received_on, deadline_calendar(appraisal.employee.agency))


def objection_days(on: date) -> int:
    """How many working days an objection is open, by the rule in force on a day. No query."""
    days: int = rule_set("clocks", on).values["clocks"]["objection"]["days"]
    return days


def silent_since(agency: Agency) -> date:
    """The latest day of receipt whose days for an objection are over today. Two queries."""
    today, calendar = local_today(agency), deadline_calendar(agency)
    day = today - timedelta(days=1)
    while due_date("objection", day, calendar) >= today:
        day -= timedelta(days=1)
    return day


def clock_of(appraisal: Appraisal, today: date) -> Clock | None:
    """The clock that runs for an appraisal now; None where none does. Two queries."""
    if _running(appraisal) is None:
        return None
    return clock_in(appraisal, deadline_calendar(appraisal.employee.agency), today)


def clock_in(appraisal: Appraisal, calendar: Calendar, today: date) -> Clock | None:
    """The same by a calendar already read. No query but one for an objection that was not read along."""
    asked = _running(appraisal)
    if asked is None:
        return None
    label, code, start = asked
    due = due_date(code, start, calendar)
    return Clock(label, due, today > due)


def _running(appraisal: Appraisal) -> tuple[str, str, date] | None:
    if appraisal.state == AppraisalState.DECIDED and appraisal.decided_on:
        code = "superior_delivers" if appraisal.instead else "deliver"
        return gettext("Diserahkan kepada pegawai"), code, appraisal.decided_on
    if appraisal.state == AppraisalState.HANDED and appraisal.handed_on:
        code = "superior_return" if appraisal.instead else "return"
        return gettext("Dinyatakan diterima oleh pegawai"), code, appraisal.handed_on
    if appraisal.state == AppraisalState.RECEIVED and appraisal.received_on:
        return gettext("Disetujui, atau keberatan diajukan"), "objection", appraisal.received_on
    if appraisal.state == AppraisalState.OBJECTED:
        return gettext("Keberatan diputus"), "decision", appraisal.objection.filed_on
    return None


def superior_until(days: SomeDays, calendar: Calendar) -> date:
    """The last day for the superior to rate in a silent appraiser's stead. No query."""
    return due_date("superior_signs", days.closes_on, calendar)


def window_clocks(window: RatingWindow) -> list[Clock]:
    """The days of the whole window: when the superior signs for a silent appraiser, and when results are reported.
    Two queries."""
    agency = window.period.agency
    calendar, today = deadline_calendar(agency), local_today(agency)
    asked = ((gettext("Atasan menilai bila penilai diam"), "superior_signs"), (gettext("Hasil dilaporkan"), "report"))
    days = [(label, due_date(code, window.closes_on, calendar)) for label, code in asked]
    return [Clock(label, due, today > due) for label, due in days]
