"""Dated rule sets: which text a rule comes from, from when to when it holds, and how sure we are."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from terang.rules.errors import RuleInputError

Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True)
class RuleSet:
    """One version of a national rule.

    `valid_from` and `valid_to` are both inclusive; no `valid_to` means still in force. `unit` says what its numbers
    count. `confidence` below "high" marks numbers that could not be checked against the printed text; `note` says why.
    `values` holds the numbers as written in the data file.
    """

    id: str
    valid_from: date
    valid_to: date | None
    unit: str
    article: str
    source: str
    confidence: Confidence
    note: str
    values: dict[str, Any]

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@cache
def rule_sets(name: str) -> tuple[RuleSet, ...]:
    """Every version of the rule kept in `data/<name>.toml`, oldest first."""
    text = (files("terang.rules.regulations") / "data" / f"{name}.toml").read_text(encoding="utf-8")
    return tuple(_rule_set(entry) for entry in tomllib.loads(text)["rule_sets"])


def rule_set(name: str, on: date | None = None) -> RuleSet:
    """The version in force on a day; without a day the newest one. Raises RuleInputError before the first version."""
    versions = rule_sets(name)
    if on is None:
        return versions[-1]
    for version in versions:
        if version.holds_on(on):
            return version
    first = versions[0]
    raise RuleInputError(
        f"Belum ada aturan “{name}” yang berlaku pada {on.isoformat()}.",
        f"Aturan pertama yang dikenal ({first.id}) berlaku sejak {first.valid_from.isoformat()}.",
    )


def _rule_set(entry: dict[str, Any]) -> RuleSet:
    return RuleSet(
        id=entry["id"],
        valid_from=entry["valid_from"],
        valid_to=entry.get("valid_to"),
        unit=entry["unit"],
        article=entry["article"],
        source=entry["source"],
        confidence=entry["confidence"],
        note=entry.get("note", ""),
        values=entry["values"],
    )
