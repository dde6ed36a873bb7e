"""Questions about services, requests and answers."""

from collections.abc import Collection
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet, Sum
from django.shortcuts import get_object_or_404

from terang.evidence.citizens.access import require_sight
from terang.evidence.citizens.models import Service, ServiceRequest, SurveyInvitation
from terang.evidence.months import midnight
from terang.registry.people.viewer import Viewer
from terang.rules.tables import ELEMENTS
from terang.web.secrets import token_hash


def finished(officer_ids: Collection[int], start: date, end: date, zone: ZoneInfo) -> QuerySet[ServiceRequest]:
    """Requests finished by these officers on local days between `start` and `end` (exclusive)."""
    return ServiceRequest.objects.filter(
        officer_id__in=officer_ids, completed_at__gte=midnight(start, zone), completed_at__lt=midnight(end, zone)
    )


def survey_sums() -> dict[str, Any]:
    """The aggregates of a survey row after `respondents`: all sums, then all numbers of answers not blank."""
    sums = {f"sum_{element}": Sum(element, default=0) for element in ELEMENTS}
    return sums | {f"answered_{element}": Count(element) for element in ELEMENTS}


def open_requests(officer_id: int) -> QuerySet[ServiceRequest]:
    """An officer's requests in hand, the longest waiting first."""
    return (
        ServiceRequest.objects.filter(officer_id=officer_id, completed_at__isnull=True)
        .select_related("service")
        .order_by("received_at")
    )


def finished_requests(officer_id: int) -> QuerySet[ServiceRequest]:
    """An officer's finished requests, latest first, each with whether its survey was answered."""
    return (
        ServiceRequest.objects.filter(officer_id=officer_id, completed_at__isnull=False)
        .select_related("service", "invitation")
        .order_by("-completed_at")
    )


def request_for(viewer: Viewer | None, request_id: int) -> ServiceRequest:
    """One request. Raises Http404, and NotAllowed for who may not see it."""
    rows = ServiceRequest.objects.select_related("service__unit", "officer", "invitation")
    request = get_object_or_404(rows, pk=request_id)
    require_sight(viewer, request)
    return request


def services_of_unit(unit_id: int | None) -> QuerySet[Service]:
    """The services a unit offers; none where there is no unit."""
    offered = Service.objects.none() if unit_id is None else Service.objects.filter(unit_id=unit_id, active=True)
    return offered.select_related("unit")


def published_services() -> QuerySet[Service]:
    """Every open service with its unit and government, for everybody to read."""
    return (
        Service.objects.filter(active=True)
        .select_related("unit__agency")
        .order_by("unit__agency__name", "unit__path", "name")
    )


def invitation_of(token: str) -> SurveyInvitation | None:
    """The invitation behind a link with its service; None for an unknown token. One query."""
    rows = SurveyInvitation.objects.select_related("request__service__unit__agency")
    return rows.filter(token_hash=token_hash(token)).first()
