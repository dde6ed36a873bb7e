"""Evidence as Parquet: `DIR/TABLE.parquet`, or `DIR/TABLE/*.parquet` where a table has several files.

Large evidence is evaluated in ranges of employees. That is fast where every file holds a range of employees (as
`terang simulate evidence` and the export write it) and correct however the rows lie.
"""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from terang.engine.errors import EvidenceError
from terang.engine.schema import schema_of, schema_problems, typed
from terang.rules.tables import EVIDENCE_TABLES, PEOPLE

RANGE_SIZE = 100_000
"""Employees evaluated at a time: enough to keep all cores busy, little enough for about a gigabyte of memory."""


@dataclass(frozen=True)
class TableFile:
    """One Parquet file and the columns found in it."""

    path: Path
    columns: tuple[str, ...]


@dataclass(frozen=True)
class EvidenceFiles:
    """A folder of evidence whose files were checked against the declared tables. A table without files is not kept."""

    directory: Path
    tables: dict[str, tuple[TableFile, ...]]

    def scan(self, table: str) -> pl.LazyFrame:
        """All rows of a table, typed."""
        return _scan(table, self.tables[table])


@dataclass(frozen=True)
class EmployeeRange:
    """Employees from `first` to `last`, both included. None: no bound, and nothing to filter by."""

    first: int | None
    last: int | None


def find_evidence(directory: Path) -> EvidenceFiles:
    """The evidence in a folder. Raises `EvidenceError` naming every file and column that is not as declared."""
    if not directory.is_dir():
        raise EvidenceError([f"Folder bukti {directory} tidak ada."])
    problems: list[str] = []
    tables: dict[str, tuple[TableFile, ...]] = {}
    for name, paths in _parquet_files(directory).items():
        if name not in EVIDENCE_TABLES:
            known = ", ".join(EVIDENCE_TABLES)
            problems.append(
                f"{paths[0].relative_to(directory)}: tabel {name} tidak dikenal. Nama yang berlaku: {known}."
            )
            continue
        tables[name] = tuple(_table_file(directory, path, name, problems) for path in paths)
    if PEOPLE.name not in tables:
        problems.append(
            f"{directory}: tabel people tidak ada. Daftar pegawai yang dievaluasi wajib ada (people.parquet)."
        )
    if problems:
        raise EvidenceError(problems)
    return EvidenceFiles(directory, tables)


def _parquet_files(directory: Path) -> dict[str, list[Path]]:
    found = {path.stem: [path] for path in sorted(directory.glob("*.parquet")) if path.is_file()}
    for path in sorted(directory.glob("*/*.parquet")):
        found.setdefault(path.parent.name, []).append(path)
    return found


def _table_file(directory: Path, path: Path, name: str, problems: list[str]) -> TableFile:
    place = str(path.relative_to(directory))
    try:
        found = pl.read_parquet_schema(path)
    except (OSError, pl.exceptions.PolarsError):
        problems.append(f"{place}: berkas tidak dapat dibaca sebagai Parquet. Buat ulang berkasnya.")
        return TableFile(path, ())
    problems.extend(schema_problems(EVIDENCE_TABLES[name], found, place))
    return TableFile(path, tuple(found))


def _scan(table: str, files: tuple[TableFile, ...]) -> pl.LazyFrame:
    if not files:
        return pl.LazyFrame(schema=schema_of(EVIDENCE_TABLES[table])).drop("record_id", strict=False)
    return pl.concat([typed(pl.scan_parquet(file.path), EVIDENCE_TABLES[table], file.columns) for file in files])


def employee_ranges(evidence: EvidenceFiles, size: int = RANGE_SIZE) -> list[EmployeeRange]:
    """Ranges that together hold every employee once; one unbounded range where there are few."""
    ids = evidence.scan(PEOPLE.name).select(pl.col("employee_id").sort()).collect()["employee_id"]
    if len(ids) <= size * 3 // 2 or not _clustered(evidence, len(ids) // size):
        return [EmployeeRange(None, None)]
    firsts = ids.unique(maintain_order=True).gather_every(size).to_list()
    return [
        EmployeeRange(first, after - 1 if after is not None else int(ids[-1]))
        for first, after in zip(firsts, [*firsts[1:], None], strict=True)
    ]


def _clustered(evidence: EvidenceFiles, ranges: int) -> bool:
    """Whether the tables come in files by employee; otherwise each range would read everything again."""
    by_employee = [files for name, files in evidence.tables.items() if "employee_id" in EVIDENCE_TABLES[name].names]
    return all(len(files) * 4 >= ranges for files in by_employee)


class RangeReader:
    """Reads the evidence of one range of employees after the other."""

    def __init__(self, evidence: EvidenceFiles, tables: tuple[str, ...]) -> None:
        """`tables`: the tables the policy reads. Which employees a file holds is looked up once."""
        self._evidence = evidence
        self._tables = [name for name in (PEOPLE.name, *tables) if name in evidence.tables]
        self._bounds: dict[Path, tuple[int, int]] = {}

    def read(self, employees: EmployeeRange) -> dict[str, pl.DataFrame]:
        """The frames of the range, only rows of these employees; tables of units come whole."""
        plans = dict(self._plans(employees))
        return dict(zip(plans, pl.collect_all(list(plans.values())), strict=True))

    def read_ahead(self, ranges: Sequence[EmployeeRange]) -> Iterator[dict[str, pl.DataFrame]]:
        """The frames of one range after the other; the next is read while the caller works on this one."""
        with ThreadPoolExecutor(max_workers=1) as reading:
            coming = reading.submit(self.read, ranges[0])
            for following in ranges[1:]:
                frames, coming = coming.result(), reading.submit(self.read, following)
                yield frames
            yield coming.result()

    def _plans(self, employees: EmployeeRange) -> Iterator[tuple[str, pl.LazyFrame]]:
        for name in self._tables:
            files = self._evidence.tables[name]
            if employees.first is None or "employee_id" not in EVIDENCE_TABLES[name].names:
                yield name, _scan(name, files)
                continue
            touched = tuple(file for file in files if self._touches(file, employees))
            inside = pl.col("employee_id").is_between(employees.first, employees.last)
            whole = all(self._lies_within(file, employees) for file in touched)
            yield name, _scan(name, touched) if whole else _scan(name, touched).filter(inside)

    def _touches(self, file: TableFile, employees: EmployeeRange) -> bool:
        low, high = self._bounds_of(file)
        return low <= (employees.last or 0) and high >= (employees.first or 0)

    def _lies_within(self, file: TableFile, employees: EmployeeRange) -> bool:
        low, high = self._bounds_of(file)
        return low >= (employees.first or 0) and high <= (employees.last or 0)

    def _bounds_of(self, file: TableFile) -> tuple[int, int]:
        if file.path not in self._bounds:
            ids = pl.col("employee_id")
            low, high = (
                pl.scan_parquet(file.path).select(ids.min().alias("low"), ids.max().alias("high")).collect().row(0)
            )
            self._bounds[file.path] = (low, high) if low is not None else (1, 0)
        return self._bounds[file.path]
