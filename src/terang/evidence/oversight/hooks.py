"""What oversight asks of rooms beside it, which it does not know."""

from collections.abc import Callable, Collection
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import override

from terang.evidence.inspected import CaseTold, Criterion
from terang.evidence.whereabouts import Whereabouts
from terang.registry.organization.models import Agency, Unit

MOST_CRITERIA = 60
Criteria = Callable[[Unit, date], list[Criterion]]
Codes = Callable[[Unit, date, date], list[str]]
Told = Callable[[Unit, Collection[str]], list[CaseTold]]
Presence = Callable[[Agency, Collection[int], date], dict[int, Whereabouts]]


def whereabouts(agency: Agency, employee_ids: Collection[int], day: date) -> dict[int, Whereabouts]:
    """What the records know of people on a day, by id; of whom they know nothing stands nothing
    (`TERANG_INSPECTION_PRESENCE`)."""
    source: Presence = import_string(settings.TERANG_INSPECTION_PRESENCE)
    return source(agency, employee_ids, day)


def criteria(unit: Unit, day: date) -> list[Criterion]:
    """What rooms want looked at in a unit (`TERANG_INSPECTION_CRITERIA`), at most `MOST_CRITERIA`."""
    found: list[Criterion] = []
    with override("id"):
        for path in settings.TERANG_INSPECTION_CRITERIA:
            source: Criteria = import_string(path)
            found += source(unit, day)
    return found[:MOST_CRITERIA]


def case_codes(unit: Unit, since: date, until: date) -> list[str]:
    """Public numbers of the requests of a unit received from `since` to before `until` (`TERANG_INSPECTION_CASES`)."""
    source: Codes = import_string(settings.TERANG_INSPECTION_CASES["codes"])
    return source(unit, since, until)


def cases_told(unit: Unit, codes: Collection[str]) -> list[CaseTold]:
    """What the log tells of these cases."""
    source: Told = import_string(settings.TERANG_INSPECTION_CASES["told"])
    with override("id"):
        return source(unit, codes)
