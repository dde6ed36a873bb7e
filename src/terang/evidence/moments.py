"""One line of a person's timeline, as any room tells it: something that has a day, or a month's count of many."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Moment:
    """`kind` is one of `KINDS`; `text` is in the language of the request and says nothing that a reader of the person's
    performance may not read. A line with a `count` stands for so many things of the month of `day`; without, for one
    thing on that day. `tone` is ok, attention or nothing. `url` opens it (empty where there is no page)."""

    kind: str
    day: date
    text: str
    url: str = ""
    count: int = 0
    tone: str = ""


WORK, FEEDBACK, TALK, OBSERVED, CHECK, CITIZENS, REPORT, REVIEW, WARNING = (
    "kegiatan",
    "umpan_balik",
    "dialog",
    "observasi",
    "pemeriksaan",
    "warga",
    "laporan",
    "rekan",
    "peringatan",
)
KINDS = (WORK, FEEDBACK, TALK, OBSERVED, CHECK, CITIZENS, REPORT, REVIEW, WARNING)
"""In the order of a month."""
