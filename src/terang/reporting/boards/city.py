"""One page for the head of the region: promises to citizens, what citizens say, and how scores are spread.

Aggregates only. Seven queries, whatever the size of the government, and once a minute a few more. What rests on too few
answers is not shown.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import Avg, Case, Count, F, IntegerField, Q, When
from django.db.models.functions import Least
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terang.evaluation.models import Period, Score
from terang.evaluation.periods import short_title
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import current_period, policy_on
from terang.evidence.citizens.models import Service, ServiceRequest, SurveyResponse
from terang.evidence.citizens.selectors import survey_sums
from terang.evidence.citizens.working_time import WORKING_DAY_MINUTES, working_time
from terang.evidence.months import midnight, month_of, month_spans
from terang.registry.organization.models import Agency, Unit
from terang.rules.regulations.satisfaction import satisfaction_from_means
from terang.rules.tables import ELEMENTS
from terang.web.charts import Bar, Columns, Line, Series, Target
from terang.web.numbers import decimal, english, missing, whole

COARSE = 15
"""Minutes in a step of the histogram of services that take days; those of minutes are counted by the minute."""

LEAST_ANSWERS = 5
MOST_COURSES = 2
LAST_MONTHS = 3
MONTHS = 12
PAST_SECONDS = 60 * 60
RUNNING_SECONDS = 60


@dataclass(frozen=True)
class ServiceLine:
    """One service: finished requests and median of the last three months, and the median of a year's first three.

    Times are working minutes.
    """

    pk: int
    name: str
    unit: str
    finished: int
    median: int | None
    before: int | None
    standard: int
    timely_bp: int | None

    @property
    def median_text(self) -> str:
        return _time(self.median)

    @property
    def before_text(self) -> str:
        return _time(self.before)

    @property
    def standard_text(self) -> str:
        return _time(self.standard)


@dataclass(frozen=True)
class SatisfactionLine:
    """The IKM of one unit in the period in hundredths; missing below the least number of answers."""

    unit: str
    answers: int
    ikm: int | None
    grade: str


@dataclass(frozen=True)
class UnitLine:
    """The scores of one top unit. `coverage_bp` is the mean over its people."""

    unit: str
    url: str
    people: int
    scored: int
    below: int
    coverage_bp: int


@dataclass(frozen=True)
class City:
    """Everything the page shows; parts for which there is nothing are empty."""

    period: Period | None
    services: tuple[ServiceLine, ...]
    courses: tuple[Line, ...]
    satisfaction: tuple[SatisfactionLine, ...]
    units: tuple[UnitLine, ...]
    spread: Columns | None
    coverage_bp: int | None


def _time(minutes: int | None) -> str:
    return missing() if minutes is None else working_time(minutes)


def city_of(agency: Agency, today: date) -> City:
    """The page of one government on a day."""
    period = current_period(agency.pk, today)
    units = {unit.pk: unit for unit in Unit.objects.filter(agency=agency)}
    histogram = _histogram(agency, today)
    services = _services(agency, histogram)
    spread, lines, coverage = _scores(agency, period, units)
    return City(
        period=period,
        services=tuple(services),
        courses=tuple(_courses(services, histogram, today)),
        satisfaction=tuple(_satisfaction(period, units)) if period else (),
        units=lines,
        spread=spread,
        coverage_bp=coverage,
    )


Histogram = dict[tuple[int, int], dict[int, int]]
"""(service, yyyymm) → working minutes → finished requests. Named rounding "begun step": up, but a request within its
standard never past it, so that a median tells truly on which side of the standard it lies.
"""


def _span(today: date) -> tuple[date, date]:
    first = today.year * 12 + today.month - MONTHS
    start = date(first // 12, first % 12 + 1, 1)
    return start, date(today.year + today.month // 12, today.month % 12 + 1, 1)


def _histogram(agency: Agency, today: date) -> Histogram:
    """The year's finished requests. Months that are over hardly change: they are counted anew once an hour, the running
    month once a minute.
    """
    start, end = _span(today)
    this = today.replace(day=1)
    return _kept(agency, start, this, PAST_SECONDS) | _kept(agency, this, end, RUNNING_SECONDS)


def _kept(agency: Agency, start: date, end: date, seconds: int) -> Histogram:
    key = f"boards.city.minutes:{agency.pk}:{start}:{end}"
    found: Histogram | None = cache.get(key)
    if found is None:
        found = _counted(agency, start, end)
        cache.set(key, found, seconds)
    return found


def _counted(agency: Agency, start: date, end: date) -> Histogram:
    zone = ZoneInfo(agency.time_zone)
    rows = (
        ServiceRequest.objects.filter(
            service__unit__agency=agency,
            completed_at__gte=midnight(start, zone),
            completed_at__lt=midnight(end, zone),
            actual_minutes__isnull=False,
        )
        .order_by()
        .values("service_id", month=month_of("completed_at", start, end, zone))
        .annotate(minutes=_step(), count=Count("id"))
        .values_list("service_id", "month", "minutes", "count")
    )
    found: Histogram = {}
    for service_id, month, minutes, count in rows:
        found.setdefault((service_id, month), {})[minutes] = count
    return found


def _step() -> Case:
    begun = (F("actual_minutes") + COARSE - 1) / COARSE * COARSE
    return Case(
        When(service__standard_minutes__lt=WORKING_DAY_MINUTES, then=F("actual_minutes")),
        When(actual_minutes__lte=F("service__standard_minutes"), then=Least(begun, F("service__standard_minutes"))),
        default=begun,
        output_field=IntegerField(),
    )


def _median(counts: Mapping[int, int]) -> int | None:
    """The lower median of a histogram; missing where it is empty."""
    half = (sum(counts.values()) + 1) // 2
    passed = 0
    for minutes in sorted(counts):
        passed += counts[minutes]
        if passed >= half:
            return minutes
    return None


def _merged(histogram: Histogram, service_id: int, months: Sequence[int]) -> dict[int, int]:
    merged: dict[int, int] = defaultdict(int)
    for month in months:
        for minutes, count in histogram.get((service_id, month), {}).items():
            merged[minutes] += count
    return merged


def _services(agency: Agency, histogram: Histogram) -> list[ServiceLine]:
    months = sorted({month for _service, month in histogram})
    lines = []
    for service in Service.objects.filter(unit__agency=agency, active=True).select_related("unit"):
        now = _merged(histogram, service.pk, months[-LAST_MONTHS:])
        if not now:
            continue
        standard = service.standard_minutes
        finished = sum(now.values())
        timely = sum(count for minutes, count in now.items() if minutes <= standard)
        lines.append(
            ServiceLine(
                pk=service.pk,
                name=service.name,
                unit=service.unit.name,
                finished=finished,
                median=_median(now),
                before=_median(_merged(histogram, service.pk, months[:LAST_MONTHS]))
                if len(months) > LAST_MONTHS
                else None,
                standard=standard,
                timely_bp=(2 * timely * 10_000 + finished) // (2 * finished),
            )
        )
    return sorted(lines, key=lambda line: -line.finished)


def _courses(lines: Sequence[ServiceLine], histogram: Histogram, today: date) -> list[Line]:
    """The months of the services whose median changed most against their standard, each with its standard."""
    months = [number for number, _start, _end in month_spans(*_span(today))]
    moved = [line for line in lines if line.before is not None and line.median is not None and line.standard]
    moved.sort(key=lambda line: -abs((line.before or 0) - (line.median or 0)) * 100 // line.standard)
    return [
        _course(line, months, [_median(histogram.get((line.pk, month), {})) for month in months])
        for line in moved[:MOST_COURSES]
    ]


def _course(line: ServiceLine, months: Sequence[int], medians: Sequence[int | None]) -> Line:
    """A service's months, in working days where its standard is a day or more, else in minutes."""
    in_days = line.standard >= WORKING_DAY_MINUTES
    return Line(
        line.name,
        lead=_("%(unit)s: dari %(before)s menjadi %(now)s")
        % {"unit": line.unit, "before": line.before_text, "now": line.median_text},
        labels=[short_title("month", date(number // 100, number % 100, 1)) for number in months],
        series=[
            Series(
                _("Nilai tengah (hari kerja)") if in_days else _("Nilai tengah (menit kerja)"),
                [_hundredths(minutes) if in_days else minutes for minutes in medians],
            )
        ],
        form=_days if in_days else whole,
        target=Target(_hundredths(line.standard) or 0 if in_days else line.standard, _("Standar")),
        label_head=_("Bulan"),
    )


def _hundredths(minutes: int | None) -> int | None:
    """Hundredths of a working day, rounded half-up."""
    return None if minutes is None else (200 * minutes + WORKING_DAY_MINUTES) // (2 * WORKING_DAY_MINUTES)


def _days(hundredths: int | None) -> str:
    return missing() if hundredths is None else decimal(hundredths, 100, 2)


def _satisfaction(period: Period, units: Mapping[int, Unit]) -> list[SatisfactionLine]:
    columns = survey_sums()
    rows = (
        SurveyResponse.objects.filter(service__unit_id__in=units, day__gte=period.starts_on, day__lt=period.ends_on)
        .order_by()
        .values("service__unit_id")
        .annotate(answers=Count("id"), **columns)
        .order_by("-answers")
    )
    return [_satisfaction_line(units[row["service__unit_id"]].name, row) for row in rows]


def _satisfaction_line(unit: str, row: Mapping[str, Any]) -> SatisfactionLine:
    complete = all(row[f"answered_{element}"] for element in ELEMENTS)
    if row["answers"] < LEAST_ANSWERS or not complete:
        return SatisfactionLine(unit, row["answers"], None, "")
    means = {element: Fraction(row[f"sum_{element}"], row[f"answered_{element}"]) for element in ELEMENTS}
    found = satisfaction_from_means(means, respondents=row["answers"])
    return SatisfactionLine(unit, row["answers"], int(found.value * 100), found.grade)


def _scores(
    agency: Agency, period: Period | None, units: Mapping[int, Unit]
) -> tuple[Columns | None, tuple[UnitLine, ...], int | None]:
    version = policy_on(agency.pk, period.starts_on) if period else None
    if period is None or version is None:
        return None, (), None
    standard = rules_of(version).standard_bp
    limits = sorted({standard, *(limit for limit in (7000, 8000, 9000) if limit > standard)})
    classes = {
        f"c{number}": Q(total_bp__gte=low, total_bp__lt=high) for number, (low, high) in enumerate(_steps(limits))
    }
    rows = list(
        Score.objects.filter(period=period)
        .order_by()
        .values("unit_id")
        .annotate(
            people=Count("id"),
            coverage=Avg("coverage_bp"),
            none=Count("id", filter=Q(total_bp=None)),
            below=Count("id", filter=Q(below_standard=True)),
            **{name: Count("id", filter=condition) for name, condition in classes.items()},
        )
    )
    if not rows:
        return None, (), None
    people = sum(row["people"] for row in rows)
    coverage = round(sum(row["coverage"] * row["people"] for row in rows) / people)
    return _spread(rows, limits), tuple(_units(rows, units)), coverage


def _steps(limits: Sequence[int]) -> list[tuple[int, int]]:
    return list(zip((0, *limits), (*limits, 100_000), strict=True))


def _spread(rows: Sequence[Mapping[str, Any]], limits: Sequence[int]) -> Columns:
    def count(name: str) -> int:
        return sum(row[name] for row in rows)

    mark = "." if english() else ","
    names = [f"{low / 100:g}–{high / 100:g}".replace(".", mark) for low, high in _steps(limits)]
    names[0] = _("di bawah %(limit)s") % {"limit": f"{limits[0] / 100:g}".replace(".", mark)}
    names[-1] = _("%(limit)s ke atas") % {"limit": f"{limits[-1] / 100:g}".replace(".", mark)}
    bars = [Bar(name, count(f"c{number}"), "attention" if number == 0 else "") for number, name in enumerate(names)]
    return Columns(
        _("Sebaran nilai pegawai"),
        [Bar(_("belum cukup bukti"), count("none"), "quiet"), *bars],
        heads=(_("Nilai"), pgettext("banyak", "Pegawai")),
    )


def _units(rows: Sequence[Mapping[str, Any]], units: Mapping[int, Unit]) -> list[UnitLine]:
    """The scores by unit directly below the root."""
    sums: dict[int, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in rows:
        above = [int(part) for part in units[row["unit_id"]].path.strip("/").split("/")]
        total = sums[above[1] if len(above) > 1 else above[0]]
        total["coverage"] += round(row["coverage"]) * row["people"]
        for name in ("people", "none", "below"):
            total[name] += row[name]
    lines = [
        UnitLine(
            unit=units[pk].name,
            url=reverse("people:unit", args=[pk]),
            people=total["people"],
            scored=total["people"] - total["none"],
            below=total["below"],
            coverage_bp=total["coverage"] // total["people"],
        )
        for pk, total in sums.items()
    ]
    return sorted(lines, key=lambda line: line.unit)
