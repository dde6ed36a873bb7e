"""What waits for a person, as every room tells it to the first page."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Duty:
    """One thing to do or to know: what, why it stands here, how urgent (`wrong`, `attention` or `quiet`), and where.

    `due` is the last day or the day it takes place, for calendars; missing where there is none.
    """

    title: str
    detail: str
    kind: str
    url: str
    due: date | None = None
