"""Writing results so that a reader never sees half a file."""

import shutil
import tempfile
from pathlib import Path
from types import TracebackType

import polars as pl


class ParquetOutput:
    """Collects the parts of one result table and puts them in place as one Parquet file, or not at all.

    Used as a context manager: on leaving without an error the file appears under its name, replacing an older one in
    one step; on an error nothing is left behind and an older file stays as it was.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError where the folder of `path` cannot be written to."""
        self.path = path
        self._parts = Path(tempfile.mkdtemp(prefix=f".{path.name}.", dir=path.parent))
        self._count = 0

    def add(self, part: pl.DataFrame) -> None:
        """Adds rows, in the order in which they shall stand in the file."""
        part.write_ipc(self._parts / f"part-{self._count:06}.arrow", compression="lz4")
        self._count += 1

    def __enter__(self) -> "ParquetOutput":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None and self._count:
                self._put_in_place()
        finally:
            shutil.rmtree(self._parts, ignore_errors=True)

    def _put_in_place(self) -> None:
        whole = self._parts / "whole.parquet"
        pl.scan_ipc(sorted(self._parts.glob("part-*.arrow"))).sink_parquet(
            whole, compression="zstd", compression_level=1
        )
        whole.replace(self.path)
