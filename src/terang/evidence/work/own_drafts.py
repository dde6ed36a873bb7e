"""Drafts of daily work from what this room and the plans below it know: tasks due, plans agreed with others."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.drafts import Draft
from terang.evidence.months import midnight
from terang.evidence.work.models import EntryState, Task
from terang.evidence.work.states import REPORTED
from terang.planning.plans.models import PlanState, PlanVersion, VersionState
from terang.registry.people.models import Employee
from terang.web.numbers import longdate

AHEAD_DAYS = 3
"""Tasks due this soon are offered already: they are being worked on."""


def drafts(employee: Employee, start: date, end: date) -> list[Draft]:
    """Two queries."""
    return [*_tasks(employee, start, end), *_agreements(employee, start, end)]


def _tasks(employee: Employee, start: date, end: date) -> list[Draft]:
    """Tasks due from `start` to a few days after `end` for which too little was reported; source `work.task:<id>`."""
    done = Coalesce(Sum("entries__quantity_milli", filter=Q(entries__state__in=REPORTED)), 0)
    due = Task.objects.filter(
        employee=employee,
        due_on__gte=start,
        due_on__lt=end + timedelta(days=AHEAD_DAYS),
        result__plan__state=PlanState.AGREED,
    ).exclude(entries__state=EntryState.RETURNED)
    today = end - timedelta(days=1)
    return [
        Draft(
            source=f"work.task:{task.pk}",
            day=min(task.due_on, today),
            text=task.text,
            quantity_milli=task.planned_milli - task.reported_milli,
            unit_label=task.unit_label,
            task_id=task.pk,
            origin=gettext("Tugas, tenggat %(due)s") % {"due": longdate(task.due_on)},
        )
        for task in due.annotate(reported_milli=done)
        if task.reported_milli < task.planned_milli
    ]


def _agreements(employee: Employee, start: date, end: date) -> list[Draft]:
    """Plans the person agreed as appraiser, by day; source `plans.agreed-day:skp:<day>`."""
    zone = ZoneInfo(employee.agency.time_zone)
    agreed = PlanVersion.objects.filter(
        state=VersionState.AGREED,
        agreed_by=employee,
        agreed_at__gte=midnight(start, zone),
        agreed_at__lt=midnight(end, zone),
    ).exclude(plan__employee=employee)
    days = agreed.order_by().values(day=TruncDate("agreed_at", tzinfo=zone)).annotate(n=Count("pk"))
    return [
        Draft(
            source=f"plans.agreed-day:skp:{row['day'].isoformat()}",
            day=row["day"],
            text=gettext("Dialog kinerja dan kesepakatan SKP dengan %(n)s pegawai") % {"n": row["n"]},
            quantity_milli=row["n"] * 1000,
            unit_label=gettext("pegawai"),
            url=reverse("plans:team"),
            origin=gettext("Dialog kinerja"),
        )
        for row in days
    ]
