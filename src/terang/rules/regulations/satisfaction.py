"""The citizen satisfaction index (IKM) of PermenPANRB 14/2017: exact fractions, rounded half-up once.

Elements are known by their meaning, never by a number: two numberings of questions 8 and 9 are in use. An answer that
was left blank is counted and reported; it is never filled in, and the rest of that person's answers count.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from terang.rules.errors import RuleInputError
from terang.rules.regulations.rounding import half_up
from terang.rules.regulations.source import rule_set
from terang.rules.sentences import mark as _
from terang.rules.tables import ELEMENTS

ELEMENT_LABELS = {
    "syarat": _("Persyaratan"),
    "prosedur": _("Sistem, mekanisme, dan prosedur"),
    "waktu": _("Waktu penyelesaian"),
    "biaya": _("Biaya/tarif"),
    "produk": _("Produk spesifikasi jenis pelayanan"),
    "kompetensi": _("Kompetensi pelaksana"),
    "perilaku": _("Perilaku pelaksana"),
    "pengaduan": _("Penanganan pengaduan, saran, dan masukan"),
    "sarana": _("Sarana dan prasarana"),
}
"""The nine elements by code, as printed."""

ORDERS: dict[str, tuple[str, ...]] = {
    "regulation": ELEMENTS,
    "questionnaire": (*ELEMENTS[:7], "sarana", "pengaduan"),
}
"""What u1 … u9 mean: in the regulation u8 is pengaduan and u9 sarana; the model questionnaire swaps the two."""

WEIGHTS: dict[str, Fraction] = {"exact": Fraction(1, 9), "0.111": Fraction(111, 1000), "0.11": Fraction(11, 100)}
"""Weight of one element. "exact" is 1/9; the other two only reproduce old reports, which they lower by 0.1 or 1 %."""


@dataclass(frozen=True)
class Satisfaction:
    """The index of one survey.

    `respondents` is missing where only means are known. `elements` holds the exact mean of each element (1 to 4).
    `index` is exact; `value` is the published figure with two decimals; `blanks` counts answers left empty.
    """

    respondents: int | None
    elements: Mapping[str, Fraction]
    index: Fraction
    value: Decimal
    grade: str
    blanks: int
    weights: str
    rule_set: str


def satisfaction_from_answers(
    answers: Sequence[Mapping[str, int | None]], weights: str = "exact", on: date | None = None
) -> Satisfaction:
    """The index from one mapping per respondent: element code to 1 … 4, or None where left blank.

    Raises RuleInputError without respondents, for an answer outside 1 to 4, and where an element has no answer at all.
    """
    if not answers:
        raise RuleInputError("Belum ada responden.", "Isi sekurang-kurangnya satu baris jawaban.")
    given = {element: [_answer(each.get(element), element) for each in answers] for element in ELEMENTS}
    filled = {element: [value for value in values if value is not None] for element, values in given.items()}
    for element, values in filled.items():
        if not values:
            raise RuleInputError(
                f"Unsur {ELEMENT_LABELS[element]} tidak punya satu pun jawaban, jadi IKM tidak dapat dihitung.",
                "Lengkapi jawaban unsur itu; nilai kosong tidak diisi sendiri.",
            )
    means = {element: Fraction(sum(values), len(values)) for element, values in filled.items()}
    blanks = sum(values.count(None) for values in given.values())
    return _satisfaction(len(answers), means, blanks, weights, on)


def satisfaction_from_means(
    means: Mapping[str, Fraction], weights: str = "exact", respondents: int | None = None, on: date | None = None
) -> Satisfaction:
    """The index from nine element means (1 to 4). Raises RuleInputError for a mean that is missing or outside."""
    for element in ELEMENTS:
        if element not in means:
            raise RuleInputError(f"Rata-rata unsur {ELEMENT_LABELS[element]} belum ada.", "Lengkapi sembilan unsur.")
        if not 1 <= means[element] <= 4:
            raise RuleInputError(
                f"Rata-rata unsur {ELEMENT_LABELS[element]} di luar 1 sampai 4.", "Pakai skala 1–4, bukan 25–100."
            )
    return _satisfaction(respondents, {element: means[element] for element in ELEMENTS}, 0, weights, on)


def grade(value: Decimal, on: date | None = None) -> str:
    """Class A to D of an index already rounded to two decimals. Raises RuleInputError outside 25 to 100."""
    if not Decimal(25) <= value <= Decimal(100):
        raise RuleInputError(
            f"IKM {value} di luar 25 sampai 100, jadi tidak punya kelas.",
            "Periksa skala jawaban; bobot 0,11 atau 0,111 dapat membuat nilai terlalu rendah, pakai bobot exact.",
        )
    return next(
        str(each["grade"]) for each in reversed(rule_set("ikm", on).values["grades"]) if value >= Decimal(each["from"])
    )


def grade_label(letter: str, on: date | None = None) -> str:
    """How the regulation calls a class: "Sangat baik" for A."""
    return next(str(each["label"]) for each in rule_set("ikm", on).values["grades"] if each["grade"] == letter)


def _answer(value: int | None, element: str) -> int | None:
    if value is not None and value not in (1, 2, 3, 4):
        raise RuleInputError(f"Jawaban {value} pada unsur {ELEMENT_LABELS[element]} di luar 1 sampai 4.")
    return value


def _satisfaction(
    respondents: int | None, means: Mapping[str, Fraction], blanks: int, weights: str, on: date | None
) -> Satisfaction:
    if weights not in WEIGHTS:
        raise RuleInputError(f"Bobot “{weights}” tidak dikenal.", f"Pilih {', '.join(WEIGHTS)}.")
    rules = rule_set("ikm", on)
    if rules.values["elements"] != len(ELEMENTS):
        raise RuleInputError(
            f"Aturan {rules.id} memakai {rules.values['elements']} unsur.",
            "Yang dihitung di sini adalah sembilan unsur.",
        )
    index = sum(means.values(), Fraction(0)) * WEIGHTS[weights] * int(rules.values["conversion"])
    value = half_up(index, 2)
    return Satisfaction(respondents, means, index, value, grade(value, on), blanks, weights, rules.id)
