"""Saying what was done about something due, or that nothing is to be done, with the reason."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.follow_up.growth.access import require_actor
from terang.follow_up.growth.models import DueAction, DueState, Kind
from terang.follow_up.growth.services.recording import require_current, save, tell
from terang.registry.organization.calendars import local_today
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

WITH_CASE = frozenset({Kind.CORRECTIVE, Kind.CONCLUDE, Kind.IMPROVEMENT})
"""What is settled by its own case and not by a word."""


def settle_due(*, actor: Viewer | None, due: DueAction, outcome: str, dropped: bool = False, version: int) -> DueAction:
    """Whoever it is assigned to says what was done, or why nothing is (`dropped`).

    Raises NotAllowed for others, NotNow where it is settled or has a case of its own, Stale, ValidationError without
    words.
    """
    viewer = require_actor(actor, due)
    if not outcome.strip():
        raise ValidationError({"outcome": gettext("Tulis apa yang dilakukan, atau mengapa tidak perlu.")})
    with transaction.atomic():
        rows = DueAction.objects.select_for_update(of=("self",)).select_related("employee")
        current = rows.get(pk=due.pk)
        require_current(current, version)
        if not current.is_open:
            raise NotNow(gettext("Tindak lanjut ini sudah diselesaikan."))
        if current.kind in WITH_CASE:
            raise NotNow(gettext("Ini diselesaikan pada halaman kasusnya sendiri."))
        current.state = DueState.DROPPED if dropped else DueState.DONE
        current.outcome, current.settled_on, current.settled_by = outcome.strip(), viewer.today, viewer.employee
        save(current, "state", "outcome", "settled_on", "settled_by")
        tell("due_dropped" if dropped else "due_settled", current, viewer, {"kind": current.kind})
    return current


def settle_by_case(due: DueAction, outcome: str) -> None:
    """What is due is acted on because a case of another room began. Only where it still waits; within a transaction."""
    current = DueAction.objects.select_for_update(of=("self",)).select_related("employee__agency").get(pk=due.pk)
    if not current.is_open:
        return
    current.state, current.outcome = DueState.DONE, outcome
    current.settled_on = local_today(current.employee.agency)
    save(current, "state", "outcome", "settled_on")
    tell("due_settled", current, None, {"kind": current.kind})
