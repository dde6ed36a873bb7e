"""One cell of the table: its editor in place, and answers to proposals and disputes."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from terang.accounts.requests import SignedInRequest
from terang.planning.matrix import selectors, services
from terang.planning.matrix.access import require_editor
from terang.planning.matrix.coverage import coverage_of
from terang.planning.matrix.drawing import Drawing
from terang.planning.matrix.forms import AnswerForm, CellForm
from terang.planning.matrix.models import MatrixCell, MatrixColumn, MatrixMember
from terang.planning.matrix.presenting import coverage_words, finding_words, split_words
from terang.planning.matrix.selectors import CellView
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.errors import NotNow


@require_http_methods(["GET", "POST"])
@login_required
def cell(request: SignedInRequest, member_pk: int, column_pk: int) -> HttpResponse:
    """The editor of a cell, as a page and in place; `?batal` gives the cell back as it was."""
    viewer = require_viewer(request.viewer)
    member, column = selectors.member_for(member_pk), selectors.column_for(column_pk)
    require_editor(viewer, member.matrix)
    view = selectors.cell_views([member], [column])[member.pk, column.pk]
    if request.method == "GET":
        if "batal" in request.GET:
            return _drawn(request, view)
        return _editor(request, member, column, CellForm(view=view))
    form = CellForm(request.POST, view=view)
    if not form.is_valid():
        return _editor(request, member, column, form, status=422)
    services.fill_cell(
        actor=viewer,
        member=member,
        column=column,
        seen=form.cleaned_data["seen"],
        parts=form.parts(),
        no_role=form.cleaned_data["no_role"],
    )
    if not request.headers.get("HX-Request"):
        messages.success(request, gettext("Tersimpan."))
        return redirect("matrix:show", member.matrix_id)
    return _saved(request, member, column)


def _editor(
    request: SignedInRequest, member: MatrixMember, column: MatrixColumn, form: CellForm, status: int = 200
) -> HttpResponse:
    context = {"member": member, "column": column, "matrix": member.matrix, "form": form}
    return htmx.render(request, "matrix/cell.html", "matrix/_cell_form.html", context, status=status)


def _drawn(request: SignedInRequest, view: CellView, **more: object) -> HttpResponse:
    drawn = Drawing([view.column], editable=True).cell(view, request.path, focus=True)
    return render(request, "matrix/_cell.html", {"drawn": drawn, **more})


def _saved(request: SignedInRequest, member: MatrixMember, column: MatrixColumn) -> HttpResponse:
    """The cell anew, and beside it the running check of its column and of the whole."""
    coverage = coverage_of(member.matrix, member.matrix.columns.all())
    covered = coverage.by_column()[column.pk]
    return _drawn(
        request,
        selectors.cell_views([member], [column])[member.pk, column.pk],
        covered=covered,
        check=split_words(covered),
        findings=finding_words(covered),
        summary=coverage_words(coverage),
    )


@require_POST
@login_required
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader answers a proposal or a dispute, or withdraws a part: `action`, with a word where it is a no."""
    viewer = require_viewer(request.viewer)
    found = selectors.cell_for(pk)
    require_editor(viewer, found.column.matrix)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        raise NotNow(gettext("Jawaban tidak terbaca. Muat ulang halaman, lalu ulangi."))
    messages.success(request, _answered(viewer, found, request.POST.get("action", ""), form))
    return redirect("matrix:show", found.column.matrix_id)


def _answered(viewer: Viewer, found: MatrixCell, action: str, form: AnswerForm) -> str:
    seen, reason = form.cleaned_data["version"], form.cleaned_data["reason"]
    if action == "accept":
        services.accept_proposal(actor=viewer, cell=found, seen=seen)
        return gettext("Usulan diterima.")
    if action == "keep":
        services.keep_part(actor=viewer, cell=found, seen=seen, reason=reason)
        return gettext("Jawaban dikirim; bagian tetap seperti semula.")
    if action == "decline":
        services.decline_proposal(actor=viewer, cell=found, seen=seen, reason=reason)
        return gettext("Usulan tidak diterima; jawaban Anda tampil pada pengusul.")
    if action == "withdraw":
        services.withdraw_part(actor=viewer, cell=found, seen=seen, reason=reason)
        return gettext("Bagian ditarik.")
    raise NotNow(gettext("Jawaban tidak terbaca. Muat ulang halaman, lalu ulangi."))
