"""The verbs of peer review: open a round, answer a ticket."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.colleagues.access import require_rater
from terang.evidence.colleagues.models import ReviewRound, ReviewTally, ReviewTicket
from terang.evidence.colleagues.states import require_answerable
from terang.registry.organization.models import Agency
from terang.registry.people.access import require_role
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.rules.policies.model import Instrument


def open_round(
    *, actor: Viewer, agency: Agency, name: str, instrument: Instrument, opens_on: date, closes_on: date
) -> ReviewRound:
    """The personnel agency opens a round on an instrument of the policy, which is copied. `closes_on` is exclusive."""
    require_role(actor, Role.PERSONNEL)
    if closes_on <= opens_on:
        raise ValidationError(gettext("Putaran harus ditutup sesudah dibuka."))
    with transaction.atomic():
        opening = ReviewRound.objects.create(
            agency=agency,
            name=name,
            instrument=instrument.code,
            aspects=aspects_of(instrument),
            scale_min=instrument.scale_min,
            scale_max=instrument.scale_max,
            opens_on=opens_on,
            closes_on=closes_on,
        )
        record("colleagues.round_opened", actor=actor.user, obj=opening, agency_id=agency.pk)
    return opening


def aspects_of(instrument: Instrument) -> list[list[str]]:
    """[code, label] of an instrument's aspects in order, as a round keeps them."""
    return [[aspect.code, aspect.label] for aspect in instrument.aspects]


def answer_review(*, actor: Viewer, ticket: ReviewTicket, answers: Mapping[str, int]) -> None:
    """Adds a rater's answers to the sums and marks the ticket. There is no way back from the sums to the rater.

    `answers` holds aspect → value; aspects left out are not counted. Raises ValidationError for an unknown aspect, a
    value outside the scale, or no answer at all; NotNow where it was sent already or the round is closed.
    """
    require_rater(actor, ticket)
    with transaction.atomic():
        tickets = ReviewTicket.objects.select_for_update(of=("self",)).select_related("round", "subject")
        current = tickets.get(pk=ticket.pk)
        require_answerable(current, actor.today)
        _require_on_scale(current.round, answers)
        for aspect, value in sorted(answers.items()):
            _add(current, aspect, value)
        current.answered = True
        current.save(update_fields=["answered"])
        _record(current)


def _require_on_scale(opening: ReviewRound, answers: Mapping[str, int]) -> None:
    if not answers:
        raise ValidationError(gettext("Jawab sekurang-kurangnya satu aspek."), code="empty")
    if set(answers) - set(opening.labels):
        raise ValidationError(gettext("Ada aspek yang bukan bagian dari putaran ini."), code="aspect")
    if any(not opening.scale_min <= value <= opening.scale_max for value in answers.values()):
        raise ValidationError(gettext("Ada nilai di luar skala putaran ini."), code="scale")


def _add(ticket: ReviewTicket, aspect: str, value: int) -> None:
    """One answer more in the sum; two raters at the same moment both count."""
    tally, _created = ReviewTally.objects.get_or_create(
        round=ticket.round, subject=ticket.subject, kind=ticket.kind, aspect=aspect
    )
    ReviewTally.objects.filter(pk=tally.pk).update(answers=F("answers") + 1, sum_milli=F("sum_milli") + value * 1000)


def _record(ticket: ReviewTicket) -> None:
    """The journal tells that an answer reached the round: not by whom, about whom or where, which together with the
    list of tickets would name the rater."""
    record("colleagues.review_answered", actor=None, obj=ticket.round, agency_id=ticket.round.agency_id)
