"""Tells custody which requests a file belongs to (`terang.custody.uses`).

Papers of citizens are compared with nothing and shown by custody to nobody: only the officer who has the request opens
them, on the request's own address. When they go is decided by this room's own terms (`services.forgetting`).
"""

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from terang.custody.models import UseKind
from terang.custody.uses import Compared, FileUse
from terang.evidence.citizens.models import RequestFile
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


def file_uses(file_ids: Collection[int]) -> Iterator[FileUse]:
    """One query. Always open: custody's own schedule never destroys them."""
    for row in RequestFile.objects.filter(file_id__in=file_ids).select_related("request"):
        yield FileUse(
            file_id=row.file_id,
            source="citizens.requestfile",
            kind=UseKind.CITIZENS,
            object_type="citizens.servicerequest",
            object_id=row.request_id,
            employee_id=row.request.officer_id or 0,
            day=timezone.localdate(row.added_at),
            title=gettext("Berkas pemohon"),
            url=row.request.get_absolute_url(),
            file_url=reverse("citizens:request_file", args=[row.request_id, row.pk]),
            compared=Compared.NEVER,
            is_open=True,
            seen_by=_nobody,
        )


def _nobody(viewer: Viewer, employee: Employee) -> bool:
    return False
