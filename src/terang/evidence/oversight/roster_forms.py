"""The roster as it comes back from a phone: three fields for each person, read with care."""

from collections.abc import Collection
from datetime import time

from django.http import QueryDict
from django.utils.dateparse import parse_time

from terang.evidence.oversight.services import Marked
from terang.rules.oversight.roster import Away, Mark

MARKS, REASONS = {each.value: each for each in Mark}, {each.value: each for each in Away}
LONGEST_NOTE = 200


def read_time(sent: QueryDict) -> time | None:
    """When they were looked for; None where nothing readable was written."""
    try:
        return parse_time(sent.get("seen_at", ""))
    except ValueError:
        return None


def read_marks(sent: QueryDict, people: Collection[int]) -> dict[int, Marked]:
    """What was marked, by person; who has no known mark is left out. A reason counts only for who is excused."""
    found = {}
    for pk in people:
        mark = MARKS.get(sent.get(f"mark-{pk}", ""))
        if mark is None:
            continue
        told = REASONS.get(sent.get(f"told-{pk}", "")) if mark == Mark.EXCUSED else None
        found[pk] = Marked(mark, told, sent.get(f"note-{pk}", "")[:LONGEST_NOTE])
    return found
