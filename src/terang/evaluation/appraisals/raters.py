"""Who rates whom in a window, and in which unit's pattern.

Until the window closes it is the appraiser; from the next day on the appraiser's superior, for whoever has no decided
appraisal (PermenPANRB 6/2022 Lampiran IV.A.11 p. 90). A Plh. rates only where the delegation names them as appraiser
(IV.A.2–3 p. 89). The unit is the one that the rater leads (p. 94): the nearest above the person's own.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from terang.evaluation.appraisals.models import RatingWindow
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import appraisers_on, direct_reports, main_posts, second_line, superiors_on
from terang.registry.people.viewer import in_force


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
    """Whom a person rates in the window today, by name. At most 24 queries whatever the number of people."""
    late = is_closed(window, today)
    near = direct_reports(rater, today) if not late else second_line(rater, today)
    people = list(near.order_by("name", "pk"))
    found = _raters(rater.agency_id, [each.pk for each in people], today, late=late)
    mine = [each for each in people if found.get(each.pk) == rater.pk]
    return _seated(mine, found, today, late=late)


def seat_of(employee: Employee, window: RatingWindow, today: date) -> Seat | None:
    """Who rates this person in the window today; None for who has no post or nobody above. At most 8 queries."""
    late = is_closed(window, today)
    found = _raters(employee.agency_id, [employee.pk], today, late=late)
    return next(iter(_seated([employee] if employee.pk in found else [], found, today, late=late)), None)


def _raters(agency_id: int, employee_ids: Collection[int], today: date, *, late: bool) -> dict[int, int]:
    if not employee_ids:
        return {}
    asked = superiors_on if late else appraisers_on
    return {pk: found.employee_id for pk, found in asked(agency_id, today, employee_ids).items()}


def _seated(people: list[Employee], raters: dict[int, int], today: date, *, late: bool) -> list[Seat]:
    posts = main_posts([each.pk for each in people], today)
    # The pattern is that of the appraiser's unit, whoever rates: the superior steps in, the unit stays.
    leads = raters
    if late and people:
        leads = {pk: a.employee_id for pk, a in appraisers_on(people[0].agency_id, today, list(posts)).items()}
    led = units_led({leads[pk] for pk in posts if pk in leads}, today)
    return [
        Seat(
            each,
            posts[each.pk],
            raters[each.pk],
            nearest(posts[each.pk].post.unit, led.get(leads.get(each.pk, 0), [])) or posts[each.pk].post.unit,
            late,
        )
        for each in people
        if each.pk in posts
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
