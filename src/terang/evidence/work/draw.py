"""Which entries of a batch the appraiser opens before accepting all: drawn by the server, the same for the same batch.

Every waiting entry has a number of its own for each appraiser, made with the server's key, so nobody can foresee it.
Of a batch the lowest numbers are drawn: what comes in later changes the draw only where it is drawn itself, and leaving
a drawn entry out of the batch draws the next one.
"""

from collections.abc import Collection, Mapping

from django.utils.crypto import salted_hmac

from terang.evidence.work.models import EntryOpening

SAMPLES = 2
"""Entries opened before a batch is accepted; of one or two, each."""


def drawn(appraiser_id: int, versions: Mapping[int, int]) -> list[int]:
    """The ids to open first, of entries given by id with their version."""
    numbers = {pk: _number(appraiser_id, pk, version) for pk, version in versions.items()}
    return sorted(numbers, key=lambda pk: numbers[pk])[:SAMPLES]


def _number(appraiser_id: int, entry_id: int, version: int) -> str:
    return salted_hmac("terang.work.draw", f"{appraiser_id}:{entry_id}:{version}").hexdigest()


def opened_by(appraiser_id: int, entry_ids: Collection[int]) -> set[int]:
    """Those of the entries that the person opened since they were last sent. One query."""
    openings = EntryOpening.objects.filter(opened_by_id=appraiser_id, entry_id__in=entry_ids)
    return set(openings.values_list("entry_id", flat=True))
