"""Deadlines as a calendar (RFC 5545) that a phone or an office program subscribes to.

The address is the key, and calendars are kept by services of others: an event tells its day, which room it belongs to
and the way there, never what it is about or about whom.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from icalendar import Calendar, Event

from terang.evidence.work.models import EntryState, Task
from terang.follow_up.training.selectors import own_days
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer, viewer_for
from terang.reporting.boards.waiting import waiting_for

AHEAD = timedelta(days=90)
"""How far tasks and trainings are looked ahead for."""
ROOMS = {
    "work": gettext_lazy("Tenggat kegiatan"),
    "plans": gettext_lazy("Tenggat SKP"),
    "matrix": gettext_lazy("Tenggat matriks peran"),
    "appraisals": gettext_lazy("Tenggat evaluasi"),
    "calibration": gettext_lazy("Tenggat penyelarasan"),
    "growth": gettext_lazy("Tenggat tindak lanjut"),
    "training": gettext_lazy("Jadwal pelatihan"),
    "reports": gettext_lazy("Tenggat laporan kinerja"),
    "complaints": gettext_lazy("Tenggat pengaduan"),
    "citizens": gettext_lazy("Tenggat layanan"),
    "dialogue": gettext_lazy("Jadwal dialog kinerja"),
    "observation": gettext_lazy("Jadwal observasi"),
    "oversight": gettext_lazy("Tenggat temuan"),
    "custody": gettext_lazy("Tenggat penjelasan"),
    "signals": gettext_lazy("Tenggat penjelasan"),
    "colleagues": gettext_lazy("Tenggat penilaian rekan"),
}
"""What an event is called, by the room its page belongs to; another room's is a deadline and no more."""


@dataclass(frozen=True)
class Dated:
    """A day on which something is due, and the address of its page within Terang."""

    day: date
    url: str


def calendar_for(employee: Employee) -> bytes:
    """The person's deadlines as iCalendar text in UTF-8, in the person's language; empty of events for who has left."""
    now = timezone.now()
    made = Calendar()
    made.add("prodid", "-//Terang//Kinerja ASN//ID")
    made.add("version", "2.0")
    made.add("x-wr-calname", "Terang")
    made.add("refresh-interval;value=duration", "PT6H")
    user = employee.user
    viewer = viewer_for(user, now) if user else None
    if user is None or viewer is None or not user.is_active:
        return bytes(made.to_ical())
    zone = ZoneInfo(viewer.employee.agency.time_zone)
    stamp = datetime.combine(viewer.today, time(), zone).astimezone(ZoneInfo("UTC"))
    with override(user.language), timezone.override(zone):
        for dated in sorted(deadlines_of(viewer), key=lambda each: (each.day, each.url)):
            made.add_component(_event(dated, stamp))
    return bytes(made.to_ical())


def deadlines_of(viewer: Viewer) -> set[Dated]:
    """What waits with a day, one's own unfinished tasks, and each day of trainings in which one has a seat, of the next
    90 days."""
    trainings = set(_trainings(viewer))
    told = {each.url.partition("#")[0] for each in trainings}
    waiting = {Dated(each.due, each.url) for each in waiting_for(viewer) if each.due is not None}
    return {each for each in waiting if each.url not in told} | set(_tasks(viewer)) | trainings


def _trainings(viewer: Viewer) -> Iterable[Dated]:
    for row in own_days(viewer.employee, viewer.today, viewer.today + AHEAD):
        yield Dated(row.day, f"{row.session.get_absolute_url()}#hari-{row.day:%Y-%m-%d}")


def _tasks(viewer: Viewer) -> Iterable[Dated]:
    done = Q(entries__state__in=(EntryState.ACCEPTED, EntryState.SUBMITTED))
    rows = Task.objects.filter(
        employee=viewer.employee, due_on__gte=viewer.today, due_on__lte=viewer.today + AHEAD
    ).annotate(done_milli=Coalesce(Sum("entries__quantity_milli", filter=done), 0))
    for task in rows.filter(done_milli__lt=F("planned_milli")):
        yield Dated(task.due_on, f"{reverse('work:entry_new')}?tugas={task.pk}")


def _event(dated: Dated, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{hashlib.sha256(dated.url.encode()).hexdigest()[:32]}@terang")
    event.add("dtstamp", stamp)
    event.add("dtstart", dated.day)
    event.add("dtend", dated.day + timedelta(days=1))
    event.add("summary", str(ROOMS.get(_room(dated.url), _("Tenggat di Terang"))))
    event.add("url", f"{settings.SITE_URL}{dated.url}")
    event.add("transp", "TRANSPARENT")
    return event


def _room(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).namespace
    except Resolver404:
        return ""
