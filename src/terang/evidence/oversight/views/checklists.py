"""The checklist of a visit, written in one go; and the government's own items."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.oversight import selectors, services
from terang.evidence.oversight.access import inspects_everywhere, require_inspector, require_whole_inspector
from terang.evidence.oversight.checklist import Question, discipline, own_items, questions
from terang.evidence.oversight.forms import MET, MISSED, ItemForm
from terang.evidence.oversight.services import Seen, Written
from terang.registry.editing import Page, edit

LONGEST_NOTE = 500


@require_http_methods(["GET", "POST"])
@login_required
def checklist(request: SignedInRequest, inspection_id: int) -> HttpResponse:
    """What to look at here; what is answered becomes points, the rest stays open."""
    found = selectors.visit_for(inspection_id)
    viewer = require_inspector(request.viewer, found.unit)
    asked = questions(found)
    errors: dict[str, list[str]] = {}
    if request.method == "POST":
        try:
            _tell(request, services.add_checklist(actor=viewer, inspection=found, seen=_answers(request, asked)))
            return HttpResponseRedirect(found.get_absolute_url())
        except ValidationError as error:
            errors = error.message_dict
    rows = [(each, *_sent(request, each), " ".join(errors.get(each.key, []))) for each in asked]
    context = {"inspection": found, "rows": rows, "wrong": len(errors), "met": MET, "missed": MISSED}
    return render(request, "oversight/checklist.html", context, status=422 if errors else 200)


def _tell(request: SignedInRequest, written: Written) -> None:
    """What was saved, and what was not because somebody had written it before."""
    if number := len(written.points):
        messages.success(request, ngettext("%(n)s butir tersimpan.", "%(n)s butir tersimpan.", number) % {"n": number})
    if written.left_out:
        told = {"items": "; ".join(written.left_out)}
        messages.warning(request, _("Tidak disimpan karena sudah dicatat sebelumnya: %(items)s.") % told)


def _sent(request: SignedInRequest, question: Question) -> tuple[str, str]:
    return request.POST.get(f"met-{question.key}", ""), request.POST.get(f"note-{question.key}", "")[:LONGEST_NOTE]


def _answers(request: SignedInRequest, asked: list[Question]) -> list[Seen]:
    told = [(each, *_sent(request, each)) for each in asked]
    return [Seen(each.criterion.text, met == MET, note=note) for each, met, note in told if met in (MET, MISSED)]


@require_safe
@login_required
def items(request: SignedInRequest) -> HttpResponse:
    """The points that every visit begins with."""
    viewer = require_inspector(request.viewer)
    own = bool(own_items(viewer.agency_id, viewer.today))
    context = {
        "items": discipline(viewer.agency_id, viewer.today),
        "own": own,
        "may_change": inspects_everywhere(viewer),
    }
    return render(request, "oversight/items.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def item_new(request: SignedInRequest) -> HttpResponse:
    """One more point from a day on."""
    viewer = require_whole_inspector(request.viewer)
    back = reverse("oversight:items")
    form = ItemForm(request.POST or None, initial={"valid_from": viewer.today})
    page = Page(
        title=_("Menambah butir"),
        back=back,
        submit=_("Tambah butir"),
        done=_("Butir ditambahkan."),
        crumbs=((_("Daftar periksa"), back),),
    )

    def act(told: dict[str, Any]) -> object:
        return services.add_item(actor=viewer, **told)

    return edit(request, form, page, act)


@require_POST
@login_required
def item_end(request: SignedInRequest) -> HttpResponse:
    """A point is looked at no more."""
    viewer = require_whole_inspector(request.viewer)
    services.end_item(actor=viewer, text=request.POST.get("text", ""))
    messages.success(request, _("Butir tidak dipakai lagi mulai hari ini."))
    return HttpResponseRedirect(reverse("oversight:items"))
