"""What is worth a second look while an entry is being typed: usual mistakes, said beside the field. Pure.

A hint never stops anybody; a fault is what saving would refuse anyway, said before it is sent.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from terang.rules.sentences import Part, Sentence
from terang.rules.work.likeness import words_of

TIMES_USUAL = 10
"""A quantity this many times the usual one is more often a slip of the finger than a great day."""
FEWEST_WORDS = 3
_ACTIVITIES = """rapat mengikuti menghadiri hadir apel koordinasi piket dinas kantor melaksanakan tugas kegiatan bekerja
kerja senam upacara zoom meeting briefing arahan pimpinan rutin harian biasa di ke dan yang dengan untuk pada dari
bersama secara"""
ACTIVITY_WORDS = words_of(_ACTIVITIES)
"""Words that tell what somebody took part in; a text of nothing else does not tell what came of it."""
DAY_MINUTES = 24 * 60

Place = Literal["text", "quantity", "minutes", "day"]


@dataclass(frozen=True)
class Hint:
    """One sentence beside a field. `fault`: saving would be refused."""

    place: Place
    sentence: Sentence
    fault: bool = False


@dataclass(frozen=True)
class Typed:
    """What stands in the form so far; missing where nothing (readable) was typed yet."""

    day: date | None
    text: str
    quantity_milli: int | None
    minutes: int | None


@dataclass(frozen=True)
class Known:
    """What Terang knows beside the form.

    Entries may be about `first` to `last`, both included. `away` says why the person is away that day, in words for
    "tercatat …"; `rest` whether it is no working day. `usual_milli`: the usual quantity of the chosen purpose, `left`:
    what its target still asks for (both missing where nobody knows), in milli-units; `asked`: a quantity is needed for
    it to count. `said`: texts of the person's entries by day.
    """

    first: date
    last: date
    away: Part = ""
    rest: bool = False
    usual_milli: int | None = None
    left_milli: int | None = None
    counts: bool = False
    said: Mapping[date, frozenset[str]] = field(default_factory=dict)


def hints(typed: Typed, known: Known) -> list[Hint]:
    """Everything worth saying about what stands in the form, in the order of its fields."""
    return [*_text(typed, known), *_quantity(typed, known), *_minutes(typed), *_day(typed, known)]


def plain(text: str) -> str:
    """A text as far as repeating it goes: capitals, signs and spaces do not matter."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _text(typed: Typed, known: Known) -> Iterator[Hint]:
    words = words_of(typed.text)
    if not words:
        return
    if words <= ACTIVITY_WORDS:
        yield Hint("text", Sentence("Tuliskan hasilnya, misalnya “Notula rapat selesai dan dikirim ke 6 bidang”."))
    elif len(typed.text.split()) < FEWEST_WORDS:
        yield Hint("text", Sentence("Singkat sekali. Apa hasilnya, dan untuk siapa?"))
    if typed.day is None:
        return
    text = plain(typed.text)
    if text in known.said.get(typed.day, ()):
        yield Hint("text", Sentence("Kegiatan dengan isi yang sama sudah Anda catat untuk hari itu."))
    elif any(text in known.said.get(typed.day - timedelta(days=back), ()) for back in range(1, 4)):
        yield Hint("text", Sentence("Isinya sama dengan kegiatan sebelumnya. Sebutkan apa yang berbeda hari ini."))


def _quantity(typed: Typed, known: Known) -> Iterator[Hint]:
    milli = typed.quantity_milli
    if milli is None:
        return
    if milli == 0 and known.counts:
        yield Hint("quantity", Sentence("Nol tidak menambah capaian. Kosongkan bila memang tidak ada jumlahnya."))
    elif known.usual_milli and milli >= TIMES_USUAL * known.usual_milli:
        said = {"usual": _amount(known.usual_milli)}
        yield Hint("quantity", Sentence("Biasanya sekitar %(usual)s. Apakah angkanya sudah benar?", said))
    elif known.left_milli is not None and milli > known.left_milli:
        if known.left_milli > 0:
            said = {"left": _amount(known.left_milli)}
            yield Hint("quantity", Sentence("Sisa target tinggal %(left)s. Yang lebih tetap tercatat.", said))
        else:
            yield Hint("quantity", Sentence("Target ini sudah tercapai. Yang lebih tetap tercatat."))


def _minutes(typed: Typed) -> Iterator[Hint]:
    if typed.minutes is not None and typed.minutes > DAY_MINUTES:
        yield Hint("minutes", Sentence("Sehari hanya 1.440 menit."), fault=True)


def _day(typed: Typed, known: Known) -> Iterator[Hint]:
    if typed.day is None:
        return
    if typed.day > known.last:
        yield Hint("day", Sentence("Tanggal ini belum tiba."), fault=True)
    elif typed.day < known.first:
        yield Hint("day", Sentence("Tanggal ini terlalu lama berlalu, atau sebelum rencana Anda berlaku."), fault=True)
    elif known.away:
        yield Hint("day", Sentence("Anda tercatat %(away)s pada hari ini.", {"away": known.away}))
    elif known.rest:
        yield Hint("day", Sentence("Hari ini bukan hari kerja. Kegiatan tetap boleh dicatat."))


def _amount(milli: int) -> str:
    """A quantity as Indonesians write it, at most two places behind the comma, rounded half-up."""
    hundredths = (milli + 5) // 10
    whole, rest = divmod(hundredths, 100)
    fraction = f",{rest:02d}".rstrip("0") if rest else ""
    return f"{whole:,}".replace(",", ".") + fraction
