"""The quadrant: two ratings give the predicate (PermenPANRB 6/2022, Lampiran IV p. 99 and 102)."""

from datetime import date

from terang.rules.errors import RuleInputError
from terang.rules.regulations.source import rule_set
from terang.rules.regulations.words import LABELS, predicate, rating


def quadrant(work_result: str, behaviour: str, on: date | None = None) -> str:
    """The predicate for two ratings, each in any usual spelling. The same for periodic and annual evaluation.

    Raises RuleInputError for an unknown rating and for a day before the regulation.
    """
    matrix = rule_set("quadrant", on).values["matrix"]
    return str(matrix[rating(work_result)][rating(behaviour)])


def study_leave_predicate(chosen: str, on: date | None = None) -> str:
    """The predicate the appraiser chose for a study leave that was not finished: the one exception to the quadrant.

    Only Kurang or Sangat Kurang (Lampiran IV p. 100 d and 103 d); raises RuleInputError for any other.
    """
    allowed = rule_set("quadrant", on).values["study_leave_not_finished"]
    code = predicate(chosen)
    if code not in allowed:
        raise RuleInputError(
            f"Tugas belajar yang tidak selesai tidak dapat diberi predikat {LABELS[code]}.",
            f"Pilih {' atau '.join(LABELS[each] for each in allowed)} dengan melihat perilaku kerja.",
        )
    return code
