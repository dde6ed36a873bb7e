"""Goals: added, changed, retired. A goal hangs below one of the kind that the cascade allows, never below itself."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from terang.planning.goals.access import require_shaper
from terang.planning.goals.models import Goal, GoalKind
from terang.planning.goals.services.writing import changed, require_reason, tell
from terang.registry.organization.models import Agency, Unit
from terang.registry.organization.services import require_version
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow

PARENT_KINDS: dict[str, tuple[GoalKind, ...]] = {
    GoalKind.OBJECTIVE: (),
    GoalKind.TARGET: (GoalKind.OBJECTIVE,),
    GoalKind.UNIT_TARGET: (GoalKind.TARGET, GoalKind.UNIT_TARGET),
    GoalKind.PROGRAMME: (GoalKind.UNIT_TARGET, GoalKind.PROGRAMME),
}
"""What a goal of each kind may serve. Objectives are the top; units pass a target down to units below them."""


@transaction.atomic
def add_goal(
    *,
    actor: Viewer,
    unit: Unit,
    kind: str,
    code: str,
    text: str,
    year_start: int,
    year_end: int,
    parent: Goal | None = None,
    source: str = "",
) -> Goal:
    """A new goal. Its code is the government's own and unique, so that the same form twice makes one goal."""
    require_shaper(actor, unit, kind)
    goal = Goal(
        agency_id=unit.agency_id,
        unit=unit,
        parent=parent,
        kind=kind,
        code=code.strip().upper(),
        text=text.strip(),
        source=source.strip(),
        year_start=year_start,
        year_end=year_end,
    )
    _check(goal)
    goal.save()
    tell("goal_added", actor, goal, {"title": [None, goal.text], "code": [None, goal.code]})
    return goal


@transaction.atomic
def change_goal(*, actor: Viewer, goal: Goal, version: int, **values: Any) -> Goal:
    """Changes unit, kind, code, text, source, years or parent; whoever changes must be able to shape it before and
    after."""
    require_shaper(actor, goal.unit, goal.kind)
    Agency.objects.select_for_update().get(pk=goal.agency_id)  # two moves at once could close a circle
    goal = Goal.objects.select_for_update(of=("self",)).select_related("unit", "parent").get(pk=goal.pk)
    require_version(goal.version, version)
    if "code" in values:
        values["code"] = values["code"].strip().upper()
    told = changed(goal, values)
    require_shaper(actor, goal.unit, goal.kind)
    _check(goal)
    if "kind" in told:
        _check_children(goal)
    if told:
        goal.version += 1
        goal.save()
        tell("goal_changed", actor, goal, told)
    return goal


@transaction.atomic
def retire_goal(*, actor: Viewer, goal: Goal, version: int, on: date, reason: str) -> Goal:
    """The goal and its indicators no longer count from a day on. Refuses while goals below it are in use."""
    require_shaper(actor, goal.unit, goal.kind)
    goal = Goal.objects.select_for_update(of=("self",)).select_related("unit").get(pk=goal.pk)
    require_version(goal.version, version)
    if goal.retired_on:
        raise NotNow(_("Sasaran ini sudah tidak dipakai."))
    below = goal.children.filter(Q(retired_on=None) | Q(retired_on__gt=on)).first()
    if below:
        raise NotNow(_("%(code)s di bawahnya masih dipakai. Hentikan atau pindahkan dahulu.") % {"code": below.code})
    goal.retired_on, goal.version = on, goal.version + 1
    told = {"retired_on": [None, on.isoformat()]}
    goal.save(update_fields=["retired_on", "version"])
    tell("goal_retired", actor, goal, told, require_reason(reason))
    return goal


def _check(goal: Goal) -> None:
    """Raises ValidationError where code, years or place do not fit."""
    twin = Goal.objects.filter(agency_id=goal.agency_id, code=goal.code).exclude(pk=goal.pk).first()
    if twin:
        raise ValidationError(
            {"code": _("Kode ini sudah dipakai: %(text)s. Periksa dahulu sebelum mengulang.") % {"text": twin.text}}
        )
    if goal.year_end < goal.year_start:
        raise ValidationError({"year_end": _("Tahun akhir tidak boleh sebelum tahun awal.")})
    _check_place(goal)
    goal.full_clean(validate_unique=False, validate_constraints=False)


def _check_place(goal: Goal) -> None:
    allowed = PARENT_KINDS.get(goal.kind, ())
    parent = goal.parent
    names = _(" atau ").join(str(kind.label) for kind in allowed)
    if parent is None:
        if allowed:
            raise ValidationError({"parent": _("Pilih yang didukungnya: %(kinds)s.") % {"kinds": names}})
        return
    if parent.agency_id != goal.agency_id or parent.retired_on:
        raise ValidationError({"parent": _("Sasaran induk ini tidak dipakai lagi. Pilih yang lain.")})
    if not allowed:
        raise ValidationError({"parent": _("Tujuan RPJMD berada di puncak dan tidak punya induk.")})
    if parent.kind not in allowed:
        words = {"kind": goal.get_kind_display(), "kinds": names}
        raise ValidationError({"parent": _("%(kind)s hanya berada di bawah %(kinds)s.") % words})
    if goal.pk and _lies_below(parent.pk, goal):
        raise ValidationError({"parent": _("Sasaran tidak dapat berada di bawah dirinya sendiri.")})


def _lies_below(pk: int | None, goal: Goal) -> bool:
    """Whether a goal is another one or lies below it. One query."""
    parents = dict(Goal.objects.filter(agency_id=goal.agency_id).order_by().values_list("pk", "parent_id"))
    seen: set[int] = set()
    while pk is not None and pk not in seen:
        if pk == goal.pk:
            return True
        seen.add(pk)
        pk = parents.get(pk)
    return False


def _check_children(goal: Goal) -> None:
    kinds = set(goal.children.filter(retired_on=None).values_list("kind", flat=True))
    if any(goal.kind not in PARENT_KINDS[kind] for kind in kinds):
        raise ValidationError({"kind": _("Tingkat ini tidak cocok dengan sasaran yang ada di bawahnya.")})
