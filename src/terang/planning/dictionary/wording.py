"""Words of the dictionary: families of posts, measures and guards, in the language of the request."""

from dataclasses import dataclass

from django.utils.translation import gettext

from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.measuring import Direction
from terang.rules.catalogue import MEASURES, SIGNALS, MeasureSpec, Signal
from terang.web.numbers import english, quantity, with_unit


@dataclass(frozen=True)
class Measured:
    """A measure of Terang in words: what it is called and how it is computed. `least` is the fewest answers it is made
    of, `opinion` marks what people think."""

    code: str
    label: str
    formula: str
    least: int
    opinion: bool


@dataclass(frozen=True)
class Guard:
    """What is shown beside an entry: a signal, a measure, or another entry (`entry`)."""

    label: str
    explanation: str = ""
    entry: DictionaryEntry | None = None


def family_label(code: str) -> str:
    """A family of posts as people say it; every post where it is empty."""
    return code.replace("_", " ").capitalize() if code else gettext("Semua jabatan")


def measured(code: str) -> Measured | None:
    """The measure behind a code; None where there is none or it is no longer kept."""
    spec = MEASURES.get(code)
    return Measured(code, label(spec), gettext(spec.formula), spec.min_answers, spec.opinion) if spec else None


def label(spec: MeasureSpec | Signal) -> str:
    """The name of a measure or signal."""
    return spec.label_en if english() else spec.label


def guard_of(code: str, entry: DictionaryEntry | None) -> Guard | None:
    """The guard behind a code; `entry` is the entry of that code, where there is one. A code that nothing answers to
    stands as it is, so that nobody believes there is none."""
    if not code:
        return None
    if entry is not None:
        return Guard(entry.text, entry.definition, entry)
    spec = MEASURES.get(code)
    if spec is not None:
        return Guard(label(spec), gettext(spec.formula))
    return Guard(label(SIGNALS[code]) if code in SIGNALS else code)


def usual_target(entry: DictionaryEntry) -> str:
    """The usual target as it is read: "85–90 %", "paling banyak 5 hari", "ya"; empty where there is none."""
    if entry.direction == Direction.YES_NO:
        return gettext("Ya")
    if entry.target_milli is None:
        return ""
    low, high = quantity(entry.target_milli), quantity(entry.target_max_milli or entry.target_milli)
    amount = with_unit(low if low == high else f"{low}–{high}", entry.unit_label)
    return gettext("paling banyak %(amount)s") % {"amount": amount} if entry.direction == Direction.LOWER else amount
