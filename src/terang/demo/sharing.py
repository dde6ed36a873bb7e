"""Makes the role-result matrix of one office: its head splits the results, one head below leads a team."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from terang.demo.scene import Person, Scene
from terang.planning.matrix.models import (
    CellState,
    Matrix,
    MatrixCell,
    MatrixColumn,
    MatrixMember,
    MemberState,
    Strategy,
)
from terang.planning.matrix.sources import rows_of
from terang.planning.plans.models import Plan
from terang.planning.plans.services.dialogue import answer_due
from terang.rules.plans import PlanDocument, PlannedResult

ASKED = "personnel.performance/staff2"
"""Somebody of another unit who is asked for, and whose own appraiser has not answered yet."""
ASKED_DAYS_AGO = 2
DISPUTED = (
    "Uji petik mutu kerja setiap pekan di dua tempat",
    "Dua tempat sepekan tidak cukup waktu selama loket dijaga.",
)
PROPOSED = "Panduan layanan bagi penyandang disabilitas terpasang dan dipakai"


class Sharing:
    """The matrices of the office named in the government's data, as its people are made level by level."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.office: str = scene.facts["matrix"]
        self.open_now: dict[str, tuple[Matrix, list[MatrixColumn]]] = {}
        self.told: set[str] = set()

    def open(self, person: Person, leader: Person | None, document: PlanDocument, plan: Plan) -> None:
        """Begins the matrix of the office's head, and of the first head below."""
        parent = self.open_now.get(leader.slot) if leader else None
        team = parent is not None and len(self.open_now) == 1 and person.unit.key.startswith(f"{self.office}.")
        if person.slot != f"{self.office}/head" and not team:
            return
        matrix = Matrix.objects.create(
            owner=person.employee,
            unit=self.scene.units[person.unit.key],
            parent=parent[0] if team and parent else None,
            period_start=plan.period_start,
            period_end=plan.period_end,
        )
        columns = [
            MatrixColumn(
                matrix=matrix,
                number=number,
                text=row.text,
                source_key=row.key,
                target_milli=row.target_milli,
                unit_label=row.unit_label,
                strategy=Strategy.SERVICE if team else Strategy.OUTPUT,
            )
            for number, row in enumerate(rows_of(document), 1)
        ]
        MatrixColumn.objects.bulk_create(columns)
        self.open_now[person.slot] = (matrix, columns)
        if team and parent:
            MatrixMember.objects.filter(matrix=parent[0], employee=person.employee).update(leads_team=True)
            self._ask(matrix)

    def place(self, person: Person, leader: Person | None, document: PlanDocument) -> PlanDocument:
        """The member's plan with the parts it took from the leader's matrix, where there is one."""
        found = self.open_now.get(leader.slot) if leader else None
        if found is None:
            return document
        matrix, columns = found
        member = MatrixMember.objects.create(matrix=matrix, employee=person.employee)
        placed: list[PlannedResult] = []
        used: Counter[int] = Counter()
        for result in document.results:
            column = _column(columns, result)
            if column is None:
                placed.append(result)
                continue
            used[column.pk] += 1
            cell = self._cell(member, column, used[column.pk], result.text, CellState.TAKEN, result_key=result.key)
            placed.append(replace(result, cell_id=cell.pk))
        self._stories(matrix, columns, member)
        return replace(document, results=tuple(placed))

    def _cell(
        self, member: MatrixMember, column: MatrixColumn, number: int, text: str, state: CellState, **values: object
    ) -> MatrixCell:
        author = member.employee_id if state == CellState.PROPOSED else member.matrix.owner_id
        return MatrixCell.objects.create(
            column=column,
            member=member,
            number=number,
            text=text,
            strategy=column.strategy,
            state=state,
            written_by_id=author,
            taken_version=1 if state == CellState.TAKEN else None,
            **values,
        )

    def _stories(self, matrix: Matrix, columns: list[MatrixColumn], member: MatrixMember) -> None:
        """In the team's matrix: one part is disputed, one is proposed, and one column says that there is no role."""
        if matrix.parent_id is None:
            return
        last = columns[-1]
        if "disputed" not in self.told:
            self.told.add("disputed")
            self._cell(member, columns[0], 9, DISPUTED[0], CellState.DISPUTED, reason=DISPUTED[1], **self._waits())
        elif "proposed" not in self.told:
            self.told.add("proposed")
            self._cell(member, columns[0], 9, PROPOSED, CellState.PROPOSED, **self._waits())
        else:
            self._cell(member, last, 1, "", CellState.NONE)

    def _ask(self, matrix: Matrix) -> None:
        person = self.scene.people[ASKED]
        MatrixMember.objects.create(
            matrix=matrix,
            employee=person.employee,
            outside=True,
            state=MemberState.ASKED,
            reason="Diminta membantu pelatihan petugas loket selama dua bulan.",
            **self._waits(),
        )

    def _waits(self) -> dict[str, date]:
        """Asked two days ago, and still in time."""
        day = self.scene.today - timedelta(days=ASKED_DAYS_AGO)
        return {"asked_on": day, "answer_due": answer_due(self.scene.agency, day)}


def _column(columns: list[MatrixColumn], result: PlannedResult) -> MatrixColumn | None:
    if result.leader is None:
        return None
    words = (result.leader.indicator_text, result.leader.text)
    return next((column for column in columns if column.text in words), None)
