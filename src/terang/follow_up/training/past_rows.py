"""From a table of past trainings to rows one can trust: each cell by itself, each refusal with row, column and what to
do."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from terang.follow_up.training.models import Form
from terang.rules.nip import InvalidNip, check_nip
from terang.rules.sentences import Sentence
from terang.web.sheets import Cell, Sheet, SpreadsheetError

COLUMNS: dict[str, tuple[str, ...]] = {
    "nip": ("nip", "nip baru"),
    "title": ("nama pelatihan", "pelatihan", "nama diklat"),
    "form": ("bentuk",),
    "provider": ("penyelenggara",),
    "starts_on": ("mulai", "tanggal mulai"),
    "ends_on": ("selesai", "tanggal selesai"),
    "hours": ("jp", "jumlah jp", "jam pelajaran"),
    "certificate": ("nomor sertifikat", "no sertifikat", "no. sertifikat", "sertifikat"),
}
"""Fields and the headers they are known by, without regard to case; all are needed. The first is our template's."""
LABELS = {
    "nip": "NIP",
    "hours": "JP",
    **{field: names[0].capitalize() for field, names in COLUMNS.items() if field not in ("nip", "hours")},
}
FORMS = {"klasikal": Form.CLASSROOM, "daring": Form.ONLINE, "di tempat kerja": Form.AT_WORK, "": Form.CLASSROOM}
LONGEST = {"title": 150, "provider": 150, "certificate": 80}
MOST_ROWS = 5_000
MOST_HOURS = 1_000
HEADER_SHOWN = 300
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_LOCAL = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")


@dataclass(frozen=True)
class RowFault:
    """Something wrong in one row: the header of its column, what to do, and the NIP as the row has it."""

    row: int
    column: str
    message: Sentence
    nip: str = ""


@dataclass(frozen=True)
class PastRow:
    """One checked row, whose person is still to be found."""

    row: int
    nip: str
    title: str
    form: str
    provider: str
    starts_on: date
    ends_on: date
    hours: int
    certificate: str

    @property
    def key(self) -> tuple[str, str, date, str]:
        """What makes it the same training when it comes again."""
        return self.nip, self.title.casefold(), self.starts_on, self.certificate


def cells_of(sheet: Sheet) -> list[dict[str, str | int]]:
    """The cells by field, as they are kept: `row` is the number a person sees; a NIP that was typed as a number is
    marked with a leading `#`. Raises SpreadsheetError for a header of no use or too many rows."""
    places = _header(sheet.header)
    if len(sheet.rows) > MOST_ROWS:
        raise SpreadsheetError(
            Sentence("Lebih dari %(limit)s baris. Bagi berkas per perangkat daerah.", {"limit": MOST_ROWS})
        )
    if not sheet.rows:
        raise SpreadsheetError(Sentence("Berkas hanya berisi baris judul. Isi satu baris untuk setiap pelatihan."))
    kept: list[dict[str, str | int]] = []
    for number, cells in sheet.rows:
        found = {field: cells[place] if place < len(cells) else Cell("") for field, place in places.items()}
        text: dict[str, str | int] = {field: " ".join(cell.text.split()) for field, cell in found.items()}
        if found["nip"].was_number:
            text["nip"] = f"#{found['nip'].text}"
        kept.append({"row": number, **text})
    return kept


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
    missing = [label for field, label in LABELS.items() if field not in places]
    if missing:
        raise SpreadsheetError(
            Sentence(
                "Kolom %(columns)s tidak ditemukan pada baris judul. Baris judul yang terbaca: %(header)s. "
                "Unduh contoh berkas dan salin judul kolomnya.",
                {"columns": ", ".join(missing), "header": ", ".join(header)[:HEADER_SHOWN]},
            )
        )
    return places


def check_rows(kept: Sequence[Mapping[str, str | int]], today: date) -> tuple[list[PastRow], list[RowFault]]:
    """Checked rows and faults, both in the order of the table; nothing may have ended after `today`."""
    rows: list[PastRow] = []
    faults: list[RowFault] = []
    first: dict[tuple[str, str, date, str], int] = {}
    for cells in kept:
        number, text = int(cells["row"]), {field: str(cells[field]) for field in COLUMNS}
        found = [RowFault(number, LABELS[field], message, text["nip"]) for field, message in _faults(text, today)]
        faults += found
        if found:
            continue
        row = _row(number, text)
        if row.key in first:
            twice = Sentence("Sama dengan baris %(row)s. Hapus salah satu baris.", {"row": first[row.key]})
            faults.append(RowFault(number, LABELS["certificate"], twice, row.nip))
        else:
            first[row.key] = number
            rows.append(row)
    return rows, faults


def _faults(text: Mapping[str, str], today: date) -> Iterator[tuple[str, Sentence]]:
    for field in COLUMNS:
        if not text[field] and field != "form":
            yield field, Sentence("belum diisi.")
        elif text[field].startswith(("#DIV", "#REF", "#N/A", "#VALUE", "#NAME", "=")):
            yield field, Sentence("Sel berisi rumus atau galat rumus. Tempel sebagai nilai.")
    for field, most in LONGEST.items():
        if len(text[field]) > most:
            yield field, Sentence("lebih dari %(most)s huruf.", {"most": most})
    yield from _nip_faults(text["nip"])
    if text["form"].lower() not in FORMS:
        known = {"text": text["form"], "words": ", ".join(word for word in FORMS if word)}
        yield "form", Sentence("“%(text)s” tidak dikenal. Pilih: %(words)s.", known)
    if text["hours"] and not (text["hours"].isdecimal() and 1 <= int(text["hours"]) <= MOST_HOURS):
        yield "hours", Sentence("Isi bilangan bulat antara 1 dan %(most)s.", {"most": MOST_HOURS})
    yield from _day_faults(text, today)


def _nip_faults(nip: str) -> Iterator[tuple[str, Sentence]]:
    if nip.startswith("#") and nip[1:].isdecimal():
        yield "nip", Sentence("NIP tersimpan sebagai angka. Ubah kolom menjadi Teks, lalu ketik ulang NIP.")
    elif nip and not nip.startswith(("#", "=")):
        try:
            check_nip(nip)
        except InvalidNip as error:
            yield "nip", error.sentence


def _day_faults(text: Mapping[str, str], today: date) -> Iterator[tuple[str, Sentence]]:
    days = {field: read_day(text[field]) for field in ("starts_on", "ends_on")}
    for field, day in days.items():
        if text[field] and day is None:
            yield field, Sentence("“%(text)s” bukan tanggal. Tulis seperti 31-12-2025.", {"text": text[field]})
    starts_on, ends_on = days["starts_on"], days["ends_on"]
    if starts_on and ends_on and ends_on < starts_on:
        yield "ends_on", Sentence("Selesai sebelum mulai. Periksa kedua tanggal.")
    if ends_on and ends_on > today:
        yield "ends_on", Sentence("Belum selesai. Yang akan datang dicatat lewat jadwal.")


def read_day(text: str) -> date | None:
    """A day as a table has it: 2025-12-31, or 31-12-2025 with any usual sign between; None for anything else."""
    found = _ISO.fullmatch(text)
    parts = found.groups() if found else None
    if parts is None and (found := _LOCAL.fullmatch(text)):
        parts = found.groups()[::-1]
    try:
        return date(*(int(part) for part in parts)) if parts else None
    except ValueError:
        return None


def _row(number: int, text: Mapping[str, str]) -> PastRow:
    starts_on, ends_on = read_day(text["starts_on"]), read_day(text["ends_on"])
    assert starts_on is not None
    assert ends_on is not None
    return PastRow(
        row=number,
        nip=text["nip"],
        title=text["title"],
        form=FORMS[text["form"].lower()],
        provider=text["provider"],
        starts_on=starts_on,
        ends_on=ends_on,
        hours=int(text["hours"]),
        certificate=text["certificate"],
    )
