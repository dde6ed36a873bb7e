"""Conflicts of interest: kept by the personnel agency, or declared by a rater who hands a ticket back.

The journal tells that a conflict was recorded or a ticket handed back, never between whom.
"""

import uuid
from datetime import date
from secrets import SystemRandom

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, F
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.colleagues.access import require_keeper, require_rater
from terang.evidence.colleagues.drawing import groups_on
from terang.evidence.colleagues.models import Conflict, ConflictReason, RaterKind, ReviewRound, ReviewTicket
from terang.evidence.colleagues.services.answering import held
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.reviews.draw import replacement
from terang.web.errors import NotNow


def record_conflict(
    *,
    actor: Viewer,
    one: Employee,
    other: Employee,
    reason: ConflictReason,
    since: date,
    until: date | None = None,
    form_key: uuid.UUID | None = None,
) -> Conflict:
    """Keeps two people from being asked about each other in draws from `since` on. The same `form_key` twice gives the
    same row. Raises ValidationError for a pair of one and for days in the wrong order."""
    for person in (one, other):
        require_keeper(actor, person.agency_id)
    if one == other:
        raise ValidationError({"other": gettext("Pilih dua orang yang berbeda.")})
    if until is not None and until <= since:
        raise ValidationError({"until": gettext("Akhir harus sesudah mulai.")})
    values = {"agency_id": one.agency_id, "one": one, "other": other, "reason": reason, "since": since, "until": until}
    with transaction.atomic():
        row, made = Conflict.objects.get_or_create(form_key=form_key or uuid.uuid4(), defaults=values)
        if made:
            record("colleagues.conflict_recorded", actor=actor.user, agency_id=one.agency_id)
    return row


def end_conflict(*, actor: Viewer, conflict: Conflict) -> None:
    """From today on the two may be asked about each other again; one that begins today or later goes altogether.
    Raises NotNow where it has ended."""
    require_keeper(actor, conflict.agency_id)
    with transaction.atomic():
        current = Conflict.objects.select_for_update().get(pk=conflict.pk)
        if current.until is not None and current.until <= actor.today:
            raise NotNow(gettext("Benturan kepentingan ini sudah berakhir."))
        if current.since >= actor.today:
            current.delete()
        else:
            Conflict.objects.filter(pk=current.pk).update(until=actor.today)
        record("colleagues.conflict_ended", actor=actor.user, agency_id=conflict.agency_id)


def decline(*, actor: Viewer, ticket: ReviewTicket, reason: ConflictReason) -> None:
    """A rater hands a ticket back; until the round closes the two are not asked about each other. Somebody else who can
    be asked takes the ticket over, with its ballot, which stays as it lies; a leader has no replacement. Raises NotNow
    where it was answered already or the round is closed."""
    require_rater(actor, ticket)
    with transaction.atomic():
        opening, _sealer = held(actor, ticket)
        Conflict.objects.create(
            agency_id=opening.agency_id,
            one_id=actor.employee.pk,
            other_id=ticket.subject_id,
            reason=reason,
            since=actor.today,
            until=opening.closes_on,
            declared=True,
        )
        if rater_id := _somebody_else(opening, ticket, actor.today):
            ReviewTicket.objects.filter(pk=ticket.pk).update(rater_id=rater_id)
        else:
            ReviewTicket.objects.filter(pk=ticket.pk).delete()
            ReviewRound.objects.filter(pk=opening.pk).update(asked=F("asked") - 1)
        record("colleagues.ticket_declined", actor=None, obj=opening, agency_id=opening.agency_id)


def _somebody_else(opening: ReviewRound, ticket: ReviewTicket, today: date) -> int | None:
    if ticket.kind == RaterKind.SUPERIOR:
        return None
    groups = groups_on(opening.agency_id, today, opening.least)
    taken = set(opening.tickets.filter(subject_id=ticket.subject_id).values_list("rater_id", flat=True))
    burdens = opening.tickets.exclude(kind=RaterKind.SUPERIOR).order_by().values_list("rater_id")
    load = dict(burdens.annotate(count=Count("pk")))
    return replacement(groups.get(ticket.group, ()), taken, load, opening.cap, SystemRandom())
