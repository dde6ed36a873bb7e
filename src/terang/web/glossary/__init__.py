"""The field's terms with their meaning and article, in one file for screens, the public page and `docs/glossary.md`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from terang.web.numbers import english

PERFORMANCE = "PermenPANRB 6/2022"
"""The regulation that an article without a name belongs to."""
FILE = Path(__file__).with_name("terms.toml")


@dataclass(frozen=True)
class Term:
    """One term. `source` names the article; "policy" where a government's own policy says what holds, "—" where none
    is needed."""

    code: str
    term: str
    en: str
    identifier: str
    meaning: str
    meaning_en: str
    source: str

    @property
    def word(self) -> str:
        """The term in the reader's language."""
        return self.en if english() else self.term

    @property
    def told(self) -> str:
        """The meaning as a sentence in the reader's language."""
        if not english():
            return self.meaning
        return f"{self.meaning_en[0].upper()}{self.meaning_en[1:]}.".replace("`", "").replace("*", "")

    @property
    def article(self) -> str:
        """The article it stands in; empty where it is no word of the law."""
        if self.source in ("policy", "—"):
            return ""
        return f"{PERFORMANCE} {self.source}" if self.source.startswith(("Ps.", "Pasal", "Lampiran")) else self.source

    @property
    def is_policy(self) -> bool:
        return self.source == "policy"


@cache
def terms() -> dict[str, Term]:
    """Every term by its code, in the order of the file."""
    return {each["code"]: Term(**each) for each in tomllib.loads(FILE.read_text(encoding="utf-8"))["terms"]}


def in_order() -> list[Term]:
    """The terms by the alphabet of the reader's language."""
    return sorted(terms().values(), key=lambda each: each.word.casefold())
