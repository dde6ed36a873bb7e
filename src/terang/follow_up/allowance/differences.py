"""What differs between a slip and the one that would follow it, fact by fact."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from terang.follow_up.allowance.models import Slip
from terang.rules.allowance import AllowanceRule
from terang.rules.allowance.facts import label_of
from terang.rules.allowance.model import BEFORE_GROSS
from terang.rules.allowance.words import amount
from terang.web.numbers import english
from terang.web.sentences import said

Kept = int | str | None


@dataclass(frozen=True)
class Difference:
    """A fact before and as the records say now, both as a slip keeps them; `taken`: whether the next slip takes it."""

    code: str
    before: Kept
    after: Kept
    taken: bool

    def stored(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Shown:
    """A difference in the reader's language."""

    label: str
    before: str
    after: str
    taken: bool


def between(before: Mapping[str, Kept], after: Mapping[str, Kept], taken: Collection[str]) -> list[Difference]:
    """Every fact that differs, in the order of the slip."""
    codes = [code for code in {**before, **after} if before.get(code) != after.get(code)]
    return [Difference(code, before.get(code), after.get(code), code in taken) for code in codes]


def shown(rows: list[Difference], rule: AllowanceRule) -> list[Shown]:
    """Differences in words; facts that the rule does not read are left out."""
    return [
        Shown(said(label_of(spec)), _words(each.before, spec.unit), _words(each.after, spec.unit), each.taken)
        for each in rows
        if (spec := rule.fact(each.code))
    ]


def _words(value: Kept, unit: str) -> str:
    if value is None or value == "":
        return "–"
    return said(amount(value, unit)) if isinstance(value, int) else value


def between_slips(former: Slip | None, slip: Slip, rule: AllowanceRule) -> list[Shown]:
    """What a slip that was computed again took differently from the one before it."""
    return shown(between(former.facts, slip.facts, slip.facts), rule) if former else []


def rows_between(before: Mapping[str, Any] | None, after: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """The steps before insurance and tax whose amount differs: label, before, after."""
    found: dict[str, list[int]] = {}
    labels: dict[str, str] = {}
    for place, ledger in enumerate((before or {"rows": []}, after)):
        for row in ledger["rows"]:
            if row["kind"] in BEFORE_GROSS:
                key = f"{row['step']}/{row['label']}"
                found.setdefault(key, [0, 0])[place] += row["amount"]
                labels[key] = row["label_en"] if english() else row["label"]
            if row["kind"] == "gross":
                break
    return [(labels[key], old, new) for key, (old, new) in found.items() if old != new]
