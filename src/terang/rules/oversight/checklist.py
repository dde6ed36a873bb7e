"""The points an inspection begins with where a government keeps no checklist of its own. Pure; reads one data file."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True)
class Item:
    """One point and where it comes from."""

    text: str
    source: str


@cache
def usual_items() -> tuple[Item, ...]:
    """In the order in which they are looked at."""
    told = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return tuple(Item(**row) for row in told["item"])
