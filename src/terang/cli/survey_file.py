"""Reads a satisfaction survey from CSV: one row per respondent, or a single row with nine means.

Columns are known by element code in any case (SYARAT …) or by number (u1 … u9), whose meaning `order` gives. Comma or
semicolon, decimals with comma or point, with or without a byte-order mark. Every complaint names the row and column.
"""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from terang.cli.output import CliError
from terang.rules.policies.problems import nearest
from terang.rules.regulations.satisfaction import ORDERS
from terang.rules.tables import ELEMENTS

_NUMBER = re.compile(r"\d{1,3}([.,]\d{1,12})?")
_NUMBERED = re.compile(r"u([1-9])")
_RESPONDENTS = ("respondents", "responden", "jumlah_responden", "n")
_SHOWN = 10


@dataclass(frozen=True)
class SurveyFile:
    """What the file holds: `answers` (one mapping per respondent, None where blank) or `means`; the other is empty."""

    answers: tuple[Mapping[str, int | None], ...]
    means: Mapping[str, Fraction]
    respondents: int | None


def read_survey(content: bytes, order: str) -> SurveyFile:
    """The survey in a CSV file. Raises CliError naming up to ten faults with row and column."""
    rows = _rows(content)
    columns = _columns(rows[0], order)
    named = {element: _named(rows[0][index], element) for element, index in columns.items()}
    body = [(number, row) for number, row in enumerate(rows[1:], start=2) if any(cell.strip() for cell in row)]
    if not body:
        raise CliError("Berkas hanya berisi judul kolom.", "Tambahkan sekurang-kurangnya satu baris jawaban.")
    _check_widths(rows[0], body)
    if len(body) == 1 and any(re.search(r"[.,]", body[0][1][index]) for index in columns.values()):
        return SurveyFile((), _means(*body[0], columns, named), _respondents(rows[0], *body[0]))
    return SurveyFile(_answers(body, columns, named), {}, None)


def _rows(content: bytes) -> list[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CliError("Berkas bukan teks UTF-8.", "Simpan ulang dari lembar kerja sebagai CSV UTF-8.") from error
    if not text.strip():
        raise CliError("Berkas kosong.", "Isi judul kolom dan sekurang-kurangnya satu baris jawaban.")
    if "\0" in text:
        raise CliError("Berkas bukan CSV.", "Simpan ulang dari lembar kerja sebagai CSV UTF-8.")
    first_line = text.lstrip().splitlines()[0]
    delimiter = ";" if first_line.count(";") > first_line.count(",") else ","
    try:
        return list(csv.reader(io.StringIO(text.lstrip("\r\n"), newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise CliError(f"CSV tidak dapat dibaca ({error}).", "Periksa tanda kutip yang belum ditutup.") from error


def _columns(header: Sequence[str], order: str) -> dict[str, int]:
    """Element code → column. Raises CliError for a missing, doubled or misspelt element."""
    found: dict[str, int] = {}
    names = [cell.strip().lower() for cell in header]
    for index, (cell, name) in enumerate(zip(header, names, strict=True)):
        match = _NUMBERED.fullmatch(name)
        element = ORDERS[order][int(match[1]) - 1] if match else name
        if element not in ELEMENTS:
            continue
        if element in found:
            first = found[element]
            raise CliError(
                f"Unsur {element.upper()} ada di dua kolom: "
                f"kolom {first + 1} “{header[first].strip()}” dan kolom {index + 1} “{cell.strip()}”.",
                "Sisakan satu kolom untuk setiap unsur.",
            )
        found[element] = index
    if missing := [element for element in ELEMENTS if element not in found]:
        numbered = any(_NUMBERED.fullmatch(name) for name in names)
        titles = [_named(f"u{ORDERS[order].index(each) + 1}" if numbered else each.upper(), each) for each in missing]
        raise CliError(f"Kolom unsur belum ada: {', '.join(titles)}.", _header_hint(names, missing))
    return found


def _named(title: str, element: str) -> str:
    """A column as the file calls it, with its element where the title is only a number: "u5 (PRODUK)"."""
    return f"{title.strip()} ({element.upper()})" if _NUMBERED.fullmatch(title.strip().lower()) else title.strip()


def _header_hint(names: Sequence[str], missing: Sequence[str]) -> str:
    for name in names:
        if name and name not in ELEMENTS and "?" in (guess := nearest(name, missing)):
            return f"Kolom “{name}”: {guess}"
    return f"Judul kolom: {', '.join(ELEMENTS).upper()}, atau u1 sampai u9."


def _check_widths(header: Sequence[str], body: Sequence[tuple[int, Sequence[str]]]) -> None:
    for number, row in body:
        if len(row) != len(header):
            raise CliError(
                f"Baris {number} punya {len(row)} kolom, judul punya {len(header)}.",
                "Periksa pemisah; desimal dengan koma harus memakai pemisah titik koma.",
            )


def _answers(
    body: Sequence[tuple[int, Sequence[str]]], columns: Mapping[str, int], named: Mapping[str, str]
) -> tuple[Mapping[str, int | None], ...]:
    faults: list[str] = []
    answers = [
        {code: _answer(row[index], number, named[code], faults) for code, index in columns.items()}
        for number, row in body
    ]
    if faults:
        rest = f" … dan {len(faults) - _SHOWN} lagi" if len(faults) > _SHOWN else ""
        raise CliError(
            "\n       ".join(faults[:_SHOWN]) + rest, "Jawaban adalah 1, 2, 3, atau 4; kosongkan bila tidak dijawab."
        )
    for code, column in named.items():
        if all(answer[code] is None for answer in answers):
            raise CliError(
                f"Kolom {column} tidak punya satu pun jawaban.",
                "Lengkapi jawabannya; nilai kosong tidak diisi sendiri.",
            )
    return tuple(answers)


def _answer(cell: str, row: int, column: str, faults: list[str]) -> int | None:
    text = cell.strip()
    if not text:
        return None
    whole = re.fullmatch(r"([1-4])([.,]0{1,12})?", text)
    if whole:
        return int(whole[1])
    what = "di luar 1 sampai 4" if _NUMBER.fullmatch(text) else "bukan angka"
    if _NUMBER.fullmatch(text) and re.search(r"[.,]", text) and 1 <= _fraction(text) <= 4:
        what = "bukan bilangan bulat"
    faults.append(f"baris {row}, kolom {column}: “{text[:20]}” {what}.")
    return None


def _means(
    number: int, row: Sequence[str], columns: Mapping[str, int], named: Mapping[str, str]
) -> Mapping[str, Fraction]:
    for element, index in columns.items():
        text = row[index].strip()
        where = f"baris {number}, kolom {named[element]}"
        if not _NUMBER.fullmatch(text):
            found = f"“{text[:20]}” bukan angka" if text else "rata-rata kosong"
            raise CliError(f"{where}: {found}.", "Isi rata-rata unsur, misalnya 3,45.")
        if not 1 <= _fraction(text) <= 4:
            raise CliError(f"{where}: “{text}” di luar 1 sampai 4.", "Rata-rata memakai skala 1–4, bukan 25–100.")
    return {element: _fraction(row[index].strip()) for element, index in columns.items()}


def _respondents(header: Sequence[str], number: int, row: Sequence[str]) -> int | None:
    for name, cell in zip(header, row, strict=True):
        if name.strip().lower() in _RESPONDENTS and cell.strip():
            if not re.fullmatch(r"\d{1,9}", cell.strip()):
                raise CliError(f"baris {number}, kolom {name.strip()}: “{cell.strip()[:20]}” bukan jumlah orang.")
            return int(cell)
    return None


def _fraction(text: str) -> Fraction:
    return Fraction(text.replace(",", "."))
