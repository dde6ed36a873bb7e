"""Guards counted from daily work: how much was accepted and opened first, came in bursts, or says the same again.

A guard has no weight. It stands beside a measure so that the measure is not chased alone.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from terang.custody.selectors import open_resemblances
from terang.evidence.work.asking import plain_rows, rhythm_days
from terang.evidence.work.models import Entry, EntryFile, EntryState
from terang.evidence.work.states import REPORTED
from terang.registry.people.models import Employee
from terang.rules.policies import Reporting
from terang.rules.work.signals import Told, bursting, repeating

Counts = dict[int, dict[str, list[int]]]

TEXTS = {"entry_bursts": bursting, "lookalike_entries": repeating}
"""Guards that look at every entry of the time."""
SAMPLE = "task_completion.quality_sample"
"""Of the accepted entries those that the appraiser had opened before: a sample of the work of tasks."""
CODES = ("accepted_report", "quality_sample", *TEXTS)


def guard_counts(
    employee_ids: Collection[int], start: date, end: date, *, codes: Collection[str], reporting: Reporting
) -> Counts:
    """By person and guard what it counts, of how many entries about days between `start` and `end` (exclusive). Who
    wrote none is left out. Five queries at most; texts are read only where a guard of theirs is named."""
    found: Counts = {}
    for row in _counted(employee_ids, start, end):
        pairs = {"accepted_report": [row["accepted"], row["all"]], SAMPLE: [row["opened"], row["accepted"]]}
        found[row["employee_id"]] = pairs
    if wanted := [code for code in TEXTS if code in codes]:
        told = _told(employee_ids, start, end, reporting)
        for code in wanted:
            marked = TEXTS[code](told, reporting.questions)
            above = Counter(entry.employee_id for entry in told if entry.id in marked)
            for employee_id, number in Counter(entry.employee_id for entry in told).items():
                found[employee_id][code] = [above[employee_id], number]
    return found


def entries_behind(code: str, employee: Employee, start: date, end: date, reporting: Reporting) -> QuerySet[Entry]:
    """The entries of a person that a guard counts: those above its line. Raises KeyError for a code not in `CODES`.
    At most four queries before the one that reads."""
    entries = Entry.objects.filter(employee=employee, day__gte=start, day__lt=end)
    if code in TEXTS:
        told = _told([employee.pk], start, end, reporting)
        return entries.filter(pk__in=TEXTS[code](told, reporting.questions))
    own = {
        "accepted_report": Q(state=EntryState.ACCEPTED),
        "quality_sample": Q(state=EntryState.ACCEPTED, openings__opened_by=F("decided_by")),
    }
    return entries.filter(own[code])


def _reported(employee_ids: Collection[int], start: date, end: date) -> QuerySet[Entry]:
    return Entry.objects.filter(employee_id__in=employee_ids, day__gte=start, day__lt=end, state__in=REPORTED)


def _counted(employee_ids: Collection[int], start: date, end: date) -> Iterable[Any]:
    accepted = Q(state=EntryState.ACCEPTED)
    entries = _reported(employee_ids, start, end).order_by()
    return entries.values("employee_id").annotate(
        all=Count("pk", distinct=True),
        accepted=Count("pk", filter=accepted, distinct=True),
        opened=Count("pk", filter=accepted & Q(openings__opened_by=F("decided_by")), distinct=True),
    )


def _told(employee_ids: Collection[int], start: date, end: date, reporting: Reporting) -> Sequence[Told]:
    entries = _reported(employee_ids, start, end).order_by("pk")
    names = Employee.objects.filter(pk__in=employee_ids).values_list("agency__time_zone", flat=True)
    zone = ZoneInfo(names.first() or "UTC")
    rhythm = rhythm_days(employee_ids, end - timedelta(days=1), reporting)
    return plain_rows(entries, zone, _pictured(employee_ids, start, end), rhythm)


def _pictured(employee_ids: Collection[int], start: date, end: date) -> set[int]:
    """Entries with a picture that was used before, once the person had their say; what was found clear is none."""
    asked = open_resemblances(timezone.localdate()).filter(employee_id__in=employee_ids)
    proofs = EntryFile.objects.filter(
        file__resemblance__in=asked,
        entry__employee_id__in=employee_ids,
        entry__day__gte=start,
        entry__day__lt=end,
    )
    return set(proofs.values_list("entry_id", flat=True))
