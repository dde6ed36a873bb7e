"""Questions about feedback. Every list has a constant number of queries."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import ExtractMonth
from django.shortcuts import get_object_or_404

from terang.evidence.dialogue.access import require_asked, require_reader
from terang.evidence.dialogue.models import AskState, Feedback, FeedbackAsk
from terang.planning.plans.models import PlanResult
from terang.planning.plans.selectors import agreed_plan
from terang.registry.people.access import may_see_performance
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import appraiser_of, direct_report_ids
from terang.registry.people.viewer import Viewer, in_force

YEAR = 12
MOST_NEAR = 12
"""People around the viewer that are offered without a search."""


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


def near(viewer: Viewer) -> list[Employee]:
    """Whom one works with, to be offered first: who appraises the viewer, then those of the own unit and those the
    viewer appraises, by name. At most fifteen queries."""
    above = appraiser_of(viewer.employee.pk, viewer.today)
    leaders = [each for each in (above.employee, above.stand_in) if each] if above else []
    around = Q(pk__in=direct_report_ids(viewer.employee, viewer.today))
    if viewer.unit_id:
        beside = Assignment.objects.filter(in_force(viewer.today), post__unit_id=viewer.unit_id)
        around |= Q(pk__in=beside.values("employee_id"))
    there = Q(left_on__isnull=True) | Q(left_on__gt=viewer.today)
    taken = {viewer.employee.pk, *(each.pk for each in leaders)}
    people = Employee.objects.filter(around, there, agency_id=viewer.agency_id).exclude(pk__in=taken)
    return [*leaders, *people.order_by("name", "pk")[:MOST_NEAR]]


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
