"""Collects the evidence of all rooms about a few people and a period into the declared tables the engine takes."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from terang.evaluation.models import Period
from terang.evidence.attendance import evidence as attendance
from terang.evidence.attendance.work_days import excused_days
from terang.evidence.citizens import evidence as citizens
from terang.evidence.colleagues import evidence as colleagues
from terang.evidence.complaints import evidence as complaints
from terang.evidence.observation import evidence as observation
from terang.evidence.oversight import evidence as oversight
from terang.evidence.reports import evidence as reports
from terang.evidence.work import evidence as work
from terang.registry.people.models import Assignment, AssignmentKind, PostKind
from terang.rules.policies import Policy
from terang.rules.tables import PEOPLE

Rows = dict[str, list[tuple[Any, ...]]]
PeopleRow = tuple[int, int, bool, str]


@dataclass(frozen=True)
class Window:
    """The time evidence is taken from (`end` is exclusive), and the day of asking: what is not due yet is left out."""

    start: date
    end: date
    as_of: date

    @property
    def last_day(self) -> date:
        return self.end - timedelta(days=1)


def window_of(period: Period, as_of: date) -> Window | None:
    """The part of the period up to and with the day; None where the period has not begun."""
    if as_of < period.starts_on:
        return None
    return Window(period.starts_on, min(period.ends_on, as_of + timedelta(days=1)), as_of)


def people_between(agency_id: int, start: date, end: date) -> set[int]:
    """Everybody of a government who held a post at any time from `start` to before `end`. 1 query."""
    held = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=start), starts_on__lt=end, employee__agency_id=agency_id
    )
    return set(held.values_list("employee_id", flat=True))


def main_posts(employee_ids: Collection[int], window: Window) -> dict[int, Assignment]:
    """The main post each held last in the window, by employee in order. 1 query.

    Who held none, or an elected office, is left out.
    """
    held = Assignment.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=window.start), employee_id__in=employee_ids, starts_on__lt=window.end
    ).exclude(post__kind=PostKind.ELECTED)
    last: dict[int, Assignment] = {}
    for assignment in held.select_related("post__unit").order_by("starts_on", "id"):
        known = last.get(assignment.employee_id)
        if known is None or _outweighs(assignment, known, window.last_day):
            last[assignment.employee_id] = assignment
    return dict(sorted(last.items()))


def people_rows(employee_ids: Collection[int], window: Window, policy: Policy) -> list[PeopleRow]:
    """Rows of `PEOPLE`: the main post each held last in the window. 1 query."""
    return rows_of_posts(main_posts(employee_ids, window), policy)


def rows_of_posts(posts: Mapping[int, Assignment], policy: Policy) -> list[PeopleRow]:
    """Rows of `PEOPLE` from main posts. No query."""
    return [
        (employee_id, held.post.unit_id, held.post.unit.serves_public, policy.variant_for(held.post.category))
        for employee_id, held in posts.items()
    ]


def _outweighs(later: Assignment, known: Assignment, day: date) -> bool:
    """Held on the last day before held earlier; definitive before acting; then the later one."""
    return _weight(later, day) >= _weight(known, day)


def _weight(assignment: Assignment, day: date) -> tuple[bool, bool]:
    in_force = assignment.ends_on is None or assignment.ends_on > day
    return (in_force, assignment.kind == AssignmentKind.DEFINITIVE)


def gather(employee_ids: Collection[int], window: Window, policy: Policy) -> Rows:
    """Every declared table for these people, with a constant number of queries.

    A room that keeps a kind of evidence delivers its table even when it is empty.
    """
    return gather_about(people_rows(employee_ids, window, policy), window, policy)


def gather_about(people: list[PeopleRow], window: Window, policy: Policy) -> Rows:
    """As `gather`, for rows of people already read."""
    rows: Rows = {PEOPLE.name: people}
    for facts in facts_of_rooms(people, window, policy) if people else ():
        rows.update(facts)
    return rows


def facts_of_rooms(people: list[PeopleRow], window: Window, policy: Policy) -> Iterator[Rows]:
    """What each evidence room hands over. Here, and only here, rooms that do not know each other meet."""
    ids, units = [row[0] for row in people], {row[1] for row in people}
    start, end, day = window.start, window.end, window.as_of
    away = excused_days(ids, start, end)
    yield work.facts(ids, start, end, as_of=day, reporting=policy.reporting, excused=away)
    yield attendance.facts(ids, start, end)
    yield citizens.facts(ids, units, start, end, as_of=day)
    yield complaints.facts(ids, start, end, as_of=day)
    yield colleagues.facts(ids, start, end, as_of=day)
    yield oversight.facts(ids, start, end)
    yield observation.facts(ids, start, end)
    yield reports.facts(ids, start, end, as_of=day)
