"""What the worker does for review every hour: begin anew what was not prepared, release what is closed, draw beside who
left, remind, destroy keys that have no more use.

Each is good twice, and a round that fails does not stop the others.
"""

import logging

from django.db import DatabaseError, InterfaceError
from django.utils.translation import override

from terang.evidence.colleagues.models import ReviewRound
from terang.evidence.colleagues.round_keys import destroy_key, names_of_keys
from terang.evidence.colleagues.services.preparing import is_stalled, queue
from terang.evidence.colleagues.services.releasing import release
from terang.evidence.colleagues.services.reminding import remind
from terang.evidence.colleagues.services.standing_in import stand_in
from terang.registry.organization.calendars import local_today
from terang.web.errors import Refusal

logger = logging.getLogger(__name__)


def every_hour() -> None:
    """Every government by its own day."""
    running = ReviewRound.objects.filter(released_on=None, cancelled_on=None).select_related("agency")
    for opening in running.order_by("closes_on", "pk"):
        try:
            with override("id"):
                settle(opening)
        except (DatabaseError, InterfaceError):
            raise
        except Refusal as refusal:
            logger.warning("Putaran penilaian %s belum dapat dibuka hasilnya: %s", opening.pk, refusal.reason)
        except Exception:
            logger.exception("Putaran penilaian %s belum diperiksa; dicoba lagi", opening.pk)
    destroy_old_keys()


def settle(opening: ReviewRound) -> None:
    today = local_today(opening.agency)
    if is_stalled(opening):
        queue(opening)
    elif not release(opening=opening, today=today):
        stand_in(opening=opening, today=today)
        remind(opening=opening, today=today)


def destroy_old_keys() -> int:
    """Keys of rounds that have ended, where the worker was stopped between the end and the destroying; returns how
    many. Keys that no round knows stay: they may belong to another database beside this one."""
    ended = ReviewRound.objects.filter(key_name__in=names_of_keys())
    names = list(ended.exclude(released_on=None, cancelled_on=None).values_list("key_name", flat=True))
    for name in names:
        destroy_key(name)
    return len(names)
