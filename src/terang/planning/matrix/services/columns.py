"""The heads of a matrix: from the owner's plan, or written by hand while the plan is late and tied to it later."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext

from terang.planning.matrix.access import require_editor, require_leader
from terang.planning.matrix.models import CARRIED, CellState, Matrix, MatrixColumn, MatrixMember, Strategy
from terang.planning.matrix.services.locking import locked_matrix, moved, tell
from terang.planning.matrix.services.team import team_above
from terang.planning.matrix.sources import Source, day_in, sources_of
from terang.planning.plans.placement import open_years
from terang.registry.people.selectors import direct_report_ids, main_posts
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


@dataclass(frozen=True)
class Heading:
    """What a person says about a column. `target_milli` is None where there is no number to split."""

    text: str
    strategy: str = Strategy.ASPECT
    target_milli: int | None = None
    unit_label: str = ""
    source_key: str = ""


def begin_matrix(*, actor: Viewer, day: date) -> Matrix:
    """One's own matrix for the year of the day (the time of one's plan, where there is one), with columns from the plan
    and rows for everybody one appraises. The one that exists already is given back.

    Raises NotNow for who holds no post, and for a year that cannot be planned yet.
    """
    require_leader(actor)
    if day.year > max(open_years(actor.today)):
        raise NotNow(gettext("Matriks untuk tahun itu belum dapat dimulai."))
    owner = actor.employee
    found = Matrix.objects.filter(owner=owner, period_start__lte=day, period_end__gt=day).first()
    if found:
        return found
    place = main_posts([owner.pk], actor.today).get(owner.pk)
    if place is None:
        raise NotNow(gettext("Anda belum tercatat pada jabatan mana pun. Hubungi pengelola kepegawaian."))
    plan = sources_of(owner, day).plan
    with transaction.atomic():
        matrix, new = Matrix.objects.get_or_create(
            owner=owner,
            period_start=plan.period_start if plan else date(day.year, 1, 1),
            defaults={
                "period_end": plan.period_end if plan else date(day.year + 1, 1, 1),
                "unit": place.post.unit,
                "parent": team_above(owner, day),
            },
        )
        if new:
            changes = bring_up_to_date(matrix, actor.today)
            tell(matrix, "matrix_created", actor, changes=changes)
    return matrix


def sync_matrix(*, actor: Viewer, matrix: Matrix, seen: int) -> Matrix:
    """Brings the columns up to date with the owner's plan and the rows with the people appraised today.

    Columns are tied to the plan by key, hand-written ones by the same text. A column whose row left the plan goes only
    where nobody carries it; people who left stay, marked on the page.
    """
    require_editor(actor, matrix)
    with transaction.atomic():
        current = locked_matrix(matrix, seen)
        changes = bring_up_to_date(current, actor.today)
        if any(changes.values()):
            moved(current)
            tell(current, "matrix_updated", actor, changes=changes)
    return current


def bring_up_to_date(matrix: Matrix, today: date) -> dict[str, int]:
    """How many columns and people were added, changed or dropped. The caller holds the transaction."""
    day = day_in(matrix, today)
    sources = sources_of(matrix.owner, day).rows
    columns = list(matrix.columns.all())
    changed = _tie(columns, sources)
    dropped = _drop_gone(columns, sources)
    added = _add_missing(matrix, columns, sources)
    return {"changed": changed, "dropped": dropped, "added": added, "people": _add_people(matrix, day)}


def _tie(columns: list[MatrixColumn], sources: tuple[Source, ...]) -> int:
    by_key = {row.key: row for row in sources if row.key}
    by_text = {row.text.casefold(): row for row in sources}
    changed = 0
    for column in columns:
        source = by_key.get(column.source_key) if column.source_key else by_text.get(column.text.casefold())
        if source and _copy(source, column):
            column.save()
            changed += 1
    return changed


def _copy(source: Source, column: MatrixColumn) -> bool:
    """Whether the column differed. A number that was typed by hand stays where the plan has none."""
    before = (column.text, column.source_key, column.target_milli, column.unit_label)
    column.text, column.source_key = source.text, source.key
    if source.target_milli is not None:
        column.target_milli, column.unit_label = source.target_milli, source.unit_label
    return before != (column.text, column.source_key, column.target_milli, column.unit_label)


def _drop_gone(columns: list[MatrixColumn], sources: tuple[Source, ...]) -> int:
    keys = {row.key for row in sources if row.key}
    gone = [column for column in columns if column.source_key and column.source_key not in keys] if keys else []
    empty = [column for column in gone if not column.cells.filter(state__in=(*CARRIED, CellState.PROPOSED)).exists()]
    for column in empty:
        column.delete()
        columns.remove(column)
    return len(empty)


def _add_missing(matrix: Matrix, columns: list[MatrixColumn], sources: tuple[Source, ...]) -> int:
    known = {column.source_key for column in columns if column.source_key}
    texts = {column.text.casefold() for column in columns}
    number = max((column.number for column in columns), default=0)
    missing = [row for row in sources if row.key not in known and row.text.casefold() not in texts]
    MatrixColumn.objects.bulk_create(
        MatrixColumn(
            matrix=matrix,
            number=place,
            text=row.text,
            source_key=row.key,
            target_milli=row.target_milli,
            unit_label=row.unit_label,
        )
        for place, row in enumerate(missing, number + 1)
    )
    return len(missing)


def _add_people(matrix: Matrix, day: date) -> int:
    known = set(matrix.members.values_list("employee_id", flat=True))
    missing = [pk for pk in direct_report_ids(matrix.owner, day) if pk not in known]
    MatrixMember.objects.bulk_create(MatrixMember(matrix=matrix, employee_id=pk) for pk in missing)
    return len(missing)


def add_column(*, actor: Viewer, matrix: Matrix, heading: Heading) -> MatrixColumn:
    """A column at the end, by hand ("kolom sementara") or from a row of the plan; the same text again is the same
    column."""
    require_editor(actor, matrix)
    with transaction.atomic():
        current = locked_matrix(matrix)
        columns = list(current.columns.all())
        same = next((each for each in columns if each.text.casefold() == heading.text.casefold()), None)
        if same:
            return same
        number = max((each.number for each in columns), default=0) + 1
        column = MatrixColumn.objects.create(matrix=current, number=number, **_fields(heading))
        moved(current)
        tell(current, "column_added", actor, changes={"column": column.pk, "text": column.text})
    return column


def change_column(*, actor: Viewer, column: MatrixColumn, seen: int, heading: Heading) -> MatrixColumn:
    """Other words, another number or way of splitting, or the row of the plan a hand-written column belongs to."""
    require_editor(actor, column.matrix)
    with transaction.atomic():
        matrix = locked_matrix(column.matrix, seen)
        current = matrix.columns.get(pk=column.pk)
        for name, value in _fields(heading).items():
            setattr(current, name, value)
        current.save()
        moved(matrix)
        tell(matrix, "column_changed", actor, changes={"column": current.pk, "text": current.text})
    return current


def drop_column(*, actor: Viewer, column: MatrixColumn, seen: int) -> None:
    """Takes away a column nobody carries. Raises NotNow while somebody does."""
    require_editor(actor, column.matrix)
    with transaction.atomic():
        matrix = locked_matrix(column.matrix, seen)
        if column.cells.filter(state__in=(*CARRIED, CellState.PROPOSED)).exists():
            raise NotNow(gettext("Kolom ini masih dipegang. Tarik atau pindahkan dahulu bagian-bagiannya."))
        tell(matrix, "column_dropped", actor, changes={"column": column.pk, "text": column.text})
        matrix.columns.filter(pk=column.pk).delete()
        moved(matrix)


def _fields(heading: Heading) -> dict[str, object]:
    return {
        "text": heading.text,
        "strategy": heading.strategy,
        "target_milli": heading.target_milli,
        "unit_label": heading.unit_label,
        "source_key": heading.source_key,
    }
