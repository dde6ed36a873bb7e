"""A leader's matrix as sheets: the table of the leader and those of the teams, and a workblock for each head."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import override

from terang.planning.matrix.models import CARRIED, Matrix, MatrixCell, MatrixColumn, MemberState, Strategy
from terang.planning.matrix.printing import Printed
from terang.registry.people.models import Assignment
from terang.registry.people.selectors import main_posts
from terang.reporting.documents.facts import day_of
from terang.reporting.documents.sheets import MatrixRow, MatrixSplit, Occasion, Proof, Workblock
from terang.web.numbers import longdate, quantity, with_unit


def matrix_occasion(matrix: Matrix, proof: Proof) -> Occasion:
    """The circumstances of a matrix; it is not signed."""
    return Occasion(agency=matrix.owner.agency.name, start=matrix.period_start, end=matrix.period_end, proof=proof)


def matrix_splits(printed: Printed) -> list[MatrixSplit]:
    """The leader's table, then those of the teams. Pure."""
    return [_split(each) for each in (printed, *printed.teams)]


def _split(printed: Printed) -> MatrixSplit:
    rows = tuple(MatrixRow(row.name, row.post, row.cells) for row in printed.rows)
    return MatrixSplit(printed.leader_name, printed.post, printed.columns, rows)


def workblocks(matrix: Matrix) -> list[Workblock]:
    """One workblock for each head: who takes part and what comes out. Three queries.

    Strategies are not recorded and are filled in by hand. Services and parts of the leader's result are routine
    milestones, intermediate outputs transforming ones (Lampiran II p. 41–43).
    """
    carried = MatrixCell.objects.filter(column__matrix=matrix, state__in=CARRIED, member__state=MemberState.IN)
    cells = list(carried.select_related("member__employee").order_by("number", "pk"))
    people = {matrix.owner_id} | {cell.member.employee_id for cell in cells}
    posts = main_posts(people, day_of(timezone.now(), matrix.owner.agency))
    with override("id"):
        return [_workblock(matrix, column, cells, posts) for column in matrix.columns.all()]


def _workblock(
    matrix: Matrix, column: MatrixColumn, cells: list[MatrixCell], posts: dict[int, Assignment]
) -> Workblock:
    own = [cell for cell in cells if cell.column_id == column.pk]
    amount = "" if column.target_milli is None else with_unit(quantity(column.target_milli), column.unit_label)
    owner = posts.get(matrix.owner_id)
    return Workblock(
        initiative=column.text,
        target=f"{column.text}: {amount}" if amount else column.text,
        owner=owner.post.title if owner else matrix.owner.name,
        people=", ".join(dict.fromkeys(cell.member.employee.name for cell in own)),
        time=longdate(matrix.period_end - timedelta(days=1)),
        outputs=tuple(cell.text for cell in own if cell.strategy != Strategy.OUTPUT),
        milestones=tuple(cell.text for cell in own if cell.strategy == Strategy.OUTPUT),
    )
