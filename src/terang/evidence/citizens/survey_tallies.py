"""Sums of survey answers by service, straight from the database: a few rows whatever the number of answers."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet

from terang.evidence.citizens.models import Service, ServiceRequest, SurveyResponse
from terang.evidence.citizens.models.survey import ATTRIBUTES, Channel
from terang.evidence.months import midnight
from terang.registry.organization.models import Unit
from terang.rules.regulations.survey_tally import Tally
from terang.rules.tables import ELEMENTS

SCALE = (1, 2, 3, 4)


def answers_in(unit: Unit, start: date, end: date) -> QuerySet[SurveyResponse]:
    """The answers about services of a unit and all below it from `start` to before `end`."""
    rows = SurveyResponse.objects.filter(service__unit__path__startswith=unit.path, day__gte=start, day__lt=end)
    return rows.order_by()


def tallies(rows: QuerySet[SurveyResponse]) -> dict[int, Tally]:
    """The tally of each service that somebody answered about. One query."""
    found = rows.values("service_id").annotate(
        respondents=Count("pk"),
        straight=Count("pk", filter=_all_alike()),
        shortened=Count("pk", filter=Q(short=True)),
        **{f"{each}_{n}": Count("pk", filter=Q(**{each: n})) for each in ELEMENTS for n in SCALE},
    )
    return {row["service_id"]: _tally(row) for row in found}


def _tally(row: Mapping[str, Any]) -> Tally:
    counts = {e: (row[f"{e}_1"], row[f"{e}_2"], row[f"{e}_3"], row[f"{e}_4"]) for e in ELEMENTS}
    return Tally(row["respondents"], counts, row["straight"], row["shortened"])


def _all_alike() -> Q:
    """All nine answers given, and the same."""
    first, *others = ELEMENTS
    alike = Q(**{f"{first}__isnull": False})
    for each in others:
        alike &= Q(**{each: F(first)})
    return alike


def profile(rows: QuerySet[SurveyResponse]) -> dict[str, dict[str, int]]:
    """How many answered by channel and by each attribute of the regulation; under "" who told nothing. One query."""
    fields = {"channel": Channel.values, **{name: ["", *kinds.values] for name, kinds in ATTRIBUTES.items()}}
    counts = {
        f"{name}__{place}": Count("pk", filter=Q(**{name: value}))
        for name, values in fields.items()
        for place, value in enumerate(values)
    }
    found = rows.aggregate(**{key.replace("__", "_in_"): count for key, count in counts.items()})
    return {
        name: {value: found[f"{name}_in_{place}"] for place, value in enumerate(values)}
        for name, values in fields.items()
    }


def finished_by_service(unit: Unit, start: date, end: date) -> dict[int, int]:
    """How many requests of each service were finished, on the government's days. One query."""
    zone = ZoneInfo(unit.agency.time_zone)
    rows = ServiceRequest.objects.filter(
        service__unit__path__startswith=unit.path,
        completed_at__gte=midnight(start, zone),
        completed_at__lt=midnight(end, zone),
    ).order_by()
    return dict(rows.values_list("service_id").annotate(n=Count("pk")))


def services_below(unit: Unit) -> Mapping[int, Service]:
    """The services of a unit and all below it, with their unit. One query."""
    return Service.objects.filter(unit__path__startswith=unit.path).select_related("unit").in_bulk()
