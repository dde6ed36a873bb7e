"""Follows the journal of the registry: when a person leaves a post, the plan of that post ends that day."""

from collections.abc import Sequence

from terang.audit.models import JournalEntry
from terang.planning.plans.services import follow_moves

MOVES = frozenset(
    {
        "people.employee_moved",
        "people.assignment_started",
        "people.assignment_ended",
        "people.employee_changed",
        "people.employee_left",
        "people.employee_ended",
    }
)
"""Verbs of the registry after which somebody can be on another post; an import tells moves as changes."""


def follow(entries: Sequence[JournalEntry]) -> None:
    """Ends or takes along the plans of whoever the entries move. Twice is as good as once."""
    reasons: dict[int, str] = {}
    for entry in entries:
        if entry.verb in MOVES and entry.subject_employee_id:
            reasons[entry.subject_employee_id] = entry.reason
    for employee_id, reason in reasons.items():
        follow_moves(employee_ids=[employee_id], document=reason)
