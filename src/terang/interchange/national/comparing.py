"""Lays Terang beside the national system and keeps what differs; what somebody explained stays explained while its
facts stay."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from terang.audit.services import record
from terang.interchange.models import Comparison, Difference, ImportState, NationalReport, Owner, ReportKind
from terang.interchange.national.gathering import Person, Sides, gather
from terang.registry.organization.models import Agency
from terang.rules import reconciling
from terang.rules.reconciling import Found, differences

DRAWN = (
    "employee_id",
    "name",
    "unit_id",
    "owner",
    "responsible_id",
    "here",
    "there",
    "there_word",
    "here_on",
    "there_on",
    "digest",
)
BATCH = 500
_PLAN_KINDS = (reconciling.PLAN_MISSING_THERE, reconciling.PLAN_MISSING_HERE, reconciling.PLAN_STATE)
_PREDICATE_KINDS = (
    reconciling.PREDICATE,
    reconciling.EVALUATION_MISSING_HERE,
    reconciling.EVALUATION_MISSING_THERE,
)


def compare(agency: Agency, *, actor: Any = None) -> dict[str, int]:
    """Draws the differences of a government anew and tells how many came, changed and went. A second time changes
    nothing. Does nothing where no report was brought in."""
    with transaction.atomic():
        Comparison.objects.get_or_create(agency=agency)
        held = Comparison.objects.select_for_update().get(agency=agency)
        counts = _keep(agency, gather(agency))
        held.compared_at = timezone.now()
        held.save(update_fields=["compared_at"])
        if any(counts.values()):
            record("interchange.national_compared", actor=actor, obj=held, agency_id=agency.pk, changes=counts)
    return counts


def every_hour() -> int:
    """Compares each government that has a report; returns how many."""
    with_report = NationalReport.objects.filter(state=ImportState.DONE).values("agency_id")
    agencies = list(Agency.objects.filter(pk__in=with_report))
    for agency in agencies:
        compare(agency)
    return len(agencies)


def _keep(agency: Agency, sides: Sides) -> dict[str, int]:
    found = differences(
        [each.here for each in sides.people.values() if each.here],
        [each.there for each in sides.people.values() if each.there],
        sides.coverage,
    )
    before = {(row.nip, row.kind): row for row in Difference.objects.filter(agency=agency)}
    counts = Counter(came=0, changed=0, gone=0)
    fresh, moved = [], []
    for each in found:
        values = _values(each, sides.people[each.nip], sides.days)
        row = before.pop((each.nip, each.kind), None)
        if row is None:
            fresh.append(Difference(agency=agency, nip=each.nip, kind=each.kind, found_at=timezone.now(), **values))
            continue
        if any(getattr(row, name) != value for name, value in values.items()):
            counts["changed"] += row.digest != each.digest
            row.version += row.digest != each.digest
            for name, value in values.items():
                setattr(row, name, value)
            moved.append(row)
    Difference.objects.filter(pk__in=[row.pk for row in before.values()]).delete()
    Difference.objects.bulk_create(fresh, batch_size=BATCH)
    Difference.objects.bulk_update(moved, [*(name.removesuffix("_id") for name in DRAWN), "version"], batch_size=BATCH)
    return {**counts, "came": len(fresh), "gone": len(before)}


def _values(found: Found, person: Person, days: dict[str, date]) -> dict[str, Any]:
    about_evaluation = found.kind in (*_PREDICATE_KINDS, reconciling.SUPERIOR)
    source = person.evaluated if about_evaluation else (person.planned or person.evaluated)
    kind = ReportKind.EVALUATIONS if about_evaluation else ReportKind.PLANS
    responsible = None
    if found.owner == Owner.PERSON and person.employee:
        responsible = person.employee.pk
    elif found.owner == Owner.SUPERIOR and person.appraiser:
        responsible = person.appraiser.employee_id
    word = ""
    if source:
        word = source.predicate_word if about_evaluation else source.status_word
    return {
        "employee_id": person.employee.pk if person.employee else None,
        "name": person.name,
        "unit_id": person.seat.post.unit_id if person.seat else None,
        "owner": found.owner,
        "responsible_id": responsible,
        "here": found.here,
        "there": found.there,
        "there_word": word,
        "here_on": _here_on(found.kind, person),
        "there_on": source.report.as_of if source else days.get(kind) or max(days.values()),
        "digest": found.digest,
    }


def _here_on(kind: str, person: Person) -> date | None:
    if kind in _PLAN_KINDS:
        return person.plan_on
    if kind in _PREDICATE_KINDS:
        return person.predicate_on
    if kind == reconciling.SUPERIOR:
        return person.appraiser.since if person.appraiser else None
    if kind == reconciling.LEFT_HERE:
        return person.employee.left_on if person.employee else None
    return person.seat.starts_on if person.seat else None
