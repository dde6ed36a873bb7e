"""What a person has still before them in a running period, and the evidence the imagination starts from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from terang.evaluation.gathering import Rows, Window, gather, window_of
from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.policies import rules_of
from terang.evidence.attendance.ahead import days_ahead
from terang.evidence.citizens.ahead import InHand, requests_ahead
from terang.evidence.complaints.ahead import answers_ahead
from terang.evidence.work.ahead import open_tasks
from terang.evidence.work.models import Task
from terang.planning.plans.models import Indicator
from terang.registry.organization.models import Unit
from terang.registry.people.models import Employee
from terang.rules.policies import MeasureRule, Policy
from terang.rules.tables import PLAN_RESULTS, REPORTING

ALL_DUE_DAYS = 62
"""So long after the period everything of it has fallen due: the longest window of a report and of an answer."""

TASKS = frozenset({"task_completion", "programme_contribution"})
INDICATORS = frozenset({"plan_achievement"})
REPORTS = frozenset({"reporting_regularity"})
DAYS = frozenset({"attendance_rate", "punctuality"})
REQUESTS = frozenset({"services_completed", "service_timeliness", "service_speed"})
ANSWERS = frozenset({"complaint_response"})
OWN = TASKS | INDICATORS | REPORTS | DAYS | REQUESTS | ANSWERS
"""The measures that one's own next steps move. All others are what somebody else says or finds."""


@dataclass(frozen=True)
class Ahead:
    """Where the imagination starts: the evidence of today (`now`), that of the period's end if nothing more were done
    (`end`), and what can still be done. `slots`: reports still asked for; `answers`: the last days of answers owed."""

    employee: Employee
    period: Period
    version: PolicyVersion
    today: date
    now: Rows
    end: Rows
    tasks: Sequence[Task]
    indicators: Sequence[Indicator]
    days: int
    slots: int
    requests: InHand
    answers: Sequence[date]

    @property
    def policy(self) -> Policy:
        return rules_of(self.version)

    @property
    def variant(self) -> str:
        return str(self.now["people"][0][3])

    @property
    def measures(self) -> tuple[MeasureRule, ...]:
        """The measures the person is judged by, in the order of the policy."""
        return tuple(rule for aspect in self.policy.aspects_for(self.variant) for rule in aspect.measures)

    def judged_by(self, measures: frozenset[str]) -> bool:
        return any(rule.code in measures for rule in self.measures)


def ahead_of(employee: Employee, period: Period, version: PolicyVersion, now: datetime, today: date) -> Ahead | None:
    """What stands before a person in a period that runs today; None for who holds no post in it. A constant number of
    queries."""
    policy = rules_of(version)
    window = window_of(period, today)
    assert window is not None
    rows = gather([employee.pk], window, policy)
    if not rows["people"]:
        return None
    end = gather([employee.pk], _whole(period), policy) or rows
    unit = Unit.objects.get(pk=rows["people"][0][1])
    return Ahead(
        employee=employee,
        period=period,
        version=version,
        today=today,
        now=rows,
        end={**end, "people": rows["people"]},
        tasks=list(open_tasks(employee.pk, period.starts_on, period.ends_on)),
        indicators=_indicators(rows),
        days=len(days_ahead(employee, unit, today, period.ends_on)),
        slots=max(0, _asked(end) - _asked(rows)),
        requests=requests_ahead(employee.pk, now),
        answers=answers_ahead(employee.pk, today),
    )


def _whole(period: Period) -> Window:
    """The period as it will be looked at when all of it has fallen due."""
    return Window(period.starts_on, period.ends_on, period.ends_on + timedelta(days=ALL_DUE_DAYS))


def _asked(rows: Rows) -> int:
    place = REPORTING.names.index("required_days")
    return sum(row[place] for row in rows.get("reporting", ()))


def _indicators(rows: Rows) -> list[Indicator]:
    """The indicators that are nobody's impact on society: that is never one person's own doing."""
    record, direction = (PLAN_RESULTS.names.index(name) for name in ("record_id", "direction"))
    own = [row[record] for row in rows.get("plan_results", ()) if row[direction] != "impact"]
    found = Indicator.objects.filter(pk__in=own).select_related("result")
    return list(found.order_by("result__number", "pk"))
