"""Says on screen what a rule or the worker has to say, in the language of whoever looks."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from terang.rules import sentences


def said(sentence: str | Mapping[str, Any]) -> str:
    """A `Sentence`, or what was stored of one, in the language of this request; any other text as it is."""
    return sentences.said(sentences.restored(sentence) if isinstance(sentence, Mapping) else sentence, gettext)
