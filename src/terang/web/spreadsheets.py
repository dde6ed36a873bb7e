"""Downloads of tables: CSV and XLSX in which no cell can act as a formula, and long digits (NIP) stay text."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.translation import gettext

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
SAFE_DIGITS = 15
"""Digits a spreadsheet keeps exactly; longer whole numbers are written as text."""


def plain(value: Any) -> Any:
    """A cell without markup: numbers, days and moments (local, without zone) as they are, everything else as text."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, date | float) or (isinstance(value, int) and len(str(abs(value))) <= SAFE_DIGITS):
        return value
    return strip_tags(str(value)) if hasattr(value, "__html__") else str(value)


def guarded(value: Any) -> str:
    """Text for CSV that no spreadsheet takes for a formula: a dangerous beginning gets an apostrophe in front."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_STARTS) or text.startswith(FORMULA_STARTS) else text


class _Echo:
    def write(self, text: str) -> str:
        return text


def csv_response(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], notes: Sequence[tuple[str, str]] = ()
) -> HttpResponseBase:
    """Streams semicolons and a byte-order mark, as spreadsheets expect where the comma is the decimal mark. `notes`
    stand above the heads, each on a line that begins with #."""
    writer = csv.writer(_Echo(), delimiter=";")
    zone = timezone.get_current_timezone()

    def lines() -> Iterator[str]:
        timezone.activate(zone)  # what streams runs after the request, whose clock has been put away
        try:
            yield "\ufeff"
            for label, text in notes:
                yield writer.writerow([f"# {label}", guarded(text)])
            yield writer.writerow([guarded(head) for head in heads])
            for row in rows:
                yield writer.writerow([guarded(plain(cell)) for cell in row])
        finally:
            timezone.deactivate()

    headers = {"Content-Disposition": f'attachment; filename="{file_name(name)}.csv"'}
    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8", headers=headers)


def xlsx_response(
    name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], notes: Sequence[tuple[str, str]] = ()
) -> HttpResponseBase:
    """One sheet with a frozen head; rows are written as they come, so memory stays flat. `notes` fill a second
    sheet."""
    buffer = io.BytesIO()
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd",
    }
    book = xlsxwriter.Workbook(buffer, options)
    sheet = book.add_worksheet("Data")
    bold = book.add_format({"bold": True})
    moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, max(len(heads) - 1, 0), 20)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(map(plain, row)):
            sheet.write(number, column, value, *([moment] if isinstance(value, datetime) else []))
    if notes:
        _write_notes(book, notes, bold)
    book.close()
    buffer.seek(0)
    return FileResponse(buffer, as_attachment=True, filename=f"{file_name(name)}.xlsx")


def _write_notes(book: xlsxwriter.Workbook, notes: Sequence[tuple[str, str]], bold: Any) -> None:
    sheet = book.add_worksheet(gettext("Keterangan"))
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 100)
    for number, (label, text) in enumerate(notes):
        sheet.write_string(number, 0, label, bold)
        sheet.write_string(number, 1, text)


def file_name(name: str) -> str:
    """How a download is called: what it is and the day, without an ending."""
    return f"terang-{name}-{timezone.localdate():%Y-%m-%d}"


KINDS: dict[str, Callable[[str, Sequence[str], Iterable[Sequence[Any]]], HttpResponseBase]] = {
    "csv": csv_response,
    "xlsx": xlsx_response,
}
