"""The words of the regulation and the spellings in which people write them."""

from collections.abc import Mapping

from terang.rules.errors import RuleInputError

RATINGS = ("above", "meets", "below")
"""Rating of work results and of behaviour (PermenPANRB 6/2022, Lampiran IV p. 97–98), best first."""

PREDICATES = ("sangat_baik", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")
"""Predicates of an employee, best first. "kurang" ranks below "butuh_perbaikan": its cause is behaviour."""

ORGANISATION_PREDICATES = ("istimewa", "baik", "butuh_perbaikan", "kurang", "sangat_kurang")
"""Predicates of an organisation (PermenPANRB 6/2022, Lampiran IV p. 92), best first."""

LABELS = {
    "above": "Di atas ekspektasi",
    "meets": "Sesuai ekspektasi",
    "below": "Di bawah ekspektasi",
    "istimewa": "Istimewa",
    "sangat_baik": "Sangat Baik",
    "baik": "Baik",
    "butuh_perbaikan": "Butuh Perbaikan",
    "kurang": "Kurang/Misconduct",
    "sangat_kurang": "Sangat Kurang",
}
"""How each code is printed on the official forms."""

_RATING_SPELLINGS = {
    "diatas": "above",
    "atas": "above",
    "above": "above",
    "sesuai": "meets",
    "meets": "meets",
    "dibawah": "below",
    "bawah": "below",
    "below": "below",
}
_PREDICATE_SPELLINGS = {code.replace("_", ""): code for code in PREDICATES} | {
    "cukup": "butuh_perbaikan",
    "butuhperbaikan/cukup": "butuh_perbaikan",
    "misconduct": "kurang",
    "kurang/misconduct": "kurang",
    "kurang(misconduct)": "kurang",
}
_ORGANISATION_SPELLINGS = {code.replace("_", ""): code for code in ORGANISATION_PREDICATES} | {
    "cukup": "butuh_perbaikan",
    "butuhperbaikan/cukup": "butuh_perbaikan",
}


def rating(word: str) -> str:
    """Code of a rating written in any usual way ("Diatas Ekspektasi"). Raises RuleInputError for anything else."""
    return _find(word, _RATING_SPELLINGS, "rating", "di atas, sesuai, atau di bawah ekspektasi (above, meets, below)")


def predicate(word: str) -> str:
    """Code of an employee's predicate. "Cukup" is Butuh Perbaikan, "Misconduct" is Kurang. Raises RuleInputError."""
    known = "sangat baik, baik, butuh perbaikan, kurang, atau sangat kurang"
    return _find(word, _PREDICATE_SPELLINGS, "predikat kinerja", known)


def organisation_predicate(word: str) -> str:
    """Code of an organisation's predicate. Raises RuleInputError."""
    known = "istimewa, baik, butuh perbaikan, kurang, atau sangat kurang"
    return _find(word, _ORGANISATION_SPELLINGS, "predikat organisasi", known)


def _find(word: str, spellings: Mapping[str, str], what: str, known: str) -> str:
    squeezed = "".join(word.lower().replace("_", " ").replace("-", " ").replace("ekspektasi", " ").split())
    if squeezed not in spellings:
        raise RuleInputError(f"“{word.strip()}” bukan {what} yang dikenal.", f"Pilih {known}.")
    return spellings[squeezed]


def folded(word: str) -> str:
    """A level or family of posts in any usual spelling as its code: "Ahli Muda", "ahli-muda" → "ahli_muda"."""
    return "_".join(word.lower().replace("-", " ").replace("_", " ").split())
