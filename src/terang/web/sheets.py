"""Reading what people send: XLSX and CSV, every cell as text, refused with a reason before anything is believed.

A number that was typed where text belongs is told apart from text, because a spreadsheet keeps only 15 digits of it: an
18-digit NIP typed as a number is already another number.
"""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from python_calamine import CalamineError, CalamineWorkbook

from terang.rules.sentences import Sentence, SentenceError

MAX_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_ROWS = 50_000
CHUNK = 1 << 20
DELIMITERS = ";,\t"
DELIMITER_LINES = 20
BROKEN = Sentence("Berkas bukan XLSX yang utuh. Buka di aplikasi lembar kerja, simpan ulang, lalu unggah lagi.")
BLOATED = Sentence("Isi berkas membengkak tidak wajar saat dibuka dan ditolak. Salin datanya ke berkas baru.")


class SpreadsheetError(SentenceError):
    """The file as a whole cannot be used; the sentence says why and what to do."""


@dataclass(frozen=True)
class Cell:
    """A cell's text, stripped. `was_number` where the sheet held a number, whose late digits may be lost."""

    text: str
    was_number: bool = False


@dataclass(frozen=True)
class Sheet:
    """The first sheet: its header texts, and rows with the row number a person sees on screen."""

    header: list[str]
    rows: list[tuple[int, list[Cell]]]


def read_sheet(data: bytes, name: str, *, title_rows: int = 0) -> Sheet:
    """The first sheet of an XLSX or CSV file. Raises `SpreadsheetError` with what to do instead. Within the first
    `title_rows` rows, where a report has its title, cells may be merged."""
    if not data:
        raise SpreadsheetError(Sentence("Berkas kosong. Isi dahulu lembar kerjanya, simpan, lalu unggah lagi."))
    if len(data) > MAX_BYTES:
        raise SpreadsheetError(
            Sentence(
                "Berkas %(size)s MB terlalu besar; batasnya %(limit)s MB. "
                "Hapus gambar dan lembar lain, atau bagi per perangkat daerah.",
                {"size": round(len(data) / 1024 / 1024), "limit": MAX_BYTES // 1024 // 1024},
            )
        )
    if name.lower().endswith(".csv"):
        return _sheet(_csv_rows(data))
    if name.lower().endswith(".xlsx"):
        return _sheet(_xlsx_rows(data, title_rows))
    raise SpreadsheetError(Sentence("Jenis berkas tidak dikenal. Simpan sebagai .xlsx atau .csv lalu unggah lagi."))


def _sheet(rows: Iterator[list[Cell]]) -> Sheet:
    header: list[str] | None = None
    kept: list[tuple[int, list[Cell]]] = []
    for number, cells in enumerate(rows, 1):
        if not any(cell.text for cell in cells):
            continue
        if header is None:
            header = [cell.text for cell in cells]
        elif len(kept) >= MAX_ROWS:
            raise SpreadsheetError(
                Sentence("Lebih dari %(limit)s baris. Bagi berkas per perangkat daerah.", {"limit": MAX_ROWS})
            )
        else:
            kept.append((number, cells))
    if header is None:
        raise SpreadsheetError(Sentence("Tidak ada isi pada lembar pertama. Baris pertama harus berisi nama kolom."))
    return Sheet(header, kept)


def _csv_rows(data: bytes) -> Iterator[list[Cell]]:
    if b"\x00" in data[:4096]:
        raise SpreadsheetError(
            Sentence("Isi berkas bukan CSV. Buka di aplikasi lembar kerja lalu simpan sebagai CSV UTF-8.")
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    delimiter = _delimiter(text)
    csv.field_size_limit(100_000)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            yield [Cell(value.strip()) for value in row]
    except csv.Error as error:
        sentence = Sentence("CSV rusak (%(detail)s). Simpan ulang dari aplikasi lembar kerja.", {"detail": str(error)})
        raise SpreadsheetError(sentence) from error


def _delimiter(text: str) -> str:
    """What the first line is divided by; where that is a title, what divides a line below it into the most cells."""
    first, *more = text.split("\n", DELIMITER_LINES)[:DELIMITER_LINES]
    lines = [first] if any(mark in first for mark in DELIMITERS) else more
    return max(DELIMITERS, key=lambda mark: max((line.count(mark) for line in lines), default=0))


def _xlsx_rows(data: bytes, title_rows: int) -> Iterator[list[Cell]]:
    refuse_bad_package(data)
    try:
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0)
    except CalamineError as error:
        raise SpreadsheetError(BROKEN) from error
    merged = [start for start, end in sheet.merged_cell_ranges or () if end[0] >= title_rows]
    if merged:
        row, column = merged[0]
        raise SpreadsheetError(
            Sentence(
                "Ada sel gabungan mulai baris %(row)s kolom %(column)s. Pisahkan (Unmerge) lalu simpan lagi.",
                {"row": row + 1, "column": column + 1},
            )
        )
    if sheet.start and sheet.start[0]:
        yield from ([] for _ in range(sheet.start[0]))
    for values in sheet.iter_rows():
        yield [_cell(value) for value in values]


def refuse_bad_package(data: bytes) -> None:
    """An XLSX is a zip: refused when it is none, unpacks to too much, or its first sheet holds formulas."""
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
        unpacked = sum(item.file_size for item in package.infolist())
        has_formula = unpacked <= MAX_UNPACKED_BYTES and any(
            _has_formula(package, name) for name in package.namelist() if name.startswith("xl/worksheets/sheet1.xml")
        )
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError) as error:
        raise SpreadsheetError(BROKEN) from error  # broken, or encrypted
    if unpacked > MAX_UNPACKED_BYTES:
        raise SpreadsheetError(BLOATED)
    if has_formula:
        raise SpreadsheetError(
            Sentence(
                "Lembar pertama berisi rumus. Salin semua sel, tempel sebagai nilai (Paste Values), lalu simpan lagi."
            )
        )


def _has_formula(package: zipfile.ZipFile, name: str) -> bool:
    """Whether a sheet has a formula element, read in pieces and never beyond the unpacked limit."""
    tail, seen = b"", 0
    with package.open(name) as stream:
        while chunk := stream.read(CHUNK):
            seen += len(chunk)
            if seen > MAX_UNPACKED_BYTES:
                raise SpreadsheetError(BLOATED)
            window = tail + chunk
            if b"<f>" in window or b"<f " in window:
                return True
            tail = chunk[-8:]
    return False


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return Cell(value.strip())
    if isinstance(value, bool):
        return Cell("ya" if value else "tidak")
    if isinstance(value, float):
        return Cell(f"{value:.0f}" if value == int(value) else repr(value), was_number=True)
    if isinstance(value, int):
        return Cell(str(value), was_number=True)
    if isinstance(value, datetime):
        return Cell(value.date().isoformat())
    if isinstance(value, date):
        return Cell(value.isoformat())
    return Cell(str(value).strip())
