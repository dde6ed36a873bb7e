"""Raters who left their unit while a round is open get somebody drawn beside them, while there is time.

Nobody's ticket is taken away and no ballot is looked at: whether the one who left had answered makes no difference, so
that what happens here tells nothing about it. The other takes a spare ticket of the group, whose ballot has lain among
all others since the round was opened; groups only grow, and the least numbers and the cap hold as in the draw.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from secrets import SystemRandom

from django.db import transaction
from django.db.models import Count, F

from terang.audit.services import record
from terang.evidence.colleagues.drawing import groups_on
from terang.evidence.colleagues.models import RaterKind, ReviewRound, ReviewTicket
from terang.evidence.colleagues.states import RoundState, state_of
from terang.registry.people.appraisers import hierarchy_on
from terang.registry.people.hierarchy import Hierarchy
from terang.registry.people.models import Employee
from terang.rules.reviews.draw import Group, replacement
from terang.rules.reviews.terms import DAYS_BEFORE_END


def stand_in(*, opening: ReviewRound, today: date) -> int:
    """Draws once a day for those who left; returns how many were drawn. Nothing in the last days: who is asked then
    could no longer answer in peace."""
    late = opening.closes_on - timedelta(days=DAYS_BEFORE_END)
    if state_of(opening, today) != RoundState.OPEN or today >= late or opening.raters_checked_on == today:
        return 0
    with transaction.atomic():
        mine = ReviewRound.objects.select_for_update().filter(
            pk=opening.pk, raters_checked_on=opening.raters_checked_on
        )
        if not mine.update(raters_checked_on=today):
            return 0
        drawn = _drawn_beside(opening, _left(opening, today), today)
        if drawn:
            ReviewRound.objects.filter(pk=opening.pk).update(asked=F("asked") + drawn)
            record("colleagues.raters_replaced", actor=None, obj=opening, agency_id=opening.agency_id)
    return drawn


def _left(opening: ReviewRound, today: date) -> list[ReviewTicket]:
    """Tickets of colleagues and subordinates who have no account any more, or stand in another unit than on the day of
    the draw. Ten queries, two where nobody was drawn on a known day."""
    tickets = opening.tickets.exclude(rater=None).exclude(kind=RaterKind.SUPERIOR).filter(beside=False)
    raters = set(tickets.order_by().values_list("rater_id", flat=True))
    if not raters or opening.drawn_on is None:
        return []
    able = set(Employee.objects.filter(pk__in=raters, user__is_active=True).values_list("pk", flat=True))
    then, now = hierarchy_on(opening.agency_id, opening.drawn_on), hierarchy_on(opening.agency_id, today)
    gone = {pk for pk in raters if pk not in able or _unit(then, pk) != _unit(now, pk)}
    return list(tickets.filter(rater_id__in=gone).order_by("pk"))


def _unit(hierarchy: Hierarchy, employee_id: int) -> int | None:
    place = hierarchy.governing_place(employee_id)
    return place.unit_id if place else None


def _drawn_beside(opening: ReviewRound, left: Sequence[ReviewTicket], today: date) -> int:
    if not left:
        return 0
    groups = groups_on(opening.agency_id, today, opening.least)
    burdens = opening.tickets.exclude(kind=RaterKind.SUPERIOR).exclude(rater=None).order_by().values_list("rater_id")
    load = Counter(dict(burdens.annotate(count=Count("pk"))))
    return sum(_one_beside(opening, ticket, groups, load) for ticket in left)


def _one_beside(
    opening: ReviewRound, ticket: ReviewTicket, groups: Mapping[Group, Sequence[int]], load: Counter[int]
) -> bool:
    """Somebody else of the group, where a spare ticket is left and somebody is free; otherwise asked again tomorrow."""
    group = opening.tickets.filter(subject_id=ticket.subject_id)
    spare = group.filter(kind=ticket.kind, rater=None).order_by("pk").first()
    taken = set(group.exclude(rater=None).values_list("rater_id", flat=True))
    rater_id = replacement(groups.get(ticket.group, ()), taken, load, opening.cap, SystemRandom())
    if spare is None or rater_id is None:
        return False
    ReviewTicket.objects.filter(pk=spare.pk).update(rater_id=rater_id)
    ReviewTicket.objects.filter(pk=ticket.pk).update(beside=True)
    load[rater_id] += 1
    return True
