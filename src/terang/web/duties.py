"""What waits for a person, as every room tells it to the first page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Duty:
    """One thing to do or to know: what, why it stands here, how urgent (`wrong`, `attention` or `quiet`), and where."""

    title: str
    detail: str
    kind: str
    url: str
