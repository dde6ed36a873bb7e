"""One finding about a plan, with what to do."""

from dataclasses import dataclass
from typing import Literal

from terang.rules.sentences import Sentence

Severity = Literal["error", "hint"]
Part = Literal["hasil", "perilaku", "lampiran"]


@dataclass(frozen=True)
class Problem:
    """`row_key` names the result or indicator (empty: the whole plan)."""

    code: str
    severity: Severity
    message: Sentence
    advice: Sentence
    row_key: str = ""
    part: Part = "hasil"
    source: str = ""
