"""Tells custody which entries a file proves (`terang.custody.uses`)."""

from collections.abc import Collection, Iterator
from functools import partial

from django.urls import reverse

from terang.custody.models import UseKind
from terang.custody.uses import Compared, FileUse
from terang.evidence.work.models import Entry, EntryFile, EntryState
from terang.evidence.work.unanswered import may_answer_instead
from terang.registry.people.access import may_see_performance
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer


def file_uses(file_ids: Collection[int]) -> Iterator[FileUse]:
    """One use for each proof of an entry. One query."""
    for row in EntryFile.objects.filter(file_id__in=file_ids).select_related("entry__employee"):
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
            is_open=row.entry.state not in (EntryState.ACCEPTED, EntryState.WITHDRAWN),
            seen_by=partial(_sees, row.entry),
        )


def _sees(entry: Entry, viewer: Viewer, employee: Employee) -> bool:
    """As the entry itself."""
    return may_see_performance(viewer, employee) or may_answer_instead(viewer, entry)
