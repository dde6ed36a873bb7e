"""A government's own terms of planning, from a day on."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.planning.plans.models import PlanningTerms
from terang.registry.people.access import require_keeper_of
from terang.registry.people.viewer import Viewer

MOST_DAYS = 60


def set_terms(*, actor: Viewer, valid_from: date, answer_days: int, basis: str) -> PlanningTerms:
    """New terms from a day on; earlier ones stay for what was submitted under them.

    Raises ValidationError for a day in the past (what was promised then holds), a day that has terms, and a number of
    days that is none.
    """
    require_keeper_of(actor, actor.agency_id)
    if valid_from < actor.today:
        raise ValidationError({"valid_from": gettext("Ketentuan baru berlaku paling cepat hari ini.")})
    if not 1 <= answer_days <= MOST_DAYS:
        raise ValidationError({"answer_days": gettext("Isi 1 sampai %(most)s hari kerja.") % {"most": MOST_DAYS}})
    if PlanningTerms.objects.filter(agency_id=actor.agency_id, valid_from=valid_from).exists():
        raise ValidationError({"valid_from": gettext("Pada tanggal ini sudah ada ketentuan. Pilih tanggal lain.")})
    with transaction.atomic():
        terms = PlanningTerms.objects.create(
            agency_id=actor.agency_id, valid_from=valid_from, answer_days=answer_days, basis=basis.strip()
        )
        changes = {"valid_from": valid_from.isoformat(), "answer_days": answer_days}
        record(
            "plans.terms_set",
            actor=actor.user,
            obj=terms,
            agency_id=actor.agency_id,
            changes=changes,
            reason=terms.basis,
        )
    return terms
