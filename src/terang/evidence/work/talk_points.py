"""What daily work puts on the table of a performance dialogue: tasks past their day, and entries that came back."""

from datetime import date

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext

from terang.evidence.work.models import Entry, EntryState, Task
from terang.web.numbers import longdate

MOST = 3


def points(employee_id: int, today: date) -> list[tuple[str, str]]:
    """Text and address of each (a task has none that both may open), the latest first; at most three of a kind, of this
    year. Two queries."""
    year = today.replace(month=1, day=1)
    done = Q(entries__state__in=(EntryState.ACCEPTED, EntryState.SUBMITTED))
    late = Task.objects.filter(employee_id=employee_id, due_on__gte=year, due_on__lt=today)
    late = late.annotate(done_milli=Coalesce(Sum("entries__quantity_milli", filter=done), 0))
    undone = late.filter(done_milli__lt=F("planned_milli")).order_by("-due_on", "-id")[:MOST]
    returned = Entry.objects.filter(employee_id=employee_id, state=EntryState.RETURNED, day__gte=year)
    task, entry = gettext("Tugas lewat tenggat %(day)s: %(text)s"), gettext("Kegiatan dikembalikan %(day)s: %(text)s")
    return [
        *((task % {"day": longdate(each.due_on), "text": each.text}, "") for each in undone),
        *(
            (entry % {"day": longdate(each.day), "text": each.text}, each.get_absolute_url())
            for each in returned.order_by("-day", "-id")[:MOST]
        ),
    ]
