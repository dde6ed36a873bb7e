"""What is special about the day of an entry: leave, a holiday, no working day, and how late the entry comes."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext

from terang.evidence.work.hooks import day_notes, reporting_rules
from terang.evidence.work.models import Entry
from terang.evidence.work.rhythms import rhythm_of
from terang.registry.organization.calendars import days_off
from terang.registry.people.models import Employee
from terang.rules.work.cadence import slack_days

BEFORE_DAYS, AFTER_DAYS = 7, 38
"""How far around the month of the day slots are looked at: a whole week before, a whole month after."""


@dataclass(frozen=True)
class DayStanding:
    """`away`: why the person was away ("cuti", empty where at work). `rest`: no working day, `holiday` its name where
    it has one. `late_days`: working days beyond those in which an entry about the day is in time; 0 where it is in time
    or the day asks for none."""

    away: str = ""
    rest: bool = False
    holiday: str = ""
    late_days: int = 0

    @property
    def words(self) -> list[str]:
        """What to know beside the entry, in words; empty for an ordinary day in time."""
        found = []
        if self.away:
            found.append(gettext("tercatat %(away)s pada hari itu") % {"away": self.away})
        elif self.holiday:
            found.append(gettext("hari libur: %(holiday)s") % {"holiday": self.holiday})
        elif self.rest:
            found.append(gettext("bukan hari kerja"))
        if self.late_days:
            words = ngettext("terlambat %(n)s hari kerja", "terlambat %(n)s hari kerja", self.late_days)
            found.append(words % {"n": self.late_days})
        return found


def standing_of(employee: Employee, day: date, today: date, *, lag_days: int | None = None) -> DayStanding:
    """The day as an entry about it finds it. `lag_days` as in `Entry`; where missing, that of an entry sent today.
    At most thirteen queries."""
    start, until = day.replace(day=1) - timedelta(days=BEFORE_DAYS), max(day + timedelta(days=AFTER_DAYS), today)
    rhythm = rhythm_of(employee, start, until + timedelta(days=1), reporting_rules(employee.agency_id, day), on=day)
    notes = day_notes([employee.pk], day, today + timedelta(days=1)).get(employee.pk, {})
    note = notes.get(day)
    if note and note.kind == "leave":
        return DayStanding(away=note.label)
    if not rhythm.calendar.is_working_day(day) or (note and note.excuses):
        named = {each.day: each.name for each in days_off(employee.agency, day.year)}
        return DayStanding(rest=True, holiday="" if note and note.excuses else named.get(day, ""))
    asked = slack_days(rhythm.window, rhythm.slots(start, until))
    allowed = next((slack for slack, days in asked.items() if day in days), None)
    if allowed is None:
        return DayStanding()
    if lag_days is None:
        away = {each for each, found in notes.items() if found.excuses}
        lag_days = sum(day < each <= today and each not in away for each in rhythm.working_days(day, until))
    return DayStanding(late_days=max(0, lag_days - allowed))


def sentences_about(entry: Entry, today: date) -> list[str]:
    """As `words_about`, each a sentence of its own."""
    return [f"{capfirst(words)}." for words in words_about(entry, today)]


def words_about(entry: Entry, today: date) -> list[str]:
    """What is special about the day of an entry and how late it came. The entry with its person and agency."""
    return standing_of(entry.employee, entry.day, today, lag_days=entry.lag_days).words
