"""Questions about tickets, rounds and results. There is no question about single answers: nobody may ask one."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.evidence.colleagues.access import require_keeper, require_rater
from terang.evidence.colleagues.ballots import answered
from terang.evidence.colleagues.models import (
    Conflict,
    RaterKind,
    ReviewGroup,
    ReviewRemark,
    ReviewRound,
    ReviewTally,
    ReviewTicket,
)
from terang.registry.people.viewer import Viewer

TOLD_DAYS = 30


@dataclass(frozen=True)
class Invitation:
    """A ticket as its rater sees it; `answered` is None where the key of the round is missing."""

    ticket: ReviewTicket
    answered: bool | None


def tickets_of(rater_id: int, today: date) -> list[Invitation]:
    """A rater's tickets in rounds that are open, those to answer first. Two queries."""
    tickets = list(
        ReviewTicket.objects.filter(rater_id=rater_id, round__in=open_rounds(today))
        .select_related("round", "subject")
        .order_by("round__closes_on", "subject__name", "pk")
    )
    known = answered(tickets)
    rows = [Invitation(ticket, known[ticket.pk]) for ticket in tickets]
    return sorted(rows, key=lambda row: row.answered is True)


def open_rounds(today: date) -> QuerySet[ReviewRound]:
    running = ReviewRound.objects.filter(prepared=True, released_on=None, cancelled_on=None)
    return running.filter(opens_on__lte=today, closes_on__gt=today)


def cancelled_lately(agency_id: int, today: date) -> QuerySet[ReviewRound]:
    """Rounds that were cancelled in the last weeks, newest first: nobody knows any more who was asked, so everybody is
    told. One query."""
    since = today - timedelta(days=TOLD_DAYS)
    return ReviewRound.objects.filter(agency_id=agency_id, cancelled_on__gt=since).order_by("-cancelled_on", "-pk")


def ticket_for(viewer: Viewer | None, ticket_id: int) -> ReviewTicket:
    """One ticket of the viewer. Raises Http404 and NotAllowed."""
    ticket = get_object_or_404(ReviewTicket.objects.select_related("round", "subject"), pk=ticket_id)
    require_rater(viewer, ticket)
    return ticket


@dataclass(frozen=True)
class AspectMean:
    """`tenths`: the robust mean to one decimal, in tenths of a step."""

    label: str
    tenths: int
    answers: int

    @property
    def mean(self) -> str:
        return f"{self.tenths // 10},{self.tenths % 10}"


@dataclass(frozen=True)
class GroupResult:
    """What one kind of raters said; without `enough` there are no means."""

    label: str
    enough: bool
    least: int
    means: list[AspectMean] = field(default_factory=list)

    @property
    def answers(self) -> int:
        """Of the aspect that most answered; 0 without means."""
        return max((mean.answers for mean in self.means), default=0)


@dataclass(frozen=True)
class RoundResult:
    opening: ReviewRound
    groups: list[GroupResult]
    remarks: list[str]


def results_of(employee_id: int) -> list[RoundResult]:
    """What was said of a person in released rounds, newest first. Three queries."""
    groups = ReviewGroup.objects.filter(subject_id=employee_id, round__released_on__isnull=False)
    by_round: dict[ReviewRound, dict[str, ReviewGroup]] = defaultdict(dict)
    for group in groups.select_related("round").order_by("-round__closes_on", "-round_id"):
        by_round[group.round][group.kind] = group
    means: dict[tuple[int, str], list[ReviewTally]] = defaultdict(list)
    for tally in ReviewTally.objects.filter(subject_id=employee_id, round__in=by_round):
        means[tally.round_id, tally.kind].append(tally)
    remarks: dict[int, list[str]] = defaultdict(list)
    for remark in ReviewRemark.objects.filter(subject_id=employee_id, round__in=by_round).order_by("pk"):
        remarks[remark.round_id].append(remark.text)
    return [
        RoundResult(
            opening,
            [_result(opening, kinds[kind], means[opening.pk, kind]) for kind in RaterKind.values if kind in kinds],
            remarks[opening.pk],
        )
        for opening, kinds in by_round.items()
    ]


def _result(opening: ReviewRound, group: ReviewGroup, tallies: list[ReviewTally]) -> GroupResult:
    order = list(opening.labels)
    rows = sorted(tallies, key=lambda row: order.index(row.aspect) if row.aspect in order else len(order))
    means = [AspectMean(opening.labels.get(row.aspect, row.aspect), tenths(row), row.answers) for row in rows]
    least = int(opening.least.get(group.kind, 1))
    return GroupResult(str(RaterKind(group.kind).label), group.enough and bool(means), least, means)


def tenths(tally: ReviewTally) -> int:
    """A mean in tenths of a step, rounded half-up."""
    return (tally.mean_milli + 50) // 100


def rounds_of(agency_id: int) -> QuerySet[ReviewRound]:
    """Every round of a government, newest first. One query."""
    return ReviewRound.objects.filter(agency_id=agency_id).order_by("-opens_on", "-pk")


def round_for(viewer: Viewer | None, round_id: int) -> ReviewRound:
    """A round for who keeps rounds. Raises Http404 and NotAllowed."""
    opening = get_object_or_404(ReviewRound, pk=round_id)
    require_keeper(viewer, opening.agency_id)
    return opening


def conflicts_of(agency_id: int, today: date) -> QuerySet[Conflict]:
    """Conflicts of interest in force or to come, with their people. One query."""
    running = Conflict.objects.filter(Q(until=None) | Q(until__gt=today), agency_id=agency_id)
    return running.select_related("one", "other")


def conflict_for(viewer: Viewer | None, conflict_id: int) -> Conflict:
    """A conflict for who keeps them. Raises Http404 and NotAllowed."""
    conflict = get_object_or_404(Conflict.objects.select_related("one", "other"), pk=conflict_id)
    require_keeper(viewer, conflict.agency_id)
    return conflict
