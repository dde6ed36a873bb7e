"""The page of the analysis, who stands behind a figure, files to take along, and saved views."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.registry.editing import Page, edit
from terang.registry.people.viewer import Viewer
from terang.reporting.analysis import governments as comparing
from terang.reporting.analysis import selectors, services
from terang.reporting.analysis.access import require_owner, require_reader
from terang.reporting.analysis.answers import answer_to
from terang.reporting.analysis.asked import Menu, Question
from terang.reporting.analysis.exports import EXPORTS, PICTURES
from terang.reporting.analysis.forms import AskForm, ChangeForm, RemoveForm, SaveForm
from terang.reporting.analysis.page import Shown
from terang.reporting.analysis.wording import reason
from terang.web.asked import asked_int
from terang.web.errors import NotNow
from terang.web.numbers import score
from terang.web.tables import Column, Table

ROWS = 40
"""Lines of the table on one page."""
MOST_PAIRS, MOST_ALIKE = 20, 20
"""Of governments: differences that are told, and services side by side."""


@dataclass(frozen=True)
class Asked:
    """What the address asks: the form that says so, and the answer where it is sound."""

    viewer: Viewer
    menu: Menu
    form: AskForm
    shown: Shown | None


def _asked(request: SignedInRequest) -> Asked:
    viewer = require_reader(request.viewer)
    menu = selectors.menu_of(viewer)
    form = AskForm(request.GET.dict(), menu=menu)
    if menu.newest is None or not form.is_valid():
        return Asked(viewer, menu, form, None)
    question = form.question
    return Asked(viewer, menu, form, Shown(viewer, menu, question, answer_to(viewer, menu, question)))


def _sound(request: SignedInRequest) -> tuple[Asked, Shown]:
    """As `_asked`; an address that asks nothing sound is not found."""
    asked = _asked(request)
    if asked.shown is None:
        raise Http404
    return asked, asked.shown


@require_safe
@login_required
def page(request: SignedInRequest) -> HttpResponse:
    """The form, the answer to what the address asks, and saved views."""
    asked = _asked(request)
    shown = asked.shown
    told: dict[str, Any] = {
        "form": asked.form,
        "menu": asked.menu,
        "shown": shown,
        "views": selectors.views_for(asked.viewer),
        "own_id": asked.viewer.employee.pk,
    }
    if shown:
        told["page"] = Paginator(shown.rows, ROWS).get_page(request.GET.get("halaman"))
        told["kinds"] = [kind for kind in EXPORTS if kind not in PICTURES or shown.chart]
    return render(request, "analysis/page.html", told, status=422 if asked.form.errors and asked.menu.newest else 200)


PEOPLE = Table(
    name="orang",
    caption=gettext_lazy("Orang di balik angka ini"),
    columns=[
        Column(
            "name",
            gettext_lazy("Nama"),
            lambda row: row.employee.name,
            sort="employee__name",
            head=True,
            link=lambda row: reverse("evaluation:score", args=[row.period, row.employee.pk]),
        ),
        Column(
            "value",
            gettext_lazy("Nilai"),
            lambda row: score(row.value) if row.value is not None else reason(row.reason),
            sort="value",
            number=True,
        ),
    ],
    exports=False,
    empty=(gettext_lazy("Tidak ada orang yang dapat ditampilkan"), gettext_lazy("Pilih kelompok atau periode lain.")),
)


@require_safe
@login_required
def people(request: SignedInRequest) -> HttpResponse:
    """Who stands behind one cell, as far as the viewer may see them one by one."""
    asked, shown = _sound(request)
    group, period = request.GET.get("kelompok", ""), asked.menu.periods.get(asked_int(request.GET.get("saat")) or 0)
    if period is None or group not in shown.groups or period not in shown.periods:
        raise Http404
    found, others = selectors.people_behind(asked.viewer, asked.menu, shown.question, group, period)
    told = {
        "shown": shown,
        "group": shown.label(group),
        "period": period,
        "table": PEOPLE.bind(request, found),
        "others": others,
        "back": f"{reverse('analysis:page')}?{shown.question.query}",
    }
    return render(request, "analysis/people.html", told)


@require_safe
@login_required
def governments(request: SignedInRequest) -> HttpResponse:
    """Governments side by side, from what each of them publishes."""
    viewer = require_reader(request.viewer)
    found = comparing.published()
    told = {
        "governments": found,
        "own": viewer.employee.agency.code,
        "chart": comparing.chart_of(found),
        "cautions": comparing.cautions(found),
        "is_comparison": sum(each.timely is not None for each in found) > 1,
        "apart": comparing.apart(found)[:MOST_PAIRS],
        "alike": comparing.alike(found)[:MOST_ALIKE],
    }
    return render(request, "analysis/governments.html", told)


@require_POST
@login_required
def export(request: SignedInRequest, kind: str) -> HttpResponseBase:
    """The answer as a file; that it was taken is in the journal."""
    asked, shown = _sound(request)
    if kind not in EXPORTS:
        raise Http404
    if kind in PICTURES and shown.chart is None:
        raise NotNow(_("Jawaban ini tidak punya gambar. Unduh sebagai tabel."))
    services.note_export(actor=asked.viewer, question=shown.question, kind=kind, rows=len(shown.rows))
    return EXPORTS[kind](shown)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def save(request: SignedInRequest) -> HttpResponse:
    """Keeps the question of the address under a name."""
    _told, shown = _sound(request)
    form = SaveForm(request.POST or None, initial={"name": shown.name[:80]})
    here = f"{reverse('analysis:page')}?{shown.question.query}"
    frame = Page(
        title=_("Simpan tampilan"),
        back=here,
        submit=_("Simpan"),
        done=_("Tampilan tersimpan."),
        lead=shown.title,
        crumbs=((_("Analisis"), here),),
    )
    return edit(request, form, frame, lambda told: _save(request, shown.question, told))


def _save(request: SignedInRequest, question: Question, told: dict[str, Any]) -> object:
    return services.save_view(actor=request.viewer, question=question, **told)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def change(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another name, other readers."""
    view = selectors.view_for(require_reader(request.viewer), pk)
    require_owner(request.viewer, view)
    frame = Page(
        title=_("Ubah tampilan"),
        back=reverse("analysis:page"),
        submit=_("Simpan"),
        done=_("Tampilan diubah."),
        lead=view.name,
        crumbs=((_("Analisis"), reverse("analysis:page")),),
    )
    form = ChangeForm(request.POST or None, view=view)
    return edit(request, form, frame, lambda told: services.change_view(actor=request.viewer, view=view, **told))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def remove(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes a view away, for everybody it was shown to."""
    view = selectors.view_for(require_reader(request.viewer), pk)
    require_owner(request.viewer, view)
    frame = Page(
        title=_("Hapus tampilan"),
        back=reverse("analysis:page"),
        submit=_("Hapus"),
        done=_("Tampilan dihapus. Angkanya tidak berubah."),
        lead=_("“%(name)s” hilang dari daftar Anda dan dari daftar orang yang menerimanya.") % {"name": view.name},
        crumbs=((_("Analisis"), reverse("analysis:page")),),
    )
    form = RemoveForm(request.POST or None, view=view)
    return edit(request, form, frame, lambda told: services.remove_view(actor=request.viewer, view=view, **told))
