"""What the records know of a person on a day, told by the room that keeps presence to overseers on the spot."""

from dataclasses import dataclass

from terang.rules.oversight.roster import Away


@dataclass(frozen=True)
class Whereabouts:
    """`punched_at` is the first record of the day as a clock time (empty: none yet), `away` why the person is elsewhere
    by the records (None: nothing recorded), with its `label` in words."""

    punched_at: str = ""
    away: Away | None = None
    label: str = ""
