"""One week of daily work: each day with what is asked and what came, sums by indicator, and the next deadline."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from terang.evidence.day_notes import DayNote
from terang.evidence.work.hooks import day_notes, reporting_rules
from terang.evidence.work.models import Entry, EntryState
from terang.evidence.work.rhythms import Rhythm, rhythm_of
from terang.evidence.work.selectors import Progress, progress_of
from terang.evidence.work.states import REPORTED
from terang.planning.measuring import Gathering
from terang.registry.organization.calendars import days_off
from terang.registry.people.models import Employee
from terang.rules.work.cadence import SlotState, Window, slot_states

BACK_DAYS, AHEAD_DAYS = 62, 75
"""How far slots are looked at around the week: two months back, a monthly slot and its grace ahead."""

BADGES = {"reported": "ok", "late": "quiet", "open": "attention", "missed": "attention", "excused": "quiet"}


@dataclass(frozen=True)
class WeekDay:
    """One day. `badge` is a word with its kind (ok, attention, quiet), `why` a reason in words where the day asks for
    nothing or is special; `may_add` whether an entry about it can be written now."""

    day: date
    entries: tuple[Entry, ...]
    badge: tuple[str, str]
    why: str
    is_today: bool
    may_add: bool


@dataclass(frozen=True)
class Sum:
    """What the week brought to one indicator, beside where it stands; quantities in milli-units, `actual` missing where
    nothing was accepted yet."""

    title: str
    unit_label: str
    week_milli: int
    due_milli: int
    actual_milli: int | None


@dataclass(frozen=True)
class Week:
    """`state` is that of the whole slot where the rhythm is not daily (empty otherwise); `next_due` the last day for
    the next report that is open (missing where none is)."""

    monday: date
    days: tuple[WeekDay, ...]
    sums: tuple[Sum, ...]
    rhythm: str
    state: tuple[str, str] | None
    next_due: date | None

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def week_of(employee: Employee, monday: date, today: date) -> Week:
    """The week that begins on `monday`. At most twenty queries, whatever the number of entries."""
    start, end = monday - timedelta(days=BACK_DAYS), max(monday, today) + timedelta(days=AHEAD_DAYS)
    start = start.replace(day=1)
    on = min(today, monday + timedelta(days=6))
    rhythm = rhythm_of(employee, start, end, reporting_rules(employee.agency_id, on), on=on)
    notes = day_notes([employee.pk], start, end).get(employee.pk, {})
    lags = _least_lags(employee, start, end)
    states = slot_states(
        rhythm.window,
        rhythm.slots(start, end),
        working_days=frozenset(rhythm.working_days(start, end)),
        away={day for day, note in notes.items() if note.excuses},
        lags=lags,
        today=today,
    )
    entries = _entries(employee, monday)
    by_slot = {day: state for state in states for day in state.slot.days}
    years = {monday.year, (monday + timedelta(days=6)).year}
    off = {each.day: each.name for year in years for each in days_off(employee.agency, year)}
    dates = [monday + timedelta(days=n) for n in range(7)]
    days = tuple(_day(each, today, entries, by_slot, rhythm, notes, off) for each in dates)
    return Week(
        monday,
        days,
        _sums(entries, progress_of(employee, min(today, monday + timedelta(days=6)))),
        _rhythm_words(rhythm.window),
        _whole(rhythm.window, by_slot, monday),
        min((each.last_day for each in states if each.kind == "open" and each.slot.days[0] <= today), default=None),
    )


def _entries(employee: Employee, monday: date) -> list[Entry]:
    rows = Entry.objects.filter(
        employee=employee, day__gte=monday, day__lt=monday + timedelta(days=7), state__in=REPORTED
    )
    return list(rows.select_related("result", "task", "indicator").order_by("day", "id"))


def _least_lags(employee: Employee, start: date, end: date) -> dict[date, int]:
    least: dict[date, int] = {}
    rows = Entry.objects.filter(employee=employee, day__gte=start, day__lt=end, state__in=REPORTED).order_by()
    for day, lag in rows.values_list("day", "lag_days"):
        least[day] = min(lag, least.get(day, lag))
    return least


def _day(
    day: date,
    today: date,
    entries: Iterable[Entry],
    by_slot: Mapping[date, SlotState],
    rhythm: Rhythm,
    notes: Mapping[date, DayNote],
    off: Mapping[date, str],
) -> WeekDay:
    own = tuple(entry for entry in entries if entry.day == day)
    state, note = by_slot.get(day), notes.get(day)
    why = _why(day, state, rhythm, note, off)
    return WeekDay(day, own, _badge(day, today, own, state, rhythm.window), why, day == today, day <= today)


def _why(day: date, state: SlotState | None, rhythm: Rhythm, note: DayNote | None, off: Mapping[date, str]) -> str:
    """Why the day asks for nothing, or what is special about it; empty on an ordinary day."""
    if note and (state or note.kind != "off"):
        return note.label.capitalize()
    if day in rhythm.outages:
        return gettext("Gangguan sistem: tidak ditagih, tenggat bergeser")
    if state is None:
        return off.get(day) or gettext("Bukan hari kerja")
    return ""


def _badge(day: date, today: date, own: tuple[Entry, ...], state: SlotState | None, window: Window) -> tuple[str, str]:
    daily = window.rhythm == "daily"
    if own:
        lag = min(entry.lag_days for entry in own)
        if state and daily and state.kind == "late":
            words = ngettext("terlambat %(n)s hari kerja", "terlambat %(n)s hari kerja", lag - window.grace_days)
            return words % {"n": lag - window.grace_days}, "quiet"
        return gettext("tercatat"), "ok"
    if state is None or state.kind == "excused":
        return gettext("tidak ditagih"), "quiet"
    if day > today:
        return gettext("belum tiba"), "quiet"
    if not daily:
        return gettext("belum ada kegiatan"), "quiet"
    if state.kind == "open":
        return (gettext("ditunggu hari ini"), "attention") if day == today else (gettext("belum tercatat"), "attention")
    return gettext("lewat, masih boleh dicatat"), "attention"


def _whole(window: Window, by_slot: Mapping[date, SlotState], monday: date) -> tuple[str, str] | None:
    """The state of the slot in which the week ends, where a slot is longer than a day."""
    if window.rhythm == "daily":
        return None
    within = [by_slot[day] for n in range(7) if (day := monday + timedelta(days=n)) in by_slot]
    if not within:
        return None
    words = {
        "reported": gettext("laporan masa ini sudah masuk"),
        "late": gettext("laporan masa ini masuk terlambat"),
        "open": gettext("laporan masa ini ditunggu"),
        "missed": gettext("laporan masa ini lewat, masih boleh dicatat"),
        "excused": gettext("tidak ditagih"),
    }
    return words[within[-1].kind], BADGES[within[-1].kind]


def _rhythm_words(window: Window) -> str:
    """How often, and how long an entry is in time, in one sentence."""
    often = {
        "daily": gettext("Satu catatan setiap hari kerja"),
        "weekly": gettext("Satu catatan setiap minggu"),
        "monthly": gettext("Satu catatan setiap bulan"),
    }[window.rhythm]
    if not window.grace_days:
        return gettext("%(often)s, pada hari itu juga.") % {"often": often}
    words = ngettext(
        "%(often)s, paling lambat %(n)s hari kerja sesudahnya.",
        "%(often)s, paling lambat %(n)s hari kerja sesudahnya.",
        window.grace_days,
    )
    return words % {"often": often, "n": window.grace_days}


def _sums(entries: Iterable[Entry], progress: Progress | None) -> tuple[Sum, ...]:
    """Indicators of the plan in its order: first those that the week brought something to, then the rest. Amounts add
    up, of a level the latest counts; what was given back brings nothing until it is sent again."""
    brought: dict[int, int] = defaultdict(int)
    for entry in entries:
        if entry.indicator and entry.state != EntryState.RETURNED:
            before = brought[entry.indicator.pk] if entry.indicator.gathering == Gathering.SUM else 0
            brought[entry.indicator.pk] = before + entry.quantity_milli
    standings = [each for _result, rows in progress.results for each in rows] if progress else []
    rows = [
        Sum(row.indicator.text, row.indicator.unit_label, brought[row.indicator.pk], row.due_milli, row.actual_milli)
        for row in standings
    ]
    return tuple(sorted(rows, key=lambda row: not row.week_milli))
