"""Ending a session: closing makes what was decided count and is kept for ever; cancelling makes nothing count."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from terang.evaluation.appraisals.aligning import let_go, settle
from terang.evaluation.appraisals.models import Adjustment
from terang.evaluation.calibration.access import require_leader
from terang.evaluation.calibration.models import (
    CalibrationSession,
    Placement,
    Proposal,
    ProposalState,
    SessionState,
)
from terang.evaluation.calibration.selectors import counts_of
from terang.evaluation.calibration.services.recording import held_session, tell
from terang.evaluation.calibration.states import require_version
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


def close_session(*, actor: Viewer | None, session: CalibrationSession, note: str, version: int) -> CalibrationSession:
    """Puts an adjustment beside every appraisal that was moved, and lets all be handed over.

    Raises NotAllowed, NotNow while a proposal waits, Stale, ValidationError without a note.
    """
    viewer = require_leader(actor, session)
    _require_note(note, gettext("Tulis apa yang dibandingkan dan mengapa hasilnya begini."))
    with transaction.atomic():
        current = held_session(session)
        require_version(current, version)
        _require_settled(current)
        placements = list(current.placements.select_related("appraisal"))
        settle([each.appraisal_id for each in placements], list(_adjustments(current, placements, viewer)))
        _end(current, viewer, SessionState.CLOSED, note)
        before, after = counts_of(placements)
        moved = sum(each.is_moved for each in placements)
        told = {"before": dict(before), "after": dict(after), "moved": moved}
        tell("closed", current, current, viewer, told)
    return current


def _require_settled(session: CalibrationSession) -> None:
    number = Proposal.objects.filter(placement__session=session, state=ProposalState.OPEN).count()
    if number:
        told = ngettext(
            "%(n)s usulan belum diputus. Putuskan dahulu, lalu tutup sesi.",
            "%(n)s usulan belum diputus. Putuskan dahulu, lalu tutup sesi.",
            number,
        )
        raise NotNow(told % {"n": number})


def _adjustments(session: CalibrationSession, placements: list[Placement], viewer: Viewer) -> Iterator[Adjustment]:
    """One for everybody who ends elsewhere, by the last decision about them. One query."""
    confirmed = Proposal.objects.filter(placement__session=session, state=ProposalState.CONFIRMED)
    last = {each.placement_id: each for each in confirmed.order_by("settled_at", "pk")}
    for placement in placements:
        if placement.is_moved:
            yield _adjustment(placement, last[placement.pk], viewer)


def _adjustment(placement: Placement, proposal: Proposal, viewer: Viewer) -> Adjustment:
    assert proposal.settled_by_id is not None
    decided = placement.appraisal.rater_id in (proposal.proposed_by_id, proposal.settled_by_id)
    return Adjustment(
        appraisal=placement.appraisal,
        work_result=placement.work_result,
        behaviour=placement.behaviour,
        predicate=placement.predicate,
        reason=proposal.reason,
        proposed_by_id=proposal.proposed_by_id,
        confirmed_by_id=proposal.settled_by_id,
        rater_word="" if decided else proposal.rater_word,
        rater_silent=not decided and not proposal.rater_word,
        decided_on=viewer.today,
    )


def cancel_session(*, actor: Viewer | None, session: CalibrationSession, note: str, version: int) -> CalibrationSession:
    """Ends a session without anything of it counting: ratings stay as their raters gave them.

    Raises NotAllowed, NotNow, Stale, ValidationError without a reason.
    """
    viewer = require_leader(actor, session)
    _require_note(note, gettext("Tulis mengapa sesi dibatalkan."))
    with transaction.atomic():
        current = held_session(session)
        require_version(current, version)
        waiting = Proposal.objects.filter(placement__session=current, state=ProposalState.OPEN)
        waiting.update(state=ProposalState.WITHDRAWN, settled_by=viewer.employee, settled_at=timezone.now())
        let_go(list(current.placements.values_list("appraisal_id", flat=True)))
        current.placements.update(live=False)
        _end(current, viewer, SessionState.CANCELLED, note)
        tell("cancelled", current, current, viewer)
    return current


def _end(session: CalibrationSession, viewer: Viewer, state: SessionState, note: str) -> None:
    session.state, session.ended_at, session.ended_by = state, timezone.now(), viewer.employee
    session.note = note.strip()
    session.version += 1
    session.save(update_fields=["state", "ended_at", "ended_by", "note", "version"])


def _require_note(note: str, told: str) -> None:
    if not note.strip():
        raise ValidationError({"note": told})
