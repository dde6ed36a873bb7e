"""What observation asks of rooms above it, which it does not know (`TERANG_OBSERVATION_PERIOD`)."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class Running:
    """The period that contains a day; `end` is exclusive."""

    title: str
    start: date
    end: date


def running_period(agency_id: int, day: date) -> Running:
    """The period of the policy in force; the calendar year where there is no policy. One query."""
    told = cast(tuple[str, date, date] | None, import_string(settings.TERANG_OBSERVATION_PERIOD)(agency_id, day))
    return Running(*told) if told else Running(str(day.year), date(day.year, 1, 1), date(day.year + 1, 1, 1))
