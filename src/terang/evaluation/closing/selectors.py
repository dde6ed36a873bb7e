"""Questions about closings: what hinders one, which run counts, who came out otherwise."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from terang.evaluation.appraisals.models import Alignment, Appraisal, AppraisalState, RatingWindow
from terang.evaluation.closing.access import require_reader
from terang.evaluation.closing.models import Closing, ClosingState, FrozenScore
from terang.evaluation.gathering import people_between
from terang.evaluation.models import Period
from terang.evaluation.wording import measure_label
from terang.evidence.work.unanswered import answers_expected
from terang.registry.people.models import Assignment, PostKind
from terang.registry.people.viewer import Viewer

UNFINISHED = (AppraisalState.DRAFT, AppraisalState.DECIDED)
"""What a closed period lets nobody finish any more: ratings that were not handed over."""
NOT_BEGUN = "belum"
STALLED_SECONDS = 60


@dataclass(frozen=True)
class Readiness:
    """What stands before closing a period.

    `answers`: activities that wait for an answer, and the last day somebody may give it. `rated`: whether the period
    has a window of rating. `left`: people whose rating is unfinished, by state ("belum": not begun). `running`: rated
    people whose days for receipt or objection still run, which closing does not touch. `compared`: people in a
    calibration that is still open.
    """

    ended: bool
    answers: int
    answers_until: date | None
    rated: bool
    left: Mapping[str, int]
    running: int
    compared: int = 0

    @property
    def may_close(self) -> bool:
        return self.ended and not self.answers and not self.compared

    @property
    def unfinished(self) -> int:
        return sum(self.left.values())


def readiness_of(period: Period, today: date) -> Readiness:
    """Eight queries at most."""
    answers, until = answers_expected(period.agency, period.starts_on, period.ends_on)
    window = RatingWindow.objects.filter(period=period).first()
    states = _states(window) if window else Counter[str]()
    left = {state.value: states[state] for state in UNFINISHED if states[state]}
    if window and (missing := _people_to_rate(period) - states.total()) > 0:
        left[NOT_BEGUN] = missing
    running = states.total() - sum(states[state] for state in (*UNFINISHED, AppraisalState.FINAL))
    held = Appraisal.objects.filter(window=window, alignment=Alignment.OPEN).count() if window else 0
    until = until if answers else None
    return Readiness(period.ends_on <= today, answers, until, window is not None, left, running, held)


def _people_to_rate(period: Period) -> int:
    """Everybody with a post in the period but the elected head, whom nobody rates."""
    elected = Assignment.objects.filter(post__kind=PostKind.ELECTED, employee__agency=period.agency_id)
    people = people_between(period.agency_id, period.starts_on, period.ends_on)
    return len(people - set(elected.values_list("employee_id", flat=True)))


def _states(window: RatingWindow) -> Counter[str]:
    """How many appraisals of the window stand in each state. One query."""
    rows = Appraisal.objects.filter(window=window).order_by().values_list("state").annotate(n=Count("pk"))
    return Counter(dict(rows))


def periods_to_see(viewer: Viewer) -> QuerySet[Period]:
    """The periods of the government, the newest first. Raises NotAllowed. One query."""
    require_reader(viewer, viewer.agency_id)
    return Period.objects.filter(agency_id=viewer.agency_id)


def period_for(viewer: Viewer, pk: int) -> Period:
    """Raises Http404 and NotAllowed."""
    found = get_object_or_404(Period.objects.select_related("agency"), pk=pk)
    require_reader(viewer, found.agency_id)
    return found


def closing_for(viewer: Viewer, pk: int) -> Closing:
    """Raises Http404 and NotAllowed."""
    rows = Closing.objects.select_related("period__agency", "policy", "asked_by", "confirmed_by")
    found = get_object_or_404(rows, pk=pk)
    require_reader(viewer, found.period.agency_id)
    return found


def counting_run(period: Period) -> Closing | None:
    """The run that counts: the last one that is done. One query."""
    return runs_of(period).filter(state=ClosingState.DONE).first()


def runs_of(period: Period) -> QuerySet[Closing]:
    """All runs of a period, the newest first."""
    return period.closings.select_related("asked_by", "confirmed_by").order_by("-number")


def is_stalled(closing: Closing) -> bool:
    """Whether no worker has shown a sign of life for a minute although the run is not done."""
    if closing.state != ClosingState.RUNNING:
        return False
    return (timezone.now() - (closing.beaten_at or closing.asked_at)).total_seconds() > STALLED_SECONDS


def scores_of(closing: Closing) -> QuerySet[FrozenScore]:
    """Everybody in a run, by name. One query."""
    rows = FrozenScore.objects.filter(closing=closing).select_related("closing", "employee", "unit")
    return rows.order_by("employee__name", "pk")


def changed_by(closing: Closing) -> list[tuple[FrozenScore, FrozenScore | None]]:
    """Whom a correction gave another result, with what they had before; nobody for the first run. Three queries: only
    people with another digest are read."""
    earlier = runs_of(closing.period).filter(number__lt=closing.number, state=ClosingState.DONE).first()
    if earlier is None:
        return []
    same = FrozenScore.objects.filter(closing=earlier, employee=OuterRef("employee"), digest=OuterRef("digest"))
    rows = list(scores_of(closing).exclude(Exists(same)))
    before = FrozenScore.objects.filter(closing=earlier, employee__in=[row.employee_id for row in rows])
    known = {row.employee_id: row for row in before}
    pairs = [(row, known.get(row.employee_id)) for row in rows]
    return [(row, was) for row, was in pairs if was is None or was.result != row.result]


@dataclass(frozen=True)
class Part:
    """One frozen component in words. `score_bp` is missing where there was no evidence."""

    label: str
    score_bp: int | None
    effective_weight_bp: int


def parts_of(row: FrozenScore) -> list[Part]:
    """The components of a frozen result, as the reader's language names their measures. No query."""
    parts = row.result["parts"]
    return [Part(measure_label(each["measure"]), each["score_bp"], each["effective_weight_bp"]) for each in parts]


def frozen_runs(employee_id: int, period_id: int) -> QuerySet[FrozenScore]:
    """A person's results in the runs of a period, the newest first. One query."""
    rows = FrozenScore.objects.filter(employee=employee_id, closing__period=period_id, closing__state=ClosingState.DONE)
    return rows.select_related("closing__period", "unit").order_by("-closing__number")
