"""The journal as a file that anybody can check without this database: one JSON object a line."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TextIO

from terang.audit.verification import Report, stored_rows, verify

FORMAT = "terang-journal-1"


class ExportError(Exception):
    """The file is no export, or not a whole one; the message says what to do, in Indonesian."""


def export(path: Path, progress: Callable[[int], object] | None = None) -> int:
    """Writes all sealed entries and batches to `path`; returns the number of entries.

    First line: the format. Then each batch after its entries. Last line: the number of entries, so that a cut file is
    noticed. The file appears when it is whole. The salt of personal data is not in it.
    """
    draft = path.with_name(f"{path.name}.sebagian")
    try:
        with draft.open("w", encoding="utf-8") as file:
            count = _write(file, progress)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return count


def _write(file: TextIO, progress: Callable[[int], object] | None) -> int:
    count = 0
    file.write(json.dumps({"kind": "start", "format": FORMAT}) + "\n")
    for row in stored_rows():
        file.write(json.dumps(row) + "\n")
        count += row["kind"] == "entry"
        if progress and count % 2_000 == 0:
            progress(count)
    file.write(json.dumps({"kind": "end", "entries": count}) + "\n")
    return count


def verify_export(path: Path, *, anchor: str = "", progress: Callable[[int], object] | None = None) -> Report:
    """Checks an exported file. Raises ExportError where it is not a whole export; OSError where it cannot be read."""
    try:
        return verify(_exported_rows(path), anchor=anchor, progress=progress)
    except (KeyError, TypeError, AttributeError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ExportError("Berkas ini bukan ekspor jurnal Terang, atau rusak.") from error


def _exported_rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        start = json.loads(file.readline() or "{}")
        if start.get("format") != FORMAT:
            raise ExportError("Berkas ini bukan ekspor jurnal Terang.")
        for line in file:
            row = json.loads(line)
            if row["kind"] == "end":
                return
            yield row
    raise ExportError("Berkas ini terpotong: baris penutupnya tidak ada. Salin ulang dari sumbernya.")
