"""What the dictionary asks of rooms above it, which it does not know: the settings name a function by dotted path.

`TERANG_ENTRY_USES`: (agency_id, entry_ids, day) → number of plans in force by entry id. Empty: nobody can say.
"""

from collections.abc import Collection, Mapping
from datetime import date
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string


def uses(agency_id: int, entry_ids: Collection[int], day: date) -> Mapping[int, int] | None:
    """In how many plans in force each entry stands; None where nobody above can say."""
    path = getattr(settings, "TERANG_ENTRY_USES", "")
    return cast(Mapping[int, int], import_string(path)(agency_id, entry_ids, day)) if path else None
