"""Visits: opened by who leads them."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.oversight.access import require_inspector
from terang.evidence.oversight.models import Inspection
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer

LEAST_DAYS, MOST_DAYS = 1, 14
"""Working days that a letter may give for a reply."""


def open_inspection(
    *, actor: Viewer | None, unit: Unit, day: date, purpose: str, letter: str, reply_days: int, form_key: UUID
) -> Inspection:
    """The actor leads a visit to a unit. The same form sent twice opens one.

    Raises NotAllowed outside the oversight team and its area, ValidationError for a day to come or odd days to reply.
    """
    viewer = require_inspector(actor, unit)
    if day > viewer.today:
        raise ValidationError({"day": gettext("Kunjungan dicatat pada harinya atau sesudahnya.")})
    if not LEAST_DAYS <= reply_days <= MOST_DAYS:
        bounds = {"least": LEAST_DAYS, "most": MOST_DAYS}
        raise ValidationError({"reply_days": gettext("Isi %(least)s sampai %(most)s hari kerja.") % bounds})
    with transaction.atomic():
        visit, made = Inspection.objects.get_or_create(
            form_key=form_key,
            defaults={
                "unit": unit,
                "day": day,
                "lead": viewer.employee,
                "purpose": purpose.strip(),
                "letter": letter.strip(),
                "reply_days": reply_days,
            },
        )
        if made:
            record(
                "oversight.inspection_opened",
                actor=viewer.user,
                obj=visit,
                agency_id=unit.agency_id,
                unit_id=unit.pk,
                changes={"day": day},
            )
    return visit
