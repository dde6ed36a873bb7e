"""The checklist of a visit: the government's own points, and what rooms want looked at in this unit."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from terang.evidence.inspected import Criterion
from terang.evidence.oversight import hooks
from terang.evidence.oversight.models import ChecklistItem, CheckState, Inspection
from terang.registry.people.viewer import in_force
from terang.rules.oversight.checklist import usual_items


@dataclass(frozen=True)
class Question:
    """A criterion with the name of its fields on the form; `written` where the visit already holds a point of it."""

    criterion: Criterion
    key: str
    written: bool


def own_items(agency_id: int, day: date) -> list[ChecklistItem]:
    """The government's own points on a day. One query."""
    return list(ChecklistItem.objects.filter(in_force(day, "valid_from", "valid_to"), agency_id=agency_id))


def discipline(agency_id: int, day: date) -> list[Criterion]:
    """The government's own points on a day, or the usual ones. One query."""
    own = [Criterion(item.text, item.source) for item in own_items(agency_id, day)]
    return own or [Criterion(item.text, item.source) for item in usual_items()]


def questions(inspection: Inspection) -> list[Question]:
    """What to look at on this visit, each once. Two queries, and those of the rooms."""
    unit, day = inspection.unit, inspection.day
    told = [*discipline(unit.agency_id, day), *hooks.criteria(unit, day)]
    written = written_in(inspection)
    once = {criterion.text: criterion for criterion in told}
    return [Question(each, key_of(text), text in written) for text, each in once.items()]


def written_in(inspection: Inspection) -> set[str]:
    """The criteria of which the visit holds a point about the unit that stands or waits; one that was withdrawn is
    written no more. One query."""
    rows = inspection.checks.filter(employee=None).exclude(state=CheckState.WITHDRAWN)
    return set(rows.values_list("criterion", flat=True))


def key_of(text: str) -> str:
    """The same for the same words: what comes back from a phone finds its criterion though the list has changed."""
    return sha256(text.encode()).hexdigest()[:12]
