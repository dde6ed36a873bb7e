"""Questions about matrices. Each states its number of queries."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils.translation import gettext

from terang.planning.matrix.access import may_edit, require_sight
from terang.planning.matrix.coverage import Coverage, coverage_of
from terang.planning.matrix.duties import requests_of, since
from terang.planning.matrix.models import (
    CARRIED,
    SHOWN,
    CellState,
    Matrix,
    MatrixCell,
    MatrixColumn,
    MatrixMember,
    MemberState,
)
from terang.planning.matrix.printing import printed as printed
from terang.planning.matrix.sources import Sources, day_in, sources_of
from terang.planning.plans.models import OPEN, PlanVersion, VersionState
from terang.registry.people.models import Assignment, Employee
from terang.registry.people.selectors import direct_report_ids, main_posts, visible_employees
from terang.registry.people.viewer import Viewer

PAGE = 50
"""People on a page of the table."""


def matrices(day: date | None = None) -> QuerySet[Matrix]:
    """Matrices with owner, unit and the matrix above; those that run on a day where one is given."""
    rows = Matrix.objects.select_related("owner__agency", "unit", "parent__owner")
    return rows.filter(period_start__lte=day, period_end__gt=day) if day else rows


def matrix_of(owner: Employee, day: date) -> Matrix | None:
    """The matrix a person owns on a day. One query."""
    return matrices(day).filter(owner=owner).first()


def matrix_for(viewer: Viewer | None, pk: int) -> Matrix:
    """A matrix the viewer may see. Raises Http404, NotAllowed."""
    matrix = matrices().filter(pk=pk).first()
    if matrix is None:
        raise Http404
    require_sight(viewer, matrix)
    return matrix


def member_for(pk: int) -> MatrixMember:
    """A row with its person and matrix. Raises Http404; who may do what is asked by the services. One query."""
    rows = MatrixMember.objects.select_related(
        "employee", "decided_by", "matrix__owner__agency", "matrix__unit", "matrix__parent__owner"
    )
    return _found(rows, pk)  # type: ignore[no-any-return]


def column_for(pk: int) -> MatrixColumn:
    """A column with its matrix. Raises Http404. One query."""
    rows = MatrixColumn.objects.select_related("matrix__owner__agency", "matrix__unit", "matrix__parent__owner")
    return _found(rows, pk)  # type: ignore[no-any-return]


def cell_for(pk: int) -> MatrixCell:
    """A part with its column, matrix and person. Raises Http404. One query."""
    rows = MatrixCell.objects.select_related(
        "member__employee", "column__matrix__owner__agency", "column__matrix__unit", "column__matrix__parent__owner"
    )
    return _found(rows, pk)  # type: ignore[no-any-return]


def _found(rows: QuerySet[Any], pk: int) -> Any:
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True)
class CellView:
    """What stands in a cell of the table. `none` says that the leader explicitly gave no role here."""

    member_id: int
    column: MatrixColumn
    parts: tuple[MatrixCell, ...] = ()
    none: bool = False

    @property
    def seen(self) -> str:
        """The parts and versions on the page, for the check against a stale one."""
        return ",".join(f"{cell.pk}:{cell.version}" for cell in self.parts)


@dataclass(frozen=True)
class Row:
    """A person in the table. `gone`: no longer appraised by the owner today. `team_id` is the matrix of the person's
    team."""

    member: MatrixMember
    post: Assignment | None
    cells: tuple[CellView, ...]
    gone: bool = False
    team_id: int | None = None


@dataclass(frozen=True)
class Sheet:
    """A page of a matrix, with the coverage of all of it. `new_*` count what the plan and the registry have that the
    matrix has not: columns, and people. `requests`: how many of the owner's people other leaders ask for."""

    matrix: Matrix
    columns: tuple[MatrixColumn, ...]
    rows: tuple[Row, ...]
    page: Page
    coverage: Coverage
    sources: Sources
    editable: bool
    lost: frozenset[int]
    new_columns: int
    new_people: int
    requests: int

    @property
    def has_news(self) -> bool:
        return bool(self.new_columns or self.new_people)


def sheet_of(viewer: Viewer, matrix: Matrix, *, number: str = "1", text: str = "", rows: bool = True) -> Sheet:
    """The table as somebody sees it, 50 people a page; `text` looks for a name; without `rows` only the columns are
    asked for. At most 18 queries, however many people."""
    columns = tuple(matrix.columns.all())
    reports = set(direct_report_ids(matrix.owner, day_in(matrix, viewer.today)))
    members = _members(matrix).filter(employee__name__icontains=text) if text else _members(matrix)
    page = Paginator(members, PAGE).get_page(number)
    sources = sources_of(matrix.owner, day_in(matrix, viewer.today))
    known = {column.source_key for column in columns if column.source_key}
    there = set(matrix.members.values_list("employee_id", flat=True))
    return Sheet(
        matrix=matrix,
        columns=columns,
        rows=tuple(_rows(matrix, list(page.object_list), columns, reports, viewer.today)) if rows else (),
        page=page,
        coverage=coverage_of(matrix, columns),
        sources=sources,
        editable=may_edit(viewer, matrix),
        lost=_lost(columns, sources),
        new_columns=len(_unknown(sources, known, columns)),
        new_people=len(reports - there),
        requests=_asked_for(viewer, matrix, reports),
    )


def _asked_for(viewer: Viewer, matrix: Matrix, reports: set[int]) -> int:
    """How many of the owner's own people other leaders ask for; told to the owner only."""
    if viewer.employee.pk != matrix.owner_id:
        return 0
    return MatrixMember.objects.filter(state=MemberState.ASKED, employee_id__in=reports).count()


def _members(matrix: Matrix) -> QuerySet[MatrixMember]:
    return matrix.members.select_related("employee").order_by("-leads_team", "employee__name", "pk")


def _unknown(sources: Sources, known: set[str], columns: Collection[MatrixColumn]) -> list[str]:
    """Rows of the plan without a column, or whose column stands there by hand and is not tied yet."""
    tied = {column.text.casefold() for column in columns if column.source_key}
    untied = {column.text.casefold() for column in columns if not column.source_key}
    keyed = [row.key for row in sources.rows if row.key and row.key not in known]
    words = [row.text for row in sources.rows if not row.key and row.text.casefold() not in tied | untied]
    return [*keyed, *words]


def _lost(columns: Collection[MatrixColumn], sources: Sources) -> frozenset[int]:
    """Columns whose row is no longer in the owner's plan."""
    keys = {row.key for row in sources.rows if row.key}
    return frozenset(each.pk for each in columns if keys and each.source_key and each.source_key not in keys)


def _rows(
    matrix: Matrix,
    members: list[MatrixMember],
    columns: Collection[MatrixColumn],
    reports: set[int],
    today: date,
) -> list[Row]:
    cells = cell_views(members, columns)
    posts = main_posts([member.employee_id for member in members], today)
    teams = dict(matrix.teams.values_list("owner_id", "pk"))
    return [
        Row(
            member=member,
            post=posts.get(member.employee_id),
            cells=tuple(cells[member.pk, column.pk] for column in columns),
            gone=not member.outside and matrix.parent_id is None and member.employee_id not in reports,
            team_id=teams.get(member.employee_id),
        )
        for member in members
    ]


def cell_views(members: Collection[MatrixMember], columns: Collection[MatrixColumn]) -> dict[tuple[int, int], CellView]:
    """Every cell of these people and columns, empty ones too, by member and column id. One query."""
    found: dict[tuple[int, int], list[MatrixCell]] = {}
    rows = MatrixCell.objects.filter(
        member__in=[member.pk for member in members], column__in=[column.pk for column in columns], state__in=SHOWN
    )
    for cell in rows.order_by("number", "pk"):
        found.setdefault((cell.member_id, cell.column_id), []).append(cell)
    return {
        (member.pk, column.pk): _view(member.pk, column, found.get((member.pk, column.pk), []))
        for member in members
        for column in columns
    }


def _view(member_id: int, column: MatrixColumn, cells: list[MatrixCell]) -> CellView:
    return CellView(member_id, column, tuple(cells), any(cell.state == CellState.NONE for cell in cells))


@dataclass(frozen=True)
class Split:
    """A column with everybody on a page, for splitting it."""

    column: MatrixColumn
    rows: tuple[Row, ...]
    page: Page
    coverage: Coverage
    editable: bool

    @property
    def seen(self) -> str:
        return ",".join(cell.seen for row in self.rows for cell in row.cells if cell.seen)


def split_of(viewer: Viewer, column: MatrixColumn, *, number: str = "1") -> Split:
    """The people under one column, 50 a page. At most twelve queries."""
    matrix = column.matrix
    page = Paginator(_members(matrix), PAGE).get_page(number)
    reports = set(direct_report_ids(matrix.owner, day_in(matrix, viewer.today)))
    rows = _rows(matrix, list(page.object_list), [column], reports, viewer.today)
    return Split(column, tuple(rows), page, coverage_of(matrix, [column]), may_edit(viewer, matrix))


def waiting_in(matrix: Matrix) -> list[MatrixCell]:
    """What the leader should answer: proposals and disputes, oldest first. One query."""
    rows = MatrixCell.objects.filter(column__matrix=matrix, state__in=(CellState.PROPOSED, CellState.DISPUTED))
    return list(rows.select_related("member__employee", "column").order_by("pk"))


def similar_members(member: MatrixMember, today: date) -> list[tuple[MatrixMember, str]]:
    """Everybody else of the matrix who holds a post of the same name, with the name of the unit. Two queries."""
    others = list(_members(member.matrix))
    posts = main_posts([each.employee_id for each in others], today)
    mine = posts.get(member.employee_id)
    if mine is None:
        return []
    pairs = ((each, posts.get(each.employee_id)) for each in others if each.pk != member.pk)
    return [(each, post.post.unit.name) for each, post in pairs if post and post.post.title == mine.post.title]


@dataclass(frozen=True)
class Request:
    """Somebody asks for a person of the viewer's: `results` in the person's plan (None where there is no plan),
    `elsewhere` matrices of others the person is in already, `parts` what the person shall carry.

    `waits` says how long it has waited. `silent` is the appraiser who let the last day pass, where the viewer decides
    instead (empty otherwise)."""

    member: MatrixMember
    post: Assignment | None
    asker_post: Assignment | None
    results: int | None
    elsewhere: int
    parts: tuple[MatrixCell, ...]
    waits: str = ""
    silent: str = ""


def requests_for(viewer: Viewer) -> list[Request]:
    """What other leaders ask of the viewer's people, and what an appraiser below left unanswered. At most 14
    queries."""
    asked = requests_of(viewer)
    silent = {row.pk: each.employee.name if each else gettext("penilainya") for row, each in asked.instead}
    rows = [*asked.own, *(row for row, _each in asked.instead)]
    ids = {row.employee_id for row in rows}
    posts = main_posts(ids | {row.matrix.owner_id for row in rows}, viewer.today)
    sizes = {pk: len(document["results"]) for pk, (_key, document) in documents_of(ids, viewer.today).items()}
    others = MatrixMember.objects.filter(employee_id__in=ids, state=MemberState.IN, outside=True)
    elsewhere = list(others.values_list("employee_id", flat=True))
    parts: dict[int, list[MatrixCell]] = {}
    for cell in MatrixCell.objects.filter(member__in=rows, state__in=CARRIED).select_related("column"):
        parts.setdefault(cell.member_id, []).append(cell)
    return [
        Request(
            member=row,
            post=posts.get(row.employee_id),
            asker_post=posts.get(row.matrix.owner_id),
            results=sizes.get(row.employee_id),
            elsewhere=elsewhere.count(row.employee_id),
            parts=tuple(parts.get(row.pk, ())),
            waits=since(row, viewer),
            silent=silent.get(row.pk, ""),
        )
        for row in rows
    ]


def documents_of(
    employee_ids: Collection[int], day: date, drafts_of: Collection[int] | None = None
) -> dict[int, tuple[str, dict[str, Any]]]:
    """State and document (as JSON) of each person's plan on a day, by employee id: the open version before the agreed
    one. Who has no plan is left out. Of who is not among `drafts_of` (everybody where None) only what was submitted or
    agreed. One query."""
    told = Q(state__in=(VersionState.SUBMITTED, VersionState.AGREED))
    drafts = Q(state__in=OPEN) if drafts_of is None else Q(state__in=OPEN, plan__employee_id__in=drafts_of)
    rows = PlanVersion.objects.filter(
        told | drafts, plan__employee_id__in=employee_ids, plan__period_start__lte=day, plan__period_end__gt=day
    ).order_by("number")
    return {pk: (state, document) for pk, state, document in rows.values_list("plan__employee_id", "state", "document")}


@dataclass(frozen=True)
class Unplaced:
    """A result that a person planned and that stands under no column yet."""

    member: MatrixMember
    key: str
    text: str


def unplaced_in(viewer: Viewer, matrix: Matrix) -> list[Unplaced]:
    """Results in the members' plans that the matrix does not know: what grew from below. Drafts only of people whose
    performance the viewer may see. At most ten queries."""
    members = list(_members(matrix).filter(state=MemberState.IN))
    people = [member.employee_id for member in members]
    seen = set(visible_employees(viewer).filter(pk__in=people).values_list("pk", flat=True))
    documents = documents_of(people, day_in(matrix, viewer.today), seen)
    known = MatrixCell.objects.filter(member__employee_id__in=documents).exclude(result_key="")
    placed = set(known.values_list("member__employee_id", "result_key"))
    return [
        Unplaced(member, row["key"], row["text"])
        for member in members
        for row in documents.get(member.employee_id, ("", {"results": []}))[1]["results"]
        if (member.employee_id, row["key"]) not in placed and row.get("cell_id") is None
    ]
