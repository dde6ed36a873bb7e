"""What the work room tells a person's timeline: how many entries were accepted in each month."""

from datetime import date, timedelta

from django.db.models import Count
from django.db.models.functions import ExtractMonth, ExtractYear
from django.urls import reverse
from django.utils.translation import ngettext

from terang.evidence.moments import WORK, Moment
from terang.evidence.work.models import Entry, EntryState


def moments(employee_id: int, start: date, end: date, today: date) -> list[Moment]:
    """One line a month. One query."""
    rows = Entry.objects.filter(state=EntryState.ACCEPTED, employee_id=employee_id, day__gte=start, day__lt=end)
    months = rows.order_by().annotate(year=ExtractYear("day"), month=ExtractMonth("day")).values("year", "month")
    return [_month(employee_id, date(row["year"], row["month"], 1), row["n"]) for row in months.annotate(n=Count("pk"))]


def _month(employee_id: int, first: date, count: int) -> Moment:
    after = (first + timedelta(days=32)).replace(day=1)
    url = f"{reverse('work:entries')}?pegawai={employee_id}&sejak={first}&sebelum={after}"
    text = ngettext("%(n)s kegiatan diterima", "%(n)s kegiatan diterima", count) % {"n": count}
    return Moment(WORK, first, text, url, count)
