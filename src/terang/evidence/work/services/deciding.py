"""What the appraiser does with entries: accept one or many, or give one back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext, ngettext

from terang.audit.services import record_many
from terang.evidence.work.access import require_decider, require_decider_of_all
from terang.evidence.work.draw import drawn, opened_by
from terang.evidence.work.models import Entry, EntryOpening
from terang.evidence.work.services.moving import events, held, move, tell
from terang.evidence.work.states import may_move
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


@dataclass(frozen=True)
class Batch:
    """What became of a batch: ids accepted, and ids left alone because they had changed meanwhile."""

    accepted: tuple[int, ...]
    skipped: tuple[int, ...]


class UnopenedError(NotNow):
    """Drawn entries of a batch that were not opened yet. `entries` in the order of the draw."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        super().__init__(
            ngettext(
                "Satu contoh yang diundi belum dibuka. Buka dahulu, lalu terima sekaligus.",
                "%(n)s contoh yang diundi belum dibuka. Buka dahulu, lalu terima sekaligus.",
                len(entries),
            )
            % {"n": len(entries)}
        )
        self.entries = tuple(entries)


def accept_entry(*, actor: Viewer, entry: Entry, version: int) -> Entry:
    """The appraiser accepts: the entry becomes evidence."""
    require_decider(actor, entry)
    return _decide(entry.pk, "accept", version, actor)


def return_entry(*, actor: Viewer, entry: Entry, version: int, note: str) -> Entry:
    """The appraiser gives an entry back with a note that says what is missing."""
    require_decider(actor, entry)
    if not note.strip():
        raise NotNow(gettext("Tuliskan apa yang perlu diperbaiki, supaya pegawai tahu langkahnya."))
    return _decide(entry.pk, "return", version, actor, note.strip())


def accept_entries(*, actor: Viewer, versions: Mapping[int, int]) -> Batch:
    """Accepts many entries at once, given by id with the version that was on screen.

    What changed meanwhile is left alone and told. Accepts nothing and raises NotAllowed where one is not the actor's,
    UnopenedError where the actor has not opened the two that the server draws from what is left.
    """
    with transaction.atomic():
        found = Entry.objects.select_for_update(of=("self",)).filter(pk__in=versions).select_related("employee")
        entries = list(found.order_by("pk"))
        require_decider_of_all(actor, entries)
        fresh = [e for e in entries if e.version == versions[e.pk] and may_move(e, "accept")]
        _require_opened(actor, fresh)
        for entry in fresh:
            move(entry, "accept", actor)
        Entry.objects.bulk_update(fresh, ["state", "decided_at", "decided_by", "note", "version"])
        record_many(events("work.entry_accepted", fresh, actor.today), actor=actor.user, agency_id=actor.agency_id)
    accepted = tuple(entry.pk for entry in fresh)
    return Batch(accepted, tuple(sorted(set(versions) - set(accepted))))


def _require_opened(actor: Viewer, entries: Sequence[Entry]) -> None:
    by_id = {entry.pk: entry for entry in entries}
    samples = drawn(actor.employee.pk, {entry.pk: entry.version for entry in entries})
    opened = opened_by(actor.employee.pk, samples)
    if unopened := [by_id[pk] for pk in samples if pk not in opened]:
        raise UnopenedError(unopened)


def _decide(entry_id: int, verb: str, version: int, actor: Viewer, note: str = "") -> Entry:
    with transaction.atomic():
        entry = held(entry_id, verb, version)
        move(entry, verb, actor, note)
        entry.save(update_fields=["state", "decided_at", "decided_by", "note", "version"])
        if verb == "return":
            EntryOpening.objects.filter(entry=entry).delete()
        told = {"accept": "work.entry_accepted", "return": "work.entry_returned"}
        tell(told[verb], entry, actor, reason=note)
    return entry
