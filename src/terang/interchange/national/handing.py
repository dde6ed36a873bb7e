"""The files for the national application: daily progress, plans and results, row by row as its screens ask for them.

Only what is settled goes out: accepted activities, agreed plans, evaluations that were handed over. Rows are read as
they are written, so that a month of a whole government needs no memory.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from terang.evaluation.appraisals.models import Appraisal, Predicate, Rating
from terang.evaluation.appraisals.states import TOLD
from terang.evidence.work.models import Entry, EntryState
from terang.planning.plans.models import IN_FORCE, Indicator
from terang.registry.organization.models import Unit
from terang.rules.regulations.national_handover import EVALUATIONS, PLANS, PROGRESS, HandOver

CHUNK = 2_000
KINDS = {
    PROGRESS: _("Progres harian"),
    PLANS: _("Rencana (SKP)"),
    EVALUATIONS: _("Hasil evaluasi"),
}


SLUGS = {PROGRESS: "progres-harian", PLANS: "rencana-skp", EVALUATIONS: "hasil-evaluasi"}
"""How the files are called."""


@dataclass(frozen=True)
class Whose:
    """Whose rows: of one person, or of the people of a unit and what lies below it; without either of the whole
    government."""

    agency_id: int
    employee_id: int | None = None
    unit: Unit | None = None

    def of(self, employee: str, unit: str) -> Q:
        """The condition, with the lookups that lead to the employee and to the unit."""
        here = Q(**{f"{employee}__agency_id": self.agency_id})
        if self.employee_id:
            return here & Q(**{employee: self.employee_id})
        return here & Q(**{f"{unit}__path__startswith": self.unit.path}) if self.unit else here


@dataclass(frozen=True)
class Span:
    """Days, both inclusive."""

    first: date
    last: date


Rows = Iterator[tuple[Any, ...]]


def progress(whose: Whose, span: Span) -> QuerySet[Entry]:
    """Accepted activities of the days, by person and day."""
    rows = Entry.objects.filter(
        whose.of("employee", "result__plan__unit"), state=EntryState.ACCEPTED, day__range=(span.first, span.last)
    )
    return rows.select_related("employee", "result", "task", "indicator").order_by("employee__nip", "day", "pk")


def plans(whose: Whose, span: Span) -> QuerySet[Indicator]:
    """Indicators of the plans in force at some time in the span, as they stand on its last day."""
    standing = Q(retired_on=None) | Q(retired_on__gt=span.last)
    plan = Q(
        result__plan__state__in=IN_FORCE,
        result__plan__agreed_on__lte=span.last,
        result__plan__period_start__lte=span.last,
        result__plan__period_end__gt=span.first,
    )
    kept = Q(result__retired_on=None) | Q(result__retired_on__gt=span.last)
    rows = Indicator.objects.filter(whose.of("result__plan__employee", "result__plan__unit"), standing, plan, kept)
    about = ("result__plan__employee", "result__plan__post", "result__plan__unit", "result__leader_result")
    return rows.select_related(*about).order_by(
        "result__plan__employee__nip", "result__plan__period_start", "result__number", "result_id", "pk"
    )


def evaluations(whose: Whose, span: Span) -> QuerySet[Appraisal]:
    """Results of the periods that end in the span, as they count now: after calibration and objection."""
    ends = (span.first + timedelta(days=1), span.last + timedelta(days=1))  # `ends_on` is exclusive
    rows = Appraisal.objects.filter(whose.of("employee", "home"), state__in=TOLD, window__period__ends_on__range=ends)
    about = ("employee", "home", "rater", "window__period", "adjustment", "objection")
    return rows.select_related(*about).order_by("employee__nip", "window__period__ends_on", "pk")


def _of_progress(entry: Entry, layout: HandOver) -> tuple[Any, ...]:
    counted = entry.task or entry.indicator
    return (
        entry.employee.nip,
        entry.employee.name,
        entry.task.text if entry.task else entry.result.text,
        entry.day,
        "",
        "",
        entry.text,
        layout.data_source,
        _number(entry.quantity_milli) if counted else 1,
        counted.unit_label if counted else "kegiatan",
        f"{settings.SITE_URL}{entry.get_absolute_url()}",
        timezone.localtime(entry.decided_at).date() if entry.decided_at else "",
        entry.receipt,
    )


def _of_plan(indicator: Indicator, layout: HandOver) -> tuple[Any, ...]:
    result = indicator.result
    plan, above = result.plan, result.leader_result
    return (
        plan.employee.nip,
        plan.employee.name,
        plan.post.title if plan.post else "",
        plan.unit.name if plan.unit else "",
        plan.period_start,
        plan.period_end - timedelta(days=1),
        plan.agreed_on,
        "Utama" if result.main else "Tambahan",
        above.text if above else "",
        result.text,
        indicator.aspect,
        indicator.text,
        _number(indicator.target_milli),
        indicator.unit_label,
    )


def _of_evaluation(row: Appraisal, layout: HandOver) -> tuple[Any, ...]:
    period, counts = row.window.period, row.counting
    return (
        row.employee.nip,
        row.employee.name,
        row.post_title,
        row.home.name,
        period.starts_on,
        period.last_day,
        _word(Rating, counts.work_result),
        _word(Rating, counts.behaviour),
        _word(Predicate, row.standing),
        row.handed_on or "",
        row.rater.nip,
        row.rater.name,
    )


def _word(words: type[Rating | Predicate], code: str) -> str:
    """The official word: a file is Indonesian for everybody."""
    with override("id"):
        return str(words(code).label) if code else ""


def _number(milli: int) -> int | float:
    """A quantity in whole units where it is whole."""
    return milli // 1000 if milli % 1000 == 0 else milli / 1000


@dataclass(frozen=True)
class Source:
    """How a kind of file is made: which rows, what each says, and the longest span in days."""

    rows: Callable[[Whose, Span], QuerySet[Any]]
    say: Callable[[Any, HandOver], tuple[Any, ...]]
    most_days: int


SOURCES = {
    PROGRESS: Source(progress, _of_progress, 31),
    PLANS: Source(plans, _of_plan, 366),
    EVALUATIONS: Source(evaluations, _of_evaluation, 366),
}


def rows_of(kind: str, whose: Whose, span: Span, layout: HandOver) -> Rows:
    """The rows of a file, read as they are taken."""
    source = SOURCES[kind]
    for row in source.rows(whose, span).iterator(chunk_size=CHUNK):
        yield source.say(row, layout)
