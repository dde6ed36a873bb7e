"""Visits: opened by who leads them, of their own or from a mission."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from terang.audit.services import record
from terang.evidence.oversight.access import require_inspector
from terang.evidence.oversight.mission_access import overseers, require_member
from terang.evidence.oversight.models import Inspection, Mission
from terang.evidence.oversight.states import require_move
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

LEAST_DAYS, MOST_DAYS = 1, 14
"""Working days that a letter may give for a reply."""


def open_inspection(
    *,
    actor: Viewer | None,
    unit: Unit,
    day: date,
    purpose: str,
    letter: str,
    reply_days: int,
    form_key: UUID,
    team: Collection[Employee] = (),
) -> Inspection:
    """The actor leads a visit to a unit that no mission chose, with a team. The same form sent twice opens one.

    Raises NotAllowed outside the oversight team and its area, ValidationError for a day to come, odd days to reply or
    a team of others than overseers.
    """
    viewer = require_inspector(actor, unit)
    if not {each.pk for each in team} <= set(overseers(viewer).values_list("pk", flat=True)):
        raise ValidationError({"team": gettext("Anggota tim dipilih dari tim pengawas.")})
    if day > viewer.today:
        raise ValidationError({"day": gettext("Kunjungan dicatat pada harinya atau sesudahnya.")})
    require_reply_days(reply_days)
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
            visit.team.set(each for each in team if each.pk != viewer.employee.pk)
            _record(visit, viewer)
    return visit


def visit_unit(*, actor: Viewer | None, mission: Mission, unit: Unit, form_key: UUID) -> Inspection:
    """The actor of a mission's team stands in a chosen unit: opens its visit today, once.

    Raises NotAllowed outside the team, NotNow outside the mission's days or for a unit that was not chosen.
    """
    viewer = require_inspector(require_member(actor, mission), unit)
    if not mission.is_running(viewer.today):
        raise NotNow(gettext("Kunjungan dibuka pada hari-hari misi."))
    told = {
        "day": viewer.today,
        "lead": viewer.employee,
        "purpose": mission.purpose,
        "letter": mission.letter,
        "reply_days": mission.reply_days,
        "form_key": form_key,
    }
    with transaction.atomic():
        current = Mission.objects.select_for_update().get(pk=mission.pk)
        require_move(current, "visit")
        if not current.listed.filter(unit=unit, chosen=True).exists():
            raise NotNow(gettext("Unit ini tidak terpilih dalam misi ini."))
        visit, made = Inspection.objects.get_or_create(mission=current, unit=unit, defaults=told)
        if made:
            visit.team.set(mission.members.exclude(pk=viewer.employee.pk))
            _record(visit, viewer)
    return visit


def require_reply_days(days: int) -> None:
    """Raises ValidationError for a time that no letter gives."""
    if not LEAST_DAYS <= days <= MOST_DAYS:
        bounds = {"least": LEAST_DAYS, "most": MOST_DAYS}
        raise ValidationError({"reply_days": gettext("Isi %(least)s sampai %(most)s hari kerja.") % bounds})


def _record(visit: Inspection, viewer: Viewer) -> None:
    record(
        "oversight.inspection_opened",
        actor=viewer.user,
        obj=visit,
        agency_id=visit.unit.agency_id,
        unit_id=visit.unit_id,
        changes={"day": visit.day},
    )
