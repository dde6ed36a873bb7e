"""Kota Terang in planning time: Sri (JPT) splits over Hendra and Joko, Hendra over Andi and Rina."""

from dataclasses import dataclass
from datetime import date

import pytest
from tests.cast import TODAY, Cast

from terang.planning.matrix.models import Matrix, MatrixCell, MatrixColumn, MatrixMember
from terang.planning.matrix.services import Heading, Wanted, add_column, begin_matrix, fill_cell, take_cells
from terang.planning.plans.models import Plan, PlanVersion, VersionState
from terang.planning.plans.services import agree, open_plan, submit
from terang.rules.plans import PlanDocument, PlannedIndicator, PlannedResult, from_json

YEAR = {"period_start": date(2026, 1, 1), "period_end": date(2027, 1, 1)}


def indicator(key: str, text: str, target_milli: int | None = None, unit: str = "") -> PlannedIndicator:
    return PlannedIndicator(key, text, perspective="penerima_layanan", target_milli=target_milli, unit_label=unit)


@dataclass
class Desk:
    """Short words for what the tests do again and again."""

    cast: Cast

    def plan(self, name: str, *results: PlannedResult, form: str = "ja") -> PlanVersion:
        """An open draft of somebody's plan."""
        document = PlanDocument(form=form, results=results)
        return open_plan(actor=self.cast.viewer(name), employee=self.cast.people[name], document=document, **YEAR)

    def agreed(self, name: str, by: str, *results: PlannedResult) -> PlanVersion:
        return self.settle(name, by, self.plan(name, *results))

    def settle(self, name: str, by: str, version: PlanVersion) -> PlanVersion:
        """Submits and agrees the version as it is now."""
        version.refresh_from_db()
        version = submit(actor=self.cast.viewer(name), version=version, seen=version.version)
        return agree(actor=self.cast.viewer(by), version=version, seen=version.version)

    def matrix(self, name: str, *columns: str | Heading) -> Matrix:
        """Somebody's matrix, with hand-written columns where given."""
        matrix = begin_matrix(actor=self.cast.viewer(name), day=TODAY)
        for column in columns:
            heading = column if isinstance(column, Heading) else Heading(column)
            add_column(actor=self.cast.viewer(name), matrix=matrix, heading=heading)
        return Matrix.objects.get(pk=matrix.pk)

    def member(self, matrix: Matrix, name: str) -> MatrixMember:
        return matrix.members.select_related("matrix__owner", "matrix__parent", "employee").get(
            employee=self.cast.people[name]
        )

    def column(self, matrix: Matrix, number: int = 1) -> MatrixColumn:
        return matrix.columns.select_related("matrix__owner", "matrix__parent").get(number=number)

    def give(self, matrix: Matrix, name: str, number: int, *texts: str | Wanted) -> list[MatrixCell]:
        """The owner gives results to somebody under the column with this number."""
        member, column = self.member(matrix, name), self.column(matrix, number)
        there = list(member.cells.filter(column=column))
        fill_cell(
            actor=self.cast.viewer(self._key(matrix)),
            member=member,
            column=column,
            seen={cell.pk: cell.version for cell in there},
            parts=[
                *(Wanted(cell.text, cell.strategy, cell.part_milli, cell.pk) for cell in there),
                *(Wanted(text) if isinstance(text, str) else text for text in texts),
            ],
        )
        return list(member.cells.filter(column=column).exclude(pk__in=[cell.pk for cell in there]))

    def _key(self, matrix: Matrix) -> str:
        return next(key for key, person in self.cast.people.items() if person.pk == matrix.owner_id)

    def take(self, name: str, plan: Plan, *cells: MatrixCell) -> int:
        return take_cells(actor=self.cast.viewer(name), plan=plan, cell_ids=[cell.pk for cell in cells])

    def document(self, plan: Plan) -> PlanDocument:
        """The newest wording that is written or in force."""
        version = plan.versions.exclude(state=VersionState.DISCARDED).order_by("-number").first()
        assert version is not None
        return from_json(version.document)


@pytest.fixture
def desk(cast: Cast) -> Desk:
    return Desk(cast)
