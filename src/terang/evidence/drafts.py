"""Drafts of daily work, made by the rooms that know what was done; the room of daily work offers them.

Each room has `work_drafts.py` with `drafts(employee, start, end) -> list[Draft]`, named in `TERANG_WORK_DRAFTS`.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Draft:
    """One thing done on one day, ready to become an entry.

    `source` is `app.model:id` of the record, or `app.group:key:day` for several of a day; what stands before its last
    colon says what kind of draft it is, and the person's last choice for that kind is suggested again. `quantity_milli`
    and `minutes` are missing where the record does not tell. `task_id`: the task it is, where it is one. `measure` is
    the code of a measure whose indicator it counts for, `unit_label` what is counted. `url` leads to the record.
    """

    source: str
    day: date
    text: str
    quantity_milli: int | None = None
    unit_label: str = ""
    minutes: int | None = None
    task_id: int | None = None
    measure: str = ""
    url: str = ""
    origin: str = ""
    """Where it comes from, in words: “3 permohonan selesai”, “Surat tugas 12/2026”."""

    @property
    def kind(self) -> str:
        return self.source.rpartition(":")[0]
