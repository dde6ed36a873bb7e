"""Every service and every unit of a government in one line each: what it is now, and what it was a year ago. Kept for a
minute, as what it is counted from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.urls import reverse

from terang.evidence.citizens.models import Service, SurveyResponse
from terang.evidence.citizens.survey_presenting import ikm_text
from terang.evidence.citizens.survey_privacy import least_answers
from terang.evidence.citizens.survey_tallies import tallies
from terang.registry.organization.models import Agency
from terang.reporting.boards.times.counting import PAST_SECONDS, RUNNING_SECONDS, months_of, span_of, year_of
from terang.reporting.boards.times.words import month_day, time_words
from terang.rules.regulations.survey_tally import Tally, hidden_groups, index_of, together
from terang.rules.services import LEAST_FINISHED, Times, Verdict, compare, quantile

WINDOW = 3
"""Months on each side: the latest ones against the first ones of the year."""
ATTENTION_BP = 8_000
"""Below this share in time a service needs attention."""


@dataclass(frozen=True)
class ServiceLine:
    """One service: the latest three months against the first three of the year. Times are working minutes.

    `verdict` and `change_bp` compare the two; `medians` are those of the twelve months.
    """

    pk: int
    name: str
    unit: str
    path: str
    finished: int
    median: int | None
    before: int | None
    standard: int
    timely_bp: int | None
    late: int
    verdict: Verdict
    change_bp: int | None
    medians: tuple[int | None, ...]

    @property
    def median_text(self) -> str:
        return time_words(self.median)

    @property
    def before_text(self) -> str:
        return time_words(self.before)

    @property
    def standard_text(self) -> str:
        return time_words(self.standard)

    @property
    def url(self) -> str:
        return reverse("boards:service_times", args=[self.pk])

    @property
    def needs_attention(self) -> bool:
        """Too many past their standard, or slower than a year ago; never on too few requests."""
        enough = self.finished >= LEAST_FINISHED and self.timely_bp is not None
        return enough and ((self.timely_bp or 0) < ATTENTION_BP or self.verdict is Verdict.SLOWER)


def service_lines(agency: Agency, today: date) -> list[ServiceLine]:
    """The open services with a finished request in the latest three months, the most used first."""
    key = f"boards.times.services:{agency.pk}:{today}"
    found: list[ServiceLine] | None = cache.get(key)
    if found is None:
        found = _service_lines(agency, today)
        cache.set(key, found, RUNNING_SECONDS)
    return found


def _service_lines(agency: Agency, today: date) -> list[ServiceLine]:
    year, months = year_of("all", agency, None, today), months_of(today)
    services = Service.objects.filter(unit__agency=agency, active=True).select_related("unit")
    lines = []
    for service in services:
        now = year.of(service.pk, months[-WINDOW:])
        if now.finished:
            own = [year.of(service.pk, [month]) for month in months]
            lines.append(_service_line(service, now, year.of(service.pk, months[:WINDOW]), own))
    return sorted(lines, key=lambda line: (-line.finished, line.pk))


def _service_line(service: Service, now: Times, before: Times, own: list[Times]) -> ServiceLine:
    change = compare(before, now)
    return ServiceLine(
        pk=service.pk,
        name=service.name,
        unit=service.unit.name,
        path=service.unit.path,
        finished=now.finished,
        median=change.after.median,
        before=change.before.median,
        standard=service.standard_minutes,
        timely_bp=change.after.timely_bp,
        late=now.judged - now.timely,
        verdict=change.verdict,
        change_bp=change.relative_bp,
        medians=tuple(quantile(each.counts, 1, 2) for each in own),
    )


@dataclass(frozen=True)
class SatisfactionLine:
    """The IKM of one unit in hundredths over the latest three months, and over the first three of the year. Missing
    below the least number of answers, and where it would give another one away; `answers` is then missing too."""

    pk: int
    unit: str
    path: str
    answers: int | None
    ikm: int | None
    grade: str
    before: int | None

    @property
    def change(self) -> int | None:
        """In hundredths of a point; missing where either is."""
        return None if self.ikm is None or self.before is None else self.ikm - self.before

    @property
    def ikm_text(self) -> str:
        return ikm_text(self.ikm)

    @property
    def before_text(self) -> str:
        return ikm_text(self.before)

    @property
    def url(self) -> str:
        return reverse("boards:unit_times", args=[self.pk])


@dataclass(frozen=True)
class Satisfaction:
    """The units with an answer, the most answers first, and all of them together (missing as a line may be)."""

    lines: tuple[SatisfactionLine, ...]
    answers: int
    ikm: int | None
    grade: str

    @property
    def ikm_text(self) -> str:
        return ikm_text(self.ikm)


def satisfaction_of(agency: Agency, today: date) -> Satisfaction:
    """What citizens said lately, by unit."""
    key = f"boards.times.satisfaction:{agency.pk}:{today}"
    found: Satisfaction | None = cache.get(key)
    if found is None:
        found = _satisfaction(agency, today)
        cache.set(key, found, RUNNING_SECONDS)
    return found


def _satisfaction(agency: Agency, today: date) -> Satisfaction:
    months = months_of(today)
    late, end = month_day(months[-WINDOW]), span_of(today)[1]
    first, early = month_day(months[0]), month_day(months[WINDOW])
    services = Service.objects.filter(unit__agency=agency).select_related("unit").in_bulk()
    least = least_answers(agency.pk, today)
    now, before = (_by_unit(rows, services) for rows in (_tallied(agency, late, end), _kept(agency, first, early)))
    shown = hidden_groups({str(pk): tally.respondents for pk, tally in now.items()}, least)
    past = hidden_groups({str(pk): tally.respondents for pk, tally in before.items()}, least)
    units = {service.unit_id: service.unit for service in services.values()}
    lines = []
    for pk, tally in sorted(now.items(), key=lambda item: (-item[1].respondents, item[0])):
        ikm, grade = (None, "") if str(pk) in shown else index_hundredths(tally, least)
        old = None if str(pk) in past else index_hundredths(before.get(pk, Tally()), least)[0]
        answers = None if str(pk) in shown else tally.respondents
        lines.append(SatisfactionLine(pk, units[pk].name, units[pk].path, answers, ikm, grade, old))
    whole = together(now.values())
    ikm, grade = index_hundredths(whole, least)
    return Satisfaction(tuple(lines), whole.respondents, ikm, grade)


def _tallied(agency: Agency, start: date, end: date) -> dict[int, Tally]:
    rows = SurveyResponse.objects.filter(service__unit__agency=agency, day__gte=start, day__lt=end)
    return tallies(rows.order_by())


def _kept(agency: Agency, start: date, end: date) -> dict[int, Tally]:
    """Months long over."""
    key = f"boards.times.answers:{agency.pk}:{start}:{end}"
    found: dict[int, Tally] | None = cache.get(key)
    if found is None:
        found = _tallied(agency, start, end)
        cache.set(key, found, PAST_SECONDS)
    return found


def _by_unit(found: Mapping[int, Tally], services: Mapping[int, Service]) -> dict[int, Tally]:
    units: dict[int, Tally] = {}
    for service_id, tally in found.items():
        pk = services[service_id].unit_id
        units[pk] = units.get(pk, Tally()) + tally
    return units


def index_hundredths(tally: Tally, least: int) -> tuple[int | None, str]:
    """The IKM of a group in hundredths with its grade; missing below the least number of answers, whole or to one
    element."""
    index = index_of(tally) if tally.respondents >= least else None
    if index is None or min(map(tally.answered, tally.counts)) < least:
        return None, ""
    return int(index.value * 100), index.grade


def improved(lines: Iterable[ServiceLine], most: int) -> list[ServiceLine]:
    """Those that became faster beyond doubt, the greatest part first."""
    faster = [line for line in lines if line.verdict is Verdict.FASTER]
    return sorted(faster, key=lambda line: (line.change_bp or 0, -line.finished))[:most]


def needing(lines: Iterable[ServiceLine], most: int) -> list[ServiceLine]:
    """Those that need attention, the smallest share in time first."""
    found = [line for line in lines if line.needs_attention]
    return sorted(found, key=lambda line: (line.timely_bp or 0, -line.late))[:most]
