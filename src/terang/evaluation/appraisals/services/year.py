"""Opening a whole year of windows from a pattern in working days, and computing the periods nobody computes daily."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext

from terang.audit.alone import alone
from terang.audit.services import record
from terang.evaluation.appraisals.access import require_keeper
from terang.evaluation.appraisals.models import USUAL_LEAST_PEOPLE, RatingWindow, WindowPattern
from terang.evaluation.appraisals.services.windows import YEAR_OPENS, Days, begin_window, kinds_to_open
from terang.evaluation.appraisals.tasks import compute_window
from terang.evaluation.periods import YEAR, Span, spans
from terang.registry.organization.calendars import deadline_calendar, local_today
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.clocks import annual_window_end
from terang.rules.regulations.working_days import Calendar, deadline

MOST_DAYS = 60


@dataclass(frozen=True)
class Pattern:
    """How many working days before the last day of a period its window opens, and after it closes; the same for the
    year's own."""

    opens_before: int = 3
    closes_after: int = 7
    year_opens_before: int = 10
    year_closes_after: int = 15


@dataclass(frozen=True)
class Planned:
    """One window of the year: of which period, on which days, whether it is there already, and whether its days are
    over: opened now, everybody in it would be their appraiser's superior's to rate."""

    span: Span
    days: Days
    is_there: bool
    is_over: bool

    @property
    def will_open(self) -> bool:
        return not (self.is_there or self.is_over)


def pattern_of(agency_id: int) -> Pattern:
    """The pattern used last; the usual one where none was. One query."""
    known = WindowPattern.objects.filter(agency=agency_id).first()
    if known is None:
        return Pattern()
    return Pattern(known.opens_before, known.closes_after, known.year_opens_before, known.year_closes_after)


def planned_windows(agency: Agency, year: int, pattern: Pattern, basis: str, today: date) -> list[Planned]:
    """The windows of a year by its pattern, in order. Four queries. A year's window stays within the days of the
    regulation, whatever the pattern says."""
    calendar = deadline_calendar(agency)
    there = set(RatingWindow.objects.filter(period__agency=agency).values_list("period__kind", "period__starts_on"))
    cut = [
        (span, _days(span, pattern, basis, calendar))
        for kind in kinds_to_open(agency.pk, today)
        for span in spans(kind, date(year, 1, 1), date(year + 1, 1, 1))
    ]
    return [Planned(span, days, (span.kind, span.start) in there, days.closes_on < today) for span, days in cut]


def _days(span: Span, pattern: Pattern, basis: str, calendar: Calendar) -> Days:
    last = span.end - timedelta(days=1)
    if span.kind == YEAR:
        opens = max(_before(last, pattern.year_opens_before, calendar), date(span.start.year, *YEAR_OPENS))
        closes = min(deadline(last, pattern.year_closes_after, calendar), annual_window_end(span.start.year))
        return Days(opens, closes, basis, USUAL_LEAST_PEOPLE)
    opens = max(_before(last, pattern.opens_before, calendar), span.start)
    return Days(opens, deadline(last, pattern.closes_after, calendar), basis, USUAL_LEAST_PEOPLE)


def _before(day: date, working_days: int, calendar: Calendar) -> date:
    """So many working days before a day; the day itself for none."""
    while working_days:
        day -= timedelta(days=1)
        working_days -= calendar.is_working_day(day)
    return day


def open_year(*, actor: Viewer | None, year: int, pattern: Pattern, basis: str) -> list[RatingWindow]:
    """Opens every window of a year that is not there yet and whose days are not over, and keeps the pattern. Opened
    twice nothing is added; a period that is over is opened by itself, with days of its own.

    Raises NotAllowed, NotNow without a policy, ValidationError for odd numbers.
    """
    viewer = require_keeper(actor, actor.agency_id if actor else 0)
    require_pattern(year, pattern, basis, viewer.today)
    agency = viewer.employee.agency
    with transaction.atomic():
        Agency.objects.select_for_update(no_key=True).get(pk=agency.pk)
        plan = planned_windows(agency, year, pattern, basis, viewer.today)
        made = [begin_window(viewer, each.span, each.days)[0] for each in plan if each.will_open]
        WindowPattern.objects.update_or_create(
            agency=agency,
            defaults={
                "opens_before": pattern.opens_before,
                "closes_after": pattern.closes_after,
                "year_opens_before": pattern.year_opens_before,
                "year_closes_after": pattern.year_closes_after,
            },
        )
        if made:
            record(
                "appraisals.year_opened",
                actor=viewer.user,
                obj=agency,
                agency_id=agency.pk,
                changes={"year": year, "windows": len(made)},
                reason=basis.strip(),
            )
    return made


def require_pattern(year: int, pattern: Pattern, basis: str, today: date) -> None:
    """Raises ValidationError by field."""
    wrong = {}
    if not today.year - 1 <= year <= today.year + 1:
        wrong["year"] = gettext("Pilih tahun ini, tahun lalu, atau tahun depan.")
    if not basis.strip():
        wrong["basis"] = gettext("Tulis nomor surat edaran atau keputusan.")
    for name in ("opens_before", "closes_after", "year_opens_before", "year_closes_after"):
        if not 0 <= getattr(pattern, name) <= MOST_DAYS:
            wrong[name] = gettext("Isi antara 0 dan %(most)s hari kerja.") % {"most": MOST_DAYS}
    if wrong:
        raise ValidationError(wrong)


def compute_open_windows() -> int:
    """Asks the worker once a day for the scores of windows that are open and whose period the policy does not compute
    daily: the year's. Gives how many. An hourly chore."""
    return sum(alone(_compute_open, agency) or 0 for agency in Agency.objects.all())


def _compute_open(agency: Agency) -> int:
    today = local_today(agency)
    rows = RatingWindow.objects.filter(
        Q(opens_on__lte=today, closes_on__gte=today)
        | Q(unit_days__opens_on__lte=today, unit_days__closes_on__gte=today),
        period__agency=agency,
        period__kind=YEAR,
        period__closed_at=None,
    )
    return sum(_ask_once(window, today) for window in rows.exclude(computed_on=today).distinct())


def _ask_once(window: RatingWindow, today: date) -> bool:
    """Two workers ask once: who marks the day first."""
    with transaction.atomic():
        unasked = RatingWindow.objects.filter(pk=window.pk).exclude(computed_on=today)
        asks = bool(unasked.update(computed_on=today))
        if asks:
            compute_window.enqueue(window.pk)
    return asks
