"""An observation as plain JSON for Typst, once its feedback was given: then all who read it read the same. In
Indonesian whatever the language of the reader."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.utils.translation import override

from terang.evidence.observation.evidence import effect
from terang.evidence.observation.models import Observation
from terang.evidence.observation.models import Sheet as Marked
from terang.evidence.observation.results import shift_of
from terang.evidence.observation.selectors import beside, common_marks
from terang.evidence.observation.services.marking import marks_of
from terang.registry.people.selectors import main_posts
from terang.reporting.documents.facts import party, place_of
from terang.reporting.documents.sheets import Proof, Sheet
from terang.rules.observations import marks
from terang.rules.observations.rubric import Behaviour
from terang.web.numbers import longdate, percent, quantity, whole


def observation_sheet(row: Observation) -> Sheet:
    """What was agreed, seen, told and answered; the marks of each observer beside those that count. Nine
    queries."""
    assert row.is_told
    with override("id"):
        sheets = list(row.sheets.all())
        people = [row.employee, *(each.observer for each in sheets)]
        places = main_posts([each.pk for each in people], row.day)
        return {
            "kind": "observation",
            "name": f"Observasi {row.title}",
            "agency": row.employee.agency.name,
            "title": row.title,
            "instrument": f"{row.instrument.name}, versi {whole(row.instrument.number)} ({row.instrument.basis})",
            "day": longdate(row.day),
            "where": row.place,
            "employee": asdict(party(row.employee, places.get(row.employee_id))),
            "unit": row.unit.name,
            "observers": [
                asdict(party(each.observer, places.get(each.observer_id))) | {"kind": str(each.get_kind_display())}
                for each in sheets
            ],
            "goal": row.goal,
            "look_for": row.look_for,
            "agreement": _agreement(row, sheets),
            "behaviours": _behaviours(row, sheets),
            "points": f"{quantity(row.points_milli)} dari {quantity(row.max_milli)} poin" if row.max_milli else "",
            "effect": "" if row.counts else effect(row),
            "told": f"{row.told_by.name}, {longdate(row.told_on)}" if row.told_by and row.told_on else "",
            "went_well": row.went_well,
            "to_try": row.to_try,
            "aim": row.aim,
            "aim_due": longdate(row.aim_due_on) if row.aim_due_on else "",
            "reply": row.reply,
            "reflection": row.reflection,
            "before": _before(row),
            "place": place_of(row.employee.agency),
            "mark": "",
            "proof": asdict(Proof()),
        }


def _agreement(row: Observation, sheets: list[Marked]) -> str:
    given = [each for each in sheets if each.given_at]
    if len(given) < 2:
        return ""
    values = row.instrument.content.values
    found = marks.agreement(marks_of(given[0]), marks_of(given[1]), values[-1] - values[0])
    share = f" ({percent(found.exact_bp)})" if found.exact_bp is not None else ""
    return f"Kedua pengamat memberi nilai yang sama pada {whole(found.same)} dari {whole(found.pairs)} perilaku{share}."


def _behaviours(row: Observation, sheets: list[Marked]) -> list[dict[str, Any]]:
    counted = common_marks(row)
    own = [(each.observer.name, marks_of(each)) for each in sheets] if len(sheets) > 1 else []
    notes: dict[str, list[tuple[str, str]]] = {}
    for sheet in sheets:
        for mark in sheet.marks.all():
            if mark.note:
                notes.setdefault(mark.behaviour, []).append((sheet.observer.name, mark.note))
    for common in row.marks.all() if len(sheets) > 1 else ():
        if common.note:
            notes.setdefault(common.behaviour, []).append(("Nilai bersama", common.note))
    return [
        {
            "text": each.text,
            "level": _level(row, counted, each),
            "by": [(name, _level(row, values, each)) for name, values in own],
            "notes": notes.get(each.code, []),
        }
        for each in (row.picked.behaviours if row.picked else ())
    ]


def _level(row: Observation, values: Mapping[str, int], behaviour: Behaviour) -> str:
    value = values.get(behaviour.code)
    level = row.instrument.content.level(value) if value is not None else None
    return f"{level.name} ({whole(level.value)})" if level else "–"


def _before(row: Observation) -> str:
    """What changed since the observation this one follows, or in the one that followed it."""
    shift = shift_of(row.previous, row) or shift_of(row, beside(row).second)
    if shift is None:
        return ""
    risen = sum(bool(each.rise and each.rise > 0) for each in shift.rows)
    days = f"{longdate(shift.first.day)} ke {longdate(shift.second.day)}"
    return f"Dari {days}: {whole(risen)} dari {whole(len(shift.rows))} perilaku naik."
