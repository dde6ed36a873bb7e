"""The team of the whole government sets from where on it asks, and how long people have to explain."""

from collections.abc import Collection, Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.signals.access import require_keeper
from terang.evidence.signals.models import SignalTerms
from terang.evidence.signals.sources import LEAST_DAYS, MOST_DAYS
from terang.registry.people.viewer import Viewer


def set_terms(
    *,
    actor: Viewer | None,
    valid_from: date,
    answer_days: int,
    limits: Mapping[str, int],
    silent: Collection[str],
    basis: str,
) -> SignalTerms:
    """From a day on, today or later; the same day again replaces it. `limits` by `kind.code`, `silent` kinds. Raises
    NotAllowed, ValidationError. The journal tells that thresholds changed, not to what: staff read their own journal.
    """
    viewer = require_keeper(actor)
    if not LEAST_DAYS <= answer_days <= MOST_DAYS:
        bounds = {"least": LEAST_DAYS, "most": MOST_DAYS}
        raise ValidationError({"answer_days": gettext("Isi %(least)s sampai %(most)s hari kerja.") % bounds})
    if valid_from < viewer.today:
        message = gettext("Aturan berlaku sejak hari ini atau sesudahnya; yang sudah lewat tidak diubah.")
        raise ValidationError({"valid_from": message})
    told = {"answer_days": answer_days, "limits": dict(limits), "silent": sorted(silent), "basis": basis.strip()}
    with transaction.atomic():
        terms, _created = SignalTerms.objects.update_or_create(
            agency_id=viewer.agency_id, valid_from=valid_from, defaults=told | {"set_by": viewer.employee}
        )
        record(
            "signals.terms_set",
            actor=viewer.user,
            obj=terms,
            agency_id=viewer.agency_id,
            changes={"valid_from": valid_from},
        )
    return terms
