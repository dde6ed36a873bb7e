"""Says on screen what a rule or the worker has to say, in the language of whoever looks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from terang.rules import sentences
from terang.rules.sentences import mark as _

_DECIMAL = _("%(whole)s,%(part)s")


def said(sentence: str | Mapping[str, Any]) -> str:
    """A `Sentence`, or what was stored of one, in the language of this request; any other text as it is."""
    return sentences.said(sentences.restored(sentence) if isinstance(sentence, Mapping) else sentence, gettext)


def hundredths(value_bp: int) -> sentences.Sentence:
    """Basis points as a score of 100 with two decimals, in a sentence that is stored: 8737 → "87,37" ("87.37")."""
    return sentences.Sentence(_DECIMAL, {"whole": value_bp // 100, "part": f"{value_bp % 100:02d}"})
