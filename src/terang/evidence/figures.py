"""One figure of a performance report, as any room that keeps evidence tells it: prefilled, never typed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`group` is one of `GROUPS`; `value` and `detail` are words with their numbers in Indonesian, because a report is
    frozen with them. `url` leads to the records behind the figure (empty where there is no page). `result_id` is the
    result of the plan it belongs to. `reached` tells whether what was due is reached; None where nothing was due or
    nothing is known: missing is never "not reached". `measures`: whose page opens the records where the room has none
    of its own (codes of the catalogue, the first that a person is scored by).
    """

    group: str
    label: str
    value: str
    detail: str = ""
    url: str = ""
    result_id: int | None = None
    reached: bool | None = None
    measures: tuple[str, ...] = ()


PLAN, WORK, PRESENCE, CITIZENS, COLLEAGUES, OVERSIGHT = (
    "rencana",
    "kegiatan",
    "kehadiran",
    "warga",
    "rekan",
    "pengawasan",
)
GROUPS = (PLAN, WORK, PRESENCE, CITIZENS, COLLEAGUES, OVERSIGHT)
"""In the order of a report."""
