"""Rules of presence from the web and the places they name, decided by the personnel agency. Each has days derived."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from terang.audit.services import record
from terang.evidence.attendance.access import require_keeper
from terang.evidence.attendance.models import WebPunchRule, WorkPlace
from terang.evidence.attendance.services.rederiving import ask_to_derive
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.access import require_agency
from terang.registry.people.viewer import Viewer
from terang.rules.attendance.place import Point
from terang.rules.errors import RuleInputError
from terang.web.numbers import longdate


@transaction.atomic
def set_web_rule(
    *,
    actor: Viewer | None,
    agency: Agency,
    unit: Unit | None,
    who: str,
    place_required: bool,
    radius_metres: int | None,
    outside: str,
    answer_days: int,
    photo_required: bool,
    flexible_by: str,
    basis: str,
    valid_from: date,
    valid_to: date | None = None,
) -> WebPunchRule:
    """The rule of an agency or a unit from `valid_from`; the one before it is not asked any more."""
    viewer = require_keeper(actor)
    require_agency(viewer, agency.pk)
    if unit is not None and unit.agency_id != agency.pk:
        raise ValidationError({"unit": _("Unit ini milik pemerintah daerah lain.")})
    if valid_to is not None and valid_to <= valid_from:
        raise ValidationError({"valid_to": _("Akhir harus sesudah mulai.")})
    if place_required and not radius_metres:
        raise ValidationError({"radius_metres": _("Isi jarak dalam meter, misalnya 100.")})
    if WebPunchRule.objects.filter(agency=agency, unit=unit, valid_from=valid_from).exists():
        raise ValidationError({"valid_from": _("Sudah ada aturan sejak %s. Akhiri dahulu.") % longdate(valid_from)})
    rule = WebPunchRule.objects.create(
        agency=agency,
        unit=unit,
        who=who,
        place_required=place_required,
        radius_metres=radius_metres if place_required else None,
        outside=outside,
        answer_days=answer_days,
        photo_required=photo_required,
        flexible_by=flexible_by,
        basis=basis.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _record("attendance.web_rule_set", viewer, rule, unit, {"who": who, "valid_from": valid_from.isoformat()}, basis)
    ask_to_derive(agency, valid_from, valid_to or date.max)
    return rule


@transaction.atomic
def end_web_rule(*, actor: Viewer | None, rule: WebPunchRule, on: date) -> None:
    """The rule holds until before `on`, which lies after its start."""
    viewer = require_keeper(actor)
    require_agency(viewer, rule.agency_id)
    if rule.valid_to is not None and on >= rule.valid_to:
        raise ValidationError({"on": _("Aturan ini sudah berakhir %s.") % longdate(rule.valid_to)})
    if on <= rule.valid_from:
        raise ValidationError({"on": _("Pilih tanggal sesudah %s, saat aturan mulai.") % longdate(rule.valid_from)})
    rule.valid_to = on
    rule.save(update_fields=["valid_to"])
    _record("attendance.web_rule_ended", viewer, rule, rule.unit, {"valid_to": [None, on.isoformat()]}, "")
    ask_to_derive(rule.agency, on, date.max)


@transaction.atomic
def add_place(
    *, actor: Viewer | None, agency: Agency, unit: Unit | None, name: str, latitude_micro: int, longitude_micro: int
) -> WorkPlace:
    """A place at which presence may be recorded, by name and millionths of a degree."""
    viewer = require_keeper(actor)
    require_agency(viewer, agency.pk)
    try:
        Point(latitude_micro, longitude_micro)
    except RuleInputError as error:
        raise ValidationError(str(error)) from None
    if unit is not None and unit.agency_id != agency.pk:
        raise ValidationError({"unit": _("Unit ini milik pemerintah daerah lain.")})
    place = WorkPlace.objects.create(
        agency=agency,
        unit=unit,
        name=name.strip(),
        latitude_micro=latitude_micro,
        longitude_micro=longitude_micro,
    )
    _record("attendance.place_added", viewer, place, unit, {"name": [None, place.name]}, "")
    return place


@transaction.atomic
def retire_place(*, actor: Viewer | None, place: WorkPlace, on: date) -> None:
    """From `on` the place is not asked about any more; what was recorded at it stays."""
    viewer = require_keeper(actor)
    require_agency(viewer, place.agency_id)
    if place.retired_on is not None and place.retired_on <= on:
        raise ValidationError({"on": _("Tempat ini sudah tidak dipakai sejak %s.") % longdate(place.retired_on)})
    place.retired_on = on
    place.save(update_fields=["retired_on"])
    _record("attendance.place_retired", viewer, place, place.unit, {"retired_on": [None, on.isoformat()]}, "")


def _record(verb: str, viewer: Viewer, obj: Any, unit: Unit | None, changes: dict[str, Any], reason: str) -> None:
    unit_id = unit.pk if unit else None
    record(
        verb, actor=viewer.user, obj=obj, agency_id=viewer.agency_id, unit_id=unit_id, changes=changes, reason=reason
    )
