"""Which course helps whom: a weak place and the courses that name it. Pure; the same places give the same advice.

A subject is what can be weak, as a word: `measure.<code>` of the policy, `element.<code>` of the citizens' survey
(PermenPANRB 14/2017) about one's own cases, `aspect.<instrument>.<code>` of a review, `rating.<work_result|behaviour>`
of the official evaluation.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

MEASURE, ELEMENT, ASPECT, RATING = "measure", "element", "aspect", "rating"
RATINGS = ("work_result", "behaviour")


@dataclass(frozen=True)
class Aim:
    """What a course is good for. `below_bp` is missing for a rating, which is weak or is not told at all."""

    course_id: int
    subject: str
    below_bp: int | None


def kind_of(subject: str) -> str:
    return subject.partition(".")[0]


def code_of(subject: str) -> str:
    return subject.partition(".")[2]


def is_weak(value_bp: int | None, below_bp: int | None) -> bool:
    """Whether a value stands below a limit. A missing value is never weak; without a limit what is told is weak."""
    if below_bp is None:
        return True
    return value_bp is not None and value_bp < below_bp


def advised(aims: Iterable[Aim], values: Mapping[str, int | None]) -> dict[int, list[Aim]]:
    """The courses that help with what is weak in `values` (subject → basis points, missing for ratings), each with the
    aims that are the reason; the course that helps with most comes first, then by number."""
    found: dict[int, list[Aim]] = {}
    for aim in aims:
        if aim.subject in values and is_weak(values[aim.subject], aim.below_bp):
            found.setdefault(aim.course_id, []).append(aim)
    return dict(sorted(found.items(), key=lambda each: (-len(each[1]), each[0])))
