"""What every verb of an entry shares: the locked row, the move, and what the journal is told."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from terang.audit.services import Event, record
from terang.evidence.work.models import Entry, EntryState
from terang.evidence.work.states import MOVES, require_move, require_version
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer


def held(entry_id: int, verb: str, version: int) -> Entry:
    """The row as it is now, locked. The state is asked first: it says more than a changed version."""
    entry = Entry.objects.select_for_update(of=("self",)).select_related("employee").get(pk=entry_id)
    require_move(entry, verb)
    require_version(entry, version)
    return entry


def move(entry: Entry, verb: str, decider: Viewer | None = None, note: str = "") -> None:
    entry.state = MOVES[verb].target
    entry.version += 1
    if decider:
        entry.decided_at, entry.decided_by, entry.note = timezone.now(), decider.employee, note


def tell(verb: str, entry: Entry, actor: Viewer, changes: Mapping[str, Any] | None = None, *, reason: str = "") -> None:
    [event] = events(verb, [entry], actor.today)
    record(
        verb,
        actor=actor.user,
        obj=entry,
        agency_id=entry.employee.agency_id,
        subject_employee_id=event.subject_employee_id,
        unit_id=event.unit_id,
        changes={**event.changes, **(changes or {})},
        reason=reason,
    )


def events(verb: str, entries: Sequence[Entry], today: date) -> list[Event]:
    """What the journal tells of entries; the unit is the person's today, so that the right boards hear of it."""
    posts = main_posts({entry.employee_id for entry in entries}, today)
    units = {employee_id: post.post.unit_id for employee_id, post in posts.items()}
    return [
        Event(
            verb,
            entry,
            entry.employee_id,
            units.get(entry.employee_id),
            {"day": entry.day.isoformat(), "state": str(EntryState(entry.state))},
        )
        for entry in entries
    ]
