"""What is wrong with a policy, said so that the person who wrote it can put it right."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from terang.rules.sentences import Sentence


@dataclass(frozen=True)
class Problem:
    """One fault: where (`aspects[2].measures[0].share_bp`), what is wrong, and what to do.

    `unreadable`: the file is not of the form of a policy there, so no editor could show what it says. `kind` is the
    code of a fault that an editor says in words of its own; empty for the others.
    """

    path: str
    message: Sentence
    hint: Sentence
    unreadable: bool = False
    kind: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.message} {self.hint}".strip()


class PolicyError(Exception):
    """A policy that may not be used. `problems` lists every fault found, in the order of the file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


NOTHING = Sentence("")
"""No hint: there is nothing to add to what is wrong."""


def nearest(word: str, known: Iterable[str]) -> Sentence:
    """ "Maksud Anda …?" for a misspelt word, or the list of known words where none is close."""
    words = sorted(known)
    close = get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    if close:
        return Sentence("Maksud Anda “%(word)s”?", {"word": close[0]})
    return Sentence("Yang dikenal: %(words)s.", {"words": ", ".join(words)}) if words else NOTHING


def basis_points(value: int) -> Sentence:
    """A ratio as the file and as people write it: 9500 → "9500 (95 %)"."""
    whole, hundredths = divmod(value, 100)
    if not hundredths:
        return Sentence("%(points)s (%(whole)s %%)", {"points": value, "whole": whole})
    decimals = f"{hundredths:02}".rstrip("0")
    return Sentence("%(points)s (%(whole)s,%(decimals)s %%)", {"points": value, "whole": whole, "decimals": decimals})


def percent(value_bp: int) -> Sentence:
    """A ratio as people write it, to the last basis point and never torn apart: 9550 → "95,5 %"."""
    whole, hundredths = divmod(value_bp, 100)
    if not hundredths:
        return Sentence("%(whole)s\u00a0%%", {"whole": whole})
    return Sentence("%(whole)s,%(decimals)s\u00a0%%", {"whole": whole, "decimals": f"{hundredths:02}".rstrip("0")})
