"""Makes tasks and daily entries: what each person of the demo did for the promises of the plan, and proved."""

import uuid
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from terang.demo.promises import Promise
from terang.demo.scene import MONTHS, Month, Scene
from terang.evidence.work.models import Entry, EntryState, Task
from terang.planning.plans.models import Indicator
from terang.web.writing import write

BATCH = 4000
WHOLE = 100_000
"""A hundred percent in thousandths: no share is more."""
NEVER_ANSWERS = "district.service/head"
"""The appraiser who never answers: everything below waits since two months."""
WAITING_DAYS = 3


def perform(scene: Scene, months: list[Month], promised: dict[int, list[Promise]]) -> None:
    """Tasks and entries of each month, under the plans in force then (`promises.by_month`)."""
    for month in months:
        due = promised[month.index]
        tasks = [list(_tasks(promise, month)) for promise in due]
        Task.objects.bulk_create(chain.from_iterable(tasks), batch_size=BATCH)
        write([row for promise, own in zip(due, tasks, strict=True) for row in _entries(scene, promise, own, month)])


def _tasks(promise: Promise, month: Month) -> Iterator[Task]:
    results = promise.results
    for n, text in enumerate(promise.job["tasks"]):
        days = month.working_days
        if days:
            yield Task(
                employee=promise.person.employee,
                result=results[n % len(results)],
                text=text,
                due_on=month.last_weekday if n else days[len(days) // 2],
                planned_milli=2000,
                unit_label="laporan",
            )


def _entries(scene: Scene, promise: Promise, tasks: list[Task], month: Month) -> Iterator[Entry]:
    """A day's entry on most working days; some advance a task or report a value to an indicator."""
    person = promise.person
    dice = scene.dice(f"entries:{person.slot}:{month.index}")
    share = person.diligence[month.index] / 100
    days = [day for day in month.working_days if dice.random() < min(1.0, share + 0.04)]
    if not days:
        return
    texts, results = promise.job["entries"], promise.results
    counted = next((i for i in promise.indicators if i.gathering == "sum"), None)
    latest, *others = [i for i in promise.own_first if i.gathering == "latest"]
    whole = len(month.working_days) / max(1, _usual_days(month))
    due = counted.target_milli / promise.months * whole * (share + dice.uniform(0.0, 0.12)) if counted else 0
    for n, day in enumerate(days):
        text = dice.choice(texts)
        entry = _entry(scene, promise, day, dice)
        entry.text, entry.result = text, results[n % len(results)]
        if counted is not None:
            entry.result, entry.indicator, entry.quantity_milli = counted.result, counted, _portion(due, len(days), n)
        _advance_task(entry, tasks, share, n)
        if n == len(days) - 1:
            entry.task = None
            _report(entry, latest, _reached(person.story, latest, month, share, dice))
        _decide(scene, promise, entry, dice)
        yield entry
    for indicator in others:
        entry = _entry(scene, promise, days[-1], dice)
        aim = promise.aims.get(indicator.key)
        value = aim.value(scene.part_of_year(month)) if aim else _level(indicator, share, dice)
        if value is not None:
            _report(entry, indicator, value)
            _decide(scene, promise, entry, dice)
            yield entry


def _entry(scene: Scene, promise: Promise, day: date, dice: Random) -> Entry:
    return Entry(
        employee=promise.person.employee,
        day=day,
        quantity_milli=1000,
        submitted_at=_at(scene, day, 15, dice),
        form_key=uuid.UUID(int=dice.getrandbits(128), version=4),
    )


def _report(entry: Entry, indicator: Indicator, milli: int) -> None:
    reached = min(milli, WHOLE) if indicator.unit_label == "%" else milli
    entry.result, entry.indicator, entry.quantity_milli = indicator.result, indicator, reached
    entry.text = f"Melaporkan capaian: {indicator.text.lower()}"


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


def _level(indicator: Indicator, share: float, dice: Random) -> int:
    """What a leading official's further levels come to: as good as the rest of the plan."""
    return round(indicator.target_milli * (0.36 + share / 2 + dice.uniform(-0.03, 0.03)) / 100) * 100


def _at(scene: Scene, day: date, hour: int, dice: Random) -> datetime:
    return datetime.combine(day, time(hour, dice.randint(0, 59)), ZoneInfo(scene.agency.time_zone))


def _decide(scene: Scene, promise: Promise, entry: Entry, dice: Random) -> None:
    """Accepted by the appraiser a day later; the last days wait; a few are returned with a note."""
    appraiser = promise.leader
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
