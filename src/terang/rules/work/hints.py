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
TIMES_TARGET = 5
"""Where nothing is usual yet: one entry that brings the whole target this many times."""
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
class Reached:
    """Where a target that amounts add up to stands, in milli-units: the whole, what was accepted, what waits."""

    target_milli: int
    accepted_milli: int
    waiting_milli: int

    @property
    def left_milli(self) -> int:
        return self.target_milli - self.accepted_milli - self.waiting_milli


@dataclass(frozen=True)
class Known:
    """What Terang knows beside the form.

    Entries may be about `first` to `last`, both included. `away` says why the person is away that day, in words for
    "tercatat …"; `rest` whether it is no working day, `holiday` its name where it has one; `late_days` how many working
    days too late an entry about it comes. `usual_milli`: the usual quantity of the chosen purpose, in milli-units,
    `reached`: where its target stands (both missing where nobody knows); `counts`: a quantity is needed for it to
    count. `said`: texts of the person's entries by day.
    """

    first: date
    last: date
    away: Part = ""
    rest: bool = False
    holiday: str = ""
    late_days: int = 0
    usual_milli: int | None = None
    reached: Reached | None = None
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
    elif known.reached and milli > known.reached.left_milli:
        yield Hint("quantity", _beyond(known.reached))


def _beyond(reached: Reached) -> Sentence:
    """What waits is told apart: until it is accepted the target is not reached."""
    said: dict[str, Part] = {
        "target": _amount(reached.target_milli),
        "accepted": _amount(reached.accepted_milli),
        "waiting": _amount(reached.waiting_milli),
        "left": _amount(max(0, reached.left_milli)),
    }
    if reached.waiting_milli:
        return Sentence(
            "Diterima %(accepted)s, menunggu %(waiting)s dari target %(target)s. Yang lebih tetap tercatat.", said
        )
    if reached.left_milli > 0:
        return Sentence("Sisa target tinggal %(left)s. Yang lebih tetap tercatat.", said)
    return Sentence(
        "Target ini sudah tercapai: diterima %(accepted)s dari %(target)s. Yang lebih tetap tercatat.", said
    )


def doubt(milli: int, usual_milli: int | None, target_milli: int | None) -> Sentence | None:
    """The question asked once at sending where a quantity is far outside the usual, or, where nothing is usual yet, far
    beyond the whole target; None for any other. Amounts in milli-units, missing where nobody knows."""
    if usual_milli:
        if milli < TIMES_USUAL * usual_milli:
            return None
        said: dict[str, Part] = {"times": _amount(milli // usual_milli * 1000), "usual": _amount(usual_milli)}
        return Sentence("Jumlah ini %(times)s kali biasanya (sekitar %(usual)s). Benar?", said)
    if not target_milli or milli < TIMES_TARGET * target_milli:
        return None
    said = {"target": _amount(target_milli)}
    return Sentence("Jumlah ini jauh melebihi seluruh target, yaitu %(target)s. Benar?", said)


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
        yield Hint("day", Sentence("Anda tercatat %(away)s pada tanggal ini.", {"away": known.away}))
    elif known.holiday:
        said: dict[str, Part] = {"holiday": known.holiday}
        yield Hint("day", Sentence("Hari libur: %(holiday)s. Kegiatan tetap boleh dicatat.", said))
    elif known.rest:
        yield Hint("day", Sentence("Tanggal ini bukan hari kerja. Kegiatan tetap boleh dicatat."))
    elif known.late_days:
        said = {"n": str(known.late_days)}
        yield Hint("day", Sentence("Terlambat %(n)s hari kerja. Tetap boleh dicatat, dan ditandai terlambat.", said))


def _amount(milli: int) -> str:
    """A quantity as Indonesians write it, at most two places behind the comma, rounded half-up."""
    hundredths = (milli + 5) // 10
    whole, rest = divmod(hundredths, 100)
    fraction = f",{rest:02d}".rstrip("0") if rest else ""
    return f"{whole:,}".replace(",", ".") + fraction
