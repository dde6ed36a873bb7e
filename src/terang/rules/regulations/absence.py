"""Days absent without a valid reason and what the discipline rules attach to them (PP 94/2021 Pasal 9–11, 13–14).

The rule names the step; who examines and decides are people, with summons and hearing. Terang never imposes anything.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set


@dataclass(frozen=True)
class Step:
    """A step of the ladder: from how many days, its level (ringan, sedang, berat) and the sanction it names."""

    from_days: int
    level: str
    sanction: str


@dataclass(frozen=True)
class Standing:
    """Where a person stands: cumulative and longest consecutive days, the step reached (None below the first), the days
    left to the next step (None on the last), and whether an early warning is due on exactly these numbers."""

    cumulative: int
    consecutive: int
    step: Step | None
    days_to_next: int | None
    warn: bool


def steps(on: date | None = None) -> tuple[Step, ...]:
    """The ladder in force on a day, mildest first."""
    rows = rule_set("absence", on).values["steps"]
    return tuple(Step(row["from"], row["level"], row["sanction"]) for row in rows)


def standing(absent: Collection[date], working_days: Iterable[date], on: date | None = None) -> Standing:
    """The standing from the absent days of one calendar year. `working_days` are the person's working days in order;
    days in a row are counted along them, so a weekend does not break a run.

    Raises RuleInputError where the absent days belong to more than one year: the count starts anew on 1 January.
    """
    if len({day.year for day in absent}) > 1:
        raise RuleInputError("Hari tidak masuk berasal dari lebih dari satu tahun.", "Hitung tiap tahun tersendiri.")
    cumulative, consecutive = len(set(absent)), _longest_run(set(absent), working_days)
    values = rule_set("absence", on).values
    ladder = steps(on)
    reached = [step for step in ladder if step.from_days <= cumulative]
    if consecutive >= values["consecutive_dismissal"]:
        reached = list(ladder)
    ahead = [step.from_days - cumulative for step in ladder[len(reached) :]]
    warn = cumulative in values["warn_cumulative"] or consecutive in values["warn_consecutive"]
    return Standing(cumulative, consecutive, reached[-1] if reached else None, ahead[0] if ahead else None, warn)


def days_from_minutes(minutes: int, minutes_per_day: int | None) -> tuple[int, int]:
    """Late and early minutes as whole absent days and the minutes left over; (0, minutes) where the government does
    not convert (`minutes_per_day` missing). 450 and 300 are in use; the status under PP 94/2021 is open."""
    if minutes < 0 or (minutes_per_day is not None and minutes_per_day <= 0):
        raise RuleInputError("Menit tidak boleh kurang dari nol.", "Periksa jumlah menit terlambat dan pulang cepat.")
    return divmod(minutes, minutes_per_day) if minutes_per_day else (0, minutes)


def _longest_run(absent: Collection[date], working_days: Iterable[date]) -> int:
    longest = run = 0
    for day in working_days:
        run = run + 1 if day in absent else 0
        longest = max(longest, run)
    return longest
