"""Questions about sessions. Papers of a session are read by the people in it only; each states its queries."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count, F, Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.evaluation.appraisals.models import Rating
from terang.evaluation.appraisals.wording import short_label
from terang.evaluation.calibration.access import require_seat
from terang.evaluation.calibration.models import (
    CalibrationSession,
    Participant,
    Placement,
    Proposal,
    ProposalState,
    SessionState,
)
from terang.evidence.dialogue.models import Feedback
from terang.registry.people.models import Employee
from terang.registry.people.selectors import visible_employees
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.quadrant import quadrant

LEAST_COMPARED, MOST_COMPARED = 2, 4
"""So many people stand side by side."""


def sessions_of(viewer: Viewer) -> QuerySet[CalibrationSession]:
    """The sessions the viewer sits in or leads by now, running ones first, with how many people and open proposals.
    One query when read."""
    seats = Participant.objects.filter(employee=viewer.employee)
    mine = Q(pk__in=seats.values("session")) | Q(unit__in=viewer.headed_unit_ids)
    judged = Q(placements__appraisal__employee=viewer.employee)
    rows = _sessions().filter(mine, window__period__agency_id=viewer.agency_id).exclude(pk__in=_judged(judged))
    return rows.annotate(
        people=Count("placements", distinct=True),
        waiting=Count(
            "placements__proposals", filter=Q(placements__proposals__state=ProposalState.OPEN), distinct=True
        ),
    ).order_by(F("ended_at").desc(nulls_first=True), "-opened_at", "-pk")


def _judged(judged: Q) -> QuerySet[CalibrationSession]:
    return CalibrationSession.objects.filter(judged).values("pk")  # type: ignore[return-value]


def _sessions() -> QuerySet[CalibrationSession]:
    return CalibrationSession.objects.select_related("window__period__agency", "unit", "leader", "ended_by")


def session_for(viewer: Viewer | None, pk: int) -> CalibrationSession:
    """A session whose papers the viewer may read. Raises Http404 and NotAllowed."""
    session = get_object_or_404(_sessions(), pk=pk)
    require_seat(viewer, session)
    return session


def placements_of(session: CalibrationSession) -> QuerySet[Placement]:
    """Everybody in the session by name, with appraisal, rater and unit. One query."""
    return session.placements.select_related("appraisal__employee", "appraisal__rater", "appraisal__unit")


def placement_for(viewer: Viewer | None, pk: int) -> Placement:
    """One person's place, for who sits in the session. Raises Http404 and NotAllowed."""
    rows = Placement.objects.select_related(
        "session__window__period__agency",
        "session__unit",
        "session__leader",
        "appraisal__employee",
        "appraisal__rater",
        "appraisal__unit",
        "appraisal__home",
    )
    placement = get_object_or_404(rows, pk=pk)
    require_seat(viewer, placement.session)
    return placement


def proposal_for(viewer: Viewer | None, pk: int) -> Proposal:
    """One proposal, for who sits in the session. Raises Http404 and NotAllowed."""
    proposal = get_object_or_404(Proposal.objects.select_related("proposed_by", "settled_by"), pk=pk)
    proposal.placement = placement_for(viewer, proposal.placement_id)
    return proposal


@dataclass(frozen=True)
class Card:
    """One person on the grid; `proposal` is the open one, missing where none waits."""

    placement: Placement
    proposal: Proposal | None = None


@dataclass(frozen=True)
class Bin:
    """One field of the quadrant with the people in it."""

    work: str
    behaviour: str
    predicate: str
    label: str
    cards: list[Card] = field(default_factory=list)

    @property
    def work_label(self) -> str:
        return str(Rating(self.work).label)

    @property
    def behaviour_label(self) -> str:
        return str(Rating(self.behaviour).label)


@dataclass(frozen=True)
class Board:
    """The nine fields, results falling from row to row and behaviour rising from column to column; what waits; and
    what was settled, the latest first."""

    rows: list[list[Bin]]
    waiting: list[Proposal]
    settled: list[Proposal]
    people: int

    @property
    def moved(self) -> list[Placement]:
        """Who stands elsewhere than before, by name."""
        cards = [card.placement for row in self.rows for each in row for card in each.cards]
        return sorted((each for each in cards if each.is_moved), key=lambda each: each.appraisal.employee.name)


def board_of(session: CalibrationSession, placements: Collection[Placement]) -> Board:
    """The board of people already read. One query."""
    by_pk = {each.pk: each for each in placements}
    proposals = list(Proposal.objects.filter(placement__session=session).select_related("proposed_by", "settled_by"))
    for proposal in proposals:
        proposal.placement = by_pk[proposal.placement_id]
        proposal.placement.session = session
    waiting = [each for each in proposals if each.state == ProposalState.OPEN]
    open_ones = {each.placement_id: each for each in waiting}
    found: dict[tuple[str, str], list[Card]] = {}
    for each in placements:
        found.setdefault((each.work_result, each.behaviour), []).append(Card(each, open_ones.get(each.pk)))
    rows = [[_bin(session, work, behaviour, found) for behaviour in reversed(Rating.values)] for work in Rating.values]
    return Board(rows, waiting, [each for each in proposals if each not in waiting], len(by_pk))


def _bin(session: CalibrationSession, work: str, behaviour: str, found: dict[tuple[str, str], list[Card]]) -> Bin:
    predicate = quadrant(work, behaviour, session.window.closes_on)
    return Bin(work, behaviour, predicate, short_label(predicate), found.get((work, behaviour), []))


@dataclass(frozen=True)
class Sheet:
    """One person with what the rater saw: the suggestion and measured score as frozen when it was decided, the ratings
    of single results, and how much feedback there was in the period, by kind of who gave it."""

    placement: Placement
    feedback: int
    givers: int
    may_open: bool
    proposals: list[Proposal]

    @property
    def frozen(self) -> dict[str, int | None]:
        """Total, coverage and the two ratings' scores in basis points; empty where nothing was computed."""
        kept: dict[str, int | None] = self.placement.appraisal.frozen
        return kept

    @property
    def waits(self) -> bool:
        """Whether a proposal about the person waits: one at a time."""
        return any(each.state == ProposalState.OPEN for each in self.proposals)


def sheets_of(viewer: Viewer, session: CalibrationSession, placement_ids: Collection[int]) -> list[Sheet]:
    """People of the session side by side, by name; who is not in it is left out. At most twelve queries whatever their
    number: `may_open` is whether the viewer may also open the score behind the frozen figures."""
    rows = list(
        placements_of(session)
        .filter(pk__in=placement_ids)
        .select_related("appraisal__home")
        .prefetch_related("appraisal__items", "proposals__proposed_by", "proposals__settled_by")
    )
    people = [each.appraisal.employee_id for each in rows]
    period = session.window.period
    heard = Feedback.objects.filter(
        subject_id__in=people, day__gte=period.starts_on, day__lt=period.ends_on, withdrawn_at=None
    )
    counts = {
        pk: (n, givers)
        for pk, n, givers in heard.order_by()
        .values_list("subject_id")
        .annotate(n=Count("pk"), givers=Count("giver", distinct=True))
    }
    visible = set(visible_employees(viewer).filter(pk__in=people).values_list("pk", flat=True))
    return [
        Sheet(
            each,
            *counts.get(each.appraisal.employee_id, (0, 0)),
            each.appraisal.employee_id in visible,
            list(each.proposals.all()),
        )
        for each in rows
    ]


def counts_of(placements: Collection[Placement]) -> tuple[Counter[str], Counter[str]]:
    """How many people in each predicate, before and now: of the same people. No query."""
    return Counter(each.before_predicate for each in placements), Counter(each.predicate for each in placements)


def raters_of(session: CalibrationSession) -> list[Employee]:
    """Everybody who sits in the session, its leader first. One query."""
    return [each.employee for each in session.participants.select_related("employee")]


def running_seats(viewer: Viewer) -> QuerySet[CalibrationSession]:
    """The running sessions the viewer sits in. One query."""
    seats = Participant.objects.filter(employee=viewer.employee)
    return _sessions().filter(pk__in=seats.values("session"), state=SessionState.OPEN)
