"""Facts as they are written down by hand and read back: "98,5", "ya", "2026-02-16"."""

import re
from datetime import date
from decimal import Decimal

from terang.rules.allowance import Fact, FactSpec
from terang.rules.sentences import Sentence, SentenceError

_NUMBER = re.compile(r"\d{1,12}([.,]\d{1,2})?")


class FactError(SentenceError, ValueError):
    """The text cannot be this fact; the sentence says what to write."""


def read_fact(text: str, spec: FactSpec) -> Fact:
    """The fact in a text. Raises FactError."""
    text = text.strip()
    if spec.unit == "day":
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise FactError(Sentence("Tulis tanggal seperti 2026-02-16.")) from None
    if spec.unit == "flag":
        if text.lower() not in ("ya", "tidak"):
            raise FactError(Sentence("Tulis ya atau tidak."))
        return int(text.lower() == "ya")
    if spec.unit == "code":
        if spec.choices and text not in spec.choices:
            raise FactError(Sentence("Pilih salah satu: %(words)s.", {"words": ", ".join(spec.choices)}))
        return text
    return _number(text, spec)


def _number(text: str, spec: FactSpec) -> int:
    scale = 100 if spec.unit == "share" else 1
    if not _NUMBER.fullmatch(text) or (exact := Decimal(text.replace(",", ".")) * scale) != int(exact):
        raise FactError(Sentence("Tulis angka, tanpa titik ribuan; persen paling banyak dua desimal."))
    if not spec.least <= exact <= spec.most:
        told = {"low": spec.least // scale, "high": spec.most // scale}
        raise FactError(Sentence("Tulis angka dari %(low)s sampai %(high)s.", told))
    return int(exact)


def stored(value: Fact) -> int | str | None:
    """A fact as JSON holds it."""
    return value.isoformat() if isinstance(value, date) else value


def restored(value: int | str | None, spec: FactSpec) -> Fact:
    return date.fromisoformat(value) if spec.unit == "day" and isinstance(value, str) else value
