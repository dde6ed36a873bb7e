"""Which government, unit, year and day a report is about; refused where that cannot be told."""

from dataclasses import dataclass, field
from datetime import date

from terang.interchange.models import NationalReport
from terang.interchange.national.reading import Report
from terang.interchange.people.rows import RowProblem
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency, Unit
from terang.rules.reconciling import same_words
from terang.rules.regulations.national_reports import EVALUATIONS
from terang.rules.sentences import Sentence
from terang.web.sheets import SpreadsheetError

KIND_WORDS = {"kota": "kota", "kabupaten": "kabupaten", "kab": "kabupaten", "provinsi": "provinsi", "prov": "provinsi"}
"""Words that tell what kind of government a name means (`AgencyKind`)."""
PLAIN = {"pemerintah", "daerah", "pemkot", "pemkab", "pemprov", *KIND_WORDS}


@dataclass
class Placed:
    """`title` in words for the screen; `unit` is missing where the report tells none or one we do not know."""

    title: dict[str, str]
    as_of: date
    year: int | None = None
    unit: Unit | None = None
    notes: list[Sentence] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)


def place(job: NationalReport, report: Report) -> Placed:
    """Two queries at most. Raises `SpreadsheetError` with what to do."""
    title = report.title
    if title.agency and not is_named(title.agency, job.agency):
        raise SpreadsheetError(
            Sentence(
                "Laporan ini dari %(there)s, bukan %(here)s. Unduh laporan instansi Anda sendiri.",
                {"there": title.agency, "here": job.agency.name},
            )
        )
    as_of = title.as_of or job.told_on
    if as_of is None:
        raise SpreadsheetError(
            Sentence("Tanggal data tidak tertulis di atas tabel. Unggah lagi dan isi kolom Tanggal data.")
        )
    if as_of > local_today(job.agency):
        raise SpreadsheetError(Sentence("Tanggal data pada laporan ini belum tiba. Periksa berkasnya."))
    placed = Placed(
        {"text": title.text, "agency": title.agency, "unit": title.unit, "period": title.period}, as_of, title.year
    )
    _period(job, report, placed)
    if title.unit:
        _unit(job, title.unit, placed)
    if report.unknown_words:
        told = {"words": ", ".join(report.unknown_words)}
        placed.notes.append(Sentence("Kata status ini belum dikenal, jadi tidak dibandingkan: %(words)s.", told))
    return placed


def _period(job: NationalReport, report: Report, placed: Placed) -> None:
    if report.kind != EVALUATIONS:
        placed.year = placed.year or placed.as_of.year
        return
    if job.period is None:
        raise SpreadsheetError(
            Sentence("Ini Laporan Penilaian SKP. Unggah lagi dan pilih untuk periode penilaian yang mana.")
        )
    year = job.period.last_day.year
    if placed.year and placed.year != year:
        raise SpreadsheetError(
            Sentence(
                "Laporan ini tentang tahun %(there)s, sedangkan periode yang dipilih %(here)s.",
                {"there": placed.year, "here": job.period.name},
            )
        )
    placed.year = year


def _unit(job: NationalReport, name: str, placed: Placed) -> None:
    units = [unit for unit in Unit.objects.filter(agency=job.agency) if same_words(unit.name) == same_words(name)]
    placed.unit = units[0] if len(units) == 1 else None
    if placed.unit is None:
        placed.notes.append(
            Sentence(
                "Unit “%(unit)s” pada judul tidak dikenal. Yang tercantum dibandingkan; yang tidak tercantum tidak "
                "dianggap hilang.",
                {"unit": name},
            )
        )


def is_named(text: str, agency: Agency) -> bool:
    """Whether a title's name means this government: all words of its own name, and no other kind of government."""
    said, own = set(same_words(text).split()), set(same_words(agency.name).split())
    kinds = {KIND_WORDS[word] for word in said if word in KIND_WORDS}
    return own - PLAIN <= said and (not kinds or agency.kind not in KIND_WORDS.values() or agency.kind in kinds)
