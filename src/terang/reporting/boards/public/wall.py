"""The screen on the wall of a service hall: what is promised and kept today, read from across the room.

It shows what everybody may know, so that the screen needs no account. Outside its hours, and on days off, it is quiet.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q

from terang.evidence.citizens.models import ServiceRequest
from terang.evidence.citizens.models.requests import RequestState
from terang.evidence.citizens.request_selectors import own_standard
from terang.registry.organization.calendars import is_working_day
from terang.registry.organization.models import Unit
from terang.reporting.boards.public.facts import LEAST_FINISHED, Index, Promise, UnitFacts, unit_facts

MOST_SERVICES = 6
"""More cannot be read from across a room; those asked for most stand first."""
USUAL_HOURS = (7, 17)
"""When a screen is awake unless its address says otherwise. A declared choice: halls open and close around these."""
HOURS = re.compile(r"([0-9]{1,2})-([0-9]{1,2})")
WAITING = (RequestState.SUBMITTED, RequestState.CHECKING, RequestState.PROCESSING)


@dataclass(frozen=True)
class Wall:
    """`awake`: whether it is shown now. `timely_bp` is of what was finished today; missing where that is too little."""

    facts: UnitFacts
    awake: bool
    opens: time
    closes: time
    waiting: int
    finished: int
    timely_bp: int | None

    @property
    def services(self) -> tuple[Promise, ...]:
        return tuple(sorted(self.facts.services, key=lambda each: (-each.finished, each.name))[:MOST_SERVICES])

    @property
    def index(self) -> Index | None:
        """The unit's own index; missing where it has none or too few answered."""
        own = [each for each in self.facts.indexes if each.unit_pk == self.facts.unit.pk and each.ikm is not None]
        return own[0] if own else None


def hours_of(asked: str) -> tuple[int, int]:
    """The hours of the address as `7-17` (the second not included); the usual ones for anything else."""
    found = HOURS.fullmatch(asked)
    if not found:
        return USUAL_HOURS
    opens, closes = int(found[1]), int(found[2])
    return (opens, closes) if opens < closes <= 23 else USUAL_HOURS


def wall_of(unit: Unit, hours: tuple[int, int], now: datetime) -> Wall:
    """One query more than the unit's page, and its calendar."""
    zone = ZoneInfo(unit.agency.time_zone)
    local = now.astimezone(zone)
    opens, closes = (time(hour) for hour in hours)
    awake = opens <= local.time() < closes and is_working_day(unit.agency, local.date(), unit)
    counts = _today(unit, local.date(), zone)
    finished, timely = counts["finished"], counts["timely"]
    share = (2 * timely * 10_000 + finished) // (2 * finished) if finished >= LEAST_FINISHED else None
    return Wall(unit_facts(unit), awake, opens, closes, counts["waiting"], finished, share)


def _today(unit: Unit, day: date, zone: ZoneInfo) -> dict[str, int]:
    start = datetime.combine(day, time(), zone)
    finished = Q(completed_at__gte=start)
    rows = ServiceRequest.objects.filter(service__unit__agency=unit.agency, service__unit__path__startswith=unit.path)
    found: dict[str, int] = rows.annotate(standard_held=own_standard()).aggregate(
        waiting=Count("id", filter=Q(state__in=WAITING)),
        finished=Count("id", filter=finished),
        timely=Count("id", filter=finished & Q(actual_minutes__lte=F("standard_held"))),
    )
    return found
