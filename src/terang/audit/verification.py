"""Is the journal what it was when it was sealed? Checks a stream of rows, from the database or from an export alike.

What can be found: every edited, added, removed or reordered sealed entry or batch, as long as not the whole chain from
there to the end was rewritten. Against that stands the seal of the last batch, written down elsewhere: pass it as
`anchor` and a rewritten chain is found too.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from terang.audit.digests import batch_digest, batch_row, entry_digest, entry_row
from terang.audit.models import Batch, Follower, JournalEntry

CHUNK = 2_000
Row = Mapping[str, Any]
Progress = Callable[[int], object]


@dataclass(frozen=True)
class Broken:
    """The first entry that is not as it was sealed. `id` and `at` are missing where the entry itself is gone."""

    position: int
    id: int | None
    at: str | None
    what: str


@dataclass(frozen=True)
class Report:
    """What was checked. `seal` is `<position>:<digest>` of the last batch, to be kept elsewhere; empty in an empty
    journal.
    """

    entries: int
    batches: int
    seal: str
    broken: Broken | None

    @property
    def ok(self) -> bool:
        return self.broken is None

    def as_dict(self) -> dict[str, Any]:
        return {"ok": self.ok, **asdict(self)}


class _FaultError(Exception):
    def __init__(self, position: int, what: str, row: Row | None = None) -> None:
        self.broken = Broken(position, row["id"] if row else None, row["at"] if row else None, what)
        super().__init__(what)


@dataclass
class _Chain:
    """How far the check has come: `expected` is the next position, `open` holds the entries that wait for their
    batch.
    """

    expected: int = 1
    batches: int = 0
    previous: str = ""
    seals: dict[int, str] = field(default_factory=dict)
    open: list[Row] = field(default_factory=list)

    def add_entry(self, row: Row) -> None:
        if row["position"] > self.expected:
            raise _FaultError(self.expected, _("Entri ini hilang dari jurnal."))
        if row["position"] < self.expected:
            raise _FaultError(row["position"], _("Posisi ini muncul dua kali."), row)
        if entry_digest(row) != row["digest"]:
            raise _FaultError(row["position"], _("Isi entri ini berbeda dari saat disegel."), row)
        self.open.append(row)
        self.expected += 1

    def add_batch(self, row: Row) -> None:
        first = self.open[0] if self.open else None
        if self.expected <= row["last_position"]:
            raise _FaultError(self.expected, _("Entri ini hilang dari jurnal."))
        if not first or first["position"] != row["first_position"] or self.expected != row["last_position"] + 1:
            raise _FaultError(
                first["position"] if first else row["first_position"], _("Segel entri ini hilang."), first
            )
        for entry in self.open:
            if entry["batch_id"] != row["id"]:
                raise _FaultError(entry["position"], _("Entri ini dipindahkan ke segel lain."), entry)
        digest = batch_digest(row, [entry["digest"] for entry in self.open], self.previous)
        if digest != row["digest"]:
            what = _("Segel entri %(first)s–%(last)s tidak cocok: isi, sidik, atau segelnya ditulis ulang.")
            raise _FaultError(
                row["first_position"], what % {"first": row["first_position"], "last": row["last_position"]}, first
            )
        self.previous, self.open = digest, []
        self.batches += 1
        self.seals = {row["last_position"]: digest}

    def finish(self) -> None:
        if self.open:
            raise _FaultError(self.open[0]["position"], _("Segel entri ini hilang."), self.open[0])


def verify(rows: Iterable[Row], *, anchor: str = "", progress: Progress | None = None) -> Report:
    """Checks a stream of rows: entries in order of position, each batch after its entries (`kind` tells them apart).

    `anchor` is a seal noted earlier, `<position>:<digest>`. Raises ValueError where the anchor is malformed, KeyError
    or TypeError where a row is not one of ours.
    """
    chain, broken = _Chain(), None
    anchored_at, _colon, anchored = anchor.partition(":")
    wanted = int(anchored_at) if anchor else 0
    try:
        for count, row in enumerate(rows, 1):
            (chain.add_batch if row["kind"] == "batch" else chain.add_entry)(row)
            if wanted in chain.seals and chain.seals[wanted] != anchored:
                raise _FaultError(
                    wanted, _("Segel di posisi ini berbeda dari segel yang dicatat: jurnal ditulis ulang.")
                )
            if progress and count % CHUNK == 0:
                progress(chain.expected - 1)
        chain.finish()
        if wanted >= chain.expected:
            raise _FaultError(chain.expected, _("Jurnal berakhir sebelum segel yang dicatat: bagian akhirnya hilang."))
    except _FaultError as fault:
        broken = fault.broken
    seal = "".join(f"{position}:{digest}" for position, digest in chain.seals.items())
    return Report(chain.expected - 1, chain.batches, seal, broken)


def verify_database(*, anchor: str = "", progress: Progress | None = None) -> Report:
    """Checks the journal of this database, and that no follower has read further than the journal now goes."""
    read_until = Follower.objects.aggregate(last=Max("position"))["last"] or 0
    report = verify(stored_rows(), anchor=anchor, progress=progress)
    if report.ok and read_until > report.entries:
        what = _("Entri ini pernah dibaca, tetapi sekarang hilang: bagian akhir jurnal dihapus.")
        return Report(report.entries, report.batches, report.seal, Broken(report.entries + 1, None, None, what))
    return report


def stored_rows() -> Iterator[dict[str, Any]]:
    """The sealed journal as rows, for `verify` and for export. Constant memory; one query for each two thousand
    entries.

    The end is fixed at the start, so that sealing may go on meanwhile.
    """
    last_entry = JournalEntry.objects.aggregate(last=Max("position"))["last"] or 0
    last_batch = Batch.objects.aggregate(last=Max("last_position"))["last"] or 0
    position = 0
    for batch in Batch.objects.filter(last_position__lte=last_batch).order_by("last_position").iterator(CHUNK):
        yield from _entries(position, batch.last_position)
        yield {"kind": "batch", **batch_row(batch), "digest": batch.digest}
        position = batch.last_position
    yield from _entries(position, last_entry)


def _entries(position: int, last: int) -> Iterator[dict[str, Any]]:
    entries = JournalEntry.objects.filter(position__gt=position, position__lte=last).order_by("position")
    for entry in entries.iterator(CHUNK):
        yield {"kind": "entry", **entry_row(entry), "batch_id": entry.batch_id, "digest": entry.digest}
