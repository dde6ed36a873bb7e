"""A ticket is answered: its ballot is sealed anew, and one more has come in. Nothing else is written anywhere."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.colleagues.access import require_rater
from terang.evidence.colleagues.ballots import Answer, DamagedBallot, Sealer, sealer_of
from terang.evidence.colleagues.models import Ballot, ReviewRemark, ReviewRound, ReviewTicket
from terang.evidence.colleagues.states import require_open, require_unanswered
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

REMARK_LENGTH = ReviewRemark._meta.get_field("text").max_length or 0


def answer_review(*, actor: Viewer, ticket: ReviewTicket, answers: Mapping[str, int], remark: str = "") -> None:
    """Seals a rater's answer. Nobody can read it until the round is released, and then only as part of a group.

    `answers` holds aspect → value; aspects left out are not counted. Raises ValidationError for an unknown aspect, a
    value outside the scale, no answer at all or a remark that is too long; NotNow where it was sent already, the round
    is closed, or its key is missing.
    """
    require_rater(actor, ticket)
    with transaction.atomic():
        opening, sealer = held(actor, ticket)
        told = Answer(_on_scale(opening, answers), _plain(remark))
        locator = sealer.locator(ticket.pk)
        Ballot.objects.filter(pk=locator).update(sealed=sealer.seal(locator, told))
        ReviewRound.objects.filter(pk=opening.pk).update(answered=F("answered") + 1)
        record("colleagues.review_answered", actor=None, obj=opening, agency_id=opening.agency_id)


def held(actor: Viewer, ticket: ReviewTicket) -> tuple[ReviewRound, Sealer]:
    """The ticket's round, locked against other answers and the release, and its sealer, once it is sure that the ticket
    is still the actor's, the round open and the ballot empty."""
    opening = ReviewRound.objects.select_for_update().get(pk=ticket.round_id)
    require_open(opening, actor.today)
    if not ReviewTicket.objects.filter(pk=ticket.pk, rater_id=actor.employee.pk).exists():
        raise NotAllowed(gettext("Penilaian ini ditujukan kepada orang lain."))
    sealer = sealer_of(opening)
    require_unanswered(is_answered(sealer, ticket.pk))
    return opening, sealer


def is_answered(sealer: Sealer, ticket_id: int) -> bool:
    """Raises DamagedBallot where there is no ballot. One query."""
    locator = sealer.locator(ticket_id)
    sealed = Ballot.objects.filter(pk=locator).values_list("sealed", flat=True).first()
    if sealed is None:
        raise DamagedBallot
    return sealer.open(locator, sealed) is not None


def _on_scale(opening: ReviewRound, answers: Mapping[str, int]) -> Mapping[str, int]:
    if not answers:
        raise ValidationError(gettext("Jawab sekurang-kurangnya satu aspek."), code="empty")
    if set(answers) - set(opening.labels):
        raise ValidationError(gettext("Ada aspek yang bukan bagian dari putaran ini."), code="aspect")
    if any(not opening.scale_min <= value <= opening.scale_max for value in answers.values()):
        raise ValidationError(gettext("Ada nilai di luar skala putaran ini."), code="scale")
    return answers


def _plain(remark: str) -> str:
    """Words in one line, without signs that are not seen."""
    words = " ".join("".join(sign if sign.isprintable() else " " for sign in remark).split())
    if len(words) > REMARK_LENGTH:
        raise ValidationError(gettext("Catatan ini terlalu panjang. Ringkas, lalu kirim lagi."), code="long")
    return words
