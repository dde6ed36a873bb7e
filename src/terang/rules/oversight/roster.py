"""The roster of a visit: what was seen against what is recorded, and the summary. Pure.

Source: the practice of unannounced inspections (Jembrana 2019, Indramayu 2026) and PP 94/2021: nobody is absent without
reason before being asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """What the overseer saw."""

    SEEN = "terlihat"
    EXCUSED = "beralasan"
    ABSENT = "tidak_terlihat"


class Away(StrEnum):
    """Why somebody is elsewhere: as recorded, or as told on the spot."""

    SICK = "sakit"
    PERMISSION = "izin"
    LEAVE = "cuti"
    DUTY = "dinas_luar"
    SHIFT_OFF = "lepas_sif"
    OTHER = "lain"


class Outcome(StrEnum):
    """`MATCHED`: records and eyes agree. `NOTE`: they differ, to the disadvantage of nobody. `QUESTION`: recorded as
    present and not there. `FINDING`: neither recorded, nor there, nor excused."""

    MATCHED = "sesuai"
    NOTE = "catatan"
    QUESTION = "pertanyaan"
    FINDING = "temuan"


@dataclass(frozen=True)
class Line:
    """One person: whether a punch of the day is known, why they are away by the records and by what was told (None:
    nothing known), and what was seen (None: not marked yet)."""

    punched: bool
    recorded: Away | None = None
    mark: Mark | None = None
    told: Away | None = None

    @property
    def why_away(self) -> Away | None:
        """The reason that counts: the record before what colleagues say."""
        return self.recorded or self.told


def outcome(line: Line) -> Outcome | None:
    """What follows from a line; None while nobody marked it."""
    if line.mark is None:
        return None
    if line.mark == Mark.SEEN:
        return Outcome.MATCHED if line.punched and line.recorded is None else Outcome.NOTE
    if line.punched:
        return Outcome.MATCHED if line.recorded == Away.DUTY else Outcome.QUESTION
    if line.recorded is not None:
        return Outcome.MATCHED
    return Outcome.NOTE if line.mark == Mark.EXCUSED else Outcome.FINDING


@dataclass(frozen=True)
class Summary:
    """Heads. `expected` is everybody assigned; those away are counted by their reason, `unexplained` are those not seen
    without one. `presence_bp` (basis points) is present of expected less those whose shift is off; missing while
    somebody is not marked, or where nobody had to be there."""

    expected: int
    present: int
    sick: int
    permission: int
    leave: int
    duty: int
    shift_off: int
    other: int
    unexplained: int
    unmarked: int
    presence_bp: int | None


def summary(lines: Iterable[Line]) -> Summary:
    """Everybody is counted once: present + away by reason + unexplained + unmarked = expected."""
    rows = list(lines)
    gone = [row for row in rows if row.mark in (Mark.EXCUSED, Mark.ABSENT)]

    def away(reason: Away) -> int:
        return sum(row.why_away == reason for row in gone)

    present, unmarked = sum(row.mark == Mark.SEEN for row in rows), sum(row.mark is None for row in rows)
    due = len(rows) - away(Away.SHIFT_OFF)
    return Summary(
        expected=len(rows),
        present=present,
        sick=away(Away.SICK),
        permission=away(Away.PERMISSION),
        leave=away(Away.LEAVE),
        duty=away(Away.DUTY),
        shift_off=away(Away.SHIFT_OFF),
        other=away(Away.OTHER),
        unexplained=sum(row.why_away is None for row in gone),
        unmarked=unmarked,
        presence_bp=share_bp(present, due) if due and not unmarked else None,
    )


def share_bp(part: int, whole: int) -> int:
    """`part` of `whole` in basis points, half-up."""
    return (2 * part * 10_000 + whole) // (2 * whole)
