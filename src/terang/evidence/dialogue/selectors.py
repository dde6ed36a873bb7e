"""Questions about feedback. Every list has a constant number of queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractMonth
from django.shortcuts import get_object_or_404

from terang.evidence.dialogue.access import require_asked, require_reader
from terang.evidence.dialogue.models import AskState, Feedback, FeedbackAsk
from terang.planning.plans.models import PlanResult
from terang.planning.plans.selectors import agreed_plan
from terang.registry.people.access import may_see_performance
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer

YEAR = 12


@dataclass(frozen=True)
class Timeline:
    """A year of feedback about one person: how many in each month (January first, withdrawn ones left out), and the
    rows, the latest first."""

    year: int
    months: tuple[int, ...]
    rows: QuerySet[Feedback]

    @property
    def total(self) -> int:
        return sum(self.months)


def timeline_of(employee_id: int, year: int) -> Timeline:
    """Two queries once read."""
    rows = _told().filter(subject_id=employee_id, day__year=year)
    counted = rows.filter(withdrawn_at=None).order_by().annotate(month=ExtractMonth("day")).values("month")
    found = Counter({each["month"]: each["n"] for each in counted.annotate(n=Count("id"))})
    return Timeline(year, tuple(found[month] for month in range(1, YEAR + 1)), rows)


def feedback_between(employee_id: int, start: date, end: date) -> QuerySet[Feedback]:
    """What stands of what was said about a person from `start` to before `end`, in the order of its days; what was
    taken back is left out. One query."""
    rows = Feedback.objects.filter(subject_id=employee_id, day__gte=start, day__lt=end, withdrawn_at=None)
    return rows.select_related("result").order_by("day", "id")


def given_by(employee_id: int) -> QuerySet[Feedback]:
    """What a person said to others, the latest first. One query."""
    return _told().filter(giver_id=employee_id)


def feedback_for(viewer: Viewer | None, pk: int) -> Feedback:
    """One feedback the viewer may read. Raises Http404 and NotAllowed."""
    feedback = get_object_or_404(_told(), pk=pk)
    require_reader(viewer, feedback)
    return feedback


def asks_waiting(employee_id: int) -> QuerySet[FeedbackAsk]:
    """Who asks a person for feedback, the longest waiting first. One query."""
    rows = FeedbackAsk.objects.select_related("asker", "result")
    return rows.filter(asked_id=employee_id, state=AskState.OPEN).order_by("asked_at", "id")


def asks_by(employee_id: int) -> QuerySet[FeedbackAsk]:
    """Whom a person asked, the latest first. One query."""
    return FeedbackAsk.objects.filter(asker_id=employee_id).select_related("asked", "answer")


def ask_for(viewer: Viewer | None, pk: int) -> FeedbackAsk:
    """An ask that was put to the viewer. Raises Http404 and NotAllowed."""
    ask = get_object_or_404(FeedbackAsk.objects.select_related("asker", "asked", "result"), pk=pk)
    require_asked(viewer, ask)
    return ask


def results_of(viewer: Viewer, employee: Employee) -> list[PlanResult]:
    """The results the viewer may name: those of the agreed plan in force today, none for who may not see that plan. At
    most eleven queries."""
    plan = agreed_plan(employee.pk, viewer.today) if may_see_performance(viewer, employee) else None
    return [] if plan is None else [each for each in plan.results.all() if each.retired_on is None]


def _told() -> QuerySet[Feedback]:
    return Feedback.objects.select_related("subject", "giver", "result").order_by("-day", "-id")
