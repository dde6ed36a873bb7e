"""Everything overseers open of others is noted, once for each record and day: they watch in the open."""

from django.db import models, transaction

from terang.audit.services import record
from terang.evidence.signals.models import Opening
from terang.registry.people.viewer import Viewer


def note_opening(*, actor: Viewer, page: str, obj: models.Model, subject_id: int | None) -> bool:
    """Notes that the actor opened a record of `subject_id` (missing where nobody may be told); False where it was noted
    today. Two queries, three where it is new."""
    key = {"overseer": actor.employee, "page": page, "day": actor.today}
    what = {"object_type": obj._meta.label_lower, "object_id": obj.pk}
    with transaction.atomic():
        _row, new = Opening.objects.get_or_create(**key, **what, defaults={"subject_id": subject_id})
        if new:
            record(
                "signals.record_opened",
                actor=actor.user,
                obj=obj,
                agency_id=actor.agency_id,
                subject_employee_id=subject_id,
                changes={"day": actor.today},
            )
    return new
