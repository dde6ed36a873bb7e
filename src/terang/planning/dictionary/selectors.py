"""Questions about the dictionary. Everybody of the government may ask; each states its queries."""

from collections.abc import Collection

from django.db.models import QuerySet

from terang.planning.dictionary.models import DictionaryEntry


def entries_of(agency_id: int) -> QuerySet[DictionaryEntry]:
    """All entries of a government, those no longer used too, by family and code. One query when read."""
    return DictionaryEntry.objects.filter(agency_id=agency_id).order_by("family", "code")


def entry_of(agency_id: int, pk: int) -> DictionaryEntry | None:
    """One entry of a government. One query."""
    return entries_of(agency_id).filter(pk=pk).first()


def entries_by_code(agency_id: int, codes: Collection[str]) -> dict[str, DictionaryEntry]:
    """Entries of a government by code. One query."""
    return {entry.code: entry for entry in entries_of(agency_id).filter(code__in=codes)}


def families_of(agency_id: int) -> list[str]:
    """The families that have entries, in alphabetical order; empty stands for every post. One query."""
    rows = DictionaryEntry.objects.filter(agency_id=agency_id).order_by("family")
    return list(rows.values_list("family", flat=True).distinct())


def guarded_by(entry: DictionaryEntry) -> QuerySet[DictionaryEntry]:
    """The entries in use that this one guards. One query when read."""
    return entries_of(entry.agency_id).filter(guard=entry.code, retired_on=None)
