"""The report of a satisfaction survey as a workbook: one sheet a table, every cell text, no formula."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from terang.reporting.documents.sheets import Sheet

BLUE = "#DEEAF6"


def survey_workbook(sheet: Sheet) -> bytes:
    """The sheet of `survey_sheets` as XLSX. Raw answers are not in it: the counts of each answer are."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    styles = {
        "head": book.add_format({"bold": True, "bg_color": BLUE, "border": 1, "text_wrap": True, "valign": "top"}),
        "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "title": book.add_format({"bold": True, "font_size": 14}),
    }
    for name, widths, heads, rows in _tables(sheet):
        page = book.add_worksheet(name)
        page.write_string(0, 0, f"{sheet['name']}, {sheet['unit']}", styles["title"])
        for column, width in enumerate(widths):
            page.set_column(column, column, width)
        for number, row in enumerate([heads, *rows], 2):
            for column, value in enumerate(row):
                page.write_string(number, column, str(value), styles["head" if number == 2 else "cell"])
        page.freeze_panes(3, 0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()


Part = tuple[str, Sequence[int], Sequence[str], list[Sequence[Any]]]
"""The name of a worksheet, the widths of its columns, their heads, and its rows."""


def _tables(sheet: Sheet) -> Iterable[Part]:
    yield "Ringkasan", (34, 90), ("Keterangan", "Isi"), _summary(sheet)
    yield _elements(sheet)
    yield "Layanan", (44, 44, 18, 12, 22), ("Layanan", "Unit", "Responden", "IKM", "Mutu"), sheet["services"]
    yield "Unit", (44, 18, 12, 22), ("Unit", "Responden", "IKM", "Mutu"), sheet["units"]
    profile: list[Sequence[Any]] = [[part["head"], *row] for part in sheet["profile"] for row in part["rows"]]
    yield "Responden", (24, 34, 18), ("Data", "Kelompok", "Jumlah"), profile
    yield "Sebaran", (44, 10, 10, 10, 10, 10), ("Unsur", "1", "2", "3", "4", "Kosong"), sheet["counts"]
    yield "Perjalanan", (28, 14, 12, 10), ("Periode", "Responden", "IKM", "Mutu"), sheet["trend"]
    yield _actions(sheet)


def _elements(sheet: Sheet) -> Part:
    heads = ("Unsur", "Jumlah nilai", "Jawaban", "Kosong", "NRR", "NRR tertimbang", "IKM", "Mutu", "Peringkat")
    keys = ("label", "total", "answered", "blank", "nrr", "weighted", "ikm", "words", "rank")
    sums = sheet["sums"]
    last = ["*) Jumlah NRR tertimbang / **) IKM = *) × 25", *[""] * 4, sums["skm"], sums["ikm"], "", ""]
    rows: list[Sequence[Any]] = [[row[key] for key in keys] for row in sheet["elements"]]
    return "Unsur", (44, 14, 12, 12, 12, 16, 12, 22, 12), heads, [*rows, last]


def _actions(sheet: Sheet) -> Part:
    heads = ("Unsur", "Komponen standar", "Tindakan", "Penanggung jawab", "Paling lambat", "Status", "Bukti/alasan")
    keys = ("element", "component", "action", "owner", "due", "state", "proof")
    return (
        "Tindak lanjut",
        (28, 28, 50, 28, 20, 18, 50),
        heads,
        [[row[key] for key in keys] for row in sheet["actions"]],
    )


def _summary(sheet: Sheet) -> list[Sequence[Any]]:
    rows: list[Sequence[Any]] = [
        ("Pemerintah daerah", sheet["agency"]),
        ("Unit", sheet["unit"]),
        ("Periode", f"{sheet['period']}, {sheet['span']}"),
        ("IKM", f"{sheet['ikm']} ({sheet['words'] or 'belum ada'})"),
        ("Nilai SKM", sheet["skm"]),
        ("Responden", sheet["respondents"]),
    ]
    rows += [(label + (" (diumumkan)" if chosen else ""), value) for label, value, chosen in sheet["both"]]
    rows += [tuple(pair) for pair in sheet["method"]]
    rows += [("Analisis", text) for text in sheet["sentences"]]
    rows += [("Catatan", text) for text in sheet["cautions"]]
    if sheet["revision"]:
        rows.append(("Revisi", sheet["revision"]))
    return [*rows, ("Keadaan", sheet["told"])]
