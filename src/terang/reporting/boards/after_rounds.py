"""After a round of review is released: whether a rated leader's own marks fell sharply. A question, never a finding.

Nobody knows who rated whom: tickets and ballots are gone, and nothing here asks for them. The group are all people
whose reports this leader read before and after, rated or not; only the mean over the whole group is told, and only from
the round's least number of subordinates on. No person of the group is named.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from terang.evidence.colleagues.models import RaterKind, ReviewGroup, ReviewRound
from terang.evidence.reports.models import Reading, Seat
from terang.registry.people.models import Employee
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.rules.reviews.terms import LEAST_ANONYMOUS

LOOKED_DAYS = 365
"""Days before a release whose marks are compared with those after it; so long after it the question stands."""
SHARP_BP = 1_000
"""A mean fall of ten points of a hundred is sharp: twice what the board of a team calls unusual (`team.FALL_BP`)."""

Marks = Mapping[int, Sequence[tuple[date, int]]]
"""Person → (day, mark in basis points), by one leader."""


@dataclass(frozen=True)
class Question:
    """A leader whose marks of `people` fell from `before_bp` to `after_bp` (means over the group) after a release."""

    leader: Employee
    round: ReviewRound
    people: int
    before_bp: int
    after_bp: int

    @property
    def fall_bp(self) -> int:
        return self.before_bp - self.after_bp


def questions_of(viewer: Viewer) -> list[Question]:
    """About leaders the viewer may see, never about the viewer; the sharpest first. Six queries at most."""
    since = viewer.today - timedelta(days=LOOKED_DAYS)
    groups = ReviewGroup.objects.filter(
        kind=RaterKind.SUBORDINATE, enough=True, round__agency_id=viewer.agency_id, round__released_on__gte=since
    ).exclude(subject=viewer.employee)
    seen = visible_employees(viewer).filter(pk__in=groups.values("subject"))
    rows = list(groups.filter(subject__in=seen).select_related("round", "subject").order_by("pk"))
    marks = _marks(viewer, {row.subject_id for row in rows}, since - timedelta(days=LOOKED_DAYS))
    found = (question_of(row, marks.get(row.subject_id, {})) for row in rows)
    return sorted((each for each in found if each), key=lambda each: -each.fall_bp)


def question_of(group: ReviewGroup, marks: Marks) -> Question | None:
    """What is asked about one leader after one round; None where the group is too small or nothing fell sharply. Each
    person weighs the same, however many marks there are."""
    released = group.round.released_on
    assert released is not None
    earliest = released - timedelta(days=LOOKED_DAYS)
    before, after = [], []
    for own in marks.values():
        earlier = [mark for day, mark in own if earliest <= day < released]
        later = [mark for day, mark in own if day >= released]
        if earlier and later:
            before.append(_mean(earlier))
            after.append(_mean(later))
    least = max(group.round.least.get(RaterKind.SUBORDINATE, 0), LEAST_ANONYMOUS)
    if len(before) < least or _mean(before) - _mean(after) < SHARP_BP:
        return None
    return Question(group.subject, group.round, len(before), _mean(before), _mean(after))


def _mean(values: Sequence[int]) -> int:
    """Named rounding "mean mark": half-up, once."""
    return (2 * sum(values) + len(values)) // (2 * len(values))


def _marks(viewer: Viewer, leader_ids: set[int], since: date) -> dict[int, dict[int, list[tuple[date, int]]]]:
    """What leaders gave as superiors, by leader and person. One query."""
    zone = ZoneInfo(viewer.employee.agency.time_zone)
    rows = Reading.objects.filter(
        seat=Seat.SUPERIOR, reader_id__in=leader_ids, given_at__date__gte=since, rating_bp__isnull=False
    ).values_list("reader_id", "report__employee_id", "given_at", "rating_bp")
    found: dict[int, dict[int, list[tuple[date, int]]]] = defaultdict(lambda: defaultdict(list))
    for leader_id, employee_id, given_at, mark in rows:
        if leader_id and given_at and mark is not None:
            found[leader_id][employee_id].append((given_at.astimezone(zone).date(), mark))
    return found
