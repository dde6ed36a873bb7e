"""The personnel agency sets how often leaders owe feedback."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.dialogue.access import require_terms_keeper
from terang.evidence.dialogue.models import FeedbackTerms
from terang.evidence.dialogue.terms import LEAST_DAYS, MOST_DAYS
from terang.registry.people.viewer import Viewer


def set_terms(*, actor: Viewer | None, valid_from: date, days: int, basis: str) -> FeedbackTerms:
    """From a day on, today or later; the same day again replaces it. Raises NotAllowed, ValidationError."""
    viewer = require_terms_keeper(actor)
    if not LEAST_DAYS <= days <= MOST_DAYS:
        bounds = {"least": LEAST_DAYS, "most": MOST_DAYS}
        raise ValidationError({"days": gettext("Isi %(least)s sampai %(most)s hari.") % bounds})
    if valid_from < viewer.today:
        message = gettext("Aturan berlaku sejak hari ini atau sesudahnya; yang sudah lewat tidak diubah.")
        raise ValidationError({"valid_from": message})
    with transaction.atomic():
        terms, _created = FeedbackTerms.objects.update_or_create(
            agency_id=viewer.agency_id, valid_from=valid_from, defaults={"days": days, "basis": basis.strip()}
        )
        changes = {"valid_from": valid_from, "days": days}
        record("dialogue.terms_set", actor=viewer.user, obj=terms, agency_id=viewer.agency_id, changes=changes)
    return terms
