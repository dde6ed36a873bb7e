"""What comes with a point when it is written: its photos, and where it was written."""

from collections.abc import Sequence

from django.utils import timezone

from terang.custody.services import TakenIn
from terang.evidence.door import DeviceClock
from terang.evidence.oversight.models import CheckArrival, InspectionCheck
from terang.evidence.oversight.photos import keep_photos
from terang.registry.people.viewer import Viewer


def attach(check: InspectionCheck, photos: Sequence[TakenIn], clock: DeviceClock | None, viewer: Viewer) -> None:
    """In the transaction that writes the point. `clock` is missing where it was written with a network."""
    keep_photos(check, photos, viewer)
    if clock is not None:
        CheckArrival.objects.create(
            point=check,
            sent_by=viewer.employee,
            received_at=timezone.now(),
            written_at=clock.written_at,
            clock_drift_s=clock.drift_s,
        )
