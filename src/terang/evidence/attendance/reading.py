"""Files of punches, line by line: `attlog.dat` of ZKTeco devices, CSV and XLSX with columns named per device.

Nothing is believed here: who stands behind a PIN and whether the clock was right is asked later.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from sys import intern
from typing import IO, Any

from python_calamine import CalamineError, CalamineWorkbook

from terang.rules.sentences import Sentence
from terang.web.sheets import BROKEN, SpreadsheetError, refuse_bad_package

KINDS = ("dat", "txt", "csv", "xlsx")
LONGEST_PIN = 20
PIN_NAMES = ("pin", "no. id", "no id", "id", "user id", "userid", "ac-no.", "ac no", "enroll id", "no. pin", "no.")
TIME_NAMES = (
    "waktu",
    "tanggal/waktu",
    "tanggal waktu",
    "date/time",
    "datetime",
    "date time",
    "time",
    "jam dan tanggal",
)
DAY_NAMES = ("tanggal", "date", "tgl")
CLOCK_NAMES = ("jam", "clock", "pukul", "time")
HINT_NAMES = ("status", "state", "tipe", "in/out")
EXCEL_DAY_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 (a sheet knows no zone)


@dataclass(frozen=True, slots=True)
class Reading:
    """One line that could be read: `moment` is the device's own clock, without a zone."""

    pin: str
    moment: datetime
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A line that could not be read, as it stands in the file."""

    text: str


Line = tuple[int, Reading | Unreadable]


def read_lines(file: IO[bytes], name: str, layout: Mapping[str, Any]) -> Iterator[Line]:
    """The lines of a file with their numbers. Raises SpreadsheetError where the file as a whole cannot be used.

    `layout` may hold `hint_column` (attlog: the number of the column with the key pressed, from 1), `pin`, `time`,
    `clock`, `hint` (headers of CSV and XLSX) and `order` ("dmy" or "mdy").
    """
    kind = name.lower().rpartition(".")[2]
    if kind in {"dat", "txt"}:
        return _attlog(file, layout)
    if kind == "csv":
        return _table(_csv_rows(file), layout)
    if kind == "xlsx":
        return _table(_xlsx_rows(file), layout)
    raise SpreadsheetError(Sentence("Jenis berkas tidak dikenal. Pakai attlog.dat dari alat, CSV, atau XLSX."))


def attlog_line(text: str, hint_column: int = 4) -> Reading | Unreadable:
    """One line of an attendance log: PIN padded with blanks, time, and marks that differ by firmware."""
    parts = text.split("\t")
    try:
        pin, moment = intern(parts[0].strip()), datetime.fromisoformat(parts[1].strip())
    except (IndexError, ValueError):
        return Unreadable(text.strip()[:120])
    if not pin or len(pin) > LONGEST_PIN or moment.tzinfo is not None:
        return Unreadable(text.strip()[:120])
    hint = parts[hint_column - 1].strip()[:8] if len(parts) >= hint_column else ""
    return Reading(pin, moment if not moment.microsecond else moment.replace(microsecond=0), hint)


def _attlog(file: IO[bytes], layout: Mapping[str, Any]) -> Iterator[Line]:
    hint_column = int(layout.get("hint_column") or 4)
    for number, raw in enumerate(getattr(file, "file", file), 1):  # the file itself is much quicker than Django's
        text = raw.decode("latin-1").rstrip("\r\n").lstrip("ï»¿")
        if text.strip():
            yield number, attlog_line(text, hint_column)


def _csv_rows(file: IO[bytes]) -> Iterator[list[Any]]:
    head = file.read(4096)
    file.seek(0)
    if b"\x00" in head:
        raise SpreadsheetError(
            Sentence("Isi berkas bukan CSV. Buka di aplikasi lembar kerja lalu simpan sebagai CSV UTF-8.")
        )
    text = io.TextIOWrapper(file, "utf-8-sig", errors="replace", newline="")
    first = head.split(b"\n", 1)[0].decode("latin-1")
    try:
        yield from csv.reader(text, delimiter=max(";,\t", key=first.count))
    except csv.Error as error:
        sentence = Sentence("CSV rusak (%(detail)s). Simpan ulang dari aplikasi lembar kerja.", {"detail": str(error)})
        raise SpreadsheetError(sentence) from error


def _xlsx_rows(file: IO[bytes]) -> Iterator[list[Any]]:
    data = file.read()
    refuse_bad_package(data)
    try:
        yield from CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).iter_rows()
    except CalamineError as error:
        raise SpreadsheetError(BROKEN) from error


@dataclass(frozen=True)
class _Columns:
    """Where the parts of a line stand. `clock` is set where day and time are two columns."""

    pin: int
    time: int
    clock: int | None
    hint: int | None


def _table(rows: Iterator[list[Any]], layout: Mapping[str, Any]) -> Iterator[Line]:
    columns: _Columns | None = None
    order = str(layout.get("order") or "dmy")
    for number, row in enumerate(rows, 1):
        if not any(str(value).strip() for value in row):
            continue
        if columns is None:
            columns = _columns([str(value).strip() for value in row], layout)
        else:
            yield number, _row(row, columns, order)


def _columns(header: Sequence[str], layout: Mapping[str, Any]) -> _Columns:
    """The columns that the device's layout names, else the ones that usually hold these things."""
    names = [text.casefold() for text in header]

    def found(key: str, usual: Sequence[str]) -> int | None:
        wanted = str(layout.get(key) or "").strip().casefold()
        choices = [wanted] if wanted else usual
        return next((names.index(name) for name in choices if name in names), None)

    pin, moment = found("pin", PIN_NAMES), found("time", TIME_NAMES)
    clock = found("clock", ()) if layout.get("clock") else None
    if not layout.get("time") and (day := found("day", DAY_NAMES)) is not None:
        split = found("clock", CLOCK_NAMES)
        moment, clock = (day, split) if split is not None else (moment if moment is not None else day, None)
    if pin is None or moment is None:
        raise SpreadsheetError(
            Sentence(
                "Kolom PIN atau waktu tidak ditemukan. Kolom dalam berkas: %(columns)s. "
                "Tulis judul kolom yang benar pada susunan kolom alat, lalu unggah lagi.",
                {"columns": ", ".join(text for text in header if text)[:300]},
            )
        )
    return _Columns(pin, moment, clock, found("hint", HINT_NAMES))


def _row(row: Sequence[Any], columns: _Columns, order: str) -> Reading | Unreadable:
    try:
        pin = _text(row[columns.pin])
        moment = _moment(row[columns.time], order)
        if columns.clock is not None:
            moment = datetime.combine(moment.date(), _clock(row[columns.clock]))
    except (IndexError, ValueError):
        return Unreadable("; ".join(_text(value) for value in row)[:120])
    if not pin or len(pin) > LONGEST_PIN:
        return Unreadable("; ".join(_text(value) for value in row)[:120])
    has_hint = columns.hint is not None and columns.hint < len(row)
    return Reading(pin, moment.replace(microsecond=0), _text(row[columns.hint])[:8] if has_hint else "")  # type: ignore[index]


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value).strip()


def _moment(value: Any, order: str) -> datetime:
    """A moment from a cell: a date of the sheet, ISO text, or numbers in the device's order."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    if isinstance(value, float | int):
        return EXCEL_DAY_ZERO + timedelta(seconds=round(value * 86_400))
    text = str(value).strip()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return _ordered(text, order)
    return moment.replace(tzinfo=None)


def _ordered(text: str, order: str) -> datetime:
    """“5/10/2026 7.28” or “05-10-2026 07:28:41”. Raises ValueError."""
    words = text.split()
    first, second, year = (int(part) for part in words[0].replace("-", "/").replace(".", "/").split("/"))
    day, month = (first, second) if order == "dmy" else (second, first)
    return datetime.combine(date(year, month, day), _clock(words[1]) if len(words) > 1 else time())


def _clock(value: Any) -> time:
    if isinstance(value, time):
        return value
    if isinstance(value, datetime):
        return value.time()
    if isinstance(value, float):
        return (EXCEL_DAY_ZERO + timedelta(seconds=round(value % 1 * 86_400))).time()
    hour, minute, second = ([int(part) for part in str(value).strip().replace(".", ":").split(":")] + [0, 0])[:3]
    return time(hour, minute, second)
