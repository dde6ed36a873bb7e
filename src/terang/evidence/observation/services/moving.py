"""What every verb of an observation shares: the row under lock, its next version, one entry of the journal."""

from typing import Any

from terang.audit.services import record
from terang.evidence.observation.models import Observation
from terang.evidence.observation.states import require_move, require_version
from terang.registry.people.viewer import Viewer


def hold(observation: Observation) -> Observation:
    """The row as it is now, under lock, whatever its state."""
    rows = Observation.objects.select_for_update(of=("self",)).select_related("employee__agency", "instrument", "unit")
    return rows.prefetch_related("sheets__observer").get(pk=observation.pk)


def locked(observation: Observation, verb: str, version: int | None = None) -> Observation:
    """The row as it is now, inside a transaction. Raises NotNow where its state does not allow the verb, Stale where
    the page was older."""
    current = hold(observation)
    require_move(current, verb)
    require_version(current, version)
    return current


def move(observation: Observation, verb: str, viewer: Viewer | None, *fields: str) -> Observation:
    """Saves these fields with the next version and tells the journal."""
    observation.version += 1
    observation.save(update_fields=["version", *fields])
    tell_journal(verb, observation, viewer)
    return observation


def tell_journal(verb: str, observation: Observation, viewer: Viewer | None, day: Any = None) -> None:
    """One entry: who, whose, which day (the old and the new one where `day` gives both); never a mark or a word."""
    record(
        f"observation.{verb}",
        actor=viewer.user if viewer else None,
        obj=observation,
        agency_id=observation.employee.agency_id,
        unit_id=observation.unit_id,
        subject_employee_id=observation.employee_id,
        changes={"day": day or observation.day.isoformat()},
    )
