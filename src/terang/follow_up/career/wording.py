"""What the rules found, in words: parts of the index, boxes, and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, gettext_noop

from terang.follow_up.career.gathering import Known, Profile
from terang.follow_up.career.models import Subject
from terang.follow_up.career.steps import HAND_IN
from terang.rules.regulations.asn_index import DIMENSIONS, Part, band
from terang.rules.regulations.source import rule_set
from terang.web.numbers import points

DIMENSION_LABELS = {
    "qualification": gettext_noop("Kualifikasi"),
    "competence": gettext_noop("Kompetensi"),
    "performance": gettext_noop("Kinerja"),
    "discipline": gettext_noop("Disiplin"),
}
BANDS = {
    "very_high": gettext_noop("Sangat Tinggi"),
    "high": gettext_noop("Tinggi"),
    "middle": gettext_noop("Sedang"),
    "low": gettext_noop("Rendah"),
    "very_low": gettext_noop("Sangat Rendah"),
}
PARTS = {
    "education": gettext_noop("Pendidikan terakhir"),
    "leadership": gettext_noop("Pelatihan kepemimpinan sesuai jabatan"),
    "functional": gettext_noop("Pelatihan fungsional"),
    "technical": gettext_noop("Pelatihan teknis paling sedikit %(hours)s JP dalam setahun"),
    "seminar": gettext_noop("Seminar, lokakarya, atau magang dalam dua tahun"),
    "predicate": gettext_noop("Predikat kinerja tahun lalu"),
    "sanction": gettext_noop("Hukuman disiplin tertinggi"),
    "post": gettext_noop("Jabatan"),
}
_SUBJECTS = {
    "education": Subject.EDUCATION,
    "leadership": Subject.LEADERSHIP,
    "functional": Subject.FUNCTIONAL,
    "technical": Subject.HOURS,
    "seminar": Subject.SEMINAR,
    "sanction": Subject.DISCIPLINE,
}
_RAISES = {
    "education": gettext_noop("Naik dengan pendidikan yang lebih tinggi, misalnya tugas belajar."),
    "leadership": gettext_noop("Minta pelatihan kepemimpinan yang sesuai jabatan melalui rencana pengembangan Anda."),
    "functional": gettext_noop("Minta pelatihan fungsional jabatan Anda melalui rencana pengembangan Anda."),
    "technical": gettext_noop("Ikuti pelatihan sampai %(hours)s JP; cari di katalog."),
    "seminar": gettext_noop("Ikuti satu seminar, lokakarya, atau magang, lalu serahkan sertifikatnya."),
    "predicate": gettext_noop("Bicarakan dengan pejabat penilai apa yang membuat predikat naik."),
    "sanction": gettext_noop("Pulih setelah masa hukuman berakhir."),
}


@dataclass(frozen=True)
class IndexLine:
    """One part of the index: what counts, what it gave, its proof, and what to do where it is not full."""

    label: str
    dimension: str
    points: str
    most: str
    known: Known | None
    missing: bool
    todo: str


def index_lines(profile: Profile) -> list[IndexLine]:
    """In the order of the dimensions."""
    return [_index_line(profile, part) for part in profile.index.parts]


def _index_line(profile: Profile, part: Part) -> IndexLine:
    if part.fact == "predicate":
        known = profile.predicates.get(profile.last_year)
    else:
        known = profile.facts.get(_SUBJECTS.get(part.fact, ""))
    if part.points is None:
        wait = gettext("Belum ada predikat akhir tahun %(year)s.") % {"year": profile.last_year}
        todo = wait if part.fact == "predicate" else gettext(HAND_IN)
    else:
        todo = _told(_RAISES[part.fact], profile.today) if part.points < part.most else ""
    return IndexLine(
        part_label(part.fact, profile.today),
        gettext(DIMENSION_LABELS[part.dimension]),
        "" if part.points is None else plain(part.points),
        plain(part.most),
        known,
        part.points is None,
        todo,
    )


def part_label(fact: str, on: date) -> str:
    """What a part of the index asks, with the number of the rule."""
    return _told(PARTS[fact], on)


def _told(text: str, on: date) -> str:
    return gettext(text) % {"hours": rule_set("asn_index", on).values["hours"]}


def plain(value: Decimal) -> str:
    """Without trailing zeros: 22.5 as "22,5", 15 as "15"."""
    told = points(value)
    return told.rstrip("0").rstrip(",.") if "," in told or "." in told else told


def dimension_points(profile: Profile) -> Iterator[tuple[str, str]]:
    """Each dimension with its points, empty where a part is missing."""
    index = profile.index
    for name in DIMENSIONS:
        value = index.of(name)
        yield gettext(DIMENSION_LABELS[name]), "" if value is None else plain(value)


def band_label(total: Decimal, on: date) -> str:
    return gettext(BANDS[band(total, on)])


BOX_ADVICE = {
    9: gettext_noop("Dipromosikan dan dipertahankan; masuk kelompok rencana suksesi; penghargaan."),
    8: gettext_noop("Dipertahankan; masuk kelompok rencana suksesi; rotasi atau perluasan tugas; bimbingan kinerja."),
    7: gettext_noop("Dipertahankan; masuk kelompok rencana suksesi; pengayaan tugas; pengembangan kompetensi."),
    6: gettext_noop("Penempatan yang sesuai; bimbingan kinerja; konseling kinerja."),
    5: gettext_noop("Penempatan yang sesuai; bimbingan kinerja; pengembangan kompetensi."),
    4: gettext_noop("Rotasi; pengembangan kompetensi."),
    3: gettext_noop("Bimbingan, konseling, dan pengembangan; penempatan yang sesuai."),
    2: gettext_noop("Bimbingan dan pengembangan; penempatan yang sesuai."),
    1: gettext_noop("Ditangani menurut peraturan, sesudah kesempatan memperbaiki."),
}
"""What PermenPANRB 3/2020 recommends for each box. A person decides."""
PERFORMANCE_LABELS = {
    "above": gettext_noop("Di atas ekspektasi"),
    "meets": gettext_noop("Sesuai ekspektasi"),
    "below": gettext_noop("Di bawah ekspektasi"),
}
POTENTIAL_LABELS = {
    "high": gettext_noop("Potensi tinggi"),
    "medium": gettext_noop("Potensi menengah"),
    "low": gettext_noop("Potensi rendah"),
}


@dataclass(frozen=True)
class BoxWhy:
    """Why somebody is in a box, or in none: both axes with their proof, and what is missing."""

    box: int | None
    advice: str
    performance: str
    potential: str
    predicate: Known | None
    assessment: Known | None
    year: int
    article: str


def box_why(profile: Profile) -> BoxWhy:
    placed = profile.placing
    return BoxWhy(
        placed.box,
        gettext(BOX_ADVICE[placed.box]) if placed.box else "",
        gettext(PERFORMANCE_LABELS[placed.performance]) if placed.performance else "",
        gettext(POTENTIAL_LABELS[placed.potential]) if placed.potential else "",
        profile.predicates.get(profile.last_year),
        profile.facts.get(Subject.POTENTIAL),
        profile.last_year,
        rule_set("talent", profile.today).article,
    )
