"""Working time of government agencies (Perpres 21/2023): minutes due in a week, breaks not counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set


@dataclass(frozen=True)
class Shift:
    """One working day of a weekly schedule: start and end on the same day, local time, break in minutes."""

    start: time
    end: time
    break_minutes: int

    @property
    def minutes(self) -> int:
        """Minutes worked. Raises RuleInputError where nothing is left."""
        worked = _minute(self.end) - _minute(self.start) - self.break_minutes
        if worked <= 0 or self.break_minutes < 0:
            raise RuleInputError(
                f"Jam {self.start:%H:%M}–{self.end:%H:%M}, istirahat {self.break_minutes} menit, tidak masuk akal.",
                "Periksa jam masuk, jam pulang, dan istirahat.",
            )
        return worked


def weekly_minutes(*, ramadan: bool = False, on: date | None = None) -> int:
    """Minutes due in a week: 2,250, in Ramadan 1,950."""
    return int(rule_set("working_time", on).values["ramadan" if ramadan else "normal"]["weekly_minutes"])


def average_daily_minutes(*, ramadan: bool = False, on: date | None = None) -> int:
    """Average minutes due on a working day of the five-day week: 450, in Ramadan 390."""
    return weekly_minutes(ramadan=ramadan, on=on) // int(rule_set("working_time", on).values["normal"]["days"])


def schedule_problems(week: Sequence[Shift], *, ramadan: bool = False, on: date | None = None) -> tuple[str, ...]:
    """What keeps a weekly schedule from being lawful; empty where the sum is right.

    Start times, six-day weeks and shifts may differ by decision of the PPK (Pasal 8–9); the weekly sum may not.
    """
    due = weekly_minutes(ramadan=ramadan, on=on)
    total = sum(shift.minutes for shift in week)
    problems = []
    if len(week) > 6:
        problems.append(f"Jadwal memuat {len(week)} hari kerja dalam seminggu; sisakan hari istirahat.")
    if total != due:
        word = "kurang" if total < due else "lebih"
        problems.append(f"Jadwal berjumlah {total} menit seminggu, seharusnya {due}: {word} {abs(total - due)} menit.")
    return tuple(problems)


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
