"""Where a team's matrix hangs: under the matrix whose owner made the person lead a team."""

from datetime import date

from terang.planning.matrix.models import Matrix, MatrixMember, MemberState
from terang.registry.people.models import Employee


def team_above(owner: Employee, day: date) -> Matrix | None:
    """The matrix in which the person leads a team on a day, the oldest of several; None where there is none."""
    rows = MatrixMember.objects.filter(
        employee=owner,
        leads_team=True,
        state=MemberState.IN,
        matrix__period_start__lte=day,
        matrix__period_end__gt=day,
    )
    member = rows.select_related("matrix").order_by("pk").first()
    return member.matrix if member else None


def hangs_under(matrix: Matrix, other: Matrix) -> bool:
    """Whether `matrix` lies below `other`, or is it."""
    above: Matrix | None = matrix
    while above is not None:
        if above.pk == other.pk:
            return True
        above = above.parent
    return False
