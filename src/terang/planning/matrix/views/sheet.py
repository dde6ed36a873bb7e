"""The matrix as a table, its coverage, what waits for an answer, and what grew from below."""

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.planning.matrix import selectors, services
from terang.planning.matrix.access import may_edit, require_editor, require_leader, require_watcher
from terang.planning.matrix.coverage import coverage_of, idle_members
from terang.planning.matrix.drawing import Drawing
from terang.planning.matrix.duties import since
from terang.planning.matrix.models import Matrix, MatrixColumn
from terang.planning.matrix.presenting import cell_badge, coverage_words, finding_words, member_badges, split_words
from terang.planning.matrix.selectors import Row, Sheet
from terang.planning.matrix.sources import sources_of
from terang.planning.plans.placement import open_years
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.asked import asked_int, asked_version, asked_year
from terang.web.navigation import NavItem


@require_safe
@login_required
def own(request: SignedInRequest) -> HttpResponse:
    """One's own matrix of the year (`?tahun=` for another), or how to begin it; members are led to their offers."""
    viewer = require_viewer(request.viewer)
    day = _day(request.GET.get("tahun", ""), viewer)
    matrix = selectors.matrix_of(viewer.employee, day)
    years = _years(viewer, day.year)
    if matrix:
        return _page(request, viewer, matrix, years)
    require_leader(viewer)
    context = {"sources": sources_of(viewer.employee, day), "year": day.year, "years": years}
    return render(request, "matrix/begin.html", context)


def _years(viewer: Viewer, year: int) -> list[NavItem]:
    """The years that can be planned, and the one that is looked at; none where there is only one."""
    years = sorted({*open_years(viewer.today), year})
    url = reverse("matrix:own")
    return [NavItem(str(each), f"{url}?tahun={each}", current=each == year) for each in years] if years[1:] else []


def _day(text: str, viewer: Viewer) -> date:
    year = asked_year(text) or viewer.today.year
    return viewer.today if year == viewer.today.year else date(year, 1, 1)


@require_POST
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    matrix = services.begin_matrix(actor=viewer, day=_day(request.POST.get("tahun", ""), viewer))
    messages.success(request, gettext("Matriks dibuat. Bagi hasil Anda kepada orang di baris-barisnya."))
    return redirect("matrix:show", matrix.pk)


@require_safe
@login_required
def show(request: SignedInRequest, pk: int) -> HttpResponse:
    """A matrix by person (a table; cards on a phone) or by column (`?lihat=kolom`); `?cari=` looks for a name."""
    return _page(request, require_viewer(request.viewer), selectors.matrix_for(request.viewer, pk))


def _page(request: SignedInRequest, viewer: Viewer, matrix: Matrix, years: Sequence[NavItem] = ()) -> HttpResponse:
    number, text = request.GET.get("halaman", "1"), request.GET.get("cari", "")[:60]
    by_column = request.GET.get("lihat") == "kolom"
    sheet = selectors.sheet_of(viewer, matrix, number=number, text=text, rows=not by_column)
    context = {
        "matrix": matrix,
        "sheet": sheet,
        "years": years,
        "own": matrix.owner_id == viewer.employee.pk,
        "search": text,
        "waiting": [(cell, since(cell, viewer)) for cell in selectors.waiting_in(matrix)] if sheet.editable else [],
        "answers": sheet.editable,
        "summary": coverage_words(sheet.coverage),
        "by_column": by_column,
        "tabs": tabs(matrix, "kolom" if by_column else "orang"),
        "heads": [(each.column, each, split_words(each), finding_words(each)) for each in sheet.coverage.columns],
        "rows": _drawn(sheet),
    }
    return render(request, "matrix/show.html", context)


def tabs(matrix: Matrix, current: str) -> list[NavItem]:
    """The ways to look at a matrix."""
    page = reverse("matrix:show", args=[matrix.pk])
    return [
        NavItem(gettext("Per orang"), page, current=current == "orang"),
        NavItem(gettext("Per hasil"), f"{page}?lihat=kolom", current=current == "kolom"),
        NavItem(gettext("Cakupan"), reverse("matrix:coverage", args=[matrix.pk]), current=current == "cakupan"),
    ]


def _drawn(sheet: Sheet) -> list[tuple[Row, list[tuple[str, str]], SafeString]]:
    """Rows with their badges and their cells."""
    page, pen = reverse("matrix:cell", args=[0, 0]), Drawing(sheet.columns, editable=sheet.editable)
    return [
        (
            row,
            member_badges(row.member, row.gone),
            pen.row((cell, page.replace("/0/0/", f"/{cell.member_id}/{cell.column.pk}/")) for cell in row.cells),
        )
        for row in sheet.rows
    ]


def lines_of(cell: selectors.CellView) -> list[tuple[str, int | None, tuple[str, str]]]:
    """Text, share and badge of every part in a cell."""
    return [(part.text, part.part_milli, cell_badge(part)) for part in cell.parts if part.text]


@require_POST
@login_required
def sync(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    matrix = selectors.matrix_for(viewer, pk)
    services.sync_matrix(actor=viewer, matrix=matrix, seen=_version(request))
    messages.success(request, gettext("Kolom dan orang di matriks sudah sesuai dengan SKP dan daftar bawahan Anda."))
    return redirect("matrix:show", pk)


def _version(request: SignedInRequest) -> int:
    return asked_version(request.POST.get("version"))


@require_safe
@login_required
def coverage(request: SignedInRequest, pk: int) -> HttpResponse:
    """What nobody carries, what does not add up, and who has no role."""
    matrix = selectors.matrix_for(request.viewer, pk)
    found = coverage_of(matrix, matrix.columns.all())
    context = {
        "matrix": matrix,
        "coverage": found,
        "summary": coverage_words(found),
        "columns": [(each, split_words(each), finding_words(each)) for each in found.columns],
        "idle": idle_members(matrix, found),
        "editable": may_edit(require_viewer(request.viewer), matrix),
        "tabs": tabs(matrix, "cakupan"),
    }
    return render(request, "matrix/coverage.html", context)


@require_safe
@login_required
def waiting(request: SignedInRequest, pk: int) -> HttpResponse:
    """Proposals and disputes that the leader should answer; a page, and the fragment that refreshes itself. The
    leader's superior reads it."""
    viewer = require_viewer(request.viewer)
    matrix = selectors.matrix_for(viewer, pk)
    require_watcher(viewer, matrix)
    waiting = selectors.waiting_in(matrix)
    context = {
        "matrix": matrix,
        "waiting": [(cell, since(cell, viewer)) for cell in waiting],
        "answers": may_edit(viewer, matrix),
    }
    return htmx.render(request, "matrix/waiting.html", "matrix/_waiting.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def below(request: SignedInRequest, pk: int) -> HttpResponse:
    """What members planned before the matrix was there; each result is given its place under a column."""
    viewer = require_viewer(request.viewer)
    matrix = selectors.matrix_for(viewer, pk)
    require_editor(viewer, matrix)
    found = selectors.unplaced_in(viewer, matrix)
    if request.method == "POST":
        _place(request, viewer, matrix, found)
        return redirect("matrix:below", pk)
    return render(request, "matrix/below.html", {"matrix": matrix, "found": found, "columns": matrix.columns.all()})


def _place(request: SignedInRequest, viewer: Viewer, matrix: Matrix, found: list[selectors.Unplaced]) -> None:
    columns = MatrixColumn.objects.select_related("matrix__owner", "matrix__parent")
    column = get_object_or_404(columns, pk=asked_int(request.POST.get("column")))
    chosen = set(request.POST.getlist("row"))
    picked = [row for row in found if f"{row.member.pk}:{row.key}" in chosen]
    for row in picked:
        services.place_result(actor=viewer, column=column, member=row.member, key=row.key, text=row.text)
    if picked:
        told = gettext("%(n)s hasil ditempatkan. Pemiliknya mengaitkannya dari SKP.") % {"n": len(picked)}
        messages.success(request, told)
    else:
        messages.warning(request, gettext("Belum ada yang dipilih."))
