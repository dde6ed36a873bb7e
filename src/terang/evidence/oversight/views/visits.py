"""Visits: the own ones, one of them, and opening one."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.oversight import selectors, services
from terang.evidence.oversight.access import inspects, reads_whole, require_inspector
from terang.evidence.oversight.forms import OpenForm
from terang.evidence.oversight.heads import head_on_the_day
from terang.evidence.oversight.mission_access import overseers
from terang.evidence.oversight.mission_selectors import mission_behind
from terang.evidence.oversight.models import USUAL_REPLY_DAYS
from terang.evidence.oversight.offline_desk import may_prepare
from terang.evidence.oversight.roster_page import roster_summary
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.web.asked import asked_int


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """The inspections in which the viewer was checked, or for whose unit they answer."""
    viewer = require_viewer(request.viewer)
    return render(request, "oversight/mine.html", {"inspections": selectors.inspections_of(viewer)})


@require_safe
@login_required
def inspection(request: SignedInRequest, inspection_id: int) -> HttpResponse:
    """One inspection, with those points that the viewer may read and what may be done with each."""
    found, sheets = selectors.inspection_for(request.viewer, inspection_id)
    viewer = require_viewer(request.viewer)
    context = {
        "inspection": found,
        "sheets": sheets,
        "team": found.team.all(),
        "mission": mission_behind(viewer, found),
        "may_write": inspects(viewer, found.unit),
        "may_prepare": may_prepare(viewer, found),
        "whole": reads_whole(viewer, found),
        "headed": head_on_the_day(found) is not None,
        "summary": roster_summary(found),
    }
    return render(request, "oversight/inspection.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def open_new(request: SignedInRequest) -> HttpResponse:
    """Opens a visit, and goes on to its points. `?unit=` fills in the unit."""
    viewer = require_inspector(request.viewer)
    initial = {"day": viewer.today, "reply_days": USUAL_REPLY_DAYS, "unit": asked_int(request.GET.get("unit"))}
    others = overseers(viewer).exclude(pk=viewer.employee.pk)
    form = OpenForm(request.POST or None, units=selectors.units_to_visit(viewer), overseers=others, initial=initial)
    back = reverse("boards:missions")
    page = Page(title=_("Mencatat kunjungan"), back=back, submit=_("Buka pemeriksaan"), done="", onward=True)
    return edit(request, form, page, lambda told: services.open_inspection(actor=viewer, **told))
