"""What waits for an answer in the demo: last days, what was passed on because nobody answered, and what is unusual."""

from collections import Counter
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from terang.demo.performance import NEVER_ANSWERS
from terang.demo.scene import Scene
from terang.evidence.work.models import Entry, EntryState
from terang.registry.organization.calendars import calendar_of, days_between
from terang.registry.people.models import Employee
from terang.registry.people.selectors import appraisers_on
from terang.rules.policies.model import ANSWER_DAYS
from terang.rules.work.cadence import working_day_after

RECENT_DAYS = 75
AHEAD_DAYS = 30
SHARED = "Mendampingi warga melengkapi berkas permohonan dan mencocokkan data dengan arsip kantor"
"""Told by two colleagues in the same words: a question for their appraiser."""


def wait_for_answers(scene: Scene) -> None:
    """Last days of recent entries; late ones are passed on; one appraiser a government has something to ask about."""
    zone, calendar = ZoneInfo(scene.agency.time_zone), calendar_of(scene.agency)
    since = scene.today - timedelta(days=RECENT_DAYS)
    days = calendar.working_days(since, scene.today + timedelta(days=AHEAD_DAYS))
    # A set of people and no join: an update through one joins the table with itself, which takes PostgreSQL half a
    # minute each time while its statistics are young.
    recent = Entry.objects.filter(employee__in=Employee.objects.filter(agency=scene.agency), day__gte=since)
    for sent in days_between(since, scene.today + timedelta(days=1)):
        midnight = datetime.combine(sent, time(0), zone)
        same_day = recent.filter(submitted_at__gte=midnight, submitted_at__lt=midnight + timedelta(days=1))
        same_day.update(answer_due_on=working_day_after(sent, ANSWER_DAYS, days))
    waiting = list(recent.filter(state=EntryState.SUBMITTED))
    for entry in waiting:
        if entry.answer_due_on and entry.answer_due_on < scene.today:
            entry.escalated_at = datetime.combine(entry.answer_due_on + timedelta(days=1), time(0, 20), zone)
    _something_to_ask(scene, waiting)
    Entry.objects.bulk_update(waiting, ["escalated_at", "text", "quantity_milli", "lag_days"], batch_size=500)


def _something_to_ask(scene: Scene, waiting: list[Entry]) -> None:
    """The busiest appraiser who does answer: two entries in the same words, one far above the usual, one late."""
    silent = scene.people.get(NEVER_ANSWERS)
    found = appraisers_on(scene.agency.pk, scene.today, {entry.employee_id for entry in waiting})
    loads = Counter(
        found[entry.employee_id].employee_id
        for entry in waiting
        if entry.employee_id in found and (not silent or found[entry.employee_id].employee_id != silent.employee.pk)
    )
    if not loads:
        return
    appraiser_id, _most = max(loads.items(), key=lambda pair: (pair[1], -pair[0]))
    own = [row for row in waiting if row.employee_id in found and found[row.employee_id].employee_id == appraiser_id]
    by_person = {row.employee_id: row for row in own}
    for row in list(by_person.values())[:2]:
        row.text = SHARED
    others = [row for row in own if row not in by_person.values()]
    for row in (each for each in others if each.indicator_id and each.quantity_milli):
        row.quantity_milli *= 9
        break
    for row in others[-1:]:
        row.lag_days = 7
