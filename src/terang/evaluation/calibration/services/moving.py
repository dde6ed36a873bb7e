"""Moving a person: one proposes with a reason, the rater is heard, a second person decides. The predicate follows."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evaluation.appraisals.models import Predicate, Rating
from terang.evaluation.calibration.access import (
    require_decliner,
    require_proposer,
    require_rater,
    require_seat,
    require_second,
)
from terang.evaluation.calibration.models import Placement, Proposal, ProposalState
from terang.evaluation.calibration.services.recording import held_placement, held_proposal, tell
from terang.registry.people.viewer import Viewer
from terang.rules.predicate import employee_predicate
from terang.web.errors import NotNow


@dataclass(frozen=True)
class Marks:
    """The two ratings that are proposed, and why."""

    work_result: str
    behaviour: str
    reason: str


def propose_move(*, actor: Viewer | None, placement: Placement, marks: Marks, form_key: UUID, version: int) -> Proposal:
    """Proposes two other ratings for a person. The same form sent twice proposes once.

    Raises NotAllowed, NotNow where another proposal waits or the session has ended, Stale, ValidationError by field.
    """
    viewer = require_seat(actor, placement.session)
    with transaction.atomic():
        if known := Proposal.objects.filter(form_key=form_key, placement=placement).first():
            return known
        current = held_placement(placement, version)
        _require_sense(current, marks)
        if current.proposals.filter(state=ProposalState.OPEN).exists():
            raise NotNow(gettext("Usulan lain tentang orang ini belum diputus. Putuskan atau tarik dahulu."))
        proposal = Proposal.objects.create(
            placement=current,
            work_result=marks.work_result,
            behaviour=marks.behaviour,
            predicate=_derived(current, marks),
            reason=marks.reason.strip(),
            proposed_by=viewer.employee,
            proposed_at=timezone.now(),
            form_key=form_key,
        )
        tell("proposed", current.session, proposal, viewer)
    return proposal


def _require_sense(placement: Placement, marks: Marks) -> None:
    missing = {}
    for name in ("work_result", "behaviour"):
        if getattr(marks, name) not in Rating.values:
            missing[name] = gettext("Pilih satu rating.")
    if not marks.reason.strip():
        missing["reason"] = gettext("Tulis alasannya; yang dinilai membacanya bersama hasilnya.")
    if (marks.work_result, marks.behaviour) == (placement.work_result, placement.behaviour):
        missing["work_result"] = gettext("Kedua rating sama dengan sekarang. Pilih yang berbeda.")
    if missing:
        raise ValidationError(missing)


def _derived(placement: Placement, marks: Marks) -> str:
    found = employee_predicate(
        marks.work_result,
        marks.behaviour,
        organisation=placement.appraisal.organisation,
        on=placement.session.window.closes_on,
    )
    return Predicate(found.predicate)


def object_to_move(*, actor: Viewer | None, proposal: Proposal, text: str, version: int) -> Proposal:
    """The rater speaks against a proposal; it waits for the leader then. May be written anew until it is settled; the
    same word sent twice is kept once."""
    viewer = require_rater(actor, proposal)
    _require_text("text", text, gettext("Tulis mengapa Anda tidak sependapat."))
    with transaction.atomic():
        same = Proposal.objects.filter(pk=proposal.pk, state=ProposalState.OPEN, rater_word=text.strip())
        if known := same.first():
            return known
        current = held_proposal(proposal, version)
        current.rater_word = text.strip()
        current.version += 1
        current.save(update_fields=["rater_word", "version"])
        tell("objected", current.placement.session, current, viewer)
    return current


def confirm_move(*, actor: Viewer | None, proposal: Proposal, version: int) -> Proposal:
    """The second person agrees: the person moves. Raises NotAllowed, NotNow while the rater is to be heard, Stale."""
    viewer = require_second(actor, proposal)
    with transaction.atomic():
        current = held_proposal(proposal, version)
        placement = current.placement
        placement.work_result, placement.behaviour = current.work_result, current.behaviour
        placement.predicate = current.predicate
        placement.version += 1
        placement.save(update_fields=["work_result", "behaviour", "predicate", "version"])
        _settle(current, viewer, ProposalState.CONFIRMED)
        tell("confirmed", placement.session, current, viewer)
    return current


def decline_move(*, actor: Viewer | None, proposal: Proposal, text: str, version: int) -> Proposal:
    """The leader settles that a proposal is not followed, and says why."""
    viewer = require_decliner(actor, proposal)
    _require_text("text", text, gettext("Tulis mengapa usulan ini tidak diikuti."))
    with transaction.atomic():
        current = held_proposal(proposal, version)
        current.word = text.strip()
        _settle(current, viewer, ProposalState.DECLINED)
        tell("declined", current.placement.session, current, viewer)
    return current


def withdraw_move(*, actor: Viewer | None, proposal: Proposal, version: int) -> Proposal:
    """Who proposed takes it back."""
    viewer = require_proposer(actor, proposal)
    with transaction.atomic():
        current = held_proposal(proposal, version)
        _settle(current, viewer, ProposalState.WITHDRAWN)
        tell("withdrawn", current.placement.session, current, viewer)
    return current


def _settle(proposal: Proposal, viewer: Viewer, state: ProposalState) -> None:
    proposal.state, proposal.settled_by, proposal.settled_at = state, viewer.employee, timezone.now()
    proposal.version += 1
    proposal.save(update_fields=["state", "settled_by", "settled_at", "word", "version"])


def _require_text(name: str, text: str, told: str) -> None:
    if not text.strip():
        raise ValidationError({name: told})
