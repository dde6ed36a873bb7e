"""Drawing by lot so that anybody can do it again with pencil and `sha256sum`. Pure.

A list is written down and its digest told before the seed is known (`list_text`, `digest_of`). The seed comes from a
salt inside the list and from something that did not exist then and that nobody chose (`seed_of`). Every code has a
number, SHA-256 of seed and code; the lowest are drawn. What this guards against, and what not: ADR 0018.

Review among colleagues is drawn otherwise on purpose (`rules.reviews.draw`): there nobody may ever repeat it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass(frozen=True)
class Paper:
    """The list as it is frozen: `lots` of `codes` are drawn; `risks` (reason by code) are visited whatever falls."""

    title: str
    day: str
    salt: str
    lots: int
    codes: Collection[str]
    risks: Mapping[str, str] = field(default_factory=dict)


def list_text(paper: Paper) -> str:
    """The list as text, one thing a line, the same whatever order it was given in. Raises ValueError for a code that
    stands twice, more lots than codes, and a text that is no single line."""
    if len(set(paper.codes)) != len(paper.codes) or set(paper.codes) & set(paper.risks):
        raise ValueError("A unit stands on the list once: by lot or by risk.")
    if not 0 <= paper.lots <= len(paper.codes):
        raise ValueError("No more can be drawn than stand on the list.")
    lines = [
        f"surat: {_line(paper.title)}",
        f"tanggal: {_line(paper.day)}",
        f"garam: {_line(paper.salt)}",
        f"banyaknya: {paper.lots}",
        *(f"risiko: {_line(code)} ({_line(paper.risks[code])})" for code in sorted(paper.risks)),
        *(f"undi: {_line(code)}" for code in sorted(paper.codes)),
    ]
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    if not text.strip() or len(text.splitlines()) != 1:
        raise ValueError(f"Not one line of text: {text!r}.")
    return text


def codes_in(text: str) -> list[str]:
    """The codes that take part, read back from a list (`list_text`)."""
    return [line.removeprefix("undi: ") for line in text.splitlines() if line.startswith("undi: ")]


def digest_of(text: str) -> str:
    """SHA-256 of a text as hexadecimal digits, as `sha256sum` tells it."""
    return sha256(text.encode()).hexdigest()


def seed_of(salt: str, beacon: str) -> str:
    """The seed: SHA-256 of the salt followed by what nobody chose."""
    return digest_of(f"{salt}{beacon}")


def number_of(seed: str, code: str) -> str:
    """What a code throws: SHA-256 of the seed followed by the code."""
    return digest_of(f"{seed}{code}")


def in_order(seed: str, codes: Iterable[str]) -> list[str]:
    """All codes, lowest number first. Raises ValueError for a code that stands twice: it would have two chances."""
    given = list(codes)
    if len(set(given)) != len(given):
        raise ValueError("A code stands on the list twice.")
    return sorted(given, key=lambda code: (number_of(seed, code), code))


def drawn(seed: str, codes: Iterable[str], lots: int) -> list[str]:
    """The `lots` codes with the lowest numbers, all of them where there are fewer."""
    return in_order(seed, codes)[: max(0, lots)]
