"""Verbs of the dictionary: add, change, retire and restore an entry, load a whole file.

The personnel agency does it; None as actor is the system (the demo, the command line). Wrong input raises
ValidationError with messages by field.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.planning.dictionary.drafts import FIELDS, EntryDraft, problems
from terang.planning.dictionary.loading import read_dictionary
from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.dictionary.selectors import guarded_by
from terang.registry.organization.models import Agency
from terang.registry.people.access import require_keeper_of
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale
from terang.web.sentences import said


@dataclass(frozen=True)
class Loaded:
    """What a file did: how many entries were new, changed, and as they were."""

    added: int
    changed: int
    unchanged: int


@transaction.atomic
def add_entry(*, actor: Viewer, draft: EntryDraft) -> DictionaryEntry:
    """A new entry; the same content sent twice is one entry."""
    require_keeper_of(actor, actor.agency_id)
    Agency.objects.select_for_update().get(pk=actor.agency_id)
    there = DictionaryEntry.objects.filter(agency_id=actor.agency_id, code=draft.code).first()
    if there and draft_of(there) == draft and there.retired_on is None:
        return there
    if there:
        raise ValidationError({"code": gettext("Kode ini sudah dipakai entri lain.")})
    _require_sound(draft, actor.agency_id)
    entry = DictionaryEntry.objects.create(agency_id=actor.agency_id, **_values(draft))
    _tell("entry_added", actor, entry, {"code": [None, entry.code], "title": [None, entry.text]})
    return entry


@transaction.atomic
def change_entry(*, actor: Viewer, entry: DictionaryEntry, seen: int, draft: EntryDraft) -> DictionaryEntry:
    """New content under the same code; plans agreed before keep their words. Raises Stale for an older page, NotNow for
    an entry no longer used."""
    require_keeper_of(actor, entry.agency_id)
    current = _locked(entry)
    before = draft_of(current)
    if before == draft and seen in (current.version, current.version - 1):
        return current
    _require_current(current, seen)
    if current.retired_on:
        raise NotNow(gettext("Entri ini tidak dipakai lagi. Pakai lagi dahulu, lalu ubah."))
    if draft.code != current.code:
        raise ValidationError(
            {"code": gettext("Kode entri tidak dapat diubah; rencana dan penjaga mengacu kepadanya.")}
        )
    _require_sound(draft, current.agency_id)
    changes = {name: [getattr(before, name), getattr(draft, name)] for name in _differing(before, draft)}
    _write(current, draft)
    current.save()
    _tell("entry_changed", actor, current, changes)
    return current


@transaction.atomic
def retire_entry(*, actor: Viewer, entry: DictionaryEntry, seen: int, reason: str) -> DictionaryEntry:
    """Plans no longer begin with it; those that use it go on. Raises NotNow while it guards another entry."""
    require_keeper_of(actor, entry.agency_id)
    current = _locked(entry)
    if current.retired_on:
        return current
    _require_current(current, seen)
    if not reason.strip():
        raise ValidationError({"reason": gettext("Tuliskan alasannya; orang lain akan mencari entri ini.")})
    guarded = guarded_by(current).first()
    if guarded:
        raise NotNow(gettext("Entri ini menjaga “%(name)s”. Ganti penjaganya dahulu.") % {"name": guarded.text})
    current.retired_on, current.version = actor.today, current.version + 1
    current.save(update_fields=["retired_on", "version"])
    _tell("entry_retired", actor, current, {"retired_on": [None, actor.today.isoformat()]}, reason.strip())
    return current


@transaction.atomic
def restore_entry(*, actor: Viewer, entry: DictionaryEntry, seen: int) -> DictionaryEntry:
    """Offered to plans again, as it was. Raises NotNow where its guard is gone."""
    require_keeper_of(actor, entry.agency_id)
    current = _locked(entry)
    if current.retired_on is None:
        return current
    _require_current(current, seen)
    if any(each.path == "guard" for each in problems(draft_of(current), _codes(current.agency_id))):
        raise NotNow(gettext("Penjaga entri ini tidak dipakai lagi. Pakai lagi penjaganya dahulu."))
    changes = {"retired_on": [current.retired_on.isoformat(), None]}
    current.retired_on, current.version = None, current.version + 1
    current.save(update_fields=["retired_on", "version"])
    _tell("entry_restored", actor, current, changes)
    return current


@transaction.atomic
def load_dictionary(*, agency: Agency, text: str, actor: Viewer | None) -> Loaded:
    """The entries of a TOML file (`loading`): new ones added, known ones brought to its words, others left alone.

    All or nothing: raises DictionaryError with every problem found. One journal entry, none where nothing changed.
    """
    if actor is not None:
        require_keeper_of(actor, agency.pk)
    Agency.objects.select_for_update().get(pk=agency.pk)
    known = {entry.code: entry for entry in DictionaryEntry.objects.filter(agency=agency)}
    usable = [code for code, entry in known.items() if entry.retired_on is None]
    drafts = read_dictionary(text, usable).entries
    new = [DictionaryEntry(agency=agency, **_values(draft)) for draft in drafts if draft.code not in known]
    other = [draft for draft in drafts if draft.code in known and not _same(known[draft.code], draft)]
    for draft in other:
        known[draft.code].retired_on = None
        _write(known[draft.code], draft)
    DictionaryEntry.objects.bulk_create(new)
    DictionaryEntry.objects.bulk_update([known[each.code] for each in other], [*FIELDS, "retired_on", "version"])
    result = Loaded(len(new), len(other), len(drafts) - len(new) - len(other))
    if new or other:
        user = actor.user if actor else None
        changes = {"added": result.added, "changed": result.changed}
        record("dictionary.dictionary_loaded", actor=user, obj=agency, agency_id=agency.pk, changes=changes)
    return result


def draft_of(entry: DictionaryEntry) -> EntryDraft:
    """An entry as it would be written anew."""
    return EntryDraft(**{name: getattr(entry, name) for name in FIELDS})


def _same(entry: DictionaryEntry, draft: EntryDraft) -> bool:
    return entry.retired_on is None and draft_of(entry) == draft


def _locked(entry: DictionaryEntry) -> DictionaryEntry:
    return DictionaryEntry.objects.select_for_update(of=("self",)).select_related("agency").get(pk=entry.pk)


def _require_current(current: DictionaryEntry, seen: int) -> None:
    if current.version != seen:
        raise Stale(gettext("Entri ini sudah diubah orang lain sejak Anda membukanya. Muat ulang, lalu ulangi."))


def _codes(agency_id: int) -> Collection[str]:
    return set(DictionaryEntry.objects.filter(agency_id=agency_id, retired_on=None).values_list("code", flat=True))


def _require_sound(draft: EntryDraft, agency_id: int) -> None:
    told: dict[str, list[str]] = {}
    for each in problems(draft, _codes(agency_id)):
        words = f"{said(each.message)} {said(each.hint)}".strip()
        told.setdefault(each.path, []).append(words[:1].upper() + words[1:])
    if told:
        raise ValidationError(told)


def _values(draft: EntryDraft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in FIELDS}


def _write(entry: DictionaryEntry, draft: EntryDraft) -> None:
    for name, value in _values(draft).items():
        setattr(entry, name, value)
    entry.version += 1


def _differing(before: EntryDraft, after: EntryDraft) -> list[str]:
    return [name for name in FIELDS if getattr(before, name) != getattr(after, name)]


def _tell(verb: str, actor: Viewer, entry: DictionaryEntry, changes: dict[str, list[Any]], reason: str = "") -> None:
    record(f"dictionary.{verb}", actor=actor.user, obj=entry, agency_id=entry.agency_id, changes=changes, reason=reason)
