"""What oversight asks of rooms beside it, which it does not know."""

from collections.abc import Callable, Collection
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from terang.evidence.whereabouts import Whereabouts
from terang.registry.organization.models import Agency

Presence = Callable[[Agency, Collection[int], date], dict[int, Whereabouts]]


def whereabouts(agency: Agency, employee_ids: Collection[int], day: date) -> dict[int, Whereabouts]:
    """What the records know of people on a day, by id; of whom they know nothing stands nothing
    (`TERANG_INSPECTION_PRESENCE`)."""
    source: Presence = import_string(settings.TERANG_INSPECTION_PRESENCE)
    return source(agency, employee_ids, day)
