"""A round is given up: its answers are destroyed unread."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.colleagues.access import require_keeper
from terang.evidence.colleagues.models import ReviewRound
from terang.evidence.colleagues.round_keys import destroy_key
from terang.evidence.colleagues.states import require_running
from terang.registry.people.viewer import Viewer


def cancel_round(*, actor: Viewer, opening: ReviewRound, reason: str) -> None:
    """Needs no key, so that a round whose key is lost can be ended. Raises NotNow where it has ended."""
    require_keeper(actor, opening.agency_id)
    if not reason.strip():
        raise ValidationError({"reason": gettext("Tulis alasannya, supaya yang sudah menjawab tahu mengapa.")})
    with transaction.atomic():
        current = ReviewRound.objects.select_for_update().get(pk=opening.pk)
        require_running(current)
        clear_away(current)
        current.cancelled_on, current.cancel_reason = actor.today, reason.strip().rstrip(".")
        current.save(update_fields=["cancelled_on", "cancel_reason"])
        record("colleagues.round_cancelled", actor=actor.user, obj=current, agency_id=current.agency_id, reason=reason)


def clear_away(opening: ReviewRound) -> None:
    """Ballots and tickets go with the caller's transaction, the key once that is kept."""
    opening.ballots.all().delete()
    opening.tickets.all().delete()
    transaction.on_commit(lambda: destroy_key(opening.key_name))
