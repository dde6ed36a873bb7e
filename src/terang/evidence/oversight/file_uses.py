"""Tells custody which points a photo belongs to (`terang.custody.uses`).

Two visits to one counter look nearly the same, so only the very same picture is asked about, and who added it explains;
within one visit a picture may show more than one point. Who reads the point sees the photo, and nobody else.
"""

from collections.abc import Collection, Iterator
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext

from terang.custody.models import UseKind
from terang.custody.uses import Compared, FileUse
from terang.evidence.oversight.access import reads_point
from terang.evidence.oversight.models import CheckPhoto, InspectionCheck
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


def file_uses(file_ids: Collection[int]) -> Iterator[FileUse]:
    """One query. Open while the point waits for a reply, to be mended, or to be looked at again."""
    for row in CheckPhoto.objects.filter(file_id__in=file_ids).select_related("point__inspection__unit"):
        check = row.point
        yield FileUse(
            file_id=row.file_id,
            source="oversight.checkphoto",
            kind=UseKind.OVERSIGHT,
            object_type="oversight.inspection",
            object_id=check.inspection_id,
            employee_id=row.added_by_id,
            day=check.inspection.day,
            title=gettext("Foto pemeriksaan lapangan"),
            url=check.inspection.get_absolute_url(),
            file_url=reverse("oversight:photo", args=[check.pk, row.number]),
            compared=Compared.SAME,
            is_open=check.is_open or check.to_mend or check.to_verify,
            seen_by=partial(_reads, check),
        )


def _reads(check: InspectionCheck, viewer: Viewer, added_by: Employee) -> bool:
    return reads_point(viewer, check)
