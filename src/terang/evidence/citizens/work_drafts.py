"""Drafts of daily work from finished service requests, one for each service and day."""

from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Count
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.drafts import Draft
from terang.evidence.months import midnight
from terang.registry.people.models import Employee


def drafts(employee: Employee, start: date, end: date) -> list[Draft]:
    """“12 permohonan KTP-el selesai”, source `citizens.request-day:<service>:<day>`. One query."""
    zone = ZoneInfo(employee.agency.time_zone)
    done = ServiceRequest.objects.filter(
        officer=employee, completed_at__gte=midnight(start, zone), completed_at__lt=midnight(end, zone)
    ).order_by()
    rows = done.values("service_id", "service__name", day=TruncDate("completed_at", tzinfo=zone)).annotate(
        n=Count("pk")
    )
    return [_draft(row["service_id"], row["service__name"], row["day"], row["n"]) for row in rows]


def _draft(service_id: int, name: str, day: date, count: int) -> Draft:
    return Draft(
        source=f"citizens.request-day:{service_id}:{day.isoformat()}",
        day=day,
        text=gettext("Menyelesaikan %(n)s permohonan %(service)s") % {"n": count, "service": name},
        quantity_milli=count * 1000,
        unit_label=gettext("permohonan"),
        measure="services_completed",
        url=reverse("citizens:requests"),
        origin=gettext("Permohonan selesai"),
    )
