"""The page of service times: twelve months of one service, or of all services of a unit and below it together, with
what was changed, how sure its effect is, and what citizens said meanwhile.

About fifteen queries, whatever the number of requests, services and marks. No name of an officer or a citizen.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Min
from django.utils.translation import gettext as _

from terang.evidence.citizens.intervention_selectors import interventions_of
from terang.evidence.citizens.models import Service, ServiceRequest, SurveyResponse
from terang.evidence.citizens.models.interventions import Intervention
from terang.evidence.citizens.selectors import survey_sums
from terang.evidence.citizens.survey_presenting import ikm_text
from terang.evidence.citizens.survey_privacy import least_answers
from terang.evidence.complaints.models import Complaint
from terang.evidence.complaints.publication import NOT_GUARDED
from terang.evidence.months import month_of
from terang.registry.organization.models import Unit
from terang.reporting.boards.times.changes import ChangeCard, card_of, first_against_last
from terang.reporting.boards.times.counting import Year, months_of, span_of, year_of
from terang.reporting.boards.times.words import counted_in_days, days, hundredths, month_day, month_name, time_words
from terang.rules.regulations.satisfaction import satisfaction_from_means
from terang.rules.services import Summary, Times, summary_of, together
from terang.rules.tables import ELEMENTS
from terang.web.charts import Box, Months, Panel, Pin, Target
from terang.web.numbers import whole

LEAST_IN_BOX = 5
"""Finished requests a month needs to be drawn: quarters of fewer say nothing."""


@dataclass(frozen=True)
class ServiceShare:
    """One of the services pooled: its part of the year's requests and its median, lately and a year ago."""

    service: Service
    finished: int
    share_bp: int
    median_text: str
    before_text: str


@dataclass(frozen=True)
class TimesPage:
    """Everything the page shows. `standard_text` and `lately` are of one service alone or of the pool."""

    title: str
    services: tuple[Service, ...]
    unit: Unit
    chart: Months | None
    cards: tuple[ChangeCard, ...]
    year: ChangeCard | None
    lately: Summary
    mix: tuple[ServiceShare, ...]
    open: int
    waiting_since: date | None
    least: int

    @property
    def pooled(self) -> bool:
        return len(self.services) > 1

    @property
    def median_text(self) -> str:
        return time_words(self.lately.median)

    @property
    def ninetieth_text(self) -> str:
        return time_words(self.lately.ninetieth)


def service_page(service: Service, today: date) -> TimesPage:
    """The page of one service."""
    return _page(f"service:{service.pk}", service.name, service.unit, [service], today)


def unit_page(unit: Unit, services: Sequence[Service], today: date) -> TimesPage:
    """The page of a unit's services together, those of the units below it among them."""
    return _page(f"unit:{unit.pk}", unit.name, unit, services, today)


def _page(scope: str, title: str, unit: Unit, services: Sequence[Service], today: date) -> TimesPage:
    agency, ids = unit.agency, [service.pk for service in services]
    months = months_of(today)
    year = year_of(scope, agency, ids, today)
    marks = interventions_of(services, month_day(months[0]), today)
    least = least_answers(agency.pk, today)
    waiting = _open(ids)
    known = any(year.cells)
    return TimesPage(
        title=title,
        services=tuple(services),
        unit=unit,
        chart=_chart(unit, services, year, marks, months, least, today) if known else None,
        cards=tuple(reversed([card_of(n, mark, marks, services, year, months) for n, mark in enumerate(marks, 1)])),
        year=first_against_last(services, year, months) if known and not marks else None,
        lately=summary_of(together(year.month(ids, month) for month in months[-3:])),
        mix=_mix(services, year, months) if len(services) > 1 else (),
        open=waiting["count"],
        waiting_since=waiting["oldest"].astimezone(ZoneInfo(agency.time_zone)).date() if waiting["oldest"] else None,
        least=least,
    )


def _open(service_ids: Sequence[int]) -> dict[str, Any]:
    """How many requests are in hand now, and since when the oldest."""
    rows = ServiceRequest.objects.filter(service_id__in=service_ids, completed_at=None, ended_at=None)
    return rows.aggregate(count=Count("id"), oldest=Min("received_at"))


def _mix(services: Sequence[Service], year: Year, months: Sequence[int]) -> tuple[ServiceShare, ...]:
    groups = {service.pk: year.of(service.pk, months) for service in services}
    total = sum(group.finished for group in groups.values())
    rows = []
    for service in services:
        finished = groups[service.pk].finished
        now, before = (summary_of(year.of(service.pk, span)).median for span in (months[-3:], months[:3]))
        share = (2 * finished * 10_000 + total) // (2 * total) if total else 0
        rows.append(ServiceShare(service, finished, share, time_words(now), time_words(before)))
    return tuple(sorted(rows, key=lambda row: -row.finished))


def _chart(
    unit: Unit,
    services: Sequence[Service],
    year: Year,
    marks: Sequence[Intervention],
    months: Sequence[int],
    least: int,
    today: date,
) -> Months:
    ids, alone = [service.pk for service in services], len(services) == 1
    longest = max(service.standard_minutes for service in services)
    in_days = counted_in_days(longest)
    measure = hundredths if in_days else int
    cells = [year.month(ids, month) for month in months]
    form = days if in_days else whole
    return Months(
        title=_("Waktu layanan dari bulan ke bulan"),
        lead=_(
            "Kotak: separuh permohonan di tengah, garis tebal nilai tengahnya. Garis tipis di atasnya sampai batas"
            " sembilan dari sepuluh permohonan."
        ),
        name=_("Waktu (hari kerja)") if in_days else _("Waktu (menit kerja)"),
        labels=[month_name(month) for month in months],
        boxes=[_box(cell, measure) for cell in cells],
        heads=(
            _("Bulan"),
            _("Selesai"),
            _("Seperempat tercepat"),
            _("Tengah"),
            _("Tiga perempat"),
            _("Sembilan dari sepuluh"),
        ),
        form=form,
        target=Target(measure(longest), _("Standar")) if alone else None,
        pins=[Pin(_place(mark.day, months), str(number)) for number, mark in enumerate(marks, 1)],
        panels=[
            Panel(_("Kepuasan (IKM)"), _satisfaction(ids, months, least, today), ikm_text),
            Panel(_("Pengaduan kepada unit"), _complaints(unit, months, today), whole),
            Panel(_("Permohonan selesai"), [cell.finished or None for cell in cells], whole, bars=True),
        ],
    )


def _box(cell: Times, measure: Any) -> Box | None:
    told = summary_of(cell)
    figures = (told.quarter, told.median, told.three_quarters, told.ninetieth)
    if told.finished < LEAST_IN_BOX:
        return None
    return Box(told.finished, *(measure(figure) for figure in figures))


def _place(day: date, months: Sequence[int]) -> float:
    """Where a day lies among the months, in months from the first one's beginning."""
    first = month_day(months[0])
    index = (day.year - first.year) * 12 + day.month - first.month
    return round(index + (day.day - 1) / 31, 2)


def _satisfaction(ids: Sequence[int], months: Sequence[int], least: int, today: date) -> list[int | None]:
    """The IKM of each month in hundredths; missing below the least number of answers, whole or to one element."""
    start, end = span_of(today)
    rows = (
        SurveyResponse.objects.filter(service_id__in=ids, day__gte=start, day__lt=end)
        .order_by()
        .values(month=month_of("day", start, end))
        .annotate(**survey_sums())
    )
    found = {row["month"]: _index(row, least) for row in rows}
    return [found.get(month) for month in months]


def _index(row: Mapping[str, Any], least: int) -> int | None:
    if min(row[f"answered_{element}"] for element in ELEMENTS) < least:
        return None
    means = {element: Fraction(row[f"sum_{element}"], row[f"answered_{element}"]) for element in ELEMENTS}
    return int(satisfaction_from_means(means).value * 100)


def _complaints(unit: Unit, months: Sequence[int], today: date) -> list[int | None]:
    """Complaints a unit and those below it got each month: none secret, none about misconduct. Missing before the
    government's first complaint and in months to come; a month without one is zero."""
    start, end = span_of(today)
    ordinary = Complaint.objects.filter(NOT_GUARDED, agency=unit.agency, received_on__gte=start, received_on__lt=end)
    rows = ordinary.filter(unit__path__startswith=unit.path, duplicate_of=None)
    by_month = rows.order_by().values(month=month_of("received_on", start, end)).annotate(count=Count("id"))
    found = dict(by_month.values_list("month", "count"))
    kept = Complaint.objects.filter(agency=unit.agency).order_by("received_on").values_list("received_on", flat=True)
    first: date | None = kept.first()
    since = first.year * 100 + first.month if first else 999_999
    return [found.get(month, 0) if month >= since else None for month in months]
