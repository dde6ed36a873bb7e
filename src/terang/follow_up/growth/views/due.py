"""Pages of what is due: one's own, others', and one with its reason and evidence."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.growth import selectors, services
from terang.follow_up.growth.access import may_act, require_actor, require_others
from terang.follow_up.growth.forms import SettleForm
from terang.follow_up.growth.lists import DUE, state_badge
from terang.follow_up.growth.models import CorrectiveAction, DueAction, ImprovementCase, Kind
from terang.follow_up.growth.services.acting import WITH_CASE
from terang.follow_up.growth.tabs import tabs
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.web.errors import NotNow
from terang.web.sentences import said

PAGE = 20
GUIDED = (Kind.COACHING, Kind.TALK, Kind.CORRECTIVE, Kind.IMPROVEMENT)
"""What a guidance may be opened for."""


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """What is and was due for the viewer."""
    viewer = require_viewer(request.viewer)
    page = Paginator(selectors.own_due(viewer.employee.pk), PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "lines": [_line(each) for each in page], "tabs": tabs(viewer, "mine")}
    return render(request, "growth/mine.html", context)


def _line(due: DueAction) -> dict[str, Any]:
    action = getattr(due, "corrective", None)
    return {
        "due": due,
        "reason": said(due.reason),
        "badge": state_badge(due),
        "url": _case_of(due).get_absolute_url(),
        "action": action,
    }


def _case_of(due: DueAction) -> DueAction | CorrectiveAction | ImprovementCase:
    """The case behind what is due; itself where it has none."""
    return getattr(due, "corrective", None) or getattr(due, "improvement", None) or due


@require_safe
@login_required
def others(request: SignedInRequest) -> HttpResponse:
    """What is due for others that the viewer may see."""
    viewer = require_others(request.viewer)
    table = DUE.bind(request, selectors.due_of_others(viewer))
    return render(request, "growth/others.html", {"table": table, "tabs": tabs(viewer, "others")})


@require_safe
@login_required
def due(request: SignedInRequest, pk: int) -> HttpResponse:
    """One thing due: why, by what evidence and rule, who acts by when, and what was done."""
    found = selectors.due_for(request.viewer, pk)
    viewer = require_viewer(request.viewer)
    context = {
        "due": found,
        "reason": said(found.reason),
        "links": [{"text": said(each["words"]), "url": each["url"]} for each in found.links],
        "badge": state_badge(found),
        "own": viewer.employee.pk == found.employee_id,
        "action": getattr(found, "corrective", None),
        "case": getattr(found, "improvement", None),
        "may_guide": found.kind in GUIDED and viewer.employee.pk == found.assigned_to_id,
        "may_settle": found.is_open and found.kind not in WITH_CASE and may_act(viewer, found),
    }
    return render(request, "growth/due.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def settle(request: SignedInRequest, pk: int) -> HttpResponse:
    """Says what was done, or why nothing is."""
    found = selectors.due_for(request.viewer, pk)
    viewer = require_actor(request.viewer, found)
    if not found.is_open or found.kind in WITH_CASE:
        raise NotNow(_("Tindak lanjut ini sudah diselesaikan, atau diselesaikan pada halamannya sendiri."))
    form = SettleForm(request.POST or None, initial={"version": found.version, "how": "done"})
    back = found.get_absolute_url()
    page = Page(
        title=_("%(kind)s untuk %(name)s") % {"kind": found.get_kind_display(), "name": found.employee.name},
        back=back,
        submit=_("Simpan"),
        done=_("Tersimpan. Pegawainya dapat membacanya."),
        lead=said(found.reason),
        crumbs=((_("Tindak lanjut"), reverse("growth:others")),),
    )

    def act(told: dict[str, Any]) -> object:
        return services.settle_due(
            actor=viewer, due=found, outcome=told["outcome"], dropped=told["how"] == "dropped", version=told["version"]
        )

    return edit(request, form, page, act)
