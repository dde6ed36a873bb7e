"""Tells custody which complaints a photo belongs to (`terang.custody.uses`): compared with nothing, shown by custody to
nobody. Who may open the complaint opens it on the complaint's own address; when it goes this room decides
(`services.time`)."""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext

from terang.custody.models import UseKind
from terang.custody.uses import Compared, FileUse
from terang.evidence.complaints.models import ComplaintPhoto
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


def file_uses(file_ids: Collection[int]) -> Iterator[FileUse]:
    """One query. Always open: custody's own schedule never destroys them. Names neither person nor unit."""
    for row in ComplaintPhoto.objects.filter(file_id__in=file_ids).select_related("complaint"):
        yield FileUse(
            file_id=row.file_id,
            source="complaints.complaintphoto",
            kind=UseKind.CITIZENS,
            object_type="complaints.complaint",
            object_id=row.complaint_id,
            employee_id=0,
            day=row.complaint.received_on,
            title=gettext("Foto laporan warga"),
            url=row.complaint.get_absolute_url(),
            file_url=reverse("complaints:photo", args=[row.complaint.tracking_code, row.number]),
            compared=Compared.NEVER,
            is_open=True,
            seen_by=_nobody,
        )


def _nobody(viewer: Viewer, employee: Employee) -> bool:
    return False
