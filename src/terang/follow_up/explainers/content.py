"""The explainers as they are written in `explainers.toml`, in the reader's language."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.http import Http404

from terang.web.numbers import english

FILE = Path(__file__).with_name("explainers.toml")


@dataclass(frozen=True)
class Question:
    """One question with its options; `right` is the place of the right one, from 0, and `why` says why it is."""

    ask: str
    ask_en: str
    options: tuple[str, ...]
    options_en: tuple[str, ...]
    right: int
    why: str
    why_en: str

    @property
    def asked(self) -> str:
        return self.ask_en if english() else self.ask

    @property
    def choices(self) -> tuple[str, ...]:
        return self.options_en if english() else self.options

    @property
    def because(self) -> str:
        return self.why_en if english() else self.why


@dataclass(frozen=True)
class Explainer:
    """One explainer. `version` rises when its meaning changes; `minutes` is about how long it takes to read."""

    code: str
    version: int
    minutes: int
    title: str
    title_en: str
    text: tuple[str, ...]
    text_en: tuple[str, ...]
    questions: tuple[Question, ...]

    @property
    def name(self) -> str:
        return self.title_en if english() else self.title

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return self.text_en if english() else self.text


@cache
def explainers() -> dict[str, Explainer]:
    """Every explainer by its code, in the order of the file."""
    found = {}
    for row in tomllib.loads(FILE.read_text("utf-8"))["explainers"]:
        questions = tuple(
            Question(**{**each, "options": tuple(each["options"]), "options_en": tuple(each["options_en"])})
            for each in row.pop("questions")
        )
        told = {**row, "text": tuple(row["text"]), "text_en": tuple(row["text_en"])}
        found[row["code"]] = Explainer(**told, questions=questions)
    return found


def explainer_for(code: str) -> Explainer:
    """Raises Http404."""
    try:
        return explainers()[code]
    except KeyError:
        raise Http404(code) from None
