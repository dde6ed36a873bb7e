"""One way to lock, move and tell about a complaint.

The journal never holds what a citizen wrote, nor anybody's words. Of a guarded complaint it names neither unit nor
verb in words: one verb for all, whose actor is shown to nobody and which no open page hears of (`audit.sentences`).
"""

from typing import Any
from uuid import UUID

from django.utils import timezone

from terang.audit.services import record
from terang.evidence.complaints.models import Complaint, ComplaintMessage, MessageKind, Speaker
from terang.evidence.complaints.states import require_move, require_version, target_of
from terang.evidence.complaints.tasks import tell_reporter
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer

GUARDED = "complaints.guarded_changed"


def held(complaint_id: int) -> Complaint:
    """The row as it is now, locked, whatever its state."""
    rows = Complaint.objects.select_for_update(of=("self",))
    return rows.select_related("agency", "unit", "about_unit", "category", "handler").get(pk=complaint_id)


def locked(complaint_id: int, verb: str, version: int | None = None) -> Complaint:
    """As `held`. Raises NotNow where the state does not allow the verb, Stale where the page was older."""
    complaint = held(complaint_id)
    require_move(complaint, verb)
    if version is not None:
        require_version(complaint, version)
    return complaint


def move(complaint: Complaint, verb: str) -> None:
    """The verb's target state; saves every change made to the row."""
    complaint.state = target_of(verb)
    keep(complaint)


def keep(complaint: Complaint) -> None:
    """Saves every change made to the row, as a new version."""
    complaint.version += 1
    complaint.updated_at = timezone.now()
    complaint.save()


def say(
    complaint: Complaint,
    kind: MessageKind,
    text: str,
    *,
    actor: Viewer | None = None,
    speaker: Speaker | None = None,
    unit: Unit | None = None,
    is_shown: bool = True,
    form_key: UUID | None = None,
) -> ComplaintMessage:
    """Adds one message: of the actor, else of the `speaker` (the system where missing)."""
    return ComplaintMessage.objects.create(
        complaint=complaint,
        kind=kind,
        speaker=Speaker.STAFF if actor else speaker or Speaker.SYSTEM,
        author=actor.employee if actor else None,
        unit=unit,
        text=text.strip(),
        is_shown=is_shown,
        said_at=timezone.now(),
        form_key=form_key,
    )


def tell(
    verb: str,
    complaint: Complaint,
    *,
    actor: Viewer | None,
    changes: dict[str, Any] | None = None,
    reason: str = "",
) -> None:
    """One entry about the complaint, and a letter to its reporter where that is news. `changes["day"]` is the day it
    counts on, so that the right period follows; `reason` only in words of Terang's own."""
    day = counts_on(complaint)
    told = {"state": str(complaint.state), **({"day": day} if day else {}), **(changes or {})}
    guarded = complaint.is_guarded
    record(
        GUARDED if guarded else f"complaints.{verb}",
        actor=actor.user if actor else None,
        obj=complaint,
        agency_id=complaint.agency_id,
        subject_employee_id=complaint.handler_id,
        unit_id=None if guarded else complaint.unit_id,
        changes={"act": verb, **told} if guarded else told,
        reason=reason,
    )
    tell_reporter(complaint, verb)


def counts_on(complaint: Complaint) -> str | None:
    """The ISO day the complaint counts on as evidence (`rules.complaints.closing`); None before it has one."""
    if complaint.routed_on is None:
        return None
    day = complaint.finish_due_on
    return (min(complaint.answered_on, day) if complaint.answered_on else day).isoformat()
