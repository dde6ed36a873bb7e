"""One status for one day of one person, derived by declared precedence, with the reason.

Times are whole minutes from the day's local midnight, truncated; a shift over midnight ends after 1,440, and a punch of
the next morning is given as 1,440 and more. No order of the inputs changes the answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from terang.rules.errors import RuleInputError
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

Mode = Literal["office", "elsewhere", "dynamic"]
"""`office`: fixed times on site; `elsewhere`: fixed times, free place (WFH, WFA); `dynamic`: the week's hours freely
spread (PermenPANRB 4/2025), so nobody is late on a single day."""

PRECEDENCE = (
    "skorsing",
    "cltn",
    "cuti",
    "tugas_belajar",
    "diklat",
    "dinas_luar",
    "sakit",
    "izin",
)
"""Grounds that take a day out of what is required, strongest first. A declared choice, not a regulation."""

GROUND_WORDS = {
    "skorsing": Sentence(_("pemberhentian sementara")),
    "cltn": Sentence(_("cuti di luar tanggungan negara")),
    "cuti": Sentence(_("cuti")),
    "tugas_belajar": Sentence(_("tugas belajar")),
    "diklat": Sentence(_("pendidikan dan pelatihan")),
    "dinas_luar": Sentence(_("dinas luar")),
    "sakit": Sentence(_("sakit")),
    "izin": Sentence(_("izin")),
}


@dataclass(frozen=True)
class Shift:
    """The working time of the day. `early` and `late` are how long before the start and after the end a punch is still
    taken as belonging to it."""

    start: int
    end: int
    mode: Mode = "office"
    early: int = 120
    late: int = 240

    @classmethod
    def free(cls, start: int, end: int) -> "Shift":
        """The same day in free hours: every record of the day belongs to it."""
        return cls(start, end, "dynamic", early=start, late=max(0, 1439 - end))

    def __post_init__(self) -> None:
        if not 0 <= self.start < 1440 or self.end <= self.start or self.end - self.start > 1440:
            raise RuleInputError("Jam kerja ini tidak masuk akal.", "Periksa jam masuk dan jam pulang.")


@dataclass(frozen=True)
class Ground:
    """A reason to be away: its kind (one of `PRECEDENCE`) and the paper it rests on."""

    kind: str
    document: str = ""


@dataclass(frozen=True)
class Day:
    """What is known about a day. `shift` is None where no work is due (`off` says why). `outages` are spans of minutes,
    the end exclusive, in which punching was impossible."""

    shift: Shift | None
    off: str = ""
    punches: Sequence[int] = ()
    grounds: Sequence[Ground] = ()
    outages: Sequence[tuple[int, int]] = ()


@dataclass(frozen=True)
class DayResult:
    """The status with its reason. `required` says whether the day counts as one the person owed.

    `check_in` and `check_out` are None where no punch belongs to them; `missing_in` and `missing_out` are set only
    where that is the person's own gap. `clashes` are inputs that contradict the status: to be looked at by a person.
    """

    status: str
    required: bool
    reason: Sentence
    check_in: int | None = None
    check_out: int | None = None
    late: int = 0
    early: int = 0
    missing_in: bool = False
    missing_out: bool = False
    clashes: tuple[Sentence, ...] = field(default=())


def day_result(day: Day) -> DayResult:
    """The one status of the day. Raises RuleInputError for a ground that is not declared."""
    for ground in day.grounds:
        if ground.kind not in PRECEDENCE:
            raise RuleInputError(f"Alasan “{ground.kind}” tidak dikenal.", f"Pilih {', '.join(PRECEDENCE)}.")
    if day.shift is None:
        off = (
            Sentence(_("Bukan hari kerja: %(why)s."), {"why": day.off}) if day.off else Sentence(_("Bukan hari kerja."))
        )
        return DayResult("libur", required=False, reason=off)
    grounds = sorted(day.grounds, key=lambda ground: (PRECEDENCE.index(ground.kind), ground.document))
    arrived, left = punches_of(day.shift, day.punches)
    if grounds:
        return _excused(day.shift, grounds, arrived, left)
    if arrived is None and left is None:
        return _without_punch(day.shift, day.outages)
    return _present(day.shift, arrived, left, day.outages)


def punches_of(shift: Shift, punches: Sequence[int]) -> tuple[int | None, int | None]:
    """The punch in and the punch out: the first of the first half and the last of the second half of the working time,
    with its margins; with free hours the first and the last. What people press on the device is not asked: it is often
    wrong."""
    opens, closes = shift.start - shift.early, shift.end + shift.late
    middle = (shift.start + shift.end) // 2
    mine = sorted(punch for punch in punches if opens <= punch <= closes)
    if shift.mode == "dynamic":
        return (mine[0] if mine else None, mine[-1] if mine and mine[-1] > mine[0] else None)
    first = [punch for punch in mine if punch < middle]
    second = [punch for punch in mine if punch >= middle]
    return (first[0] if first else None, second[-1] if second else None)


def _excused(shift: Shift, grounds: list[Ground], arrived: int | None, left: int | None) -> DayResult:
    ground = grounds[0]
    words = {"ground": GROUND_WORDS[ground.kind], "document": ground.document}
    reason = (
        Sentence(_("Tercatat %(ground)s (%(document)s)."), words)
        if ground.document
        else Sentence(_("Tercatat %(ground)s."), {"ground": words["ground"]})
    )
    clashes = []
    if arrived is not None or left is not None:
        clashes.append(Sentence(_("Ada rekaman kehadiran pada hari ini.")))
    if len({each.kind for each in grounds}) > 1:
        others = {"other": GROUND_WORDS[grounds[1].kind]}
        clashes.append(Sentence(_("Tercatat pula %(other)s pada hari yang sama."), others))
    return DayResult(
        ground.kind, required=False, reason=reason, check_in=arrived, check_out=left, clashes=tuple(clashes)
    )


def _without_punch(shift: Shift, outages: Sequence[tuple[int, int]]) -> DayResult:
    if _touches(outages, shift.start - shift.early, shift.start + 1) or _touches(
        outages, shift.end, shift.end + shift.late
    ):
        return DayResult(
            "gangguan", required=False, reason=Sentence(_("Perekam kehadiran terganggu pada jam masuk atau pulang."))
        )
    return DayResult(
        "tanpa_keterangan", required=True, reason=Sentence(_("Tidak ada rekaman dan tidak ada keterangan."))
    )


def _present(shift: Shift, arrived: int | None, left: int | None, outages: Sequence[tuple[int, int]]) -> DayResult:
    if shift.mode == "dynamic":
        reason = (
            Sentence(_("Hadir; waktu kerja dinamis, dihitung per minggu."))
            if left is not None
            else Sentence(_("Hadir; waktu kerja dinamis. Baru satu rekaman, jadi lamanya belum diketahui."))
        )
        return DayResult("hadir", required=True, reason=reason, check_in=arrived, check_out=left)
    no_in = arrived is None and not _touches(outages, shift.start - shift.early, shift.start + 1)
    no_out = left is None and not _touches(outages, shift.end, shift.end + shift.late)
    late = 0 if arrived is None else _owed(shift.start, arrived, outages)
    early = 0 if left is None else _owed(left, shift.end, outages)
    return DayResult(
        "hadir",
        required=True,
        reason=_told(late, early, no_in, no_out),
        check_in=arrived,
        check_out=left,
        late=late,
        early=early,
        missing_in=no_in,
        missing_out=no_out,
    )


def _told(late: int, early: int, no_in: bool, no_out: bool) -> Sentence:
    if no_in:
        return Sentence(_("Hadir, tetapi tanpa rekaman masuk."))
    if no_out:
        return Sentence(_("Hadir, tetapi tanpa rekaman pulang."))
    if late and early:
        return Sentence(
            _("Hadir, terlambat %(late)s menit dan pulang %(early)s menit lebih awal."), {"late": late, "early": early}
        )
    if late:
        return Sentence(_("Hadir, terlambat %(late)s menit."), {"late": late})
    if early:
        return Sentence(_("Hadir, pulang %(early)s menit lebih awal."), {"early": early})
    return Sentence(_("Hadir tepat waktu."))


def _owed(start: int, end: int, outages: Sequence[tuple[int, int]]) -> int:
    """Minutes from `start` to `end` (none where it lies before), without those of an outage."""
    if end <= start:
        return 0
    return sum(1 for minute in range(start, end) if not any(first <= minute < last for first, last in outages))


def _touches(outages: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    return any(first < end and last > start for first, last in outages)
