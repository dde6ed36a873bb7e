"""Photos of a point, and where it came from when it was written without a network."""

from django.db import models

from terang.custody.models import StoredFile
from terang.evidence.clocks import is_doubtful
from terang.evidence.oversight.models.visits import InspectionCheck
from terang.evidence.receipts import POINT, receipt_of
from terang.registry.people.models import Employee


class CheckPhoto(models.Model):
    """A photo of what was seen, without the camera's notes, in custody under a neutral name. `number` from 1."""

    point = models.ForeignKey(InspectionCheck, on_delete=models.CASCADE, related_name="photos")
    number = models.PositiveSmallIntegerField("nomor")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["point", "number"], name="check_photo_number_once")]


class CheckArrival(models.Model):
    """That a point was written on a device without a network: by whom, when by the device's clock, when it came.

    The days to reply run from `received_at`: before it nobody could read the point.
    """

    point = models.OneToOneField(InspectionCheck, on_delete=models.CASCADE, primary_key=True, related_name="arrival")
    sent_by = models.ForeignKey(Employee, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField("diterima pada")
    written_at = models.DateTimeField("ditulis pada (jam perangkat)", null=True, blank=True)
    clock_drift_s = models.IntegerField("selisih jam perangkat (detik)", null=True, blank=True)
    """How far the device's clock was ahead of ours when it sent the point; missing where it told no time."""

    @property
    def receipt(self) -> str:
        """The number that proves to its writer that the point has arrived."""
        return receipt_of(self.pk, POINT)

    @property
    def clock_is_doubtful(self) -> bool:
        """Whether the device's time of writing is shown with a doubt."""
        return self.written_at is not None and is_doubtful(self.written_at, self.received_at, self.clock_drift_s)
