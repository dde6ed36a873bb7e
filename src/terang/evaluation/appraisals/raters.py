"""Who rates whom in a window, and in which unit's pattern.

Until the window closes it is the appraiser; from the next day on the appraiser's superior, for whoever has no decided
appraisal (PermenPANRB 6/2022 Lampiran IV.A.11 p. 90); a unit may have days of its own (`days`). Where nobody is above
the appraiser, it stays the appraiser.
A Plh. rates only where the delegation names them as appraiser
(IV.A.2–3 p. 89). Who moved is rated by the new appraiser, in the new unit (IV.A.13 p. 91); an appraiser who moved while
the window was open still rates the people left behind, one who moved before does not (IV.A.14 p. 91–92). The unit is
the one that the rater leads (p. 94): the nearest above the person's own.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from terang.evaluation.appraisals.days import SomeDays, days_in, others_of
from terang.evaluation.appraisals.models import RatingWindow, UnitDays
from terang.registry.organization.models import Unit
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import appraisers_on, direct_report_ids, main_posts, second_line, superiors_on
from terang.registry.people.viewer import in_force


@dataclass(frozen=True)
class Turn:
    """Whose turn it is to rate a person, and who the appraiser is, by the posts of the day `on`."""

    rater_id: int
    appraiser_id: int
    on: date


@dataclass(frozen=True)
class Seat:
    """One person to be rated, in the pattern of `unit`: the one the appraiser leads, the person's own where the
    appraiser was named and leads none."""

    employee: Employee
    post: Assignment
    rater_id: int
    unit: Unit
    instead: bool


def is_closed(days: SomeDays, today: date) -> bool:
    """Whether the appraisers' days are over."""
    return today > days.closes_on


def last_day(window: RatingWindow, employee_ids: Collection[int], today: date) -> date:
    """The last day of the appraisers for any of these people. One query, one more where units have other days."""
    others = others_of(window)
    posts = main_posts(employee_ids, today) if others else {}
    held = [days_in(window, row.post.unit, others).closes_on for row in posts.values()]
    return max(held, default=window.closes_on)


def seats_of(rater: Employee, window: RatingWindow, today: date) -> list[Seat]:
    """Whom a person rates in the window today, by name. At most 26 queries whatever the number of people; up to 20 more
    where a head moved since the window opened."""
    turns = turns_of(rater, window, today)
    return _seated(list(Employee.objects.filter(pk__in=turns).order_by("name", "pk")), turns, today)


def seat_of(employee: Employee, window: RatingWindow, today: date) -> Seat | None:
    """Who rates this person in the window today; None for who has no post or nobody above. At most 11 queries, ten more
    where a head moved since the window opened."""
    others = others_of(window)
    moved = _moved_heads(employee.agency_id, window, today, others)
    turns = _turns([employee.pk], window, today, moved, others)
    return next(iter(_seated([employee] if turns else [], turns, today)), None)


def turns_of(rater: Employee, window: RatingWindow, today: date) -> dict[int, Turn]:
    """The turns of one rater in the window today by employee id. At most 20 queries, within `one_reading` half; more
    where a head moved since the window opened, 20 at most."""
    others = others_of(window)
    people = set(direct_report_ids(rater, today))
    if is_closed(window, today) or any(is_closed(days, today) for days in others):
        people |= set(second_line(rater, today).values_list("pk", flat=True))
    moved = _moved_heads(rater.agency_id, window, today, others)
    if rater.pk in moved:
        people |= set(direct_report_ids(rater, window.opens_on))
    turns = _turns(people, window, today, moved, others)
    return {pk: turn for pk, turn in turns.items() if turn.rater_id == rater.pk}


def _turns(
    employee_ids: Collection[int],
    window: RatingWindow,
    today: date,
    moved: Collection[int],
    others: Sequence[UnitDays],
) -> dict[int, Turn]:
    """Where nobody is above the appraiser, the appraiser stays the rater after the window. `moved`: `_moved_heads`,
    `others`: units with other days."""
    if not employee_ids:
        return {}
    agency_id = window.period.agency_id
    near = appraisers_on(agency_id, today, employee_ids)
    closed = _closed(employee_ids, window, today, others)
    above = superiors_on(agency_id, today, closed) if closed else {}
    turns = {pk: Turn(above.get(pk, found).employee_id, found.employee_id, today) for pk, found in near.items()}
    waiting = [pk for pk in employee_ids if pk not in closed]
    return turns | _left_behind(moved, waiting, window, today, near) if moved else turns


def _closed(
    employee_ids: Collection[int], window: RatingWindow, today: date, others: Sequence[UnitDays]
) -> Collection[int]:
    """For whom the appraisers' days are over: where they work today. One query where units have other days."""
    if not others:
        return employee_ids if is_closed(window, today) else []
    posts = main_posts(employee_ids, today)
    held = {pk: days_in(window, row.post.unit, others) for pk, row in posts.items()}
    return [pk for pk in employee_ids if is_closed(held.get(pk, window), today)]


def _moved_heads(agency_id: int, window: RatingWindow, today: date, others: Sequence[UnitDays]) -> set[int]:
    """Who left a post that heads a unit since the window opened, and holds another one today; nobody once it is closed.
    At most one query."""
    if is_closed(window, today) and all(is_closed(days, today) for days in others):
        return set()
    ended = Assignment.objects.filter(ends_on__gt=window.opens_on, ends_on__lte=today, post__is_head=True)
    here = ended.filter(post__unit__agency_id=agency_id)
    serving = Assignment.objects.filter(in_force(today), employee=OuterRef("employee"))
    return set(here.filter(Exists(serving)).values_list("employee_id", flat=True))


def _left_behind(
    moved: Collection[int],
    employee_ids: Collection[int],
    window: RatingWindow,
    today: date,
    near: Mapping[int, Appraiser],
) -> dict[int, Turn]:
    """The turns of appraisers who moved, for people who stayed where they were. A named appraiser (override) wins."""
    day = window.opens_on
    former = appraisers_on(window.period.agency_id, day, employee_ids)
    before, now = main_posts(employee_ids, day), main_posts(employee_ids, today)
    stayed = {pk for pk, row in now.items() if pk in before and before[pk].post_id == row.post_id}
    return {
        pk: Turn(found.employee_id, found.employee_id, day)
        for pk, found in former.items()
        if pk in stayed and found.employee_id in moved and not _is_named(near.get(pk))
    }


def _is_named(found: Appraiser | None) -> bool:
    return found is not None and found.source == "override"


def _seated(people: list[Employee], turns: Mapping[int, Turn], today: date) -> list[Seat]:
    posts = main_posts([each.pk for each in people], today)
    # The pattern is that of the appraiser's unit, whoever rates: the superior steps in, the unit stays.
    led = {day: units_led({turns[pk].appraiser_id for pk in posts}, day) for day in {turns[pk].on for pk in posts}}
    return [
        Seat(
            each,
            post,
            turn.rater_id,
            nearest(post.post.unit, led[turn.on].get(turn.appraiser_id, [])) or post.post.unit,
            turn.rater_id != turn.appraiser_id,
        )
        for each in people
        if (post := posts.get(each.pk)) and (turn := turns[each.pk])
    ]


def units_led(leader_ids: Collection[int], today: date) -> dict[int, list[Unit]]:
    """The units that people lead on a day. One query."""
    rows = Assignment.objects.filter(in_force(today), employee_id__in=leader_ids, post__is_head=True)
    found: dict[int, list[Unit]] = {}
    for row in rows.select_related("post__unit"):
        found.setdefault(row.employee_id, []).append(row.post.unit)
    return found


def nearest(unit: Unit, led: list[Unit]) -> Unit | None:
    """The led unit that lies nearest above a unit (itself counts), else any that is led, by path; None where none is.

    Whoever heads a unit works in it, and is rated in the pattern of the unit above: the leader's own.
    """
    above = [each for each in led if unit.path.startswith(each.path)]
    return max(above, key=lambda each: len(each.path)) if above else min(led, key=lambda each: each.path, default=None)
