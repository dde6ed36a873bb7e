"""What the rules say about many people, computed and stored. No journal entry: nothing is told that was not known."""

from collections.abc import Collection, Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q, QuerySet

from terang.follow_up.career.checks import contentions, missing, rank_checks, readiness_of
from terang.follow_up.career.gathering import Profile, profiles_of
from terang.follow_up.career.models import Contention, Standing
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee
from terang.rules.regulations.asn_index import DIMENSIONS

PORTION = 500
"""People computed in one transaction."""
_FIELDS = [field.name for field in Standing._meta.fields if not field.primary_key]


def compute(agency_id: int, today: date, employee_ids: Collection[int] | None = None) -> int:
    """Stores the standing of these people, of everybody where none are named; who has left keeps none. Returns how
    many. For each portion of people the queries of `profiles_of` and five."""
    rows = _present(agency_id, today)
    if employee_ids is not None:
        rows = rows.filter(pk__in=employee_ids)
        gone = Standing.objects.filter(agency_id=agency_id, employee__in=employee_ids)
    else:
        gone = Standing.objects.filter(agency_id=agency_id)
    ids = sorted(rows.values_list("pk", flat=True))
    left = set(gone.values_list("pk", flat=True)) - set(ids)
    if left:
        Standing.objects.filter(pk__in=left).delete()
        Contention.objects.filter(employee__in=left).delete()
    for place in range(0, len(ids), PORTION):
        with transaction.atomic():
            _store(agency_id, today, ids[place : place + PORTION])
    return len(ids)


def every_hour() -> None:
    """After midnight of each government everybody once: a day more in a rank, a sanction over, a hard year gone."""
    for agency in Agency.objects.all():
        today = local_today(agency)
        known = Standing.objects.filter(agency=agency, computed_on=today)
        waiting = _present(agency.pk, today).exclude(pk__in=known.values("pk")).values_list("pk", flat=True)
        ids = list(waiting)
        for place in range(0, len(ids), PORTION):
            compute(agency.pk, today, ids[place : place + PORTION])
        left = list(Standing.objects.filter(agency=agency, computed_on__lt=today).values_list("pk", flat=True))
        if left:
            compute(agency.pk, today, left)


def _present(agency_id: int, today: date) -> QuerySet[Employee]:
    there = Employee.objects.filter(agency_id=agency_id, joined_on__lte=today)
    return there.filter(Q(left_on=None) | Q(left_on__gt=today))


def _store(agency_id: int, today: date, ids: Collection[int]) -> None:
    """The people are held meanwhile, so that of two computations the later one has read what the earlier has."""
    people = list(Employee.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))
    profiles = profiles_of(people, today, credit=True)
    officials = [each for each in profiles if each.applies]
    Standing.objects.bulk_create(
        [_standing(agency_id, each) for each in officials],
        update_conflicts=True,
        unique_fields=["employee"],
        update_fields=_FIELDS,
    )
    Standing.objects.filter(employee__in=[each.employee.pk for each in profiles if not each.applies]).delete()
    Contention.objects.filter(employee__in=ids).delete()
    Contention.objects.bulk_create(row for each in officials for row in _contentions(agency_id, each))


def _standing(agency_id: int, profile: Profile) -> Standing:
    post, index, placed = profile.post.post if profile.post else None, profile.index, profile.placing
    return Standing(
        employee=profile.employee,
        agency_id=agency_id,
        computed_on=profile.today,
        name=profile.employee.name,
        title=profile.title,
        unit_name=profile.unit,
        unit_path=post.unit.path if post else "",
        total=None if index.total is None else _hundredths(index.total),
        least=_hundredths(index.least),
        most=_hundredths(index.most),
        gaps=len(index.missing),
        box=placed.box,
        box_performance=placed.performance or "",
        box_potential=placed.potential or "",
        next_rank=profile.next_rank.rank or "",
        period=profile.period,
        readiness=readiness_of(profile),
        conditions=rank_checks(profile),
        **{name: _hundredths(value) for name in DIMENSIONS if (value := index.of(name)) is not None},
    )


def _contentions(agency_id: int, profile: Profile) -> Iterable[Contention]:
    for target, order, checks in contentions(profile):
        yield Contention(
            employee=profile.employee,
            agency_id=agency_id,
            target=target,
            missing=len(missing(checks)),
            order=order,
            conditions=checks,
        )


def _hundredths(value: Decimal) -> int:
    return int(value * 100)
