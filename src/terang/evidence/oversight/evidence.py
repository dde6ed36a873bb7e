"""What the oversight room hands to the engine: points checked and met, confirmed ones only."""

from collections.abc import Collection
from datetime import date

from django.db.models import Count, Prefetch, Q
from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.oversight.heads import belongs_to, headed_units, led_visits
from terang.evidence.oversight.models import CheckState, Inspection, InspectionCheck
from terang.evidence.records import Record
from terang.registry.people.selectors import heads_on


def facts(employee_ids: Collection[int], start: date, end: date) -> dict[str, list[tuple[object, ...]]]:
    """Rows of `inspections` between `start` and `end` (exclusive), as `rules.tables` declares them. One query, one more
    where units were inspected.

    A point that waits for the person's reply, or that was withdrawn, is neither met nor missed: it is left out. A point
    about the unit is that of who headed it on the day (`heads`).
    """
    units = headed_units(employee_ids, start, end)
    seat = ("inspection__unit_id", "inspection__day")
    rows = list(
        InspectionCheck.objects.filter(
            Q(employee_id__in=employee_ids) | Q(employee__isnull=True, inspection__unit_id__in=units),
            inspection__day__gte=start,
            inspection__day__lt=end,
            state=CheckState.CONFIRMED,
        )
        .order_by()
        .values("employee_id", "inspection_id", *seat)
        .annotate(checked=Count("id"), points_met=Count("id", filter=Q(met=True)))
        .values_list("employee_id", "inspection_id", *seat, "checked", "points_met")
    )
    heads, wanted = heads_on({(row[2], row[3]) for row in rows if row[0] is None}), set(employee_ids)
    found: dict[tuple[int, int], tuple[int, int]] = {}
    for employee_id, visit_id, unit_id, day, checked, met in rows:
        person = employee_id or heads.get((unit_id, day))
        if person in wanted:
            known = found.get((person, visit_id), (0, 0))
            found[person, visit_id] = (known[0] + checked, known[1] + met)
    return {"inspections": [(*key, *counted) for key, counted in sorted(found.items())]}


def records(measure_code: str, employee_id: int, start: date, end: date, limit: int = 50) -> list[Record]:
    """The inspections behind `inspection_compliance`, latest first, each with its points. Four queries."""
    led = led_visits([employee_id], start, end)
    own = Prefetch("checks", InspectionCheck.objects.filter(belongs_to(employee_id, led)), to_attr="own_checks")
    visits = (
        Inspection.objects.filter(Q(checks__employee_id=employee_id) | Q(pk__in=list(led)), day__gte=start, day__lt=end)
        .distinct()
        .select_related("lead", "unit")
        .prefetch_related(own)
    )
    return [_record(visit) for visit in visits[:limit]]


def _record(visit: Inspection) -> Record:
    checks: list[InspectionCheck] = visit.own_checks  # type: ignore[attr-defined]
    confirmed = [check for check in checks if check.state == CheckState.CONFIRMED]
    met = sum(check.met for check in confirmed)
    waiting = len(checks) - len(confirmed)
    detail = gettext("%(met)s dari %(n)s butir terpenuhi di %(unit)s") % {
        "met": met,
        "n": len(confirmed),
        "unit": visit.unit.name,
    }
    return Record(
        id=visit.pk,
        day=visit.day,
        title=visit.purpose,
        detail=detail,
        counted=bool(confirmed),
        effect=_effect(met, len(confirmed), waiting),
        entered_by=visit.lead.name,
        url=reverse("oversight:inspection", args=[visit.pk]),
        lines=tuple(describe(check) for check in checks),
    )


def _effect(met: int, confirmed: int, waiting: int) -> str:
    counted = gettext("dihitung %(met)s dari %(n)s butir") % {"met": met, "n": confirmed}
    if not waiting:
        return counted
    left = gettext("%(n)s butir belum atau tidak dihitung") % {"n": waiting}
    return f"{counted}; {left}" if confirmed else left


def describe(check: InspectionCheck) -> str:
    """One point in words: what was asked, what was seen, and whether it counts."""
    seen = gettext("terpenuhi") if check.met else gettext("tidak terpenuhi")
    asked = check.criterion if check.employee_id else f"{check.criterion} ({gettext('tentang unit')})"
    if check.state == CheckState.CONFIRMED:
        return f"{asked}: {seen}"
    waits = gettext("menunggu putusan") if check.is_open and check.replied_at else CheckState(check.state).label.lower()
    return f"{asked}: {seen} ({waits})"
