"""Follows the journal of the registry: when a person leaves a post, the plan of that post ends that day."""

import logging
from collections.abc import Sequence

from django.db import DatabaseError, InterfaceError

from terang.audit.models import JournalEntry
from terang.planning.plans import services
from terang.planning.plans.services import follow_moves
from terang.registry.organization.models import Agency

logger = logging.getLogger(__name__)

CORRECTION = "people.employee_changed"
MOVES = frozenset(
    {
        "people.employee_moved",
        "people.assignment_started",
        "people.assignment_ended",
        CORRECTION,
        "people.employee_left",
        "people.employee_ended",
    }
)
"""Verbs of the registry after which somebody can be on another post; an import tells moves as changes."""


def sweep() -> None:
    """What fell due with a new day: moves entered ahead. The worker calls it every hour, because midnight comes at
    another time in other governments."""
    for agency in Agency.objects.all():
        try:
            services.sweep(agency=agency)
        except (DatabaseError, InterfaceError):
            raise
        except Exception:
            logger.exception("Perpindahan di %s belum diikuti; dicoba lagi", agency)


def follow(entries: Sequence[JournalEntry]) -> None:
    """Ends or takes along the plans of whoever the entries move. Twice is as good as once."""
    documents: dict[int, str] = {}
    for entry in entries:
        if entry.subject_employee_id and entry.verb in MOVES and _moves(entry):
            documents[entry.subject_employee_id] = entry.reason
    if documents:
        follow_moves(documents=documents)


def _moves(entry: JournalEntry) -> bool:
    """A correction of somebody's data moves nobody unless it tells of a post."""
    return entry.verb != CORRECTION or "post" in entry.changes
