"""What overseers look at in a unit that serves citizens: pledge, displayed standards, promised time, fee. In
Indonesian whatever the reader's language: what is looked at becomes a point."""

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from terang.evidence.citizens.catalogue_selectors import pledge_of
from terang.evidence.citizens.models import Service, ServiceStandard
from terang.evidence.citizens.states import COUNTING
from terang.evidence.inspected import Criterion
from terang.registry.organization.models import Unit
from terang.web.numbers import grouped, longdate, rupiah

MOST_SERVICES = 12
"""Services of one visit; more belongs to another day."""


def criteria(unit: Unit, day: date) -> list[Criterion]:
    """Three queries; nothing for a unit that serves nobody."""
    services = list(_services(unit)[:MOST_SERVICES])
    if not services:
        return []
    rows = ServiceStandard.objects.filter(service__in=services, valid_from__lte=day).order_by("valid_from")
    standards = {row.service_id: row for row in rows}
    found = [_pledge(unit, day)]
    for service in services:
        found += _of(service, standards.get(service.pk))
    return found


def _services(unit: Unit) -> QuerySet[Service]:
    late = Q(requests__state__in=COUNTING, requests__due_at__lt=timezone.now())
    rows = Service.objects.filter(unit__path__startswith=unit.path, unit__agency_id=unit.agency_id, active=True)
    return rows.annotate(overdue=Count("requests", filter=late)).order_by("name", "pk")


def _pledge(unit: Unit, day: date) -> Criterion:
    pledge = pledge_of(unit, day)
    hint = f"berlaku sejak {longdate(pledge.day)}" if pledge else "belum terbit"
    return Criterion("Maklumat pelayanan terpasang", hint)


def _of(service: Service, standard: ServiceStandard | None) -> list[Criterion]:
    shown = f"Standar terpasang di loket: {service.name}"[:250]
    if standard is None:
        return [Criterion(shown, "standar belum terbit", service.get_absolute_url())]
    url, late = standard.get_absolute_url(), service.overdue  # type: ignore[attr-defined]
    fee = rupiah(standard.fee_idr) if standard.fee_idr else "gratis"
    return [
        Criterion(shown, standard.decree, url),
        Criterion(
            f"Waktu sesuai janji: {service.name}"[:250], f"{standard.limit_words}; {grouped(late)} lewat janji", url
        ),
        Criterion(f"Biaya sesuai standar: {service.name}"[:250], fee, url),
    ]
