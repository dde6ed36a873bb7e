"""Filling the matrix: several results at once for a person under a column, a split, a copied row, no role."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db import transaction
from django.utils.translation import gettext

from terang.planning.matrix.access import require_editor
from terang.planning.matrix.models import (
    CARRIED,
    CellState,
    Matrix,
    MatrixCell,
    MatrixColumn,
    MatrixMember,
    Strategy,
)
from terang.planning.matrix.services.locking import shown_cells, stale, tell_members
from terang.planning.matrix.states import require_joined, require_not_refused, standing
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

Seen = Mapping[int, int]
"""Version by id of the parts that stood on the page."""


@dataclass(frozen=True)
class Wanted:
    """A result as the leader wants it; `cell_id` names the part it was, None for a new one."""

    text: str
    strategy: str = Strategy.ASPECT
    part_milli: int | None = None
    cell_id: int | None = None


@dataclass(frozen=True)
class Slice:
    """What a person gets of a split column: words (an area, an aspect, a result) or a number, or both."""

    words: str = ""
    part_milli: int | None = None


def fill_cell(
    *,
    actor: Viewer,
    member: MatrixMember,
    column: MatrixColumn,
    seen: Seen,
    parts: Sequence[Wanted],
    no_role: bool = False,
) -> None:
    """Makes the person's results under the column what the leader wants: changed, added, dropped.

    A part the person has in the plan already is withdrawn instead of deleted, and a changed one is told to the person;
    the plan itself is never changed. `no_role` without parts says that the person has none here. The same content again
    changes nothing. Raises Stale where somebody else wrote since `seen`, NotNow for new words to a person whose
    appraiser refused.
    """
    matrix = member.matrix
    require_editor(actor, matrix)
    _require_together(matrix, [column])
    with transaction.atomic():
        [member] = _locked_people([member])
        current = shown_cells([member.pk], [column.pk])
        if {cell.pk: cell.version for cell in current} != dict(seen):
            if _same(current, parts, no_role):
                return
            raise stale()
        counts = _Writer(member, column, actor).write(current, parts, no_role)
        if any(counts.values()):
            tell_members(matrix, "cell_filled", actor, {member: {"column": column.pk, **counts}})


def _require_together(matrix: Matrix, columns: Collection[MatrixColumn]) -> None:
    if any(column.matrix_id != matrix.pk for column in columns):
        raise NotAllowed(gettext("Kolom ini bukan bagian dari matriks itu."))


def _locked_people(members: Iterable[MatrixMember]) -> list[MatrixMember]:
    """The people as they stand now, by id; new parts of the same person wait for each other. Raises Stale where one was
    taken out meanwhile."""
    ids = {member.pk for member in members}
    rows = MatrixMember.objects.select_for_update(of=("self",)).select_related("employee")
    found = list(rows.filter(pk__in=ids).order_by("pk"))
    if len(found) != len(ids):
        raise stale()
    return found


def _same(current: Sequence[MatrixCell], parts: Sequence[Wanted], no_role: bool) -> bool:
    there = [(cell.text, cell.strategy, cell.part_milli) for cell in current if cell.state != CellState.NONE]
    wanted = [(part.text, part.strategy, part.part_milli) for part in parts]
    return there == wanted and any(cell.state == CellState.NONE for cell in current) == no_role


class _Writer:
    """Writes one cell of the table; the rows are locked."""

    def __init__(self, member: MatrixMember, column: MatrixColumn, actor: Viewer) -> None:
        self.member, self.column, self.actor = member, column, actor

    def write(self, current: Sequence[MatrixCell], parts: Sequence[Wanted], no_role: bool) -> dict[str, int]:
        kept = {part.cell_id: part for part in parts if part.cell_id}
        changed = sum(self._change(cell, kept[cell.pk]) for cell in current if cell.pk in kept)
        silent = [cell for cell in current if cell.state == CellState.NONE]
        dropped = [cell for cell in current if cell.pk not in kept and cell not in silent]
        for cell in dropped:
            take_away(cell)
        number = max((cell.number for cell in current), default=0)
        new = [self._new(place, part) for place, part in enumerate((p for p in parts if not p.cell_id), number + 1)]
        none = no_role and not parts
        if not none:
            MatrixCell.objects.filter(pk__in=[cell.pk for cell in silent]).delete()
        elif not silent:
            new.append(self._new(number + 1, Wanted(""), CellState.NONE))
        if changed or new:
            require_not_refused(self.member)
        MatrixCell.objects.bulk_create(new)
        return {"changed": changed, "dropped": len(dropped), "added": len(new)}

    def _change(self, cell: MatrixCell, part: Wanted) -> bool:
        if (cell.text, cell.strategy, cell.part_milli) == (part.text, part.strategy, part.part_milli):
            return False
        cell.text, cell.strategy, cell.part_milli = part.text, part.strategy, part.part_milli
        cell.state, cell.written_by, cell.reason = standing(cell), self.actor.employee, ""
        cell.answered()
        cell.version += 1
        cell.save()
        return True

    def _new(self, number: int, part: Wanted, state: CellState = CellState.GIVEN) -> MatrixCell:
        return MatrixCell(
            column=self.column,
            member=self.member,
            number=number,
            text=part.text,
            strategy=part.strategy,
            part_milli=part.part_milli,
            state=state,
            written_by=self.actor.employee,
        )


def take_away(cell: MatrixCell, reason: str = "") -> None:
    """Withdraws a part that the person has in the plan, or that a word to the person is due about; deletes others."""
    if not cell.result_key and not reason:
        cell.delete()
        return
    cell.state, cell.reason = CellState.WITHDRAWN, reason
    cell.answered()
    cell.version += 1
    cell.save(update_fields=["state", "reason", "version", "asked_on", "answer_due"])


def split_column(*, actor: Viewer, column: MatrixColumn, seen: Seen, slices: Mapping[int, Slice]) -> int:
    """Splits a column over people (member id → slice) by its strategy, and says how many parts changed.

    By load, each gets one part with the column's own words and the number, and a later number replaces it; by area the
    words stand behind the column's; otherwise the words are the result. Parts that do not add up are shown, never
    refused (V29). Raises Stale where the parts of the column changed since `seen`.
    """
    require_editor(actor, column.matrix)
    members = {row.pk: row for row in column.matrix.members.filter(pk__in=slices)}
    if members.keys() != slices.keys():
        raise NotAllowed(gettext("Ada orang yang bukan anggota matriks ini. Muat ulang halaman."))
    with transaction.atomic():
        members = {row.pk: row for row in _locked_people(members.values())}
        current = shown_cells(members, [column.pk])
        if {cell.pk: cell.version for cell in current} != {pk: v for pk, v in seen.items() if pk}:
            if not all(_has(column, pk, part, current) for pk, part in slices.items()):
                raise stale()
            return 0
        told = {}
        for pk, part in slices.items():
            own = [cell for cell in current if cell.member_id == pk]
            wanted = _after_split(column, own, part)
            counts = _Writer(members[pk], column, actor).write(own, wanted, False)
            if any(counts.values()):
                told[members[pk]] = {"column": column.pk, **counts}
        tell_members(column.matrix, "cell_filled", actor, told)
    return len(told)


def sliced_text(column: MatrixColumn, words: str) -> str:
    """The result of a slice: the column's words where the load is split, with the area behind them, or as written."""
    if column.strategy == Strategy.LOAD or not words:
        return column.text
    if column.strategy == Strategy.AREA:
        return f"{column.text} di {words}"[:300]
    return words


def _has(column: MatrixColumn, member_id: int, part: Slice, current: Sequence[MatrixCell]) -> bool:
    text = sliced_text(column, part.words)
    own = [cell for cell in current if cell.member_id == member_id]
    return any(cell.text == text and part.part_milli in (None, cell.part_milli) for cell in own)


def _after_split(column: MatrixColumn, own: Sequence[MatrixCell], part: Slice) -> list[Wanted]:
    """What the person has afterwards: the parts there were, one with the new number or one more."""
    text = sliced_text(column, part.words)
    kept = [Wanted(cell.text, cell.strategy, cell.part_milli, cell.pk) for cell in own if cell.state != CellState.NONE]
    same = next((row for row in kept if row.text == text), None)
    by_load = next((row for row in kept if row.strategy == Strategy.LOAD), None)
    old = same or (by_load if column.strategy == Strategy.LOAD else None)
    if old is None:
        return [*kept, Wanted(text, column.strategy, part.part_milli)]
    number = old.part_milli if part.part_milli is None else part.part_milli
    strategy = column.strategy if old.part_milli != number else old.strategy
    return [Wanted(row.text, strategy, number, row.cell_id) if row is old else row for row in kept]


def copy_row(*, actor: Viewer, source: MatrixMember, targets: Collection[MatrixMember]) -> int:
    """Gives the results of one person to others too, and says how many parts were added.

    What a target has already in the same words is left; numbers of a split are not copied, because they would be
    counted twice. Raises NotNow where the appraiser of one refused.
    """
    matrix = source.matrix
    require_editor(actor, matrix)
    if any(member.matrix_id != matrix.pk for member in targets):
        raise NotAllowed(gettext("Ada orang yang bukan anggota matriks ini. Muat ulang halaman."))
    with transaction.atomic():
        people = {row.pk: row for row in _locked_people([source, *targets])}
        given = MatrixCell.objects.filter(member=source, state__in=CARRIED).select_related("column")
        by_column = [(key, list(rows)) for key, rows in groupby(given, key=lambda cell: cell.column)]
        current = shown_cells([member.pk for member in targets], [column.pk for column, _rows in by_column])
        told = {}
        for member in (people[each.pk] for each in targets):
            added = sum(_copy_to(member, column, rows, current, actor) for column, rows in by_column)
            if added:
                told[member] = {"added": added, "like": source.pk}
        tell_members(matrix, "row_copied", actor, told)
    return sum(changes["added"] for changes in told.values())


def _copy_to(
    member: MatrixMember,
    column: MatrixColumn,
    rows: Sequence[MatrixCell],
    current: Sequence[MatrixCell],
    actor: Viewer,
) -> int:
    own = [cell for cell in current if cell.member_id == member.pk and cell.column_id == column.pk]
    kept = [Wanted(cell.text, cell.strategy, cell.part_milli, cell.pk) for cell in own if cell.state != CellState.NONE]
    texts = {part.text for part in kept}
    new = [Wanted(cell.text, cell.strategy) for cell in rows if cell.text not in texts]
    return _Writer(member, column, actor).write(own, [*kept, *new], False)["added"] if new else 0


def say_no_role(*, actor: Viewer, member: MatrixMember) -> int:
    """Says that the person has no role under every column that is still empty, and how many those were."""
    matrix = member.matrix
    require_editor(actor, matrix)
    with transaction.atomic():
        [member] = _locked_people([member])
        columns = list(matrix.columns.all())
        filled = {cell.column_id for cell in shown_cells([member.pk], [column.pk for column in columns])}
        empty = [column for column in columns if column.pk not in filled]
        for column in empty:
            _Writer(member, column, actor).write([], [], True)
        if empty:
            tell_members(matrix, "no_role_said", actor, {member: {"columns": len(empty)}})
    return len(empty)


def place_result(*, actor: Viewer, column: MatrixColumn, member: MatrixMember, key: str, text: str) -> MatrixCell:
    """Gives a result that the person planned before the matrix was there its place under a column (from the bottom up).

    `key` is its row in the person's plan; the plan learns what it serves once the person takes it up. The same row
    again is the same part. Raises NotNow for who still waits for the own appraiser, or was refused.
    """
    require_editor(actor, column.matrix)
    _require_together(member.matrix, [column])
    with transaction.atomic():
        [member] = _locked_people([member])
        require_joined(member)
        there = MatrixCell.objects.filter(member=member, result_key=key, state__in=CARRIED).first()
        if there:
            return there
        own = shown_cells([member.pk], [column.pk])
        MatrixCell.objects.filter(pk__in=[cell.pk for cell in own if cell.state == CellState.NONE]).delete()
        cell = MatrixCell.objects.create(
            column=column,
            member=member,
            number=max((each.number for each in own), default=0) + 1,
            text=text[:300],
            strategy=column.strategy,
            state=CellState.TAKEN,
            written_by=actor.employee,
            result_key=key,
        )
        tell_members(column.matrix, "result_placed", actor, {member: {"column": column.pk}})
    return cell
