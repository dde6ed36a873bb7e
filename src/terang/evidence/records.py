"""One record behind a score, as every screen shows it: the last step from a total down to who wrote what, when."""

from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True)
class Record:
    """One record of evidence, in words.

    `id` is the row's key (0 where the line sums up several rows, as with opinions, which are never shown singly).
    `detail` is one plain sentence. `counted` tells whether it is part of the value; `effect` says how ("dihitung 12
    dokumen").
    `day` is None where the line must not be tied to one. `entered_by`, `accepted_by` are names, empty where nobody
    did or nobody may be named. `url` is empty where there is no page.
    """

    id: int
    day: date | None
    title: str
    detail: str
    counted: bool
    effect: str
    entered_by: str = ""
    entered_at: datetime | None = None
    accepted_by: str = ""
    accepted_at: datetime | None = None
    url: str = ""
    lines: tuple[str, ...] = field(default=())
    """Further lines, for example the points of a checklist."""
