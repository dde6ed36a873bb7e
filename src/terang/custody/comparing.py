"""Finds a file's earlier likeness within its government. Constant number of indexed queries, also among millions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q

from terang.custody.fingerprints import (
    BANDS,
    COARSE_LIMIT,
    Look,
    bands,
    distance,
    look_of,
    probes,
    signed,
    turned,
    unsigned,
)
from terang.custody.images import grey_of
from terang.custody.models import Fingerprint, StoredFile
from terang.custody.uses import Compared, FileUse, uses_of
from terang.custody.vault import path_of

MOST_CANDIDATES = 2_000
"""Pictures whose fine fingerprints are read; among a million some hundreds are near by the coarse one alone."""
MOST_COMPARED = 200
"""Earlier files looked at more closely; where a picture is as common as that, the nearest of these do."""


@dataclass(frozen=True)
class Likeness:
    """The earlier file most like this one, with the use of both. `distance` in percent, 0 for the same picture."""

    file_id: int
    distance: int
    same_bytes: bool
    use: FileUse
    earlier_use: FileUse


def fingerprint_row(stored: StoredFile, look: Look) -> Fingerprint:
    """The row that keeps a look for the search."""
    parts = {f"band_{number}": part for number, part in enumerate(bands(look.coarse))}
    return Fingerprint(
        file=stored,
        agency_id=stored.agency_id or 0,
        coarse=signed(look.coarse),
        fine=f"{look.fine:064x}",
        busy=f"{look.busy:064x}",
        **parts,
    )


def likeness_of(stored: StoredFile, use: FileUse, *, asks_same_day: bool) -> Likeness | None:
    """The nearest earlier file that somebody may be asked about, the first used among equals. At most seven queries of
    ours and those of the rooms."""
    same = _same(stored)
    near = _near(stored) if use.compared == Compared.NEAR else {}
    ranked = sorted({**near, **dict.fromkeys(same, 0)}.items(), key=lambda pair: (pair[1], pair[0]))[:MOST_COMPARED]
    uses = uses_of([file_id for file_id, _ in ranked])
    found = (
        Likeness(file_id, share, same.get(file_id, False), use, other)
        for file_id, share in ranked
        for other in uses.get(file_id, ())
        if _askable(use, other, file_id in same, asks_same_day)
    )
    return next(found, None)


def _askable(use: FileUse, other: FileUse, same: bool, asks_same_day: bool) -> bool:
    """The same thing proved twice by one picture is no question; nor is a shared one of the same day, where the
    government says so."""
    if other.place == use.place or other.compared == Compared.NEVER or not (same or other.compared == Compared.NEAR):
        return False
    shared = other.day == use.day and other.employee_id != use.employee_id
    return asks_same_day or not shared


def _same(stored: StoredFile) -> dict[int, bool]:
    """Earlier files of the same content, or the same picture with other notes, with whether the bytes are the same. A
    plain picture has only its bytes: two covered lenses take the same one."""
    alike = Q(sha256=stored.sha256)
    if _is_compared(stored):
        alike |= Q(shown_sha256=stored.shown_sha256)
    rows = StoredFile.objects.filter(alike, agency_id=stored.agency_id, pk__lt=stored.pk).order_by("pk")
    pairs = rows.values_list("pk", "sha256")[:MOST_COMPARED]
    return {pk: sha256 == stored.sha256 for pk, sha256 in pairs}


def _near(stored: StoredFile) -> dict[int, int]:
    """Earlier pictures nearly the same, with their distance. Looked for as it is, turned, and in the mirror."""
    if not _is_compared(stored):
        return {}
    with path_of(stored.small_sha256).open("rb") as small:
        looks = [look_of(picture) for picture in turned(grey_of(small))]
    rows = Fingerprint.objects.filter(pk__in=coarse_candidates(stored.agency_id or 0, stored.pk, looks))
    return {
        pk: min(shares)
        for pk, coarse, fine, busy in rows.values_list("pk", "coarse", "fine", "busy")
        if (shares := _shares(looks, Look(unsigned(coarse), int(fine, 16), int(busy, 16))))
    }


def _is_compared(stored: StoredFile) -> bool:
    return bool(stored.small_sha256) and Fingerprint.objects.filter(pk=stored.pk).exists()


def _shares(looks: Iterable[Look], other: Look) -> list[int]:
    return [share for look in looks if (share := distance(look, other)) is not None]


def coarse_candidates(agency_id: int, before: int, looks: Sequence[Look]) -> list[int]:
    """Earlier pictures whose coarse fingerprint is near, nearest first. By the pigeonhole: who differs in at most ten
    bits has a part that differs in at most two. One query a part."""
    wanted = [look.coarse for look in looks]
    found: dict[int, int] = {}
    for number in range(BANDS):
        parts = {probe for coarse in wanted for probe in probes(bands(coarse)[number])}
        rows = Fingerprint.objects.filter(agency_id=agency_id, **{f"band_{number}__in": sorted(parts)}, pk__lt=before)
        found.update(rows.values_list("pk", "coarse"))
    near = ((min((unsigned(coarse) ^ one).bit_count() for one in wanted), pk) for pk, coarse in found.items())
    alike = sorted((bits, pk) for bits, pk in near if bits <= COARSE_LIMIT)
    return [pk for _, pk in alike[:MOST_CANDIDATES]]
