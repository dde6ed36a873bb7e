"""The marks of one observation as its page shows them: on their scale, beside each other, before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from terang.evidence.observation.access import open_sheets, sees_common
from terang.evidence.observation.models import Observation, Sheet
from terang.evidence.observation.models.observations import OVER
from terang.evidence.observation.selectors import common_marks
from terang.evidence.observation.services.marking import marks_of
from terang.registry.people.viewer import Viewer
from terang.rules.observations import marks
from terang.rules.observations.rubric import Behaviour, Rubric


@dataclass(frozen=True)
class Cell:
    """One level of one behaviour: who chose it, and whether it is the mark that counts."""

    name: str
    look: str
    tags: tuple[str, ...]
    main: bool


@dataclass(frozen=True)
class Row:
    """One behaviour on its scale, with the notes told under it (who, what)."""

    text: str
    cells: tuple[Cell, ...]
    notes: tuple[tuple[str, str], ...] = ()
    rise: int | None = None
    differs: bool = False


def result_rows(viewer: Viewer, row: Observation) -> list[Row]:
    """The behaviours of what was picked with the marks the viewer may see; without any they stand as what will be
    looked at. The marks of the only observer count; of two nothing counts until both have settled."""
    if row.picked is None:
        return []
    sheets = open_sheets(viewer, row)
    told = {_label(sheet, row): marks_of(sheet) for sheet in sheets if sheet.marks.all()}
    counted = common_marks(row) if sees_common(viewer, row) else {}
    notes = _notes(viewer, row)
    if len(row.sheets.all()) < 2:
        counted, told = counted or next(iter(told.values()), {}), {}
    return [_row(row.instrument.content, each, told, counted, notes) for each in row.picked.behaviours]


def _label(sheet: Sheet, row: Observation) -> str:
    """The observer's name; with the number of the sheet where both have the same."""
    same = [each for each in row.sheets.all() if each.observer.name == sheet.observer.name]
    return f"{sheet.observer.name} ({sheet.number})" if len(same) > 1 else sheet.observer.name


def _notes(viewer: Viewer, row: Observation) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for sheet in open_sheets(viewer, row):
        for mark in sheet.marks.all():
            if mark.note:
                found.setdefault(mark.behaviour, []).append((_label(sheet, row), mark.note))
    if sees_common(viewer, row) and len(row.sheets.all()) > 1:
        for common in row.marks.all():
            if common.note:
                found.setdefault(common.behaviour, []).append((gettext("Nilai bersama"), common.note))
    return found


def _row(
    rubric: Rubric,
    behaviour: Behaviour,
    told: Mapping[str, Mapping[str, int]],
    counted: Mapping[str, int],
    notes: Mapping[str, Sequence[tuple[str, str]]],
) -> Row:
    main = counted.get(behaviour.code)
    cells = tuple(
        Cell(
            level.name,
            rubric.look(behaviour, level.value),
            tuple(name for name, values in told.items() if values.get(behaviour.code) == level.value),
            level.value == main,
        )
        for level in rubric.levels
    )
    differs = len({values.get(behaviour.code) for values in told.values()}) > 1
    return Row(behaviour.text, cells, tuple(notes.get(behaviour.code, ())), differs=differs)


def agreement_of(viewer: Viewer, row: Observation) -> marks.Agreement | None:
    """How far the two observers agreed, where the viewer may see both sheets; missing with one observer."""
    sheets = [sheet for sheet in open_sheets(viewer, row) if sheet.given_at]
    if len(sheets) < 2:
        return None
    values = row.instrument.content.values
    return marks.agreement(marks_of(sheets[0]), marks_of(sheets[1]), values[-1] - values[0])


@dataclass(frozen=True)
class Shift:
    """What changed from the first observation to the second."""

    first: Observation
    second: Observation
    rows: list[Row]
    changed: bool


def shift_of(first: Observation | None, second: Observation | None) -> Shift | None:
    """Per behaviour the mark of the first and of the second, once both were told and while both stand. Two queries."""
    if first is None or second is None or second.picked is None:
        return None
    if any(each.state in OVER or not each.is_told for each in (first, second)):
        return None
    before, after = common_marks(first), common_marks(second)
    found = marks.changes(before, after)
    rises = {each.code: each.rise for each in found}
    rubric = second.instrument.content
    told = {gettext("Pertama"): before, gettext("Kedua"): after}
    rows = [_row(rubric, each, told, after, {}) for each in second.picked.behaviours]
    lines = [
        Row(row.text, row.cells, rise=rises.get(each.code))
        for row, each in zip(rows, second.picked.behaviours, strict=True)
    ]
    return Shift(first, second, lines, marks.practice_changed(found))
