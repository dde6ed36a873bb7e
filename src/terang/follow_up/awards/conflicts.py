"""Which members of a committee are too close to somebody nominated, derived from dated facts."""

from collections.abc import Collection, Iterable
from datetime import date

from terang.follow_up.awards.models import Call, Conflict, Member, Nomination, NominationState
from terang.registry.people.models import Assignment
from terang.registry.people.selectors import appraisers_on, main_posts
from terang.registry.people.viewer import in_force


def conflicts_of(call: Call, members: Iterable[Member], today: date) -> dict[int, Conflict]:
    """The conflict of each member (by employee) with anybody of an admitted nomination; who has none is left out.

    Who leads the whole government leads everybody alike: no conflict. At most eight queries.
    """
    rows = list(call.nominations.filter(state=NominationState.ADMITTED).prefetch_related("people"))
    people = {each.pk for row in rows for each in row.people.all()}
    seats = {each.employee_id for each in members}
    appraisers = {
        pk
        for each in appraisers_on(call.agency_id, today, people).values()
        for pk in (each.employee_id, each.stand_in.pk if each.stand_in else None)
    }
    leaders = _leaders(seats, people, today)
    found: dict[int, Conflict] = {}
    for pk in seats:
        if conflict := _conflict(pk, rows, people, appraisers, leaders):
            found[pk] = conflict
    return found


def _conflict(
    pk: int,
    rows: list[Nomination],
    people: Collection[int],
    appraisers: Collection[int | None],
    leaders: Collection[int],
) -> Conflict | None:
    if pk in people:
        return Conflict.SELF
    if any(row.nominated_by_id == pk for row in rows):
        return Conflict.NOMINATOR
    if pk in appraisers:
        return Conflict.APPRAISER
    return Conflict.LEADER if pk in leaders else None


def _leaders(seats: Collection[int], people: Collection[int], today: date) -> set[int]:
    """Who of the seats heads a unit in or above that of somebody nominated."""
    paths = [row.post.unit.path for row in main_posts(people, today).values()]
    heads = Assignment.objects.filter(in_force(today), employee_id__in=seats, post__is_head=True)
    led = heads.exclude(post__unit__parent=None).values_list("employee_id", "post__unit__path")
    return {pk for pk, path in led if any(each.startswith(path) for each in paths)}
