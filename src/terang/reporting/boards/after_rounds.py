"""After a round of review is released: whether a rated leader's own marks fell sharply. A question, never a finding.

Nobody knows who rated whom: tickets and ballots are gone, and nothing here asks for them. The group are all people
whose reports this leader read before and after, rated or not; only the mean over the whole group is told, and only from
the round's least number of subordinates on. No person of the group is named.

To become a source of `evidence.signals` with thresholds there (a record behind it would then be the round's group, no
reading: readings would name the people); until then this list knows no explanation and no end.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum

from terang.evidence.colleagues.models import RaterKind, ReviewGroup, ReviewRound
from terang.evidence.reports.models import Reading, Seat
from terang.evidence.signals.access import concerned
from terang.registry.people.models import Employee
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.rules.reviews.terms import LEAST_ANONYMOUS

LOOKED_DAYS = 365
"""Days before a release whose marks are compared with those after it; so long after it the question stands."""
SHARP_BP = 1_000
"""A mean fall of ten points of a hundred is sharp: twice what the board of a team calls unusual (`team.FALL_BP`)."""

Means = Mapping[int, tuple[int, int]]
"""Person → means before and after the release in basis points, by one leader."""


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
    """About leaders the viewer may see, never about the viewer's own line (`signals.access.concerned`); the sharpest
    first. Twelve queries at most, and one for each round of the year, which counts in the database."""
    since = viewer.today - timedelta(days=LOOKED_DAYS)
    groups = ReviewGroup.objects.filter(
        kind=RaterKind.SUBORDINATE, enough=True, round__agency_id=viewer.agency_id, round__released_on__gte=since
    ).exclude(subject__in=concerned(viewer))
    seen = visible_employees(viewer).filter(pk__in=groups.values("subject"))
    by_round: dict[ReviewRound, list[ReviewGroup]] = defaultdict(list)
    for row in groups.filter(subject__in=seen).select_related("round", "subject").order_by("pk"):
        by_round[row.round].append(row)
    zone = ZoneInfo(viewer.employee.agency.time_zone)
    found = [each for rated, rows in by_round.items() for each in _of_round(rated, rows, zone)]
    return sorted(found, key=lambda each: -each.fall_bp)


def _of_round(rated: ReviewRound, rows: Sequence[ReviewGroup], zone: ZoneInfo) -> list[Question]:
    means = _means(rated, {row.subject_id for row in rows}, zone)
    return [each for row in rows if (each := question_of(row, means.get(row.subject_id, {})))]


def question_of(group: ReviewGroup, means: Means) -> Question | None:
    """What is asked about one leader after one round; None where the group is too small or nothing fell sharply. Each
    person weighs the same, however many marks there are."""
    people, least = len(means), max(group.round.least.get(RaterKind.SUBORDINATE, 0), LEAST_ANONYMOUS)
    if people < least:
        return None
    before, after = (_mean(sum(pair[place] for pair in means.values()), people) for place in (0, 1))
    asked = Question(group.subject, group.round, people, before, after)
    return asked if asked.fall_bp >= SHARP_BP else None


def _mean(total: int, count: int) -> int:
    """Named rounding "mean mark": half-up, once."""
    return (2 * total + count) // (2 * count)


def _means(rated: ReviewRound, leader_ids: set[int], zone: ZoneInfo) -> dict[int, dict[int, tuple[int, int]]]:
    """Of what leaders gave as superiors before and after a release, the means by leader and person, where there are
    both. One query."""
    assert rated.released_on is not None
    released = datetime.combine(rated.released_on, time.min, zone)
    earliest = datetime.combine(rated.released_on - timedelta(days=LOOKED_DAYS), time.min, zone)
    before, after = Q(given_at__lt=released), Q(given_at__gte=released)
    rows = Reading.objects.filter(
        seat=Seat.SUPERIOR, reader_id__in=leader_ids, given_at__gte=earliest, rating_bp__isnull=False
    )
    people = (
        rows.order_by()
        .values("reader_id", "report__employee_id")
        .annotate(
            early=Sum("rating_bp", filter=before),
            early_n=Count("pk", filter=before),
            late=Sum("rating_bp", filter=after),
            late_n=Count("pk", filter=after),
        )
    )
    found: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for row in people.filter(early_n__gt=0, late_n__gt=0):
        pair = _mean(row["early"], row["early_n"]), _mean(row["late"], row["late_n"])
        found[row["reader_id"]][row["report__employee_id"]] = pair
    return found
