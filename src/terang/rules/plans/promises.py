"""Whether a leading official's plan carries what the unit promised for the year (PermenPANRB 6/2022 Lampiran II p. 27).

Every promised indicator stands in a main result, alone or with others of the same goal, with the target that was
promised or a better one. Before the signing the draft may be used; what differs from a draft only draws a hint.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from terang.rules.plans.document import PlanDocument, PlannedIndicator, PlannedResult
from terang.rules.plans.problem import Problem
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

SOURCE = "p. 27"


@dataclass(frozen=True)
class Promised:
    """An indicator of the yearly agreement. `target_milli` is missing where nothing was told about it; `draft` is true
    before the signing. `direction` is that of the indicator of the goal."""

    pk: int
    text: str
    target_milli: int | None = None
    target_max_milli: int | None = None
    unit_label: str = ""
    direction: str = "higher"
    draft: bool = False


def promise_problems(document: PlanDocument, promised: Iterable[Promised]) -> Iterator[Problem]:
    """What is missing, other than promised, or told in other words."""
    for promise in promised:
        results = [result for result in document.main_results if _carries(result, promise.pk)]
        if not results:
            yield _missing(promise)
        else:
            yield from _other(promise, [each for result in results for each in _rows(result, promise.pk)])


def _carries(result: PlannedResult, pk: int) -> bool:
    return pk in (_above(result), *(indicator.goal_indicator_id for indicator in result.indicators))


def _above(result: PlannedResult) -> int | None:
    return result.goal_indicator_id or (result.leader.goal_indicator_id if result.leader else None)


def _rows(result: PlannedResult, pk: int) -> list[PlannedIndicator]:
    """The indicators that stand for the promised one: those that name it, else those that name none."""
    named = [each for each in result.indicators if each.goal_indicator_id == pk]
    return named or [each for each in result.indicators if each.goal_indicator_id is None]


def _missing(promise: Promised) -> Problem:
    text = _("Indikator Perjanjian Kinerja “%(text)s” belum ada di hasil kerja utama.")
    if promise.draft:
        text = _("Indikator draf Perjanjian Kinerja “%(text)s” belum ada di hasil kerja utama.")
    advice = Sentence(_("Tambahkan sebagai hasil kerja utama beserta targetnya."))
    return _problem(promise, "promise", Sentence(text, {"text": promise.text}), advice)


def _other(promise: Promised, rows: list[PlannedIndicator]) -> Iterator[Problem]:
    """Nothing where one row keeps the promise in its words."""
    if promise.target_milli is None or not rows:
        return
    kept = [row for row in rows if keeps(row, promise)]
    if not kept:
        yield _target(promise, rows[0])
    elif all(_plain(row.text) != _plain(promise.text) for row in kept):
        message = Sentence(_("Indikator ini diperjanjikan dengan kata lain: “%(text)s”."), {"text": promise.text})
        advice = Sentence(_("Samakan katanya agar mudah dicocokkan."))
        yield Problem(f"promised_text_{promise.pk}", "hint", message, advice, kept[0].key, source=SOURCE)


def keeps(row: PlannedIndicator, promise: Promised) -> bool:
    """Whether the target is the promised one or better, in the same unit. A target in words alone is not compared."""
    if row.target_milli is None:
        return bool(row.target_text.strip())
    if promise.target_milli is None:
        return True
    if _plain(row.unit_label) != _plain(promise.unit_label):
        return False
    if promise.direction == "lower":
        return row.target_milli <= promise.target_milli
    if promise.target_max_milli is not None:
        upper = row.target_milli if row.target_max_milli is None else row.target_max_milli
        return promise.target_milli <= row.target_milli and upper <= promise.target_max_milli
    return row.target_milli >= promise.target_milli


def _target(promise: Promised, row: PlannedIndicator) -> Problem:
    text = _("Diperjanjikan %(promised)s, di rencana ini %(planned)s: “%(text)s”.")
    if promise.draft:
        text = _("Draf Perjanjian Kinerja: %(promised)s, di rencana ini %(planned)s: “%(text)s”.")
    words = {
        "promised": figure(promise.target_milli, promise.target_max_milli, promise.unit_label),
        "planned": figure(row.target_milli, row.target_max_milli, row.unit_label),
        "text": promise.text,
    }
    advice = Sentence(_("Samakan target dan satuannya dengan Perjanjian Kinerja, atau ubah perjanjiannya dahulu."))
    return _problem(promise, "promised_target", Sentence(text, words), advice, row.key)


def _problem(promise: Promised, code: str, message: Sentence, advice: Sentence, row_key: str = "") -> Problem:
    severity = "hint" if promise.draft else "error"
    return Problem(f"{code}_{promise.pk}", severity, message, advice, row_key, source=SOURCE)  # type: ignore[arg-type]


def figure(low: int | None, high: int | None, unit: str) -> str:
    """A target as Indonesian forms write it: "85–90 %", "1.200 dokumen"; "tanpa angka" where there is none."""
    if low is None:
        return "tanpa angka"
    amount = _number(low) if high is None else f"{_number(low)}–{_number(high)}"
    return f"{amount} {unit}".strip()


def _number(milli: int) -> str:
    whole, rest = divmod(abs(milli), 1000)
    text = f"{whole:,}".replace(",", ".") + (f",{rest:03d}".rstrip("0") if rest else "")
    return f"−{text}" if milli < 0 else text


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
