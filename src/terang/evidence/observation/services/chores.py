"""What a new day changes by itself: what nobody contested in time is finished."""

import logging
from datetime import date

from django.db import DatabaseError, InterfaceError, transaction
from django.utils.translation import override

from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.observation.services.moving import locked
from terang.evidence.observation.services.telling import finish
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.web.errors import Refusal

logger = logging.getLogger(__name__)


def every_hour() -> None:
    """Every government by its own day. One that fails does not stop the others; good twice."""
    for agency in Agency.objects.all():
        today = local_today(agency)
        told = Observation.objects.filter(employee__agency=agency, state=ObservationState.TOLD)
        for observation in told.filter(contest_due_on__lt=today).order_by("pk"):
            _lapse(observation, today)


def _lapse(observation: Observation, today: date) -> None:
    try:
        with override("id"), transaction.atomic():
            finish(locked(observation, "lapse", observation.version), None, today, "lapsed")
    except (DatabaseError, InterfaceError):
        raise
    except Refusal as refusal:
        logger.warning("Observasi %s tidak diselesaikan: %s", observation.pk, refusal.reason)
