"""Reads a table of facts, one row per employee and month, from CSV, XLSX or JSON; docs/allowance.md says the columns.

A column is known by its title or by the code of its fact. Every complaint names the row and the column.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from terang.cli.output import CliError, remark
from terang.rules.allowance import Fact, FactSpec
from terang.rules.policies.problems import nearest
from terang.web.sheets import Cell, SpreadsheetError, read_sheet

WHO = ("nip", "bulan", "nama")
_ALIASES = {"month": "bulan", "name": "nama"}
_MONTH = re.compile(r"(\d{4})-?(0[1-9]|1[0-2])(-\d{2})?")
_NUMBER = re.compile(r"\d{1,15}([.,]\d{1,2})?")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_YES = {"ya": 1, "y": 1, "1": 1, "true": 1, "tidak": 0, "t": 0, "0": 0, "false": 0}
_SHOWN = 10


@dataclass(frozen=True)
class FactRow:
    """One employee and month. `row` as a person counts: a title is row 1 of a sheet; in JSON the first object is 1."""

    row: int
    nip: str
    name: str
    month: date
    facts: Mapping[str, Fact]


def read_facts(path: Path, specs: Sequence[FactSpec], month: date | None = None) -> list[FactRow]:
    """The rows of a file with the facts of `specs`. `month` holds for rows that name none.

    Raises CliError naming up to ten faults, and OSError where the file cannot be read.
    """
    header, body = _table(path)
    places = _places(header, specs, need_month=month is None)
    faults: list[str] = []
    rows = [_row(number, cells, places, specs, month, faults) for number, cells in body]
    faults += _twice(rows)
    if faults:
        rest = f"\n       … dan {len(faults) - _SHOWN} lagi" if len(faults) > _SHOWN else ""
        raise CliError("\n       ".join(faults[:_SHOWN]) + rest, "Kolom dan satuannya: terang allowance --columns.")
    if not rows:
        raise CliError("Berkas hanya berisi judul kolom.", "Tambahkan sekurang-kurangnya satu baris pegawai.")
    return rows


def _table(path: Path) -> tuple[list[str], Iterator[tuple[int, list[Cell]]]]:
    data = path.read_bytes()
    if path.suffix.lower() == ".json":
        return _json_table(data)
    try:
        sheet = read_sheet(data, path.name)
    except SpreadsheetError as error:
        raise CliError(str(error.sentence)) from error
    return sheet.header, iter(sheet.rows)


def _json_table(data: bytes) -> tuple[list[str], Iterator[tuple[int, list[Cell]]]]:
    try:
        found = json.loads(data.decode("utf-8-sig"), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise CliError(f"JSON tidak dapat dibaca ({error}).", "Periksa tanda kutip, koma, dan kurung.") from error
    rows = found.get("rows") if isinstance(found, dict) else found
    if not isinstance(rows, list) or not all(isinstance(each, dict) for each in rows):
        raise CliError(
            "JSON harus daftar objek, satu objek setiap pegawai.", 'Contoh: [{"nip": "…", "bulan": "2026-10"}]'
        )
    header = list(dict.fromkeys(key for each in rows for key in each))
    return header, ((number, [_json_cell(each.get(key)) for key in header]) for number, each in enumerate(rows, 1))


def _json_cell(value: Any) -> Cell:
    if value is None:
        return Cell("")
    if isinstance(value, bool):
        return Cell("ya" if value else "tidak")
    return Cell(f"{value:f}" if isinstance(value, Decimal) else str(value).strip())


def _places(header: Sequence[str], specs: Sequence[FactSpec], *, need_month: bool) -> dict[str, int]:
    """Name of the row's owner or code of the fact → column. Raises CliError for what is missing or doubled."""
    known = {name: name for name in WHO} | _ALIASES | {each.column: each.code for each in specs}
    known |= {each.code: each.code for each in specs}
    places: dict[str, int] = {}
    unused = []
    for index, title in enumerate(header):
        code = known.get("_".join(title.strip().lower().split()))
        if code is None:
            unused += [title] if title.strip() else []
        elif code in places:
            raise CliError(f"Kolom “{title}” ada dua: kolom ke-{places[code] + 1} dan ke-{index + 1}.", "Sisakan satu.")
        else:
            places[code] = index
    needed = {"nip": "nip"} | ({"bulan": "bulan"} if need_month else {})
    needed |= {each.code: each.column for each in specs if not each.optional}
    if missing := [column for code, column in needed.items() if code not in places]:
        guess = next((f" “{each}”: {hint}" for each in unused if "?" in (hint := nearest(each, missing))), "")
        raise CliError(f"Kolom belum ada: {', '.join(missing)}.{guess}", "Lihat: terang allowance --columns.")
    if unused:
        remark(f"kolom yang tidak dibaca aturan ini: {', '.join(unused)}.")
    return places


def _row(
    number: int,
    cells: Sequence[Cell],
    places: Mapping[str, int],
    specs: Sequence[FactSpec],
    month: date | None,
    faults: list[str],
) -> FactRow:
    def cell(code: str) -> Cell:
        place = places.get(code)
        return cells[place] if place is not None and place < len(cells) else Cell("")

    nip = cell("nip")
    if not nip.text or (nip.was_number and len(nip.text) > 15):
        why = "kosong" if not nip.text else "tersimpan sebagai angka sehingga digitnya hilang; simpan sebagai teks"
        faults.append(f"baris {number}, kolom nip: {why}.")
    facts = {spec.code: _fact(cell(spec.code), spec, number, faults) for spec in specs}
    return FactRow(number, nip.text, cell("nama").text, _month(cell("bulan").text, number, month, faults), facts)


def _month(text: str, number: int, given: date | None, faults: list[str]) -> date:
    if not text and given is not None:
        return given.replace(day=1)
    if match := _MONTH.fullmatch(text):
        return date(int(match[1]), int(match[2]), 1)
    faults.append(f"baris {number}, kolom bulan: “{text[:20]}” bukan bulan; tulis misalnya 2026-10.")
    return date.min


def _fact(cell: Cell, spec: FactSpec, number: int, faults: list[str]) -> Fact:
    """The fact in a cell; None where it is empty. What cannot be read is added to `faults`."""
    if not cell.text:
        if not spec.optional:
            faults.append(f"baris {number}, kolom {spec.column}: kosong; {spec.label} harus diisi.")
        return None
    value, why = _read(cell, spec)
    if why:
        faults.append(f"baris {number}, kolom {spec.column}: “{cell.text[:20]}” {why}.")
    return value


def _read(cell: Cell, spec: FactSpec) -> tuple[Fact, str]:
    if spec.unit == "day":
        return _day(cell.text)
    if spec.unit == "code":
        text = next((each for each in spec.choices if each.lower() == cell.text.lower()), cell.text)
        return (
            text,
            "" if not spec.choices or text in spec.choices else f"tidak dikenal; pilih {', '.join(spec.choices)}",
        )
    if spec.unit == "flag":
        found = _YES.get(cell.text.lower())
        return found, "" if found is not None else "bukan ya atau tidak"
    return _number(cell, spec)


def _number(cell: Cell, spec: FactSpec) -> tuple[Fact, str]:
    text = cell.text.removesuffix("%").strip() if spec.unit == "share" else cell.text.removeprefix("Rp").strip()
    if spec.unit == "rupiah" and _GROUPED.fullmatch(text):
        text = text.replace(".", "")
    if not _NUMBER.fullmatch(text):
        return None, "bukan angka" + (" dengan paling banyak dua desimal" if spec.unit == "share" else " bulat")
    exact = Decimal(text.replace(",", ".")) * (100 if spec.unit == "share" else 1)
    if exact != int(exact):
        return None, "bukan bilangan bulat"
    if spec.unit == "share" and cell.was_number and 0 < exact < 100:
        return None, "kurang dari 1 %: sel berformat persen? Tulis 98, bukan 0,98 (sebagai teks bila memang begitu)"
    if not spec.least <= exact <= spec.most:
        scale = 100 if spec.unit == "share" else 1
        return None, f"di luar {spec.least // scale} sampai {spec.most // scale}"
    return int(exact), ""


def _day(text: str) -> tuple[Fact, str]:
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, "bukan tanggal; tulis misalnya 2026-02-16"


def _twice(rows: Sequence[FactRow]) -> list[str]:
    """Faults for employees who stand twice in a month."""
    first: dict[tuple[str, date], int] = {}
    faults = []
    for each in rows:
        before = first.setdefault((each.nip, each.month), each.row)
        if before != each.row and each.nip:
            faults.append(f"baris {each.row}, kolom nip: {each.nip} sudah ada di baris {before} untuk bulan yang sama.")
    return faults
