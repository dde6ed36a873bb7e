"""A year of one person, month by month, against recency: the latest weeks get no more room than the first ones."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.dates import MONTHS
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.colleagues import moments as colleagues
from terang.evidence.dialogue import moments as dialogue
from terang.evidence.moments import (
    CHECK,
    CITIZENS,
    FEEDBACK,
    KINDS,
    OBSERVED,
    REPORT,
    REVIEW,
    TALK,
    WARNING,
    WORK,
    Moment,
)
from terang.evidence.reports import moments as reports
from terang.evidence.work import moments as work
from terang.reporting.boards.course import outside

Source = Callable[[int, date, date, date], list[Moment]]
SOURCES: tuple[Source, ...] = (
    work.moments,
    dialogue.moments,
    outside.observed,
    outside.checked,
    outside.served,
    outside.answered,
    reports.moments,
    colleagues.moments,
    outside.warned,
)
"""Which room tells what. Each gives lines of one person from a day to before another, as known on a third. Nothing
guarded comes here: no report of misconduct, no secret complaint, no ballot."""
LABELS = {
    WORK: _("Kegiatan"),
    FEEDBACK: _("Umpan balik"),
    TALK: _("Dialog"),
    OBSERVED: _("Observasi"),
    CHECK: _("Pemeriksaan"),
    CITIZENS: _("Warga"),
    REPORT: _("Laporan"),
    REVIEW: _("Penilaian rekan"),
    WARNING: _("Peringatan"),
}
SHOWN = 6
"""So many lines of a month stand open, of every month alike; the others unfold below them."""


@dataclass(frozen=True)
class Month:
    """One month with its lines, the earliest first; `ahead` where it has not begun."""

    first: date
    name: str
    moments: tuple[Moment, ...]
    ahead: bool

    @property
    def open(self) -> tuple[Moment, ...]:
        return self.moments[:SHOWN]

    @property
    def folded(self) -> tuple[Moment, ...]:
        return self.moments[SHOWN:]


@dataclass(frozen=True)
class Course:
    """A year: all twelve months, how many things of each kind there are (also of those not shown), and how feedback is
    spread."""

    year: int
    kind: str
    months: tuple[Month, ...]
    counts: Sequence[tuple[str, str, int]]
    spread: str
    one_sided: bool

    @property
    def empty(self) -> bool:
        return not any(month.moments for month in self.months)


def course_of(employee_id: int, year: int, today: date, kind: str = "") -> Course:
    """The year of a person, only `kind` where one is named. At most 17 queries, whatever happened."""
    start, end = date(year, 1, 1), date(year + 1, 1, 1)
    found = [moment for source in SOURCES for moment in source(employee_id, start, end, today)]
    amounts: Counter[str] = Counter()
    for moment in found:
        amounts[moment.kind] += moment.count or 1
    shown = [moment for moment in found if kind in ("", moment.kind)]
    months = tuple(_month(date(year, number, 1), shown, today) for number in range(1, 13))
    text, one_sided = spread_of([each.day for each in found if each.kind == FEEDBACK], year, today)
    counts = [(each, str(LABELS[each]), amounts[each]) for each in KINDS]
    return Course(year, kind, months, counts, text, one_sided)


def _month(first: date, moments: Iterable[Moment], today: date) -> Month:
    own = [each for each in moments if each.day.replace(day=1) == first]
    own.sort(key=lambda each: (not each.count, each.day, KINDS.index(each.kind)))
    return Month(first, str(MONTHS[first.month]), tuple(own), first > today)


def spread_of(days: Sequence[date], year: int, today: date) -> tuple[str, bool]:
    """How feedback is spread over the months that have begun, in a sentence, and whether the last one outweighs all
    others together: then the rest of the year deserves a second look."""
    last = min(date(year, 12, 1), today.replace(day=1))
    begun = last.month
    latest = sum(day.replace(day=1) == last for day in days)
    silent = begun - len({day.month for day in days})
    if not days:
        return gettext("Belum ada umpan balik sepanjang masa ini."), True
    told = {"latest": latest, "all": len(days), "month": str(MONTHS[last.month]), "silent": silent, "begun": begun}
    text = gettext("%(latest)s dari %(all)s umpan balik di bulan terakhir (%(month)s).") % told
    if silent:
        silence = ngettext(
            "%(silent)s dari %(begun)s bulan tanpa umpan balik.",
            "%(silent)s dari %(begun)s bulan tanpa umpan balik.",
            silent,
        )
        text = f"{text} {silence % told}"
    return text, begun > 1 and 2 * latest > len(days)
