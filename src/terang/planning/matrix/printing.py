"""A matrix as it is printed (Format A.1.5): plain texts, nothing that is only proposed, asked for or withdrawn."""

from dataclasses import dataclass
from datetime import date

from terang.planning.matrix.models import CARRIED, Matrix, MatrixCell, MemberState
from terang.planning.matrix.sources import day_in, sources_of
from terang.registry.people.selectors import main_posts


@dataclass(frozen=True)
class PrintedRow:
    """A person with the results under each column, in the order of the columns; an empty tuple is no role."""

    name: str
    nip: str
    post: str
    leads_team: bool
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Printed:
    """One table of the form. `by_indicator`: its columns are IKI of a leading official; otherwise RHK (p. 47–49).

    `period_end` is exclusive. `teams` are the tables of the teams below, in the order of the rows.
    """

    leader_name: str
    leader_nip: str
    post: str
    unit: str
    agency: str
    period_start: date
    period_end: date
    by_indicator: bool
    columns: tuple[str, ...]
    rows: tuple[PrintedRow, ...]
    teams: tuple["Printed", ...] = ()


def printed(matrix: Matrix, *, teams: bool = True) -> Printed:
    """The matrix with its teams' matrices, one level deep. Eight queries, and eight more for each team."""
    columns = list(matrix.columns.all())
    members = list(matrix.members.filter(state=MemberState.IN).select_related("employee"))
    members.sort(key=lambda member: (not member.leads_team, member.employee.name, member.pk))
    day = day_in(matrix, matrix.period_end)
    posts = main_posts([matrix.owner_id, *(member.employee_id for member in members)], day)
    titles = {pk: place.post.title for pk, place in posts.items()}
    texts = _texts(matrix)
    return Printed(
        leader_name=matrix.owner.name,
        leader_nip=matrix.owner.nip,
        post=titles.get(matrix.owner_id, ""),
        unit=matrix.unit.name,
        agency=matrix.owner.agency.name,
        period_start=matrix.period_start,
        period_end=matrix.period_end,
        by_indicator=any(row.indicator_text for row in sources_of(matrix.owner, day).rows),
        columns=tuple(column.text for column in columns),
        rows=tuple(
            PrintedRow(
                name=member.employee.name,
                nip=member.employee.nip,
                post=titles.get(member.employee_id, ""),
                leads_team=member.leads_team,
                cells=tuple(tuple(texts.get((member.pk, column.pk), ())) for column in columns),
            )
            for member in members
        ),
        teams=_teams(matrix, [member.employee_id for member in members]) if teams else (),
    )


def _texts(matrix: Matrix) -> dict[tuple[int, int], list[str]]:
    rows = MatrixCell.objects.filter(column__matrix=matrix, state__in=CARRIED, member__state=MemberState.IN)
    found: dict[tuple[int, int], list[str]] = {}
    for cell in rows.order_by("number", "pk"):
        found.setdefault((cell.member_id, cell.column_id), []).append(cell.text)
    return found


def _teams(matrix: Matrix, order: list[int]) -> tuple[Printed, ...]:
    rows = matrix.teams.select_related("owner__agency", "unit")
    below = sorted(rows, key=lambda team: order.index(team.owner_id) if team.owner_id in order else len(order))
    return tuple(printed(team, teams=False) for team in below)
