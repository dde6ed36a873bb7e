"""What the worker does for the pulse every hour: release what is closed, open the month's wave, destroy keys that have
no more use. Each is good twice, and a government that fails does not stop the others."""

import logging

from django.db import DatabaseError, InterfaceError
from django.utils.translation import override

from terang.evidence.colleagues.round_keys import destroy_key, names_of_keys
from terang.follow_up.pulse.models import PulseSurvey, Wave
from terang.follow_up.pulse.services.opening import open_wave
from terang.follow_up.pulse.services.releasing import release
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.web.errors import Refusal

logger = logging.getLogger(__name__)


def every_hour() -> None:
    """Every government by its own day."""
    for survey in PulseSurvey.objects.filter(ended_on=None).select_related("agency").order_by("pk"):
        try:
            with override("id"):
                settle(survey.agency)
        except (DatabaseError, InterfaceError):
            raise
        except Refusal as refusal:
            logger.warning("Denyut %s belum dapat dibuka hasilnya: %s", survey.agency.code, refusal.reason)
        except Exception:
            logger.exception("Denyut %s belum diperiksa; dicoba lagi", survey.agency.code)
    destroy_old_keys()


def settle(agency: Agency) -> None:
    """The month's wave is opened also where an earlier one cannot be released."""
    today = local_today(agency)
    open_wave(agency=agency, today=today)
    for wave in Wave.objects.filter(agency=agency, released_on=None, dropped_on=None, closes_on__lte=today):
        release(wave=wave, today=today)


def destroy_old_keys() -> None:
    """Keys of waves that have ended, where the worker was stopped between the end and the destroying."""
    ended = Wave.objects.filter(key_name__in=names_of_keys()).exclude(released_on=None, dropped_on=None)
    for name in ended.values_list("key_name", flat=True):
        destroy_key(name)
