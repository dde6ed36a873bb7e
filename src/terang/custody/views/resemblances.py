"""A look-alike: what it is about, the person's answer, the appraiser's word; and small copies of pictures."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.custody import selectors, services
from terang.custody.access import is_unexplained, may_close_on, require_small, sees_small
from terang.custody.forms import CloseForm, ExplainForm
from terang.custody.models import Resemblance, ResemblanceState, StoredFile, Verdict
from terang.custody.serving import file_response
from terang.custody.uses import Compared, FileUse, uses_of
from terang.registry.people.access import require_appraiser_of, require_self, require_viewer
from terang.registry.people.selectors import appraiser_of
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.numbers import longdate
from terang.web.tables import ChoiceFilter, Column, Table, TextFilter

CACHE_SECONDS = 600

RESEMBLANCES = Table(
    name="kemiripan",
    caption=_("Foto dan berkas yang mirip"),
    order="-found_at",
    columns=[
        Column("found", _("Ditemukan"), lambda row: longdate(row.found_at), sort="found_at"),
        Column("who", _("Pegawai"), lambda row: row.employee.name, head=True, link=lambda row: row.get_absolute_url()),
        Column("file", _("Berkas"), lambda row: row.file.name),
        Column("day", _("Dipakai untuk"), lambda row: longdate(row.day), sort="day"),
        Column("state", _("Status"), lambda row: ResemblanceState(row.state).label, sort="state"),
    ],
    filters=[
        TextFilter("q", _("Nama"), ["employee__name"]),
        ChoiceFilter("status", _("Status"), ResemblanceState.choices, "state"),
    ],
    empty=(
        _("Tidak ada yang perlu dijelaskan"),
        _("Foto atau berkas yang mirip dengan yang pernah dipakai muncul di sini."),
    ),
)


@require_safe
@login_required
def resemblances(request: SignedInRequest) -> HttpResponseBase:
    """What the viewer may know of look-alikes: one's own, and those of the people one answers for."""
    viewer = require_viewer(request.viewer)
    table = RESEMBLANCES.bind(request, selectors.resemblances_visible(viewer))
    return table.export() or render(request, "custody/resemblances.html", {"table": table})


@require_safe
@login_required
def resemblance(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    return _page(request, viewer, _found(viewer, pk))


def _found(viewer: Viewer, pk: int) -> Resemblance:
    """What the viewer may not know of does not exist."""
    return get_object_or_404(selectors.resemblances_visible(viewer), pk=pk)


def _page(
    request: SignedInRequest,
    viewer: Viewer,
    found: Resemblance,
    explain_form: ExplainForm | None = None,
    close_form: CloseForm | None = None,
    status: int = 200,
) -> HttpResponse:
    [shown] = selectors.shown(viewer, [found])
    uses = uses_of([found.file_id, found.earlier_id])
    version = {"version": found.version}
    if shown.own and found.state == ResemblanceState.ASKED:
        explain_form = explain_form or ExplainForm(initial=version)
    judges = not shown.own and _appraises(viewer, found)
    if judges and may_close_on(found, viewer.today):
        close_form = close_form or CloseForm(initial=version)
    now_uses, earlier_uses = (uses.get(pk, []) for pk in (found.file_id, found.earlier_id))
    context = {
        "shown": shown,
        "resemblance": found,
        "use": _use(now_uses, found.employee_id),
        "sees_file": sees_small(viewer, found.file, now_uses),
        "earlier_use": _use(earlier_uses, found.earlier_employee_id) if shown.sees_earlier else None,
        "sees_earlier_file": sees_small(viewer, found.earlier, earlier_uses),
        "unexplained": is_unexplained(found, viewer.today),
        "judges": judges,
        "explain_form": explain_form,
        "close_form": close_form,
    }
    return render(request, "custody/resemblance.html", context, status=status)


def _use(uses: list[FileUse], employee_id: int) -> FileUse | None:
    told = (use for use in uses if use.compared != Compared.NEVER)
    return next((use for use in told if use.employee_id == employee_id), None)


def _appraises(viewer: Viewer, found: Resemblance) -> bool:
    appraiser = appraiser_of(found.employee_id, viewer.today)
    stand_in = appraiser.stand_in if appraiser else None
    return appraiser is not None and viewer.employee.pk in (appraiser.employee_id, stand_in.pk if stand_in else None)


@require_POST
@login_required
def explain(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = _found(viewer, pk)
    require_self(viewer, found.employee)
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _page(request, viewer, found, explain_form=form, status=422)
    services.explain_resemblance(actor=viewer, resemblance=found, **form.cleaned_data)
    messages.success(request, gettext("Penjelasan tercatat dan dapat dibaca penilai Anda."))
    return htmx.redirect(request, found.get_absolute_url())


@require_POST
@login_required
def close(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = _found(viewer, pk)
    require_appraiser_of(viewer, found.employee)
    form = CloseForm(request.POST)
    if form.is_valid() and form.cleaned_data["verdict"] == Verdict.TALK and not form.cleaned_data["note"].strip():
        form.add_error("note", gettext("Tuliskan apa yang perlu dibicarakan, supaya pegawai tahu."))
    if not form.is_valid():
        return _page(request, viewer, found, close_form=form, status=422)
    data = form.cleaned_data
    said = {"version": data["version"], "verdict": Verdict(data["verdict"]), "note": data["note"]}
    services.close_resemblance(actor=viewer, resemblance=found, **said)
    messages.success(request, gettext("Kesimpulan tercatat dan dapat dibaca pegawai."))
    return htmx.redirect(request, found.get_absolute_url())


@require_safe
@login_required
def small(request: SignedInRequest, pk: int) -> FileResponse:
    """The small copy of a picture; the shown one where an old row has no small one."""
    viewer = require_viewer(request.viewer)
    stored = get_object_or_404(StoredFile, pk=pk)
    require_small(viewer, stored)
    if not stored.is_image:
        raise Http404
    response = file_response(stored, small=True)
    response["Cache-Control"] = f"private, max-age={CACHE_SECONDS}"
    return response
