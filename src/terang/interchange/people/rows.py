"""From a sheet to rows one can trust: each cell checked by itself, each refusal with row, column and what to do."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation

from terang.registry.people.models import EmploymentStatus, PostKind
from terang.rules.nip import InvalidNip, check_nip
from terang.rules.sentences import Sentence
from terang.web.sheets import Cell, Sheet, SpreadsheetError

COLUMNS: dict[str, tuple[str, ...]] = {
    "nip": ("nip", "nip baru"),
    "name": ("nama", "nama lengkap", "nama pegawai"),
    "status": ("status", "status pegawai", "status kepegawaian"),
    "rank": ("golongan", "gol", "gol/ruang"),
    "email": ("surel", "email", "e-mail"),
    "unit": ("kode unit", "unit", "kode unit kerja"),
    "post": ("jabatan", "nama jabatan"),
    "kind": ("jenis jabatan",),
    "level": ("jenjang",),
    "category": ("rumpun",),
    "head": ("memimpin unit", "memimpin", "kepala unit"),
}
"""Fields and the headers they are known by, without regard to case. The first of each is the one our template uses."""

REQUIRED = ("nip", "name", "status", "unit", "post", "kind")
LABELS = {field: names[0].capitalize().replace("Nip", "NIP") for field, names in COLUMNS.items()}
HEADER_SHOWN = 300
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class RowProblem:
    """Something wrong in one row: where, what to do, and NIP and name as the row has them.

    `column` is the header of our template, which is the same in every language.
    """

    row: int
    column: str
    message: Sentence
    nip: str = ""
    name: str = ""


@dataclass(frozen=True)
class PersonRow:
    """One checked row. `unit` is the code of a unit, still to be found."""

    row: int
    nip: str
    name: str
    status: str
    rank: str
    email: str
    unit: str
    post: str
    kind: str
    level: str
    category: str
    head: bool


def parse_people(sheet: Sheet) -> tuple[list[PersonRow], list[RowProblem]]:
    """Checked rows and problems, both in the sheet's order. Raises `SpreadsheetError` for a header of no use."""
    places = _header(sheet.header)
    rows: list[PersonRow] = []
    problems: list[RowProblem] = []
    first_seen: dict[str, int] = {}
    for number, cells in sheet.rows:
        found = {field: cells[place] if place < len(cells) else Cell("") for field, place in places.items()}
        faults = list(_faults(number, found))
        nip = found["nip"].text
        if not faults and nip in first_seen:
            twice = Sentence("NIP ini sudah ada di baris %(row)s. Hapus salah satu baris.", {"row": first_seen[nip]})
            faults.append(RowProblem(number, "NIP", twice))
        first_seen.setdefault(nip, number)
        problems.extend(replace(fault, nip=nip, name=found["name"].text) for fault in faults)
        if not faults:
            rows.append(_row(number, {field: cell.text for field, cell in found.items()}))
    return rows, problems


def _header(header: list[str]) -> dict[str, int]:
    known = {name: field for field, names in COLUMNS.items() for name in names}
    places: dict[str, int] = {}
    for place, text in enumerate(header):
        field = known.get(" ".join(text.lower().split()))
        if field in places:
            twice = Sentence("Kolom %(column)s ada dua kali. Hapus salah satunya.", {"column": LABELS[field]})
            raise SpreadsheetError(twice)
        if field:
            places[field] = place
    missing = [LABELS[field] for field in REQUIRED if field not in places]
    if missing:
        raise SpreadsheetError(
            Sentence(
                "Kolom %(columns)s tidak ditemukan pada baris judul. Baris judul yang terbaca: %(header)s. "
                "Unduh contoh berkas dan salin judul kolomnya.",
                {"columns": ", ".join(missing), "header": ", ".join(header)[:HEADER_SHOWN]},
            )
        )
    return places


def _faults(row: int, cells: Mapping[str, Cell]) -> list[RowProblem]:
    faults: list[RowProblem] = []

    def wrong(field: str, message: Sentence) -> None:
        faults.append(RowProblem(row, LABELS[field], message))

    for field in REQUIRED:
        if not cells[field].text:
            wrong(field, Sentence("belum diisi."))
    for field, cell in cells.items():
        if cell.text.startswith(("#DIV", "#REF", "#N/A", "#VALUE", "#NAME", "=")):
            wrong(field, Sentence("Sel berisi rumus atau galat rumus. Tempel sebagai nilai."))
    _check_nip(cells["nip"], wrong)
    _check_choices(cells, wrong)
    email = cells.get("email", Cell("")).text
    if email:
        try:
            validate_email(email)
        except ValidationError:
            wrong("email", Sentence("“%(text)s” bukan alamat surel. Contoh: nama@contoh.go.id.", {"text": email}))
    if _DATE.fullmatch(cells["name"].text):
        wrong("name", Sentence("Nama berisi tanggal. Periksa urutan kolom."))
    if len(cells["name"].text) > 150:
        wrong("name", Sentence("Nama lebih dari 150 huruf."))
    return faults


def _check_nip(cell: Cell, wrong) -> None:  # type: ignore[no-untyped-def]
    if not cell.text:
        return
    if cell.was_number:
        wrong(
            "nip",
            Sentence(
                "NIP tersimpan sebagai angka, sehingga angka belakangnya hilang. "
                "Ubah kolom menjadi Teks, lalu ketik ulang NIP."
            ),
        )
        return
    try:
        check_nip(cell.text)
    except InvalidNip as error:
        wrong("nip", error.sentence)


def _check_choices(cells: Mapping[str, Cell], wrong) -> None:  # type: ignore[no-untyped-def]
    for field, choices in (("status", EmploymentStatus), ("kind", PostKind)):
        text = cells[field].text
        if text and _choice(text, choices) is None:
            known = {"text": text, "words": ", ".join(_words(choices))}
            wrong(field, Sentence("“%(text)s” tidak dikenal. Pilih: %(words)s.", known))
    head = cells.get("head", Cell("")).text.lower()
    if head not in {"", "ya", "tidak", "y", "t", "1", "0"}:
        known = {"text": head, "words": "ya, tidak"}
        wrong("head", Sentence("“%(text)s” tidak dikenal. Pilih: %(words)s.", known))


Choices = type[EmploymentStatus] | type[PostKind]


@cache
def _words(choices: Choices) -> dict[str, str]:
    """What a file calls each value: our Indonesian labels, whatever language is on."""
    with translation.override(None):
        return {str(label): str(value) for value, label in choices.choices}


def _choice(text: str, choices: Choices) -> str | None:
    """The value whose value or label the text names."""
    wanted = text.lower()
    return next((value for label, value in _words(choices).items() if wanted in {value, label.lower()}), None)


def _row(number: int, text: Mapping[str, str]) -> PersonRow:
    return PersonRow(
        row=number,
        nip=text["nip"],
        name=" ".join(text["name"].split()),
        status=_choice(text["status"], EmploymentStatus) or "",
        rank=text.get("rank", ""),
        email=text.get("email", ""),
        unit=text["unit"].upper(),
        post=" ".join(text["post"].split()),
        kind=_choice(text["kind"], PostKind) or "",
        level=text.get("level", "").lower().replace(" ", "_"),
        category=text.get("category", "").lower().replace(" ", "_"),
        head=text.get("head", "").lower() in {"ya", "y", "1"},
    )


def joined_on(nip: str, effective_on: date) -> date:
    """The day of appointment a NIP tells, never after the day the import takes effect."""
    year, month = int(nip[8:12]), int(nip[12:14])
    return min(effective_on, date(year, month if month <= 12 else 1, 1))
