"""Who rates whom in a window, and in which unit's pattern.

Until the window closes it is the appraiser; from the next day on the appraiser's superior, for whoever has no decided
appraisal (PermenPANRB 6/2022 Lampiran IV.A.11 p. 90); where nobody is above the appraiser, it stays the appraiser.
A Plh. rates only where the delegation names them as appraiser
(IV.A.2–3 p. 89). The unit is the one that the rater leads (p. 94): the nearest above the person's own.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from terang.evaluation.appraisals.models import RatingWindow
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import appraisers_on, direct_report_ids, main_posts, second_line, superiors_on
from terang.registry.people.viewer import in_force


@dataclass(frozen=True)
class Turn:
    """Whose turn it is to rate a person, and who the appraiser is."""

    rater_id: int
    appraiser_id: int


@dataclass(frozen=True)
class Seat:
    """One person to be rated, in the pattern of `unit`: the one the appraiser leads, the person's own where the
    appraiser was named and leads none."""

    employee: Employee
    post: Assignment
    rater_id: int
    unit: Unit
    instead: bool


def is_closed(window: RatingWindow, today: date) -> bool:
    """Whether the appraisers' days are over."""
    return today > window.closes_on


def seats_of(rater: Employee, window: RatingWindow, today: date) -> list[Seat]:
    """Whom a person rates in the window today, by name. At most 26 queries whatever the number of people."""
    turns = turns_of(rater, window, today)
    return _seated(list(Employee.objects.filter(pk__in=turns).order_by("name", "pk")), turns, today)


def seat_of(employee: Employee, window: RatingWindow, today: date) -> Seat | None:
    """Who rates this person in the window today; None for who has no post or nobody above. At most 11 queries."""
    turns = _turns(employee.agency_id, [employee.pk], today, late=is_closed(window, today))
    return next(iter(_seated([employee] if turns else [], turns, today)), None)


def turns_of(rater: Employee, window: RatingWindow, today: date) -> dict[int, Turn]:
    """The turns of one rater in the window today by employee id. At most 20 queries, within `one_reading` half."""
    late = is_closed(window, today)
    people = set(direct_report_ids(rater, today))
    if late:
        people |= set(second_line(rater, today).values_list("pk", flat=True))
    turns = _turns(rater.agency_id, people, today, late=late)
    return {pk: turn for pk, turn in turns.items() if turn.rater_id == rater.pk}


def _turns(agency_id: int, employee_ids: Collection[int], today: date, *, late: bool) -> dict[int, Turn]:
    """Where nobody is above the appraiser, the appraiser stays the rater after the window."""
    if not employee_ids:
        return {}
    near = appraisers_on(agency_id, today, employee_ids)
    above = superiors_on(agency_id, today, employee_ids) if late else {}
    return {pk: Turn(above.get(pk, found).employee_id, found.employee_id) for pk, found in near.items()}


def _seated(people: list[Employee], turns: Mapping[int, Turn], today: date) -> list[Seat]:
    posts = main_posts([each.pk for each in people], today)
    # The pattern is that of the appraiser's unit, whoever rates: the superior steps in, the unit stays.
    led = units_led({turns[pk].appraiser_id for pk in posts}, today)
    return [
        Seat(
            each,
            post,
            turn.rater_id,
            nearest(post.post.unit, led.get(turn.appraiser_id, [])) or post.post.unit,
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
