"""Who carries what: the findings of `rules.plans.cascade` over a whole matrix."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from terang.planning.matrix.models import CARRIED, Matrix, MatrixCell, MatrixColumn, MatrixMember, MemberState
from terang.rules.plans.cascade import Carried, Part, findings, people_without_a_role
from terang.rules.sentences import Sentence


@dataclass(frozen=True)
class Covered:
    """A column with how many people carry it and what to look at. `missing_milli` is None where nothing is split."""

    column: MatrixColumn
    people: int
    results: int
    missing_milli: int | None
    represents_leader: bool
    findings: tuple[Sentence, ...]


@dataclass(frozen=True)
class Coverage:
    """All columns, and the ids of the members who carry nothing (of those who take part)."""

    columns: tuple[Covered, ...]
    without_role: frozenset[int]
    people: int

    @property
    def uncarried(self) -> int:
        """Columns nobody carries."""
        return sum(not each.people for each in self.columns)

    @property
    def uneven(self) -> int:
        """Columns whose parts do not add up to the leader's number."""
        return sum(bool(each.people and each.findings) for each in self.columns)

    def by_column(self) -> dict[int, Covered]:
        return {each.column.pk: each for each in self.columns}


def coverage_of(matrix: Matrix, columns: Iterable[MatrixColumn]) -> Coverage:
    """The coverage of a whole matrix, however many people. Two queries."""
    known = list(columns)
    people = set(matrix.members.filter(state=MemberState.IN).values_list("pk", flat=True))
    rows = MatrixCell.objects.filter(column__in=[column.pk for column in known], state__in=CARRIED).order_by()
    parts = rows.values_list("column_id", "member_id", "strategy", "part_milli")
    return cover(known, people, (part for part in parts if part[1] in people))


def cover(
    columns: Iterable[MatrixColumn],
    people: Collection[int],
    rows: Iterable[tuple[int, int, str, int | None]],
) -> Coverage:
    """Pure: from parts (column, member, strategy, share in milli-units) to what is covered."""
    parts: dict[int, list[Part]] = {}
    for column_id, member_id, strategy, part_milli in rows:
        parts.setdefault(column_id, []).append(Part(str(member_id), strategy, part_milli))
    carried = [(column, Carried(column.target_milli, tuple(parts.get(column.pk, ())))) for column in columns]
    idle = people_without_a_role(map(str, people), (each for _column, each in carried))
    return Coverage(tuple(_covered(*pair) for pair in carried), frozenset(map(int, idle)), len(people))


def _covered(column: MatrixColumn, carried: Carried) -> Covered:
    return Covered(
        column=column,
        people=len({part.person for part in carried.parts}),
        results=len(carried.parts),
        missing_milli=carried.missing_milli,
        represents_leader=carried.represents_leader,
        findings=findings(carried),
    )


def idle_members(matrix: Matrix, coverage: Coverage) -> list[MatrixMember]:
    """The people who carry nothing, by name. One query."""
    rows = MatrixMember.objects.filter(pk__in=coverage.without_role, matrix=matrix)
    return list(rows.select_related("employee").order_by("employee__name"))
