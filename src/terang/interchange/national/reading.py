"""From a report of the national system to rows one can trust: the title understood, the header found by its names,
every fault told with row and column."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from terang.interchange.people.rows import RowProblem
from terang.rules.nip import InvalidNip, check_nip
from terang.rules.regulations.national_reports import EVALUATIONS, KINDS, PLANS, Layout
from terang.rules.sentences import Part, Sentence
from terang.rules.sentences import mark as _
from terang.web.sheets import Cell, Sheet, SpreadsheetError, read_sheet

MONTHS = (
    "januari februari maret april mei juni juli agustus september oktober november desember".split()  # noqa: SIM905
)
_LONG_DAY = re.compile(rf"\b(\d{{1,2}})\s+({'|'.join(MONTHS)})\s+(20\d\d)", re.IGNORECASE)
_ISO_DAY = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)")
_SHORT_DAY = re.compile(r"\b(\d{1,2})[/-](\d{1,2})[/-](20\d\d)")
_YEAR = re.compile(r"\b20\d\d\b")
_LABELLED = re.compile(r"(instansi|unit(?: kerja| organisasi)?|unor|periode)\b\s*:?\s*(.+)", re.IGNORECASE)
HEADER_SHOWN = 300
LONGEST = 200
NO_HEADER = _(
    "Baris judul kolom tidak ditemukan. Unggah berkas “Laporan SKP” atau “Laporan Penilaian SKP” seperti diunduh dari "
    "e-Kinerja; kolom yang dicari antara lain: %(columns)s."
)


@dataclass(frozen=True)
class Title:
    """What stands above the header. `year` and `as_of` (the day of the data) are missing where it tells none; texts
    are empty."""

    text: str = ""
    agency: str = ""
    unit: str = ""
    period: str = ""
    year: int | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class ReportRow:
    """One checked row. `status` is "draft", "submitted", "agreed" or "unknown" in a report of plans, `predicate` a code
    or empty (not evaluated) in one of evaluations; their `…_word` is what the file says."""

    row: int
    national_id: str
    nip: str
    name: str
    document_id: str = ""
    post: str = ""
    unit: str = ""
    parent_unit: str = ""
    status: str = ""
    status_word: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    sort: str = ""
    predicate: str = ""
    predicate_word: str = ""
    superior_nip: str = ""
    superior_name: str = ""


@dataclass(frozen=True)
class Report:
    """A file as understood. `rows` hold each person once; `substitutes` and `older` count what was left out: work as
    Plt. or Plh., and earlier documents of the same person."""

    kind: str
    title: Title
    rows: list[ReportRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    substitutes: int = 0
    older: int = 0

    @property
    def unknown_words(self) -> list[str]:
        """Words of state that are kept and not compared."""
        return sorted({row.status_word for row in self.rows if row.status == "unknown"})


def read_report(data: bytes, name: str, layout: Layout) -> Report:
    """Raises `SpreadsheetError` for a file that is no such report."""
    sheet = read_sheet(data, name, title_rows=layout.title_rows)
    kind, above, header, rows = _parts(sheet, layout)
    places = _places(kind, header, layout)
    title = read_title(above)
    kept: list[ReportRow] = []
    problems: list[RowProblem] = []
    substitutes = 0
    for number, cells in rows:
        found = {name: cells[place] if place < len(cells) else Cell("") for name, place in places.items()}
        if found.get("substitute", Cell("")).text.lower() in layout.substitute:
            substitutes += 1
            continue
        faults = list(_faults(number, found, kind, title, layout))
        problems += faults
        if not faults:
            kept.append(_row(number, {name: cell.text for name, cell in found.items()}, kind, layout))
    latest, older = _latest(kept)
    problems += _two_nips(latest)
    return Report(kind, title, latest, sorted(problems, key=lambda each: each.row), substitutes, older)


def _parts(sheet: Sheet, layout: Layout) -> tuple[str, list[str], list[str], list[tuple[int, list[Cell]]]]:
    """Kind, texts above the header, header, rows below it. The header is the first row that names all that a kind
    needs, within the first rows; else the one that comes nearest, so that what is missing can be told."""
    lines = [sheet.header, *([cell.text for cell in cells] for _number, cells in sheet.rows[: layout.search_rows])]
    best: tuple[int, int, str] | None = None
    for place, line in enumerate(lines):
        names = {_tidy(text) for text in line}
        for kind in KINDS:
            missing = sum(not names & {*layout.columns[kind][field]} for field in layout.required[kind])
            has_nip = not names.isdisjoint(layout.columns[kind]["nip"])
            if has_nip and (best is None or missing < best[0]):
                best = (missing, place, kind)
    if best is None:
        wanted = ", ".join(layout.columns[PLANS][field][0] for field in layout.required[PLANS])
        raise SpreadsheetError(Sentence(NO_HEADER, {"columns": wanted}))
    _missing, place, kind = best
    above = [" ".join(text for text in line if text) for line in lines[:place]]
    return kind, above, lines[place], sheet.rows[place:]


def _places(kind: str, header: list[str], layout: Layout) -> dict[str, int]:
    places: dict[str, int] = {}
    tidy = [_tidy(text) for text in header]
    for name, known in layout.columns[kind].items():
        place = next((tidy.index(each) for each in known if each in tidy), None)
        if place is not None:
            places[name] = place
    missing = [layout.columns[kind][name][0] for name in layout.required[kind] if name not in places]
    if missing:
        raise SpreadsheetError(
            Sentence(
                "Kolom %(columns)s tidak ditemukan. Baris judul yang terbaca: %(header)s. "
                "Unduh ulang laporannya dari e-Kinerja tanpa mengubah judul kolom.",
                {"columns": ", ".join(missing), "header": ", ".join(header)[:HEADER_SHOWN]},
            )
        )
    return places


def read_title(lines: list[str]) -> Title:
    """The block above the header: the first line is the title, a year in it counts; labels name the rest."""
    told: dict[str, str] = {}
    as_of = None
    for line in lines[1:]:
        if found := _LABELLED.fullmatch(line.strip()):
            label = found[1].lower()
            told.setdefault("unit" if label.startswith(("unit", "unor")) else label, found[2].strip()[:LONGEST])
        elif as_of is None:
            as_of = day_in(line)
    first = lines[0].strip() if lines else ""
    year = _YEAR.search(" ".join((first, told.get("periode", ""))))
    return Title(
        first[:LONGEST],
        told.get("instansi", ""),
        told.get("unit", ""),
        told.get("periode", ""),
        int(year[0]) if year else None,
        as_of,
    )


def day_in(text: str) -> date | None:
    """The first day a text names, as 1 Juli 2026, 2026-07-01 or 01/07/2026; None where it names none that exists."""
    if found := _LONG_DAY.search(text):
        parts = int(found[3]), MONTHS.index(found[2].lower()) + 1, int(found[1])
    elif found := _ISO_DAY.search(text):
        parts = int(found[1]), int(found[2]), int(found[3])
    elif found := _SHORT_DAY.search(text):
        parts = int(found[3]), int(found[2]), int(found[1])
    else:
        return None
    try:
        return date(*parts)
    except ValueError:
        return None


def _faults(row: int, cells: Mapping[str, Cell], kind: str, title: Title, layout: Layout) -> Iterator[RowProblem]:
    nip, name = cells["nip"].text, cells["name"].text

    def wrong(column: str, message: Sentence) -> RowProblem:
        return RowProblem(row, layout.columns[kind][column][0], message, nip=nip, name=name)

    for column in ("national_id", "nip", "name"):
        if not cells[column].text:
            yield wrong(column, Sentence("belum diisi."))
    for column in ("nip", "superior_nip"):
        cell = cells.get(column, Cell(""))
        if cell.text and cell.was_number:
            yield wrong(column, Sentence("NIP tersimpan sebagai angka. Unduh ulang laporannya tanpa menyimpan ulang."))
        elif cell.text not in {"", "-"}:
            try:
                check_nip(cell.text)
            except InvalidNip as error:
                yield wrong(column, error.sentence)
    for column in ("starts_on", "ends_on"):
        text = cells.get(column, Cell("")).text
        if text and day_in(text) is None:
            yield wrong(column, Sentence("“%(text)s” bukan tanggal.", {"text": text}))
    if kind == PLANS and not cells["ends_on"].text:
        yield wrong("ends_on", Sentence("belum diisi."))
    if kind == EVALUATIONS:
        word = cells["predicate"].text
        if word not in layout.not_evaluated and _tidy(word) not in layout.predicates:
            known = {"text": word, "words": ", ".join(sorted(layout.predicates))}
            yield wrong("predicate", Sentence("“%(text)s” tidak dikenal. Yang dikenal: %(words)s.", known))
        if title.year and cells["year"].text != str(title.year):
            differs: dict[str, Part] = {"text": cells["year"].text, "year": title.year}
            yield wrong("year", Sentence("“%(text)s” bukan tahun laporan ini (%(year)s).", differs))


def _row(number: int, text: Mapping[str, str], kind: str, layout: Layout) -> ReportRow:
    status, predicate = text.get("status", ""), text.get("predicate", "")

    def of(name: str) -> str:
        value = " ".join(text.get(name, "").split())
        return "" if value == "-" else value[:LONGEST]

    return ReportRow(
        row=number,
        national_id=of("national_id"),
        nip=of("nip"),
        name=of("name"),
        document_id=of("document_id"),
        post=of("post"),
        unit=of("unit"),
        parent_unit=of("parent_unit"),
        status=layout.status.get(_tidy(status), "unknown") if kind == PLANS else "",
        status_word=of("status"),
        starts_on=day_in(text.get("starts_on", "")),
        ends_on=day_in(text.get("ends_on", "")),
        sort=of("sort"),
        predicate="" if predicate in layout.not_evaluated else layout.predicates.get(_tidy(predicate), ""),
        predicate_word=of("predicate"),
        superior_nip=of("superior_nip"),
        superior_name=of("superior_name"),
    )


def _latest(rows: list[ReportRow]) -> tuple[list[ReportRow], int]:
    """Each NIP once: the document that ends last; of two that end together the one with the greater number, so that
    the order of rows decides nothing."""
    kept: dict[str, ReportRow] = {}
    for row in rows:
        before = kept.get(row.nip)
        if before is None or _rank(row) > _rank(before):
            kept[row.nip] = row
    return sorted(kept.values(), key=lambda row: row.row), len(rows) - len(kept)


def _rank(row: ReportRow) -> tuple[date, date, str, str]:
    return row.ends_on or date.min, row.starts_on or date.min, row.document_id, row.predicate


def _two_nips(rows: list[ReportRow]) -> Iterator[RowProblem]:
    first: dict[str, ReportRow] = {}
    for row in rows:
        before = first.setdefault(row.national_id, row)
        if before is not row:
            message = Sentence("Nomor ini milik NIP lain di baris %(row)s.", {"row": before.row})
            yield RowProblem(row.row, "id", message, nip=row.nip, name=row.name)


def _tidy(text: str) -> str:
    return " ".join(text.lower().split())
