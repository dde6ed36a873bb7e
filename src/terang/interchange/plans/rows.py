"""From a sheet to plans one can trust: a row is an indicator, rows of one NIP and result belong together."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from django.core.exceptions import ValidationError

from terang.interchange.people.rows import RowProblem
from terang.planning.plans.models import new_key
from terang.rules.nip import InvalidNip, check_nip
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult
from terang.rules.plans.document import ASPECTS
from terang.rules.sentences import Sentence
from terang.web.quantities import QuantityField
from terang.web.sheets import Cell, Sheet, SpreadsheetError

COLUMNS: dict[str, tuple[str, ...]] = {
    "nip": ("nip", "nip baru"),
    "result": ("hasil kerja", "rencana hasil kerja", "rhk"),
    "kind": ("jenis",),
    "indicator": ("indikator", "iki", "indikator kinerja individu"),
    "aspect": ("aspek",),
    "target": ("target",),
    "unit": ("satuan",),
    "direction": ("arah",),
    "gathering": ("pengumpulan",),
    "programme": ("program", "program pemerintah"),
}
"""Fields and the headers they are known by, without regard to case. The first of each is the one our template uses."""

REQUIRED = ("nip", "result", "indicator", "target")
LABELS = {name: names[0].capitalize().replace("Nip", "NIP") for name, names in COLUMNS.items()}
KINDS = {"": True, "utama": True, "tambahan": False}
DIRECTIONS = {"": "higher", "naik": "higher", "turun": "lower", "rentang": "range"}
GATHERINGS = {"": "sum", "jumlah": "sum", "terakhir": "latest"}
LONGEST = {"result": 300, "indicator": 250, "unit": 40, "programme": 150, "target": 250}
_RANGE = re.compile(r"(?P<low>[\d.,]+)\s*(?:-|–|s\.?d\.?|sampai)\s*(?P<high>[\d.,]+)")
HEADER_SHOWN = 300


@dataclass
class PersonRows:
    """The results of one person in the order of the sheet, and the first row that names the person."""

    nip: str
    row: int
    results: dict[str, PlannedResult] = field(default_factory=dict)

    @property
    def document(self) -> PlanDocument:
        return PlanDocument(results=tuple(self.results.values()))


def parse_plans(sheet: Sheet) -> tuple[list[PersonRows], list[RowProblem]]:
    """Plans and problems, both in the sheet's order. Raises `SpreadsheetError` for a header of no use."""
    places = _header(sheet.header)
    people: dict[str, PersonRows] = {}
    problems: list[RowProblem] = []
    for number, cells in sheet.rows:
        found = {name: cells[place] if place < len(cells) else Cell("") for name, place in places.items()}
        faults = list(_faults(number, found))
        problems += faults
        if not faults:
            text = {name: " ".join(cell.text.split()) for name, cell in found.items()}
            _add(people.setdefault(text["nip"], PersonRows(text["nip"], number)), text)
    return list(people.values()), problems


def _header(header: list[str]) -> dict[str, int]:
    known = {name: field for field, names in COLUMNS.items() for name in names}
    places: dict[str, int] = {}
    for place, text in enumerate(header):
        name = known.get(" ".join(text.lower().split()))
        if name and name not in places:
            places[name] = place
    missing = [LABELS[name] for name in REQUIRED if name not in places]
    if missing:
        raise SpreadsheetError(
            Sentence(
                "Kolom %(columns)s tidak ditemukan pada baris judul. Baris judul yang terbaca: %(header)s. "
                "Unduh contoh berkas dan salin judul kolomnya.",
                {"columns": ", ".join(missing), "header": ", ".join(header)[:HEADER_SHOWN]},
            )
        )
    return places


def _faults(row: int, cells: Mapping[str, Cell]) -> Iterator[RowProblem]:
    nip = cells["nip"].text

    def wrong(name: str, message: Sentence) -> RowProblem:
        return RowProblem(row, LABELS[name], message, nip=nip)

    for name in REQUIRED:
        if not cells[name].text:
            yield wrong(name, Sentence("belum diisi."))
    if nip and cells["nip"].was_number:
        yield wrong("nip", Sentence("NIP tersimpan sebagai angka. Ubah kolom menjadi Teks, lalu ketik ulang NIP."))
    elif nip:
        try:
            check_nip(nip)
        except InvalidNip as error:
            yield wrong("nip", error.sentence)
    for name, words in (("kind", KINDS), ("direction", DIRECTIONS), ("gathering", GATHERINGS)):
        text = _word(cells, name)
        if text not in words:
            known = {"text": text, "words": ", ".join(word for word in words if word)}
            yield wrong(name, Sentence("“%(text)s” tidak dikenal. Pilih: %(words)s.", known))
    if strange := [each for each in _aspects(_word(cells, "aspect")) if each not in ASPECTS]:
        known = {"text": strange[0], "words": ", ".join(ASPECTS)}
        yield wrong("aspect", Sentence("“%(text)s” tidak dikenal. Pilih: %(words)s.", known))
    for name, most in LONGEST.items():
        if name in cells and len(cells[name].text) > most:
            yield wrong(name, Sentence("lebih dari %(most)s huruf.", {"most": most}))


def _word(cells: Mapping[str, Cell], name: str) -> str:
    return cells.get(name, Cell("")).text.lower()


def _aspects(text: str) -> tuple[str, ...]:
    return tuple(part for part in re.split(r"[\s,;/]+", text) if part)


def _add(person: PersonRows, text: Mapping[str, str]) -> None:
    indicator = _indicator(text)
    before = person.results.get(text["result"].casefold())
    if before is None:
        before = PlannedResult(
            key=new_key(),
            text=text["result"],
            main=KINDS[text.get("kind", "").lower()],
            programme=text.get("programme", ""),
        )
    person.results[text["result"].casefold()] = replace(before, indicators=(*before.indicators, indicator))


def _indicator(text: Mapping[str, str]) -> PlannedIndicator:
    percent = not text.get("unit") and text["target"].endswith("%")
    low, high, words = _target(text["target"].removesuffix("%").strip() if percent else text["target"])
    direction = "range" if high is not None else DIRECTIONS[text.get("direction", "").lower()]
    return PlannedIndicator(
        key=new_key(),
        text=text["indicator"],
        aspects=_aspects(text.get("aspect", "").lower()) or ("kuantitas",),
        direction=direction,
        gathering="latest" if high is not None else GATHERINGS[text.get("gathering", "").lower()],
        unit_label="%" if percent else text.get("unit", ""),
        target_milli=low,
        target_max_milli=high,
        target_text=words,
    )


def _target(text: str) -> tuple[int | None, int | None, str]:
    """A number, a range ("80-90"), or words where it is neither."""
    if found := _RANGE.fullmatch(text):
        low, high = _milli(found["low"]), _milli(found["high"])
        if low is not None and high is not None and low <= high:
            return low, high, ""
    number = _milli(text)
    return (number, None, "") if number is not None else (None, None, text)


def _milli(text: str) -> int | None:
    try:
        return QuantityField(required=False).clean(text)
    except ValidationError:
        return None
