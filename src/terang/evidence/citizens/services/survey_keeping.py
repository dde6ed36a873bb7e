"""What a manager decides beside the periods: which questions are asked, and which remark officers do not read."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.citizens.models import HiddenRemark, Service, ShortForm, SurveyResponse
from terang.evidence.citizens.survey_access import require_manager, require_remark_manager
from terang.evidence.citizens.survey_forms_asked import SHORT
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.rules.tables import ELEMENTS
from terang.web.errors import NotAllowed


def choose_questions(*, actor: Viewer, unit: Unit, service: Service | None, elements: Sequence[str]) -> ShortForm:
    """Three elements to ask of who uses a service (None: every service of the unit), or none for all nine."""
    require_manager(actor, unit)
    if service is not None and service.unit_id != unit.pk:
        raise NotAllowed(gettext("Layanan ini milik unit lain."))
    chosen = [each for each in ELEMENTS if each in elements]
    if len(set(elements)) != len(chosen) or len(chosen) not in (0, SHORT):
        raise NotAllowed(gettext("Pilih tepat tiga unsur, atau tanyakan kesembilannya."))
    with transaction.atomic():
        form, _ = ShortForm.objects.update_or_create(unit=unit, service=service, defaults={"elements": chosen})
        record(
            "citizens.survey_questions_chosen",
            actor=actor.user,
            obj=service or unit,
            agency_id=unit.agency_id,
            unit_id=unit.pk,
            changes={"elements": chosen},
        )
    return form


def hide_remark(*, actor: Viewer, response: SurveyResponse, reason: str) -> HiddenRemark:
    """Takes a remark from the officers' pages; it is kept with the reason. Hiding twice keeps the first reason."""
    viewer = require_remark_manager(actor, response)
    if not reason.strip():
        raise NotAllowed(gettext("Tulis alasan menyembunyikan saran ini."))
    with transaction.atomic():
        hidden, made = HiddenRemark.objects.get_or_create(
            response=response,
            defaults={"reason": reason.strip(), "hidden_by": viewer.employee, "hidden_at": timezone.now()},
        )
        if made:
            record(
                "citizens.remark_hidden",
                actor=actor.user,
                obj=response.service,
                agency_id=viewer.agency_id,
                unit_id=response.service.unit_id,
                changes={},
                reason=hidden.reason,
            )
    return hidden
