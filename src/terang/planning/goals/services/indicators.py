"""Indicators of a goal and their yearly targets."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from terang.planning.goals.access import require_shaper
from terang.planning.goals.models import Goal, KeyIndicator, YearTarget
from terang.planning.goals.services.writing import changed, require_reason, tell
from terang.planning.measuring import Direction
from terang.registry.organization.services import require_version
from terang.registry.people.viewer import Viewer
from terang.rules.catalogue import MEASURES
from terang.web.errors import NotNow

QUARTERS = ("quarter1_milli", "quarter2_milli", "quarter3_milli", "quarter4_milli")


@transaction.atomic
def add_indicator(*, actor: Viewer, goal: Goal, number: int, **values: Any) -> KeyIndicator:
    """A new indicator; `values` are fields of `KeyIndicator`. Its number is unique within the goal, so that the same
    form twice makes one indicator."""
    require_shaper(actor, goal.unit, goal.kind)
    if goal.retired_on:
        raise NotNow(_("Sasaran ini sudah tidak dipakai."))
    indicator = KeyIndicator(goal=goal, number=number, **values)
    _check(indicator)
    indicator.save()
    tell("indicator_added", actor, indicator, {"title": [None, indicator.text]})
    return indicator


@transaction.atomic
def change_indicator(*, actor: Viewer, indicator: KeyIndicator, version: int, **values: Any) -> KeyIndicator:
    """Changes any of the fields. Signed agreements keep the words and targets they were signed with."""
    indicator = _locked(actor, indicator, version)
    told = changed(indicator, values)
    _check(indicator)
    if told:
        indicator.version += 1
        indicator.save()
        tell("indicator_changed", actor, indicator, told)
    return indicator


@transaction.atomic
def retire_indicator(*, actor: Viewer, indicator: KeyIndicator, version: int, on: date, reason: str) -> KeyIndicator:
    """The indicator no longer counts from a day on; its history stays."""
    indicator = _locked(actor, indicator, version)
    indicator.retired_on, indicator.version = on, indicator.version + 1
    indicator.save(update_fields=["retired_on", "version"])
    tell("indicator_retired", actor, indicator, {"retired_on": [None, on.isoformat()]}, require_reason(reason))
    return indicator


@transaction.atomic
def set_target(
    *,
    actor: Viewer,
    indicator: KeyIndicator,
    version: int,
    year: int,
    target_milli: int,
    target_max_milli: int | None = None,
    quarter1_milli: int | None = None,
    quarter2_milli: int | None = None,
    quarter3_milli: int | None = None,
    quarter4_milli: int | None = None,
) -> YearTarget:
    """What the indicator should reach in a year, and by the end of each quarter where that is agreed. `version` is the
    indicator's."""
    indicator = _locked(actor, indicator, version)
    target = YearTarget.objects.filter(indicator=indicator, year=year).first()
    target = target or YearTarget(indicator=indicator, year=year)
    quarters = (quarter1_milli, quarter2_milli, quarter3_milli, quarter4_milli)
    values = {
        "target_milli": target_milli,
        "target_max_milli": target_max_milli,
        **dict(zip(QUARTERS, quarters, strict=True)),
    }
    told = changed(target, values)
    _check_target(target)
    if told or target.pk is None:
        target.save()
        indicator.version += 1
        indicator.save(update_fields=["version"])
        tell("target_set", actor, indicator, {"year": year, **told})
    return target


def _locked(actor: Viewer, indicator: KeyIndicator, version: int) -> KeyIndicator:
    require_shaper(actor, indicator.goal.unit, indicator.goal.kind)
    rows = KeyIndicator.objects.select_for_update(of=("self",)).select_related("goal__unit")
    current = rows.get(pk=indicator.pk)
    require_version(current.version, version)
    if current.retired_on:
        raise NotNow(_("Indikator ini sudah tidak dipakai."))
    return current


def _check(indicator: KeyIndicator) -> None:
    twin = KeyIndicator.objects.filter(goal_id=indicator.goal_id, number=indicator.number).exclude(pk=indicator.pk)
    if found := twin.first():
        told = _("Nomor ini sudah dipakai: %(text)s. Periksa dahulu sebelum mengulang.") % {"text": found.text}
        raise ValidationError({"number": told})
    if indicator.measure and indicator.measure not in MEASURES:
        raise ValidationError({"measure": _("Ukuran ini tidak ada dalam katalog.")})
    if (indicator.baseline_milli is None) != (indicator.baseline_year is None):
        name = "baseline_year" if indicator.baseline_year is None else "baseline_milli"
        raise ValidationError({name: _("Isi nilai keadaan awal bersama tahunnya.")})
    if indicator.direction == Direction.IMPACT and indicator.baseline_milli is None:
        raise ValidationError({"baseline_milli": _("Dampak diukur dari keadaan awal. Isi nilai dan tahunnya.")})
    if indicator.responsible and indicator.responsible.unit.agency_id != indicator.goal.agency_id:
        raise ValidationError({"responsible": _("Jabatan ini milik pemerintah daerah lain.")})
    indicator.full_clean(validate_unique=False, validate_constraints=False)


def _check_target(target: YearTarget) -> None:
    indicator, most = target.indicator, target.target_max_milli
    if not indicator.goal.year_start <= target.year <= indicator.goal.year_end:
        words = {"start": indicator.goal.year_start, "end": indicator.goal.year_end}
        raise ValidationError({"target_milli": _("Sasaran ini berlaku %(start)s sampai %(end)s.") % words})
    if indicator.direction == Direction.RANGE:
        if most is None or most < target.target_milli:
            raise ValidationError({"target_max_milli": _("Isi batas atas, tidak kurang dari batas bawah.")})
    elif most is not None:
        raise ValidationError({"target_max_milli": _("Batas atas hanya untuk arah dalam rentang.")})
    if indicator.direction == Direction.IMPACT and target.target_milli == indicator.baseline_milli:
        raise ValidationError({"target_milli": _("Target sama dengan keadaan awal: tidak ada dampak yang dituju.")})
    target.full_clean(validate_unique=False, validate_constraints=False)
