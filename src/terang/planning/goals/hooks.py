"""What goals ask of rooms above them, which they do not know: the settings name a function by dotted path.

`TERANG_INDICATOR_VALUES`: (agency_id, indicators, day) → `LiveValue` by indicator id, for indicators with a measure.
`TERANG_GOAL_CARRIERS`: (agency_id, day) → `Carriers`. Where a setting is empty the answer is missing, not zero.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from terang.planning.goals.models import KeyIndicator
from terang.planning.goals.standing import LiveValue


@dataclass(frozen=True)
class Carriers:
    """Who carries goals in their plans in force: `results` counts results by the indicator they serve, `adrift` those
    of a unit that serve no goal, themselves or through the leader's result above them, by unit id."""

    results: Mapping[int, int]
    adrift: Mapping[int, int]


def live_values(agency_id: int, indicators: Sequence[KeyIndicator], day: date) -> Mapping[int, LiveValue]:
    """The values of the indicators that have a measure; no query where there is none among them."""
    measured = [indicator for indicator in indicators if indicator.measure]
    path = getattr(settings, "TERANG_INDICATOR_VALUES", "")
    if not measured or not path:
        return {}
    return cast(Mapping[int, LiveValue], import_string(path)(agency_id, measured, day))


def carriers(agency_id: int, day: date) -> Carriers | None:
    """Who carries what; None where nobody above can say."""
    path = getattr(settings, "TERANG_GOAL_CARRIERS", "")
    return cast(Carriers, import_string(path)(agency_id, day)) if path else None
