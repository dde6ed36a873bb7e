"""Trust and pressure over months, with what happened in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from terang.evaluation.periods import short_title
from terang.evaluation.selectors import versions_of
from terang.follow_up.pulse.models import PulseFigure
from terang.follow_up.pulse.questions import PRESSURE, QUESTIONS, TRUST, Question
from terang.follow_up.pulse.selectors import figures_since, months_until
from terang.follow_up.training.models import TrainingSession
from terang.follow_up.training.selectors import introductions
from terang.registry.organization.models import Agency
from terang.web.charts import Line, Pin, Series
from terang.web.numbers import percent

HIGHEST_BP = 10_000
MOST_EVENTS = 9


@dataclass(frozen=True)
class Event:
    """Something that may have moved the lines, with its number in the picture. It is told beside them, not as a
    cause."""

    number: int
    day: date
    title: str
    url: str


@dataclass(frozen=True)
class Now:
    """One question as the latest month tells it; `changed_bp` against the month before it, missing without one.

    `moved` only where the intervals of the two do not touch: what is less may be chance.
    """

    question: Question
    figure: PulseFigure
    changed_bp: int | None
    moved: bool

    @property
    def kind(self) -> str:
        """`ok`, `attention`, or `quiet` where nothing surely moved."""
        if not self.moved or not self.changed_bp:
            return "quiet"
        return "ok" if (self.changed_bp > 0) == self.question.good else "attention"


def events_of(agency: Agency, months: Sequence[date]) -> list[Event]:
    """New versions of the policy and introduction sessions within the months, the earliest first. Two queries."""
    first, end = months[0], _after(months[-1])
    found = [
        (row.valid_from, _("Kebijakan baru: %(title)s") % {"title": row.title}, row.get_absolute_url())
        for row in versions_of(agency.pk)
    ]
    found += [(row.starts_on, _told(row), row.get_absolute_url()) for row in introductions(agency.pk, first, end)]
    within = sorted(each for each in found if first <= each[0] < end)[-MOST_EVENTS:]
    return [Event(number, *each) for number, each in enumerate(within, 1)]


def _told(session: TrainingSession) -> str:
    return _("Sosialisasi: %(title)s") % {"title": session.course.title}


def _after(month: date) -> date:
    return (month + timedelta(days=32)).replace(day=1)


def line_of(
    title: str,
    figures: Sequence[PulseFigure],
    questions: Sequence[Question],
    months: Sequence[date],
    events: Sequence[Event],
    lead: str = "",
) -> Line:
    """Shares that agree, month by month, each with how far it could lie from what was counted, and events between."""
    series = []
    for question in questions:
        known = {row.wave.month: row for row in figures if row.question == question.code}
        rows = [known.get(month) for month in months]
        series.append(
            Series(
                str(question.told),
                [row.agree_bp if row else None for row in rows],
                [(row.low_bp, row.high_bp) if row else None for row in rows],
            )
        )
    labels = [short_title("month", month) for month in months]
    return Line(
        title,
        labels,
        series,
        form=percent,
        lead=lead,
        pins=_pins(events, months),
        highest=HIGHEST_BP,
        label_head=_("Bulan"),
    )


def _pins(events: Sequence[Event], months: Sequence[date]) -> list[Pin]:
    """Each on its day, between the months whose first days stand left and right of it."""
    return [Pin(min(_place(each.day, months), len(months) - 1), str(each.number)) for each in events]


def _place(day: date, months: Sequence[date]) -> float:
    index = (day.year - months[0].year) * 12 + day.month - months[0].month
    return index + (day.day - 1) / 31


def now_of(figures: Sequence[PulseFigure]) -> list[Now]:
    """What the latest month of a unit tells, question by question."""
    found = []
    for question in QUESTIONS:
        rows = [row for row in figures if row.question == question.code]
        if rows:
            last, before = rows[-1], rows[-2] if rows[1:] else None
            moved = before is not None and (last.low_bp > before.high_bp or last.high_bp < before.low_bp)
            found.append(Now(question, last, last.agree_bp - before.agree_bp if before else None, moved))
    return found


@dataclass(frozen=True)
class CityPulse:
    """Trust and pressure of a whole government in one picture."""

    chart: Line
    events: Sequence[Event]
    now: Sequence[Now]
    url: str


def city_pulse(agency: Agency, today: date) -> CityPulse | None:
    """None where nothing was released yet. Three queries."""
    months = months_until(today)
    figures = [row for row in figures_since(agency.pk, months[0]) if row.unit.parent_id is None]
    if not figures:
        return None
    events = events_of(agency, months)
    asked = [each for each in QUESTIONS if each.code in (TRUST, PRESSURE)]
    chart = line_of(_("Kepercayaan dan tekanan"), figures, asked, months, events)
    told = [each for each in now_of(figures) if each.question in asked]
    return CityPulse(chart, events, told, reverse("pulse:results"))
