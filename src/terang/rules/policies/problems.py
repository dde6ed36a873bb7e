"""What is wrong with a policy, said so that the person who wrote it can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Problem:
    """One fault: where (`aspects[2].measures[0].share_bp`), what is wrong, and what to do. Indonesian sentences."""

    path: str
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message} {self.hint}".strip()


class PolicyError(Exception):
    """A policy that may not be used. `problems` lists every fault found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def nearest(word: str, known: Iterable[str]) -> str:
    """ "Maksud Anda …?" for a misspelt word, or the list of known words where none is close."""
    words = sorted(known)
    close = get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if close:
        return f"Maksud Anda “{close[0]}”?"
    return f"Yang dikenal: {', '.join(words)}." if words else ""


def basis_points(value: int) -> str:
    """A ratio as people write it: 9500 → "9.500 (95 %)"."""
    percent = f"{value / 100:.2f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{value:,}".replace(",", ".") + f" ({percent} %)"
