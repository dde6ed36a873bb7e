"""What a person has still before them in a period: tasks not yet done. Asked by the page "Bagaimana jika…"."""

from datetime import date

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from terang.evidence.work.models import Task
from terang.evidence.work.states import counted
from terang.planning.plans.models import IN_FORCE


def open_tasks(employee_id: int, start: date, end: date) -> QuerySet[Task]:
    """The tasks due from `start` to before `end` of which less than agreed was accepted (`accepted_milli`), the
    nearest day first; also those whose day has passed, for they can still be done. One query."""
    accepted = counted("entries__") & Q(entries__day__lt=end)
    rows = Task.objects.filter(
        employee_id=employee_id, due_on__gte=start, due_on__lt=end, result__plan__state__in=IN_FORCE
    ).annotate(accepted_milli=Coalesce(Sum("entries__quantity_milli", filter=accepted), 0))
    return rows.filter(accepted_milli__lt=F("planned_milli")).select_related("result").order_by("due_on", "id")
