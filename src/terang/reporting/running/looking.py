"""Whether a restored installation is the one that was saved: journal, closings, files."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from terang.audit.verification import verify_database
from terang.custody.models import StoredFile
from terang.custody.vault import path_of
from terang.evaluation.closing.models import Closing, ClosingState
from terang.evaluation.closing.services import compare_run

MOST_NAMED = 5


@dataclass
class Looked:
    """What was found: numbers, and what is wrong in words."""

    entries: int = 0
    closings: int = 0
    files: int = 0
    faults: list[str] = field(default_factory=list)


def look() -> Looked:
    """Reads everything and changes nothing."""
    found = Looked()
    _journal(found)
    _closings(found)
    _files(found)
    return found


def _journal(found: Looked) -> None:
    report = verify_database()
    found.entries = report.entries
    if not report.ok and report.broken:
        found.faults.append(f"Jejak rusak di posisi {report.broken.position}: {report.broken.what}")


def _closings(found: Looked) -> None:
    for closing in Closing.objects.filter(state=ClosingState.DONE).select_related("period__agency", "policy"):
        found.closings += 1
        if not compare_run(closing).is_same:
            found.faults.append(f"Pembekuan {closing.pk} tidak menghasilkan nilai yang sama.")


def _files(found: Looked) -> None:
    wanted: set[str] = set()
    rows = StoredFile.objects.filter(bytes_gone=False).values_list("sha256", "shown_sha256", "small_sha256")
    for row in rows.iterator():
        wanted.update(digest for digest in row if digest)
    missing = [digest for digest in sorted(wanted) if not path_of(digest).is_file()]
    changed = [digest for digest in sorted(wanted - set(missing)) if _digest(path_of(digest)) != digest]
    found.files = len(wanted) - len(missing)
    if missing:
        found.faults.append(f"{len(missing)} berkas tidak ada: {_named(missing)}")
    if changed:
        found.faults.append(f"{len(changed)} berkas berubah isinya: {_named(changed)}")


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _named(digests: list[str]) -> str:
    return ", ".join(f"{digest[:12]}…" for digest in digests[:MOST_NAMED])
