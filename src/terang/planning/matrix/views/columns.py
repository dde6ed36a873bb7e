"""The heads of a matrix: writing one, and splitting it over everybody at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from terang.accounts.requests import SignedInRequest
from terang.planning.matrix import selectors, services
from terang.planning.matrix.access import require_editor, require_sight
from terang.planning.matrix.forms import ColumnForm, SplitForm, column_start
from terang.planning.matrix.models import CARRIED
from terang.planning.matrix.presenting import finding_words, member_badges, split_data, split_words
from terang.planning.matrix.selectors import Split
from terang.planning.matrix.sources import Source, day_in, sources_of
from terang.planning.matrix.views.sheet import lines_of
from terang.registry.people.access import require_viewer


@require_http_methods(["GET", "POST"])
@login_required
def column_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A column by hand, or from a row of the plan that has none yet."""
    viewer = require_viewer(request.viewer)
    matrix = selectors.matrix_for(viewer, pk)
    require_editor(viewer, matrix)
    rows = sources_of(matrix.owner, day_in(matrix, viewer.today)).rows
    form = ColumnForm(request.POST or None, sources=rows, initial={"version": matrix.version})
    if request.method == "POST" and form.is_valid():
        services.add_column(actor=viewer, matrix=matrix, heading=form.heading())
        messages.success(request, gettext("Kolom ditambahkan."))
        return redirect("matrix:show", pk)
    return _column_page(request, form, {"matrix": matrix})


@require_http_methods(["GET", "POST"])
@login_required
def column_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Changes a column, ties it to the plan, or drops it while nobody carries it (`action=drop`)."""
    viewer = require_viewer(request.viewer)
    column = selectors.column_for(pk)
    require_editor(viewer, column.matrix)
    rows: tuple[Source, ...] = sources_of(column.matrix.owner, day_in(column.matrix, viewer.today)).rows
    form = ColumnForm(request.POST or None, sources=rows, initial=column_start(column))
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"]
        if request.POST.get("action") == "drop":
            services.drop_column(actor=viewer, column=column, seen=seen)
            messages.success(request, gettext("Kolom dihapus."))
            return redirect("matrix:show", column.matrix_id)
        services.change_column(actor=viewer, column=column, seen=seen, heading=form.heading())
        messages.success(request, gettext("Kolom diubah."))
        return redirect("matrix:column", pk)
    carried = column.cells.filter(state__in=CARRIED).exists()
    return _column_page(request, form, {"matrix": column.matrix, "column": column, "carried": carried})


def _column_page(request: SignedInRequest, form: ColumnForm, context: dict[str, object]) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "matrix/column_form.html", {"form": form, **context}, status=status)


@require_http_methods(["GET", "POST"])
@login_required
def column(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everybody under one column; the leader splits it here: a number or words for each person."""
    viewer = require_viewer(request.viewer)
    found = selectors.column_for(pk)
    require_sight(viewer, found.matrix)
    split = selectors.split_of(viewer, found, number=request.GET.get("halaman", "1"))
    if request.method == "GET":
        return _split_page(request, split, SplitForm(split=split))
    require_editor(viewer, found.matrix)
    form = SplitForm(request.POST, split=split)
    if not form.is_valid():
        return _split_page(request, split, form, status=422)
    data = form.cleaned_data
    changed = services.split_column(actor=viewer, column=found, seen=data["seen"], slices=form.slices())
    messages.success(request, gettext("Pembagian disimpan: %(n)s orang berubah.") % {"n": changed})
    return redirect(request.get_full_path())


def _split_page(request: SignedInRequest, split: Split, form: SplitForm, status: int = 200) -> HttpResponse:
    [covered] = split.coverage.columns
    shares = [part.part_milli or 0 for row in split.rows for part in row.cells[0].parts]
    context = {
        "matrix": split.column.matrix,
        "split": split,
        "form": form,
        "covered": covered,
        "check": split_words(covered),
        "findings": finding_words(covered),
        "data": split_data(covered, sum(shares)),
        "rows": [
            (row, member_badges(row.member, row.gone), lines_of(row.cells[0]), form[f"slice_{row.member.pk}"])
            for row in split.rows
        ],
    }
    return render(request, "matrix/column.html", context, status=status)
