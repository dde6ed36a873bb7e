"""Looks over the form as it stands: what is known beside it goes into the pure rules of `rules.work.hints`."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Sum

from terang.evidence.work.days import OLDEST_DAYS, unit_of
from terang.evidence.work.desk import Desk, desk_of
from terang.evidence.work.forms import OTHER
from terang.evidence.work.hooks import day_notes
from terang.evidence.work.models import Entry, EntryState
from terang.evidence.work.purposes import Purpose
from terang.planning.measuring import Direction, Gathering
from terang.registry.organization.calendars import calendar_of
from terang.registry.people.viewer import Viewer
from terang.rules.work.hints import Hint, Known, Typed, hints, plain
from terang.web.asked import asked_day
from terang.web.quantities import QuantityField
from terang.web.sentences import said

COUNTED = (EntryState.SUBMITTED, EntryState.ACCEPTED)


def looked_over(viewer: Viewer, data: Mapping[str, Any]) -> dict[str, Any]:
    """`hints` by field (each with `text` and `fault`) and `unit`, the unit of the chosen purpose. Eleven queries at
    most. Nothing is refused here: what cannot be read yet is left out."""
    desk = desk_of(viewer.employee, viewer.today, drafts=False)
    if desk.plan is None:
        return {"hints": {}, "unit": ""}
    purpose = desk.purposes.get(data.get("purpose", ""))
    typed = _typed(data)
    found = hints(typed, _known(viewer, desk, purpose, typed.day))
    return {"hints": _by_place(found), "unit": purpose.unit_label if purpose else ""}


def _by_place(found: list[Hint]) -> dict[str, list[dict[str, Any]]]:
    places: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for hint in found:
        places[hint.place].append({"text": said(hint.sentence), "fault": hint.fault})
    return dict(places)


def _typed(data: Mapping[str, Any]) -> Typed:
    milli = None
    with suppress(ValidationError):
        milli = QuantityField(required=False).clean(data.get("quantity", ""))
    day = data.get("day_other") if data.get("day") == OTHER else data.get("day")
    minutes = data.get("minutes_other") if data.get("minutes") == OTHER else data.get("minutes")
    number = int(minutes) if minutes and str(minutes).isdecimal() and len(str(minutes)) < 7 else None
    return Typed(asked_day(day), str(data.get("text", ""))[:500], milli, number)


def _known(viewer: Viewer, desk: Desk, purpose: Purpose | None, day: date | None) -> Known:
    plan = desk.plan
    assert plan is not None
    away, rest = _that_day(viewer, day) if day and day <= viewer.today else ("", False)
    texts: dict[date, set[str]] = defaultdict(set)
    for entry in desk.recent:
        texts[entry.day].add(plain(entry.text))
    return Known(
        first=max(plan.period_start, viewer.today - timedelta(days=OLDEST_DAYS)),
        last=min(plan.period_end - timedelta(days=1), viewer.today),
        away=away,
        rest=rest,
        usual_milli=desk.usual_milli(purpose.key) if purpose else None,
        left_milli=_left_milli(purpose),
        counts=bool(purpose and (purpose.task or purpose.indicator)),
        said={each: frozenset(found) for each, found in texts.items()},
    )


def _that_day(viewer: Viewer, day: date) -> tuple[str, bool]:
    """Why the person was away that day, and whether it was no working day."""
    employee = viewer.employee
    note = day_notes([employee.pk], day, day + timedelta(days=1)).get(employee.pk, {}).get(day)
    if note and note.kind == "leave":
        return note.label, False
    working = calendar_of(employee.agency, unit_of(employee, day)).is_working_day(day)
    return "", not working or bool(note and note.excuses)


def _left_milli(purpose: Purpose | None) -> int | None:
    """What the whole target still asks for, waiting entries counted; missing where amounts do not add up."""
    if purpose is None:
        return None
    if purpose.task:
        return purpose.task.planned_milli - _reported(task=purpose.task)
    indicator = purpose.indicator
    if indicator and indicator.gathering == Gathering.SUM and indicator.direction == Direction.HIGHER:
        return indicator.target_milli - _reported(indicator=indicator)
    return None


def _reported(**purpose: Any) -> int:
    rows = Entry.objects.filter(state__in=COUNTED, **purpose)
    return rows.aggregate(total=Sum("quantity_milli"))["total"] or 0
