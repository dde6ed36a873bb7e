"""The vote: conflicts, one vote each with a reason, closing, and a tie that the chair breaks."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.follow_up.awards.access import require_chair, require_member
from terang.follow_up.awards.conflicts import conflicts_of
from terang.follow_up.awards.models import Call, CallState, Conflict, Member, Nomination, NominationState, Vote
from terang.follow_up.awards.services.recording import held_call, tell, worded
from terang.follow_up.awards.states import require_state, require_version
from terang.registry.people.viewer import Viewer
from terang.rules.awards import tally
from terang.rules.regulations.source import rule_set
from terang.web.errors import NotAllowed, NotNow


def declare_conflict(*, actor: Viewer | None, call: Call, reason: str) -> Member:
    """A member says that they are kin or otherwise too close, and does not vote. Sent twice it is done once.

    Raises NotAllowed, NotNow once they voted or the vote is over, ValidationError without a reason.
    """
    require_member(actor, call)
    reason = worded(reason, gettext("Tulis hubungan Anda dengan yang diusulkan; panitia membacanya."))
    with transaction.atomic():
        held = held_call(call)
        viewer, seat = require_member(actor, held)
        require_state(held, CallState.OPEN, CallState.VOTING)
        if seat.conflict == Conflict.DECLARED:
            return seat
        _require_not_voted(seat)
        seat.conflict, seat.conflict_word = Conflict.DECLARED, reason
        seat.save()
        tell("conflict_declared", held, viewer)
    return seat


def vote(*, actor: Viewer | None, call: Call, nomination: Nomination, reason: str) -> Vote:
    """One vote of one member, with its reason; it cannot be changed and is told to nobody before the vote is closed.

    The journal says that somebody voted, never for whom. Raises NotAllowed with a conflict, NotNow, ValidationError.
    """
    require_member(actor, call)
    reason = worded(reason, gettext("Tulis alasan Anda; panitia membacanya sesudah pemungutan ditutup."))
    with transaction.atomic():
        held = held_call(call)
        viewer, seat = require_member(actor, held)
        require_state(held, CallState.VOTING)
        _require_not_voted(seat)
        if nomination.call_id != held.pk or nomination.state != NominationState.ADMITTED:
            raise ValidationError({"nomination": gettext("Pilih salah satu usulan.")})
        conflict = seat.conflict or conflicts_of(held, [seat], viewer.today).get(viewer.employee.pk, "")
        if conflict:
            told = gettext("Anda tidak ikut memilih karena benturan kepentingan: %(why)s.")
            raise NotAllowed(told % {"why": Conflict(conflict).label})
        made = Vote.objects.create(member=seat, nomination=nomination, reason=reason, cast_at=timezone.now())
        tell("voted", held, viewer)
    return made


def _require_not_voted(seat: Member) -> None:
    if Vote.objects.filter(member=seat).exists():
        raise NotNow(gettext("Anda sudah memberi suara. Suara tidak dapat diubah."))


def close_voting(*, actor: Viewer | None, call: Call, version: int) -> Call:
    """The votes are counted and opened to the committee: one leads, or the chair breaks the tie. Pressed twice it is
    done once. Raises NotAllowed, NotNow while votes are missing, Stale."""
    require_chair(actor, call)
    with transaction.atomic():
        held = held_call(call)
        viewer = require_chair(actor, held)
        if held.state in (CallState.TIED, CallState.DECIDED):
            return held
        require_state(held, CallState.VOTING)
        require_version(held, version)
        votes = list(Vote.objects.filter(member__call=held).values_list("nomination_id", flat=True))
        _require_votes(held, len(votes), viewer)
        counted = tally(votes)
        if counted.is_tie:
            held.state = CallState.TIED
        else:
            held.state, held.winner_id, held.decided_on = CallState.DECIDED, counted.leaders[0], viewer.today
        held.version += 1
        held.save()
        tell("voting_closed", held, viewer, changes={"votes": len(votes), "tie": counted.is_tie})
    return held


def _require_votes(call: Call, cast: int, viewer: Viewer) -> None:
    """Everybody who may vote has, or the last day is over and enough have."""
    waiting = call.members.filter(conflict="", vote=None).count()
    least = rule_set("awards", viewer.today).values["least_votes"]
    if cast < least:
        raise NotNow(gettext("Paling sedikit %(n)s suara sebelum pemungutan ditutup.") % {"n": least})
    if waiting and viewer.today <= call.vote_until:
        raise NotNow(gettext("Masih ada anggota yang belum memberi suara, dan waktunya belum habis."))


def break_tie(*, actor: Viewer | None, call: Call, nomination: Nomination, reason: str, version: int) -> Call:
    """The chair chooses among those who lead, and says why. Raises NotAllowed, NotNow, Stale, ValidationError."""
    require_chair(actor, call)
    reason = worded(reason, gettext("Tulis mengapa; panitia dan kepegawaian membacanya."))
    with transaction.atomic():
        held = held_call(call)
        viewer = require_chair(actor, held)
        require_state(held, CallState.TIED)
        require_version(held, version)
        counted = tally(Vote.objects.filter(member__call=held).values_list("nomination_id", flat=True))
        if nomination.pk not in counted.leaders:
            raise ValidationError({"nomination": gettext("Pilih salah satu yang suaranya terbanyak.")})
        held.state, held.winner, held.decided_on = CallState.DECIDED, nomination, viewer.today
        held.decision = reason
        held.version += 1
        held.save()
        tell("tie_broken", held, viewer, reason=reason)
    return held
