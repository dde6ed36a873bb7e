"""Settings of presence from the web: the rules with their dates, and the places."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.attendance.access import require_keeper
from terang.evidence.attendance.models import WebPunchRule, WorkPlace
from terang.evidence.attendance.services import web_rules as services
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.evidence.attendance.web_forms import EndForm, PlaceForm, WebRuleForm
from terang.registry.editing import Page, edit


def _page(title: str, submit: str, done: str, lead: str = "") -> Page:
    back = reverse("attendance:web_rules")
    return Page(title=title, lead=lead, back=back, submit=submit, done=done, crumbs=((_("Rekam lewat web"), back),))


@require_safe
@login_required
def web_rules(request: SignedInRequest) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    own: dict[str, Any] = {"agency_id": viewer.agency_id}
    context = {
        "rules": WebPunchRule.objects.filter(**own).select_related("unit"),
        "places": WorkPlace.objects.filter(**own).select_related("unit"),
        "today": viewer.today,
        "tabs": presence_tabs(viewer, "web_rules"),
    }
    return render(request, "attendance/web_rules.html", context)


@login_required
def web_rule_new(request: SignedInRequest) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    agency = viewer.employee.agency
    lead = _("Aturan unit yang paling dekat berlaku; dari unit yang sama, yang mulai terakhir.")
    page = _page(_("Tetapkan aturan rekam lewat web"), _("Tetapkan"), _("Aturan ditetapkan."), lead)
    form = WebRuleForm(request.POST or None, agency=agency, initial={"valid_from": viewer.today})
    return edit(request, form, page, lambda values: services.set_web_rule(actor=viewer, agency=agency, **values))


@login_required
def web_rule_end(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    rule = get_object_or_404(
        WebPunchRule.objects.select_related("agency", "unit"), pk=pk, agency=viewer.employee.agency
    )
    lead = _("%(unit)s, %(who)s.") % {
        "unit": rule.unit or _("Seluruh pemerintah daerah"),
        "who": rule.get_who_display(),
    }
    page = _page(_("Akhiri aturan rekam lewat web"), _("Akhiri"), _("Aturan diakhiri."), lead)
    form = EndForm(request.POST or None, initial={"on": viewer.today})
    return edit(request, form, page, lambda values: services.end_web_rule(actor=viewer, rule=rule, **values))


@login_required
def place_new(request: SignedInRequest) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    agency = viewer.employee.agency
    page = _page(_("Tambah tempat kerja"), _("Tambahkan"), _("Tempat ditambahkan."))
    form = PlaceForm(request.POST or None, agency=agency)
    return edit(request, form, page, lambda values: services.add_place(actor=viewer, agency=agency, **values))


@login_required
def place_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    place = get_object_or_404(WorkPlace.objects.select_related("unit"), pk=pk, agency=viewer.employee.agency)
    page = _page(_("Hentikan pemakaian %s") % place.name, _("Simpan"), _("Tempat tidak dipakai lagi."))
    form = EndForm(request.POST or None, initial={"on": viewer.today})
    return edit(request, form, page, lambda values: services.retire_place(actor=viewer, place=place, **values))
