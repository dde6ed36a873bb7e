"""What a new day changes by itself: what nobody contested in time is finished."""

import logging
from datetime import date

from django.db import transaction
from django.utils.translation import override

from terang.audit.alone import alone
from terang.evidence.observation.models import Observation, ObservationState
from terang.evidence.observation.services.moving import locked
from terang.evidence.observation.services.telling import finish
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.web.errors import Refusal

logger = logging.getLogger(__name__)


def every_hour() -> None:
    """Every government by its own day. One that fails, as by a wrong time zone, does not stop the others, nor one
    observation the next; good twice. Raises where the database itself does not answer."""
    for agency in Agency.objects.all():
        alone(_lapse_all, agency)


def _lapse_all(agency: Agency) -> None:
    today = local_today(agency)
    told = Observation.objects.filter(employee__agency=agency, state=ObservationState.TOLD)
    for observation in told.filter(contest_due_on__lt=today).order_by("pk"):
        alone(_lapse, observation, today)


def _lapse(observation: Observation, today: date) -> None:
    """What moved meanwhile is left as it is."""
    try:
        with override("id"), transaction.atomic():
            finish(locked(observation, "lapse", observation.version), None, today, "lapsed")
    except Refusal as refusal:
        logger.warning("Observasi %s tidak diselesaikan: %s", observation.pk, refusal.reason)
