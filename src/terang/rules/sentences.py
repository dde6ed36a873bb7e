"""Sentences for people, made where no language is known and said in the reader's.

A rule, the worker and the command line all find what is wrong long before anybody reads it. They make a `Sentence`: it
is the Indonesian text, and still knows the marked text and the values it was made of. A screen says it with `said`.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

Part = str | int
"""A value in a sentence. A `Sentence` is said along with it; any other text (a name, a code) stays as it is."""


def mark(text: str) -> str:
    """Marks a fixed text for the translations of the screens; here it stays as it is."""
    return text


class Sentence(str):
    """An Indonesian sentence that can still be said in another language.

    `text` is the literal that translations are looked up by, with places such as %(days)s; `params` fills them, and
    without any a percent sign stands for itself.
    """

    text: str
    params: Mapping[str, Part]

    def __new__(cls, text: str, params: Mapping[str, Part] | None = None) -> "Sentence":
        self = super().__new__(cls, text % params if params else text)
        self.text = text
        self.params = dict(params or {})
        return self

    def stored(self) -> dict[str, Any]:
        """The sentence as JSON can hold it; `restored` reads it back."""
        params = {name: part.stored() if isinstance(part, Sentence) else part for name, part in self.params.items()}
        return {"text": self.text, "params": params}


class SentenceError(Exception):
    """An error told in a `Sentence`, to be said by whoever catches it."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def restored(stored: Mapping[str, Any]) -> Sentence:
    """The sentence that `Sentence.stored` gave."""
    params = stored["params"].items()
    return Sentence(stored["text"], {name: restored(part) if isinstance(part, dict) else part for name, part in params})


def joined(separator: str, parts: Iterable[Part]) -> Sentence:
    """Names, numbers and sentences one after the other."""
    params = {f"part{number}": part for number, part in enumerate(parts)}
    return Sentence(separator.join(f"%({name})s" for name in params), params)


def said(part: Part, translate: Callable[[str], str]) -> str:
    """A sentence in the language of `translate`; any other value as text."""
    if not isinstance(part, Sentence):
        return str(part)
    text = translate(part.text)
    return text % {name: said(value, translate) for name, value in part.params.items()} if part.params else text
