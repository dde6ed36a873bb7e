"""Makes plans, tasks and daily entries: what each person of the demo promised, did, and proved."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from terang.demo.blueprint import jobs
from terang.demo.scene import MONTHS, Month, Person, Scene
from terang.evaluation.writing import write
from terang.evidence.work.models import Entry, EntryState, Task
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState

BATCH = 4000
NEVER_ANSWERS = "district.service/head"
"""The appraiser who never answers: everything below waits since two months."""
WAITING_DAYS = 3


class _Promise:
    """One person's plan of a calendar year, or of what the demo shows of it, with its rows."""

    def __init__(self, person: Person, first: date) -> None:
        share = (13 - first.month) / 12
        self.person = person
        self.plan = Plan(
            employee=person.employee,
            period_start=first,
            period_end=date(first.year + 1, 1, 1),
            state=PlanState.AGREED,
            agreed_on=first + timedelta(days=19),
        )
        job = jobs()[person.post.job]
        programme = job.get("programme", "")
        self.results = [
            PlanResult(plan=self.plan, number=n, text=row["text"], main=True, programme=programme if n == 1 else "")
            for n, row in enumerate(job["results"], 1)
        ]
        self.indicators = [
            Indicator(
                result=result,
                text=row["indicator"],
                aspect="kualitas" if row["gathering"] == "latest" else "kuantitas",
                direction=row.get("direction", "higher"),
                gathering=row["gathering"],
                unit_label=row["unit"],
                target_milli=round(row["target"] * (share if row["gathering"] == "sum" else 1)) * 1000,
                baseline_milli=row["baseline"] * 1000 if "baseline" in row else None,
            )
            for result, row in zip(self.results, job["results"], strict=True)
        ]


def perform(scene: Scene, months: list[Month]) -> None:
    """Plans for every calendar year of `months`, from the first month shown on; then tasks and entries."""
    years = {month.start.year for month in months}
    starts = {month.start.year: month.start for month in reversed(scene.months) if month.start.year in years}
    promises = {(p.slot, year): _Promise(p, first) for p in scene.people.values() for year, first in starts.items()}
    Plan.objects.bulk_create([p.plan for p in promises.values()], batch_size=BATCH)
    PlanResult.objects.bulk_create([r for p in promises.values() for r in p.results], batch_size=BATCH)
    Indicator.objects.bulk_create([i for p in promises.values() for i in p.indicators], batch_size=BATCH)
    for month in months:
        due = [promises[slot, month.start.year] for slot in scene.people]
        tasks = [list(_tasks(promise, month)) for promise in due]
        Task.objects.bulk_create(chain.from_iterable(tasks), batch_size=BATCH)
        write([row for promise, own in zip(due, tasks, strict=True) for row in _entries(scene, promise, own, month)])


def _tasks(promise: _Promise, month: Month) -> Iterator[Task]:
    for n, text in enumerate(jobs()[promise.person.post.job]["tasks"]):
        days = month.working_days
        if days:
            yield Task(
                employee=promise.person.employee,
                result=promise.results[n % len(promise.results)],
                text=text,
                due_on=month.last_weekday if n else days[len(days) // 2],
                planned_milli=2000,
                unit_label="laporan",
            )


def _entries(scene: Scene, promise: _Promise, tasks: list[Task], month: Month) -> Iterator[Entry]:
    """A day's entry on most working days; some advance a task or report a value to an indicator."""
    person = promise.person
    dice = scene.dice(f"entries:{person.slot}:{month.index}")
    share = person.diligence[month.index] / 100
    days = [day for day in month.working_days if dice.random() < min(1.0, share + 0.04)]
    if not days:
        return
    texts = jobs()[person.post.job]["entries"]
    counted = next((i for i in promise.indicators if i.gathering == "sum"), None)
    latest = next((i for i in promise.indicators if i.gathering == "latest"), None)
    whole = len(month.working_days) / max(1, _usual_days(month))
    due = (
        counted.target_milli / (13 - promise.plan.period_start.month) * whole * (share + dice.uniform(0.0, 0.12))
        if counted
        else 0
    )
    for n, day in enumerate(days):
        entry = Entry(
            employee=person.employee,
            day=day,
            result=promise.results[n % len(promise.results)],
            text=dice.choice(texts),
            quantity_milli=1000,
            submitted_at=_at(scene, day, 15, dice),
            form_key=uuid.UUID(int=dice.getrandbits(128), version=4),
        )
        if counted is not None:
            entry.result, entry.indicator, entry.quantity_milli = counted.result, counted, _portion(due, len(days), n)
        _advance_task(entry, tasks, share, n)
        if latest is not None and n == len(days) - 1:
            entry.result, entry.indicator, entry.task = latest.result, latest, None
            entry.quantity_milli = _reached(person.story, latest, month, share, dice)
            entry.text = f"Melaporkan capaian: {latest.text.lower()}"
        _decide(scene, person, entry, dice)
        yield entry


def _usual_days(month: Month) -> int:
    """Weekdays of the whole month: what a month in progress is measured against."""
    return sum((month.start + timedelta(days=n)).weekday() < 5 for n in range((month.end - month.start).days))


def _portion(total: float, parts: int, n: int) -> int:
    """The n-th of `parts` whole units that add up to `total` milli-units, in whole things."""
    whole = round(total / 1000)
    return (whole * (n + 1) // parts - whole * n // parts) * 1000


def _advance_task(entry: Entry, tasks: list[Task], share: float, n: int) -> None:
    for number, task in enumerate(tasks):
        if entry.day == task.due_on or (n == 2 + 4 * number and entry.day < task.due_on):
            entry.task, entry.result, entry.indicator = task, task.result, None
            entry.quantity_milli = 1000 if share > 0.6 or entry.day != task.due_on else 0
            entry.text = task.text


def _reached(story: dict[str, Any], indicator: Indicator, month: Month, share: float, dice: Random) -> int:
    if "latest" in story:
        return int(story["latest"][month.index] * 1000)
    if indicator.baseline_milli is not None:
        way = (month.index + 1) / MONTHS * share * dice.uniform(0.8, 1.1)
        return round(indicator.baseline_milli + (indicator.target_milli - indicator.baseline_milli) * way)
    return round(indicator.target_milli * min(1.05, 0.86 + 0.16 * share * dice.uniform(0.7, 1.1)) / 100) * 100


def _at(scene: Scene, day: date, hour: int, dice: Random) -> datetime:
    return datetime.combine(day, time(hour, dice.randint(0, 59)), ZoneInfo(scene.agency.time_zone))


def _decide(scene: Scene, person: Person, entry: Entry, dice: Random) -> None:
    """Accepted by the appraiser a day later; the last days wait; a few are returned with a note."""
    appraiser = scene.appraiser_of(person)
    if appraiser is None:
        entry.state, entry.decided_at = EntryState.ACCEPTED, entry.submitted_at
        return
    silent = appraiser.slot == NEVER_ANSWERS and entry.day > scene.today - timedelta(days=60)
    if silent or entry.day > scene.today - timedelta(days=WAITING_DAYS):
        return
    returned = dice.random() < 0.015 and entry.day > scene.today - timedelta(days=25)
    entry.state = EntryState.RETURNED if returned else EntryState.ACCEPTED
    entry.note = "Mohon lampirkan bukti dan tuliskan hasilnya, bukan kegiatannya." if returned else ""
    entry.decided_by = appraiser.employee
    entry.decided_at = _at(scene, min(entry.day + timedelta(days=1), scene.today), 9, dice)
    entry.version = 2
