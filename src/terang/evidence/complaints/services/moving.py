"""One way to lock, move and tell about a complaint.

The journal never holds what a citizen wrote, nor anybody's words. Of a guarded complaint it names neither unit nor
verb in words: one verb for all, whose actor is shown to nobody and which no open page hears of (`audit.sentences`).
"""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone

from terang.audit.services import record
from terang.evidence.complaints.models import Complaint, ComplaintMessage, MessageKind, Speaker
from terang.evidence.complaints.states import require_move, require_version, target_of
from terang.evidence.complaints.tasks import tell_reporter
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer

GUARDED = "complaints.guarded_changed"
PUBLIC_VERBS = frozenset(
    {"route", "reroute", "take", "assign", "merge", "reject", "refer", "confirm", "close_by_silence", "lapse"}
)
"""Moves everybody may know the day of. That a citizen completed it or opened it again is not among them."""


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
    keep(complaint, is_public=verb in PUBLIC_VERBS)


def keep(complaint: Complaint, *, is_public: bool = False) -> None:
    """Saves every change made to the row, as a new version. `is_public` only for what the office does before
    everybody's eyes, and an ending: that alone moves the day public pages tell (`moved_on`)."""
    if is_public:
        complaint.moved_on = local_today(complaint.agency)
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
    people: Iterable[int | None] = (),
    reason: str = "",
) -> None:
    """One entry about the complaint, and a letter to its reporter where that is news. `changes["day"]` is the day it
    counts on, or all of them, so that the right periods follow; `changes["people"]` are all beside who has it in hand
    whose score it moves: `people` (who had it before) and everybody an answer was charged to. `reason` only in words of
    Terang's own."""
    day = counts_on(complaint)
    others = sorted(pk for pk in {*people, *charged(complaint)} if pk and pk != complaint.handler_id)
    told: dict[str, Any] = {"state": str(complaint.state)} | ({"day": day} if day else {})
    told |= ({"people": others} if others else {}) | (changes or {})
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


def charged(complaint: Complaint) -> list[int | None]:
    """Everybody a final answer was charged to. One query."""
    return list(complaint.dues.order_by("number").values_list("employee_id", flat=True))


def counts_on(complaint: Complaint) -> str | list[str] | None:
    """The ISO day the complaint counts on as evidence (`rules.complaints.closing`), or the days where further answers
    count on others; None before it has one. At most one query."""
    if complaint.routed_on is None:
        return None
    days = {_day(complaint.answered_on, complaint.finish_due_on)}
    if complaint.reopened_count:
        days |= {_day(*row) for row in complaint.dues.values_list("answered_on", "due_on")}
    told = [day.isoformat() for day in sorted(days)]
    return told[0] if len(told) == 1 else told


def _day(answered_on: date | None, due_on: date) -> date:
    return min(answered_on, due_on) if answered_on else due_on
