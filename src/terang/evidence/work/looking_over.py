"""Looks over the form as it stands: what is known beside it goes into the pure rules of `rules.work.hints`."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, Sum
from django.db.models.functions import Coalesce

from terang.evidence.work.days import OLDEST_DAYS
from terang.evidence.work.desk import Desk, desk_of
from terang.evidence.work.forms import OTHER
from terang.evidence.work.models import Entry, EntryState
from terang.evidence.work.purposes import Purpose
from terang.evidence.work.standing import DayStanding, standing_of
from terang.registry.people.viewer import Viewer
from terang.rules.work.hints import Hint, Known, Reached, Typed, hints, plain
from terang.web.asked import asked_day
from terang.web.quantities import QuantityField
from terang.web.sentences import said


def looked_over(viewer: Viewer, data: Mapping[str, Any]) -> dict[str, Any]:
    """`hints` by field (each with `text` and `fault`) and `unit`, the unit of the chosen purpose. At most
    twenty queries. Nothing is refused here: what cannot be read yet is left out, and a quantity that the form
    asks about already (`asked`) is not hinted at again."""
    desk = desk_of(viewer.employee, viewer.today, drafts=False)
    if desk.plan is None:
        return {"hints": {}, "unit": ""}
    purpose = desk.purposes.get(data.get("purpose", ""))
    typed = _typed(data)
    found = hints(typed, _known(viewer, desk, purpose, typed.day))
    if typed.quantity_milli is not None and data.get("asked") == str(typed.quantity_milli):
        found = [each for each in found if each.place != "quantity"]
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
    first = max(plan.period_start, viewer.today - timedelta(days=OLDEST_DAYS))
    known_day = day is not None and first <= day <= viewer.today
    standing = standing_of(viewer.employee, day, viewer.today) if day and known_day else DayStanding()
    texts: dict[date, set[str]] = defaultdict(set)
    for entry in desk.recent:
        texts[entry.day].add(plain(entry.text))
    return Known(
        first=first,
        last=min(plan.period_end - timedelta(days=1), viewer.today),
        away=standing.away,
        rest=standing.rest,
        holiday=standing.holiday,
        late_days=standing.late_days,
        usual_milli=desk.usual_milli(purpose.key) if purpose else None,
        reached=_reached(purpose),
        counts=bool(purpose and (purpose.task or purpose.indicator)),
        said={each: frozenset(found) for each, found in texts.items()},
    )


def _reached(purpose: Purpose | None) -> Reached | None:
    """Where the whole target stands; missing where amounts do not add up. One query."""
    target = purpose.target_milli if purpose else None
    if purpose is None or target is None:
        return None
    of_it = Q(task=purpose.task) if purpose.task else Q(indicator=purpose.indicator)
    accepted, waiting = Q(state=EntryState.ACCEPTED), Q(state=EntryState.SUBMITTED)
    sums = Entry.objects.filter(of_it).aggregate(
        accepted=Coalesce(Sum("quantity_milli", filter=accepted), 0),
        waiting=Coalesce(Sum("quantity_milli", filter=waiting), 0),
    )
    return Reached(target, sums["accepted"], sums["waiting"])
