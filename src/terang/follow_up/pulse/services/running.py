"""A government begins to ask, and ends it with a reason that everybody reads."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.colleagues.round_keys import destroy_key
from terang.follow_up.pulse.access import require_keeper
from terang.follow_up.pulse.models import PulseSurvey, Wave
from terang.registry.organization.models import Agency
from terang.registry.people.viewer import Viewer


def begin(*, actor: Viewer | None, agency: Agency) -> PulseSurvey:
    """From now on a part of the staff is asked each month. Begun twice it is begun once. Raises NotAllowed."""
    viewer = require_keeper(actor, agency.pk)
    with transaction.atomic():
        Agency.objects.select_for_update().get(pk=agency.pk)
        if running := PulseSurvey.objects.filter(agency=agency, ended_on=None).first():
            return running
        made = PulseSurvey.objects.create(agency=agency, begun_on=viewer.today, begun_by=viewer.employee)
        record("pulse.begun", actor=viewer.user, obj=made, agency_id=agency.pk)
    return made


def end(*, actor: Viewer | None, survey: PulseSurvey, reason: str) -> PulseSurvey:
    """Asks no more; answers of an open wave are destroyed unread. Ended twice it is ended once. Raises NotAllowed,
    ValidationError without a reason."""
    viewer = require_keeper(actor, survey.agency_id)
    if not reason.strip():
        raise ValidationError({"reason": gettext("Tulis alasannya; semua pegawai membacanya.")})
    with transaction.atomic():
        held = PulseSurvey.objects.select_for_update().get(pk=survey.pk)
        if held.ended_on is not None:
            return held
        held.ended_on, held.reason = viewer.today, reason.strip()
        held.save(update_fields=["ended_on", "reason"])
        for wave in Wave.objects.select_for_update().filter(
            agency_id=held.agency_id, released_on=None, dropped_on=None
        ):
            wave.dropped_on = viewer.today
            wave.save(update_fields=["dropped_on"])
            clear_away(wave)
        record("pulse.ended", actor=viewer.user, obj=held, agency_id=held.agency_id, reason=held.reason)
    return held


def clear_away(wave: Wave) -> None:
    """Destroys sheets and tickets, and after the commit the key: from then on every copy ever made stays shut."""
    wave.sheets.all().delete()
    wave.tickets.all().delete()
    transaction.on_commit(lambda: destroy_key(wave.key_name))
