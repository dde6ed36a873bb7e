"""Tells custody which entries a file proves (`terang.custody.uses`)."""

from collections.abc import Collection, Iterator

from django.urls import reverse

from terang.custody.models import UseKind
from terang.custody.uses import Compared, FileUse
from terang.evidence.work.models import EntryFile, EntryState


def file_uses(file_ids: Collection[int]) -> Iterator[FileUse]:
    """One use for each proof of an entry. One query."""
    for row in EntryFile.objects.filter(file_id__in=file_ids).select_related("entry"):
        yield FileUse(
            file_id=row.file_id,
            source="work.entryfile",
            kind=UseKind.WORK,
            object_type="work.entry",
            object_id=row.entry_id,
            employee_id=row.entry.employee_id,
            day=row.entry.day,
            title=row.entry.text,
            url=row.entry.get_absolute_url(),
            file_url=reverse("work:file", args=[row.entry_id, row.file_id]),
            compared=Compared.NEAR,
            is_open=row.entry.state != EntryState.ACCEPTED,
        )
