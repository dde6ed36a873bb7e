"""From a score back to the entries and tasks behind it: who wrote what, who accepted it, how far it counted."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from terang.evidence.records import Record
from terang.evidence.work.hooks import WITHOUT_POLICY
from terang.evidence.work.models import Entry, EntryState, Task
from terang.evidence.work.rhythms import rhythm_of
from terang.evidence.work.states import REPORTED, counted, counts, unanswered
from terang.planning.measuring import Gathering
from terang.planning.plans.models import IN_FORCE
from terang.registry.people.models import Employee
from terang.rules.policies import Reporting
from terang.rules.work.cadence import slack_days
from terang.web.numbers import longdate, quantity

TASK_MEASURES = ("task_completion", "programme_contribution")


def records(
    measure_code: str,
    employee_id: int,
    start: date,
    end: date,
    limit: int = 50,
    *,
    as_of: date | None = None,
    reporting: Reporting | None = None,
) -> list[Record]:
    """What stands behind a measure of this room, latest first. One query; for the regularity of reporting seven.

    `as_of` is the day of asking (today where missing), `reporting` what the policy asks (daily where missing).
    """
    today = as_of or timezone.localdate()
    if measure_code in TASK_MEASURES:
        programme_only = measure_code == "programme_contribution"
        return [_task(task, today) for task in _tasks(employee_id, start, end, programme_only)[:limit]]
    entries = _entries(employee_id, start, end)
    if measure_code == "reporting_regularity":
        allowed = _days_allowed(employee_id, start, min(end, today + timedelta(days=1)), reporting or WITHOUT_POLICY)
        return [_reported(entry, allowed.get(entry.day)) for entry in entries[:limit]]
    impact = Q(indicator__direction="impact")
    concerned = impact if measure_code == "outcome_impact" else ~impact
    latest: set[int] = set()
    return [_entry(entry, latest) for entry in entries.filter(concerned, indicator__isnull=False)[:limit]]


def _entries(employee_id: int, start: date, end: date) -> QuerySet[Entry]:
    return (
        Entry.objects.filter(employee_id=employee_id, day__gte=start, day__lt=end)
        .select_related("employee", "decided_by", "indicator", "result__plan")
        .order_by("-day", "-id")
    )


def _tasks(employee_id: int, start: date, end: date, programme_only: bool) -> QuerySet[Task]:
    accepted = counted("entries__") & Q(entries__day__lt=end)
    tasks = Task.objects.filter(
        employee_id=employee_id, due_on__gte=start, due_on__lt=end, result__plan__state__in=IN_FORCE
    )
    if programme_only:
        tasks = tasks.exclude(result__programme="")
    return (
        tasks.annotate(accepted_milli=Coalesce(Sum("entries__quantity_milli", filter=accepted), 0))
        .select_related("employee", "result")
        .order_by("-due_on", "-id")
    )


def _entry(entry: Entry, latest: set[int]) -> Record:
    """An entry that reports to an indicator.

    Of a level only the latest accepted value counts; `latest` remembers it.
    """
    indicator = entry.indicator
    assert indicator is not None
    plan, amount = entry.result.plan, f"{quantity(entry.quantity_milli)} {indicator.unit_label}"
    if not plan.period_start <= entry.day < plan.period_end:
        return _record(entry, amount, False, gettext("tidak dihitung: di luar masa SKP"))
    superseded = indicator.gathering == Gathering.LATEST and indicator.pk in latest
    counting = counts(entry) and not superseded
    if counts(entry):
        latest.add(indicator.pk)
    return _record(entry, amount, counting, gettext("diganti nilai yang lebih baru") if superseded else "")


def _days_allowed(employee_id: int, start: date, end: date, reporting: Reporting) -> dict[date, int]:
    """Working days after each day within which an entry about it is in time; days that ask for none are left out."""
    employee = Employee.objects.select_related("agency").get(pk=employee_id)
    rhythm = rhythm_of(employee, start, end, reporting)
    asked = rhythm.slots(start, end)
    return {day: allowed for allowed, days in slack_days(rhythm.window, asked).items() for day in days}


def _reported(entry: Entry, allowed: int | None) -> Record:
    """An entry as a sign of regularity: it counts from the day it was sent, accepted or not.

    `allowed` is missing for a day that asks for no entry.
    """
    withdrawn = entry.state not in REPORTED
    in_time = not withdrawn and allowed is not None and entry.lag_days <= allowed
    sent = ngettext(
        "dikirim %(n)s hari kerja setelah kegiatan", "dikirim %(n)s hari kerja setelah kegiatan", entry.lag_days
    ) % {"n": entry.lag_days}
    amount = sent if entry.lag_days else gettext("dikirim pada hari itu juga")
    late = gettext("tidak dihitung: terlambat")
    why_not = gettext("tidak dihitung: bukan hari yang meminta laporan") if allowed is None else late
    return _record(entry, amount, in_time, "" if in_time or withdrawn else why_not)


def _record(entry: Entry, amount: str, counting: bool, why_not: str) -> Record:
    state = str(EntryState(entry.state).label).lower()
    refused = why_not or gettext("belum dihitung: %(state)s") % {"state": state}
    return Record(
        id=entry.pk,
        day=entry.day,
        title=entry.text,
        detail=f"{entry.result.text}: {amount}",
        counted=counting,
        effect=_counting(entry, amount) if counting else refused,
        entered_by=entry.employee.name,
        entered_at=entry.submitted_at,
        accepted_by=entry.decided_by.name if entry.decided_by and entry.state == EntryState.ACCEPTED else "",
        accepted_at=entry.decided_at if entry.state == EntryState.ACCEPTED else None,
        url=reverse("work:entry", args=[entry.pk]),
    )


def _counting(entry: Entry, amount: str) -> str:
    if not unanswered(entry):
        return gettext("dihitung: %(amount)s") % {"amount": amount}
    words = {"amount": amount, "day": longdate(entry.answer_due_on)}
    return gettext("dihitung: %(amount)s. Belum dijawab atasan sejak %(day)s, dihitung sampai dijawab") % words


def _task(task: Task, today: date) -> Record:
    accepted: int = task.accepted_milli  # type: ignore[attr-defined]
    complete = accepted >= task.planned_milli
    counting = complete or task.due_on < today
    numbers = {"done": quantity(accepted), "planned": quantity(task.planned_milli), "unit": task.unit_label}
    return Record(
        id=task.pk,
        day=task.due_on,
        title=task.text,
        detail=gettext("%(done)s dari %(planned)s %(unit)s diterima atasan") % numbers,
        counted=counting,
        effect=gettext("dihitung %(done)s dari %(planned)s") % numbers
        if counting
        else gettext("belum jatuh tempo, belum dihitung"),
        entered_by=task.employee.name,
        url=f"{reverse('work:entries')}?tugas={task.pk}",
    )
