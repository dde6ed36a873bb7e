"""What every verb of a question does: holds the row, checks state and version, and writes one line of the journal."""

from typing import Any

from terang.audit.services import record
from terang.evidence.signals.models import Signal
from terang.evidence.signals.states import MOVES, require_move, require_version
from terang.registry.people.viewer import Viewer


def held(signal: Signal, verb: str, version: int, actor: Viewer) -> Signal:
    """The row under lock, as the page knew it and in a state that allows the verb. Raises Stale and NotNow."""
    rows = Signal.objects.select_for_update(of=("self",)).select_related("agency", "unit", "employee")
    current = rows.get(pk=signal.pk)
    require_version(current, version)
    require_move(current, verb, actor.today)
    return current


def moved(signal: Signal, verb: str, told: str, actor: Viewer, **fields: Any) -> Signal:
    """Sets the fields and the state the verb leads to, and tells the journal `signals.<told>` without a word of it."""
    target = MOVES[verb].target
    changes = fields | ({"state": target} if target else {})
    for name, value in changes.items():
        setattr(signal, name, value)
    signal.version += 1
    signal.save(update_fields=[*changes, "version"])
    record(
        f"signals.{told}",
        actor=actor.user,
        obj=signal,
        agency_id=signal.agency_id,
        subject_employee_id=signal.employee_id if signal.asked_at else None,
        changes={"kind": signal.kind, "state": str(signal.state)},
    )
    return signal
