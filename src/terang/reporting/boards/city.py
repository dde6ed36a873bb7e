"""One page for the head of the region: the aims of the plan, promises to citizens, what citizens say and complain
about, how scores are spread, whether they are fair, and how the staff fare.

The few that need attention and the few that improved most, the totals in a sentence; the full lists are one link away.
Aggregates only. What rests on too few answers is not shown. All figures are kept for a minute.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import cache
from django.db.models import Avg, Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terang.evaluation.models import Period, Score
from terang.evaluation.policies import rules_of
from terang.evaluation.selectors import current_period, policy_on
from terang.follow_up.burden.selectors import Burden, burden_of, weeks_of
from terang.follow_up.pulse.course import CityPulse, city_pulse
from terang.registry.organization.models import Agency, Unit
from terang.reporting.boards.governing import Governing, governing
from terang.reporting.boards.times.counting import RUNNING_SECONDS, months_of
from terang.reporting.boards.times.lines import (
    Satisfaction,
    SatisfactionLine,
    ServiceLine,
    improved,
    needing,
    satisfaction_of,
    service_lines,
)
from terang.reporting.boards.times.words import counted_in_days, days, hundredths, month_name
from terang.rules.services import Verdict
from terang.web.charts import Bar, Columns, Line, Series, Target
from terang.web.numbers import english, whole

MOST_NEEDING = 8
MOST_IMPROVED = 4
MOST_COURSES = 2
LOW_IKM = 7_661
"""Below this index in hundredths a unit is of class C or D (PermenPANRB 14/2017): it needs attention."""


@dataclass(frozen=True)
class ServicesShown:
    """All services in figures, and the few that are shown. `timely_bp` is of all their requests; missing without."""

    count: int
    finished: int
    timely_bp: int | None
    faster: int
    slower: int
    needing: tuple[ServiceLine, ...]
    all_needing: int
    improved: tuple[ServiceLine, ...]


@dataclass(frozen=True)
class SatisfactionShown:
    """All units together, and the few that are shown. `hidden` have too few answers."""

    whole: Satisfaction
    units: int
    hidden: int
    lowest: tuple[SatisfactionLine, ...]
    all_low: int
    risen: tuple[SatisfactionLine, ...]


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
    """Everything the page shows; parts for which there is nothing are missing or empty."""

    period: Period | None
    services: ServicesShown | None
    courses: tuple[Line, ...]
    satisfaction: SatisfactionShown | None
    units: tuple[UnitLine, ...]
    spread: Columns | None
    coverage_bp: int | None
    pulse: CityPulse | None
    burden: Burden | None
    governing: Governing

    @property
    def is_empty(self) -> bool:
        more = self.governing
        shown = (self.services, self.satisfaction, self.spread, self.pulse, self.burden, more.aims, more.complaints)
        return not any(shown)


def city_of(agency: Agency, today: date) -> City:
    """The page of one government on a day."""
    period = current_period(agency.pk, today)
    lines = service_lines(agency, today)
    spread, units, coverage = _scores(agency, period)
    return City(
        period=period,
        services=_services(lines) if lines else None,
        courses=tuple(_course(line, months_of(today)) for line in improved(lines, MOST_COURSES)),
        satisfaction=_satisfaction(satisfaction_of(agency, today)),
        units=units,
        spread=spread,
        coverage_bp=coverage,
        pulse=city_pulse(agency, today),
        burden=burden_of(weeks_of(agency.pk)),
        governing=governing(agency, today),
    )


def _services(lines: Sequence[ServiceLine]) -> ServicesShown:
    finished, late = sum(line.finished for line in lines), sum(line.late for line in lines)
    verdicts = [line.verdict for line in lines]
    return ServicesShown(
        count=len(lines),
        finished=finished,
        timely_bp=(2 * (finished - late) * 10_000 + finished) // (2 * finished) if finished else None,
        faster=verdicts.count(Verdict.FASTER),
        slower=verdicts.count(Verdict.SLOWER),
        needing=tuple(needing(lines, MOST_NEEDING)),
        all_needing=sum(line.needs_attention for line in lines),
        improved=tuple(improved(lines, MOST_IMPROVED)),
    )


def _satisfaction(found: Satisfaction) -> SatisfactionShown | None:
    if not found.lines:
        return None
    known = [line for line in found.lines if line.ikm is not None]
    low = sorted((line for line in known if (line.ikm or 0) < LOW_IKM), key=lambda line: line.ikm or 0)
    risen = sorted((line for line in known if (line.change or 0) > 0), key=lambda line: -(line.change or 0))
    return SatisfactionShown(
        whole=found,
        units=len(found.lines),
        hidden=len(found.lines) - len(known),
        lowest=tuple(low[:MOST_NEEDING]),
        all_low=len(low),
        risen=tuple(risen[:MOST_IMPROVED]),
    )


def _course(line: ServiceLine, months: Sequence[int]) -> Line:
    """A service's months, in working days where its standard is a day or more, else in minutes."""
    in_days = counted_in_days(line.standard)
    measure = hundredths if in_days else int
    return Line(
        line.name,
        lead=_("%(unit)s: dari %(before)s menjadi %(now)s")
        % {"unit": line.unit, "before": line.before_text, "now": line.median_text},
        labels=[month_name(month) for month in months],
        series=[
            Series(
                _("Nilai tengah (hari kerja)") if in_days else _("Nilai tengah (menit kerja)"),
                [None if minutes is None else measure(minutes) for minutes in line.medians],
            )
        ],
        form=days if in_days else whole,
        target=Target(measure(line.standard), _("Standar")),
        label_head=_("Bulan"),
    )


def _scores(agency: Agency, period: Period | None) -> tuple[Columns | None, tuple[UnitLine, ...], int | None]:
    version = policy_on(agency.pk, period.starts_on) if period else None
    if period is None or version is None:
        return None, (), None
    standard = rules_of(version).standard_bp
    limits = sorted({standard, *(limit for limit in (7000, 8000, 9000) if limit > standard)})
    rows = _kept(period, limits)
    if not rows:
        return None, (), None
    people = sum(row["people"] for row in rows)
    coverage = round(sum(row["coverage"] * row["people"] for row in rows) / people)
    units = {unit.pk: unit for unit in Unit.objects.filter(agency=agency)}
    return _spread(rows, limits), tuple(_units(rows, units)), coverage


def _kept(period: Period, limits: Sequence[int]) -> list[dict[str, Any]]:
    """The scores of a period by unit and class; counted anew once a minute."""
    key = f"boards.city.scores:{period.pk}:{'-'.join(map(str, limits))}"
    found: list[dict[str, Any]] | None = cache.get(key)
    if found is None:
        found = _counted(period, limits)
        cache.set(key, found, RUNNING_SECONDS)
    return found


def _counted(period: Period, limits: Sequence[int]) -> list[Any]:
    classes = {
        f"c{number}": Q(total_bp__gte=low, total_bp__lt=high) for number, (low, high) in enumerate(_steps(limits))
    }
    return list(
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
