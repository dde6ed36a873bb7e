"""Makes structured observation: the instruments of every government, and the observations its story tells."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

from terang.demo.scene import Scene
from terang.evidence.observation.models import (
    CommonMark,
    Instrument,
    Mark,
    Observation,
    ObservationState,
    ObserverKind,
    Sheet,
)
from terang.registry.organization.calendars import deadline_calendar
from terang.rules.observations.marks import points
from terang.rules.observations.rubric import PRESETS, as_json, preset
from terang.rules.regulations.working_days import deadline

KEEPERS = {"pembelajaran": "education", "loket": "", "poliklinik": "health"}
"""The unit whose head keeps an instrument beside the personnel agency."""
COUNTED = frozenset({"pembelajaran"})
"""The others are for learning: no policy of the demo scores them."""
S = ObservationState
MARKED = (S.MARKED, S.SETTLED, S.TOLD, S.CONTESTED, S.FINISHED)
SETTLED = (S.SETTLED, S.TOLD, S.CONTESTED, S.FINISHED)
SAID = (S.TOLD, S.CONTESTED, S.FINISHED)


def observe(scene: Scene) -> None:
    """Instruments since the first of the year before, then each story in order; a later one may follow an earlier."""
    instruments = {code: _instrument(scene, code) for code in PRESETS}
    made: dict[str, Observation] = {}
    for number, story in enumerate(scene.facts.get("observations", [])):
        made[str(story.get("name", number))] = _story(scene, story, instruments[story["instrument"]], made, number)


def _instrument(scene: Scene, code: str) -> Instrument:
    start = preset(code)
    return Instrument.objects.create(
        agency=scene.agency,
        code=code,
        number=1,
        name=start.name,
        place=start.place,
        categories=list(start.categories),
        keeper=scene.units.get(KEEPERS[code]),
        formative=code not in COUNTED,
        valid_from=date(scene.today.year - 1, 1, 1),
        rubric=as_json(start.rubric),
        basis=f"Keputusan {scene.facts['head']} Nomor 421 Tahun {scene.today.year - 1} (rekaan)",
        form_key=_key(scene, f"instrument:{code}"),
    )


def _key(scene: Scene, topic: str) -> UUID:
    return uuid5(NAMESPACE_OID, f"{scene.agency.code}:observation:{topic}")


def _story(
    scene: Scene, story: dict[str, Any], instrument: Instrument, made: dict[str, Observation], number: int
) -> Observation:
    """One observation as the government's file tells it; `ago` in calendar days, below zero ahead."""
    person, state = scene.people[story["employee"]], S(story["state"])
    day = scene.today - timedelta(days=story["ago"])
    while day.isoweekday() > 5:
        day -= timedelta(days=1)
    agreed = _at(scene, day - timedelta(days=3), 10) if state != S.PLANNED else None
    row = Observation.objects.create(
        employee=person.employee,
        unit=scene.units[person.unit.key],
        instrument=instrument,
        indicator=story.get("indicator", ""),
        place=story["place"],
        day=day,
        state=state,
        planned_by=scene.people[story["observers"][0]].employee,
        previous=made.get(story.get("follows", "")),
        goal=story.get("goal", ""),
        look_for=story.get("look_for", ""),
        observed_agreed_at=agreed,
        observer_agreed_at=agreed,
        form_key=_key(scene, str(number)),
        **(_said(scene, story, instrument, day) if state in SAID else {}),
    )
    _sheets(scene, story, row)
    if state in SETTLED:
        _settle(scene, story, row)
    return row


def _said(scene: Scene, story: dict[str, Any], instrument: Instrument, day: date) -> dict[str, Any]:
    told = _at(scene, day, 13)
    words = {name: story.get(name, "") for name in ("went_well", "to_try", "aim", "reply", "reflection")}
    return words | {
        "aim_due_on": day + timedelta(days=30),
        "told_by": scene.people[story["observers"][0]].employee,
        "told_at": told,
        "told_on": day,
        "contest_due_on": deadline(day, instrument.contest_days, deadline_calendar(scene.agency)),
        "replied_at": told + timedelta(hours=2) if words["reply"] else None,
        "reflected_at": told + timedelta(days=6) if words["reflection"] else None,
        "contest_reason": story.get("contest_reason", ""),
        "finished_on": day + timedelta(days=1) if story["state"] == S.FINISHED else None,
    }


def _sheets(scene: Scene, story: dict[str, Any], row: Observation) -> None:
    given = _at(scene, row.day, 11) if row.state in MARKED else None
    for number, slot in enumerate(story["observers"], 1):
        sheet = Sheet.objects.create(
            observation=row,
            number=number,
            observer=scene.people[slot].employee,
            kind=_kind(slot, story["employee"]),
            saved_at=given,
            given_at=given,
        )
        if given:
            marks, notes = story["marks"][number - 1], story.get("notes", [[]] * number)[number - 1]
            Mark.objects.bulk_create(
                Mark(sheet=sheet, behaviour=str(place), value=value, note=notes[place - 1] if notes else "")
                for place, value in enumerate(marks, 1)
            )


def _kind(observer: str, observed: str) -> ObserverKind:
    if observer.endswith("/head"):
        return ObserverKind.LEADER
    return ObserverKind.PEER if observer.partition("/")[0] == observed.partition("/")[0] else ObserverKind.OVERSEER


def _settle(scene: Scene, story: dict[str, Any], row: Observation) -> None:
    values = {str(place): value for place, value in enumerate(story.get("common", story["marks"][0]), 1)}
    CommonMark.objects.bulk_create(
        CommonMark(observation=row, behaviour=code, value=value) for code, value in values.items()
    )
    found = points(values, row.instrument.content.top)
    row.points_milli, row.max_milli = found.points_milli, found.max_milli
    row.settled_by, row.settled_at = scene.people[story["observers"][0]].employee, _at(scene, row.day, 12)
    row.save(update_fields=["points_milli", "max_milli", "settled_by", "settled_at"])


def _at(scene: Scene, day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour, 15), ZoneInfo(scene.agency.time_zone))
