"""Questions about services, requests and answers."""

from collections.abc import Collection
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet, Sum

from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.months import midnight
from terang.rules.tables import ELEMENTS


def finished(officer_ids: Collection[int], start: date, end: date, zone: ZoneInfo) -> QuerySet[ServiceRequest]:
    """Requests finished by these officers on local days between `start` and `end` (exclusive)."""
    return ServiceRequest.objects.filter(
        officer_id__in=officer_ids, completed_at__gte=midnight(start, zone), completed_at__lt=midnight(end, zone)
    )


def survey_sums() -> dict[str, Any]:
    """The aggregates of a survey row after `respondents`: all sums, then all numbers of answers not blank."""
    sums = {f"sum_{element}": Sum(element, default=0) for element in ELEMENTS}
    return sums | {f"answered_{element}": Count(element) for element in ELEMENTS}
