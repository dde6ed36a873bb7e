"""What an entry of the dictionary must be. Pure: no query, no clock; the same checks for a file and for a form.

Every carrot has a guard: an entry tied to a measure of Terang, which can be scored and paid, names what is shown beside
it (another entry, another measure, or a signal of the catalogue).
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields

from terang.planning.measuring import Aspect, Direction, Gathering, Perspective
from terang.rules.catalogue import MEASURES, SIGNALS
from terang.rules.policies.problems import NOTHING, Problem, nearest
from terang.rules.sentences import Sentence
from terang.rules.sentences import mark as _

CODE = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
FAMILY = re.compile(r"[a-z][a-z0-9_]*")
LONGEST = {
    "code": 40,
    "family": 40,
    "result": 300,
    "text": 250,
    "unit_label": 40,
    "definition": 2_000,
    "formula": 300,
    "source": 200,
    "guard": 40,
    "example": 250,
}
"""Characters of each text."""
MOST_MILLI = 10**12
_NEEDED = ("code", "result", "text", "unit_label", "definition")
_CHOICES = {"aspect": Aspect, "perspective": Perspective, "direction": Direction, "gathering": Gathering}


@dataclass(frozen=True)
class EntryDraft:
    """An entry as written, before it is kept. Fields are those of `DictionaryEntry`; targets in milli-units."""

    code: str
    result: str
    text: str
    unit_label: str
    definition: str
    family: str = ""
    aspect: str = Aspect.QUANTITY
    perspective: str = ""
    direction: str = Direction.HIGHER
    gathering: str = Gathering.SUM
    target_milli: int | None = None
    target_max_milli: int | None = None
    formula: str = ""
    source: str = ""
    measure: str = ""
    guard: str = ""
    example: str = ""


FIELDS = tuple(each.name for each in fields(EntryDraft))


def problems(draft: EntryDraft, others: Collection[str]) -> list[Problem]:
    """Everything that keeps the draft from being kept, each with the field as `path`. `others` are the codes of the
    entries in use beside it, which may guard it."""
    return [*_texts(draft), *_codes(draft), *_choices(draft), *_target(draft), *_guard(draft, others)]


def _problem(path: str, message: str, hint: str = "", **words: str | int) -> Problem:
    return Problem(path, Sentence(message, words), Sentence(hint, words) if hint else NOTHING)


def _texts(draft: EntryDraft) -> Iterator[Problem]:
    for name in _NEEDED:
        if not getattr(draft, name).strip():
            yield _problem(name, _("belum diisi."))
    for name, most in LONGEST.items():
        if len(getattr(draft, name)) > most:
            yield _problem(name, _("lebih panjang dari %(most)s huruf."), _("Ringkaskan."), most=most)


def _codes(draft: EntryDraft) -> Iterator[Problem]:
    if draft.code and not CODE.fullmatch(draft.code):
        yield _problem(
            "code",
            _("“%(code)s” bukan kode."),
            _("Pakai huruf kecil, angka, dan tanda hubung, misalnya ktp-tepat-waktu."),
            code=draft.code,
        )
    if draft.code in MEASURES or draft.code in SIGNALS:
        message = _("“%(code)s” adalah kode ukuran Terang.")
        yield _problem("code", message, _("Pilih kode lain supaya penjaga tidak tertukar."), code=draft.code)
    if draft.family and not FAMILY.fullmatch(draft.family):
        yield _problem(
            "family",
            _("“%(family)s” bukan rumpun jabatan."),
            _("Pakai huruf kecil dan garis bawah seperti pada data jabatan, misalnya kepala_sekolah."),
            family=draft.family,
        )


def _choices(draft: EntryDraft) -> Iterator[Problem]:
    for name, choices in _CHOICES.items():
        value = getattr(draft, name)
        if value not in choices.values and (value or name != "perspective"):
            yield Problem(
                name, Sentence(_("“%(word)s” tidak dikenal."), {"word": value}), nearest(value, choices.values)
            )


def _target(draft: EntryDraft) -> Iterator[Problem]:
    low, high = draft.target_milli, draft.target_max_milli
    for name, value in (("target_milli", low), ("target_max_milli", high)):
        if value is not None and not 0 <= value <= MOST_MILLI:
            yield _problem(name, _("di luar batas."), _("Isi angka nol atau lebih."))
    if high is not None and (low is None or high < low):
        yield _problem(
            "target_max_milli", _("lebih kecil daripada batas bawahnya."), _("Tulis angka yang kecil dahulu.")
        )
    if draft.direction == Direction.RANGE and low is not None and high is None:
        yield _problem("target_max_milli", _("belum diisi, padahal targetnya rentang."), _("Isi batas atas target."))


def _guard(draft: EntryDraft, others: Collection[str]) -> Iterator[Problem]:
    known = {*SIGNALS, *MEASURES, *others} - {draft.code, draft.measure}
    if draft.measure and draft.measure not in MEASURES:
        message = Sentence(_("ukuran “%(word)s” tidak dikenal."), {"word": draft.measure})
        yield Problem("measure", message, nearest(draft.measure, MEASURES))
    if draft.measure and not draft.guard:
        yield _problem(
            "guard",
            _("belum ada, padahal indikator ini dinilai langsung dan dapat berbuah tunjangan."),
            _("Pilih penjaga yang ditampilkan di sampingnya, misalnya kasus dibuka kembali di samping kecepatan."),
        )
    if draft.guard and draft.guard in (draft.code, draft.measure):
        yield _problem("guard", _("sama dengan yang dijaga."), _("Pilih ukuran atau indikator lain."))
    elif draft.guard and draft.guard not in known:
        message = Sentence(_("penjaga “%(word)s” tidak dikenal."), {"word": draft.guard})
        yield Problem("guard", message, nearest(draft.guard, known))
