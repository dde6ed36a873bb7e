"""When silence closes a complaint, and what it adds to the measure of who answered it."""

from dataclasses import dataclass
from datetime import date, datetime


def closes_by_silence(
    *, answered_at: datetime | None, citizen_wrote_at: datetime | None, response_due_on: date | None, today: date
) -> bool:
    """Whether the citizen's time to reply is over after an answer that the citizen can see.

    Never without an answer after the citizen's last message. `citizen_wrote_at` is missing where only the report itself
    was written; `response_due_on` counts from the latest answer and its day still belongs to the citizen.
    """
    if answered_at is None or response_due_on is None:
        return False
    return (citizen_wrote_at is None or citizen_wrote_at < answered_at) and today > response_due_on


@dataclass(frozen=True)
class Outcome:
    """What one complaint adds to `rules.tables.COMPLAINTS` on `day`: one due answer, whether it was in time and
    confirmed, and whether the citizen opened it again."""

    day: date
    in_time_confirmed: bool
    reopened: bool


def outcome(*, answered_on: date | None, due_on: date, settled: bool, reopened: bool, as_of: date) -> Outcome | None:
    """What a complaint counts as; None while nothing is settled.

    `answered_on` is the day of the first final answer. An answer in time waits for the citizen: it counts once it is
    confirmed or closed by silence (`settled`), or opened again. A day of an answer that passed without one counts at
    once. Opened again it never counts as answered in time, however it ends. A complaint counts on the day of its first
    final answer, or on the due day where none came in time.
    """
    late = answered_on > due_on if answered_on else as_of > due_on
    if not (late or (answered_on and (settled or reopened))):
        return None
    day = min(answered_on, due_on) if answered_on else due_on
    return Outcome(day, in_time_confirmed=not late and not reopened, reopened=reopened)
