"""What the worker does for services every hour. Each is good twice, and does a little at a time."""

import logging

from terang.audit.alone import alone
from terang.evidence.citizens.models import Service
from terang.evidence.citizens.services.catalogue import refresh
from terang.evidence.citizens.services.forgetting import forget_due
from terang.evidence.citizens.services.lapsing import lapse_due, remind_due
from terang.registry.organization.calendars import local_today

logger = logging.getLogger(__name__)


def every_hour() -> None:
    """Standards that begin today take effect on their services; requests that were never completed lapse, after a
    reminder; applicants whose time is over are forgotten. One that fails stops no other; a lost database stops all."""
    for service in Service.objects.filter(standards__isnull=False).select_related("unit__agency").distinct():
        alone(_refresh, service)
    for chore in (remind_due, _lapse, _forget):
        alone(chore)


def _refresh(service: Service) -> None:
    refresh(service, local_today(service.unit.agency))


def _lapse() -> None:
    if lapsed := lapse_due():
        logger.info("%s permohonan layanan berakhir karena tidak dilengkapi", lapsed)


def _forget() -> None:
    if forgotten := forget_due():
        logger.info("Data %s pemohon layanan dihapus setelah masa simpannya", forgotten)
