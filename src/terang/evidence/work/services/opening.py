"""That an appraiser opened an entry: remembered once, until the entry is sent again."""

from django.utils import timezone

from terang.evidence.work.models import Entry, EntryOpening
from terang.registry.people.viewer import Viewer


def open_entry(*, actor: Viewer, entry: Entry) -> None:
    """Remembers that the actor looks at a waiting entry. Again changes nothing. Two queries.

    It is no change of the entry and not journaled: the batch's own journal entries tell who accepted.
    """
    EntryOpening.objects.get_or_create(entry=entry, opened_by=actor.employee, defaults={"opened_at": timezone.now()})
