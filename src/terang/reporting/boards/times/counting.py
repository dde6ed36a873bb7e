"""A year of finished requests as histograms by service and month. Months that are over hardly change: they are counted
anew once an hour, the running month once a minute."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.db.models import Case, Count, F, IntegerField, Q, When
from django.db.models.functions import Least

from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.citizens.request_selectors import own_standard
from terang.evidence.citizens.working_time import WORKING_DAY_MINUTES
from terang.evidence.months import midnight, month_of, month_spans
from terang.registry.organization.models import Agency
from terang.rules.services import NOTHING, Times, together

COARSE = 15
"""Minutes in a step of the histogram of services that take days; those of minutes are counted by the minute."""

MONTHS = 12
PAST_SECONDS = 60 * 60
RUNNING_SECONDS = 60


def span_of(today: date) -> tuple[date, date]:
    """The twelve months up to the running one, the end exclusive."""
    first = today.year * 12 + today.month - MONTHS
    start = date(first // 12, first % 12 + 1, 1)
    return start, date(today.year + today.month // 12, today.month % 12 + 1, 1)


def months_of(today: date) -> list[int]:
    """The twelve months as yyyymm."""
    return [number for number, _start, _end in month_spans(*span_of(today))]


@dataclass(frozen=True)
class Year:
    """By (service, yyyymm), only what has requests."""

    cells: Mapping[tuple[int, int], Times]

    def of(self, service_id: int, months: Collection[int]) -> Times:
        """What a service finished in some months; nothing where there is none."""
        return together(self.cells.get((service_id, month), NOTHING) for month in months)

    def month(self, service_ids: Collection[int], month: int) -> Times:
        """What several services finished in one month."""
        return together(self.cells.get((pk, month), NOTHING) for pk in service_ids)


def year_of(scope: str, agency: Agency, service_ids: Sequence[int] | None, today: date) -> Year:
    """The year of some services (None: of the whole government). `scope` names them for the cache, as "service:7". Two
    cache reads, and at most two queries more."""
    start, end = span_of(today)
    this = today.replace(day=1)
    past = _kept(scope, agency, service_ids, (start, this), PAST_SECONDS)
    return Year({**past, **_kept(scope, agency, service_ids, (this, end), RUNNING_SECONDS)})


Cells = dict[tuple[int, int], Times]


def _kept(
    scope: str, agency: Agency, service_ids: Sequence[int] | None, span: tuple[date, date], seconds: int
) -> Cells:
    start, end = span
    key = f"boards.times:{agency.pk}:{scope}:{start}:{end}"
    found: Cells | None = cache.get(key)
    if found is None:
        found = _counted(agency, service_ids, start, end)
        cache.set(key, found, seconds)
    return found


def _counted(agency: Agency, service_ids: Sequence[int] | None, start: date, end: date) -> Cells:
    zone = ZoneInfo(agency.time_zone)
    chosen = Q(service__unit__agency=agency) if service_ids is None else Q(service_id__in=service_ids)
    rows = (
        ServiceRequest.objects.filter(
            chosen,
            completed_at__gte=midnight(start, zone),
            completed_at__lt=midnight(end, zone),
            actual_minutes__isnull=False,
        )
        .order_by()
        .values("service_id", month=month_of("completed_at", start, end, zone))
        .annotate(minutes=_step(), count=Count("id"), timely=Count("id", filter=Q(actual_minutes__lte=own_standard())))
        .values_list("service_id", "month", "minutes", "count", "timely")
    )
    counts: dict[tuple[int, int], dict[int, int]] = {}
    timely: dict[tuple[int, int], int] = {}
    for service_id, month, minutes, count, in_time in rows:
        cell = (service_id, month)
        counts.setdefault(cell, {})[minutes] = count
        timely[cell] = timely.get(cell, 0) + in_time
    return {cell: Times(found, timely[cell], sum(found.values())) for cell, found in counts.items()}


def _step() -> Case:
    """Named rounding "begun step": up, but a request within its standard never past it, so that a median tells truly on
    which side of the standard it lies."""
    begun = (F("actual_minutes") + COARSE - 1) / COARSE * COARSE
    return Case(
        When(service__standard_minutes__lt=WORKING_DAY_MINUTES, then=F("actual_minutes")),
        When(actual_minutes__lte=own_standard(), then=Least(begun, own_standard())),
        default=begun,
        output_field=IntegerField(),
    )
