"""The SKP with annex and manuals, the matrix and its workblocks as a workbook: the order of the forms, all as text."""

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter

from terang.reporting.documents.sheets import Sheet

BLUE = "#DEEAF6"
_WIDTHS = {"plan": (6, 34, 44, 16, 36, 30), "annex": (6, 90), "manual": (34, 90), "workblock": (34, 90)}
_NAMES = {"plan": "SKP", "annex": "Lampiran", "manual": "Manual", "matrix": "Matriks", "workblock": "Workblock"}
_HEADS = {
    "A.1.2": ("NO", "RENCANA HASIL KERJA", "INDIKATOR KINERJA INDIVIDU", "", "TARGET", "PERSPEKTIF"),
    "A.1.7": (
        "NO.",
        "RENCANA HASIL KERJA PIMPINAN YANG DIINTERVENSI",
        "RENCANA HASIL KERJA",
        "ASPEK",
        "INDIKATOR KINERJA INDIVIDU",
        "TARGET",
    ),
}
_MANUAL = {
    "result": "RENCANA HASIL KERJA",
    "indicator": "UKURAN KEBERHASILAN/ INDIKATOR KINERJA",
    "purpose": "TUJUAN",
    "definition": "DEFINISI",
    "formula": "FORMULA",
    "unit": "SATUAN PENGUKURAN",
    "level": "KUALITAS DAN TINGKAT KENDALI",
    "source": "SUMBER DATA",
    "rhythm": "PERIODE PELAPORAN",
}


_WORKBLOCK = {
    "initiative": "JUDUL INISIATIF STRATEGI PENCAPAIAN IKU",
    "target": "INDIKATOR DAN TARGET YANG DIINTERVENSI",
    "owner": "PEMILIK STRATEGI",
    "people": "PIHAK YANG TERLIBAT",
    "time": "WAKTU PENYELESAIAN",
    "beneficiaries": "PENERIMA MANFAAT",
    "purpose": "TUJUAN",
    "budget": "ANGGARAN",
}
_STRATEGIES = {
    "routine": "STRATEGI: A. RUTIN",
    "transforming": "STRATEGI: B. TRANSFORMATIF",
    "outputs": "KELUARAN KUNCI: A. RUTIN",
    "milestones": "KELUARAN KUNCI: B. TRANSFORMATIF",
}


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The sheets of one plan (`services.plan_sheets`) or matrix (`matrix_content`) as XLSX, without formula or link."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    writers = {"plan": _plan, "annex": _annex, "manual": _manual, "matrix": _matrix, "workblock": _workblock}
    for number, sheet in enumerate(sheets, 1):
        kind = sheet["kind"]
        page = _Page(book, f"{number} {_NAMES[kind]}", _WIDTHS.get(kind) or _matrix_widths(sheet))
        for title in sheet.get("titles") or [sheet["name"].upper()]:
            page.band(title, "title")
        page.row([sheet["agency"].upper(), *[""] * (page.columns - 2), " ".join(sheet.get("period", ()))], "plain")
        writers[kind](page, sheet)
    book.close()
    return out.getvalue()


class _Page:
    """A worksheet filled from the top; every value is written as text."""

    def __init__(self, book: Any, name: str, widths: Sequence[int]) -> None:
        self.sheet, self.columns, self.at = book.add_worksheet(name), len(widths), 0
        box = {"border": 1, "text_wrap": True, "valign": "top"}
        self.formats = {
            "cell": book.add_format(box),
            "band": book.add_format({**box, "bg_color": BLUE}),
            "head": book.add_format({**box, "bg_color": BLUE, "align": "center", "valign": "vcenter"}),
            "title": book.add_format({"align": "center", "bold": True}),
            "plain": book.add_format({"text_wrap": False}),
        }
        for column, width in enumerate(widths):
            self.sheet.set_column(column, column, width)
        self.sheet.set_landscape() if self.columns > 2 else self.sheet.set_portrait()
        self.sheet.fit_to_pages(1, 0)

    def row(self, values: Sequence[str], style: str = "cell") -> None:
        for column, value in enumerate(values):
            self.sheet.write_string(self.at, column, value, self.formats[style])
        self.at += 1

    def band(self, text: str, style: str = "band") -> None:
        self.span(self.at, 0, self.at, self.columns - 1, text, style)
        self.at += 1

    def span(self, top: int, left: int, bottom: int, right: int, text: str, style: str = "cell") -> None:
        if (top, left) == (bottom, right):
            self.sheet.write_string(top, left, text, self.formats[style])
            return
        self.sheet.merge_range(top, left, bottom, right, "", self.formats[style])
        self.sheet.write_string(top, left, text, self.formats[style])


def _plan(page: _Page, sheet: Sheet) -> None:
    _identity(page, sheet)
    page.band("HASIL KERJA")
    heads = _HEADS.get(sheet["format"])
    if heads:
        page.row(heads, "head")
    for name, results in (("A. UTAMA", sheet["main"]), ("B. TAMBAHAN", sheet["additional"])):
        page.band(name)
        for result in results:
            _result(page, sheet["format"], result)
        if not results:
            page.row(["-", *[""] * (page.columns - 1)])
    page.band("PERILAKU KERJA")
    for number, value in enumerate(sheet["behaviour"], 1):
        page.span(page.at, 1, page.at, 5, value["name"])
        page.sheet.write_string(page.at, 0, str(number), page.formats["cell"])
        page.at += 1
        page.sheet.write_string(page.at, 0, "", page.formats["cell"])
        page.span(page.at, 1, page.at, 2, "\n".join(f"- {guide}" for guide in value["guides"]))
        page.span(page.at, 3, page.at, 5, "\n".join(["Ekspektasi Khusus Pimpinan:", *value["expectation"]]))
        page.sheet.set_row(page.at, 15 * (1 + max(4, len(value["expectation"]))))
        page.at += 1


def _identity(page: _Page, sheet: Sheet) -> None:
    page.row(["NO", "PEGAWAI YANG DINILAI", "", "NO", "PEJABAT PENILAI KINERJA", ""], "head")
    labels = {"name": "NAMA", "nip": "NIP", "rank": "PANGKAT/ GOL. RUANG", "post": "JABATAN", "unit": "UNIT KERJA"}
    for number, (key, label) in enumerate(labels.items(), 1):
        page.row([str(number), label, sheet["employee"][key], str(number), label, sheet["appraiser"][key]])


def _result(page: _Page, number: str, result: Sheet) -> None:
    text = result["text"] + (f" ({result['word']} dari {result['assigned']})" if result["assigned"] else "")
    indicators = result["indicators"]
    if number in ("A.1.1", "A.1.6"):
        measured = [
            each["text"] + (f" (Perspektif {each['perspective']})" if each["perspective"] else "")
            for each in indicators
        ]
        page.span(page.at, 0, page.at + 1, 0, str(result["number"]))
        page.span(page.at, 1, page.at, 5, text)
        page.span(page.at + 1, 1, page.at + 1, 5, "\n".join(["Ukuran keberhasilan:", *measured]))
        page.sheet.set_row(page.at + 1, 15 * (1 + len(measured)))
        page.at += 2
        return
    last = page.at + len(indicators) - 1
    page.span(page.at, 0, last, 0, str(result["number"]))
    page.span(page.at, 1, last, 1, text if number == "A.1.2" else result["leader"])
    if number == "A.1.7":
        page.span(page.at, 2, last, 2, text)
    for each in indicators:
        if number == "A.1.2":
            page.span(page.at, 2, page.at, 3, each["text"])
            values = {4: each["target"], 5: each["perspective"]}
        else:
            values = {3: each["aspect"], 4: each["text"], 5: each["target"]}
        for column, value in values.items():
            page.sheet.write_string(page.at, column, value, page.formats["cell"])
        page.at += 1


def _annex(page: _Page, sheet: Sheet) -> None:
    bands = {"resources": "DUKUNGAN SUMBER DAYA", "reports": "SKEMA PERTANGGUNGJAWABAN", "consequences": "KONSEKUENSI"}
    for key, name in bands.items():
        page.band(name)
        for number, text in enumerate(sheet[key], 1):
            page.row([f"{number}.", text])


def _manual(page: _Page, sheet: Sheet) -> None:
    for key, name in _MANUAL.items():
        page.row([name, sheet[key].replace("_", " ") if key == "level" else sheet[key]])


def _matrix_widths(sheet: Sheet) -> tuple[int, ...]:
    return 28, 28, *[34] * max(len(split["heads"]) for split in sheet["splits"])


def _matrix(page: _Page, sheet: Sheet) -> None:
    for split in sheet["splits"]:
        spare = [""] * (page.columns - 2 - len(split["heads"]))
        page.row(["PEGAWAI", "JABATAN", "OUTCOME ANTARA/ OUTPUT/ LAYANAN", *[""] * (page.columns - 3)], "head")
        page.row([split["owner"], split["post"], *split["heads"], *spare], "band")
        for row in split["rows"]:
            cells = ["\n".join(f"- {text}" for text in cell) for cell in row["cells"]]
            page.row([row["name"], row["post"], *cells, *spare])
        page.at += 1


def _workblock(page: _Page, sheet: Sheet) -> None:
    for key, name in _WORKBLOCK.items():
        page.row([name, sheet[key]])
    for key, name in _STRATEGIES.items():
        page.band(name)
        for number, text in enumerate(sheet[key] or [""], 1):
            page.row([f"{number}.", text])
