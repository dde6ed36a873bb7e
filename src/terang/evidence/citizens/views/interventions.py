"""Changes of services, marked by their managers; drawn on the pages of service times."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from terang.evidence.citizens.access import manages, require_manager
from terang.evidence.citizens.intervention_forms import CorrectForm, MarkForm, WithdrawForm
from terang.evidence.citizens.intervention_selectors import (
    intervention_in_agency,
    interventions_visible,
    managed_targets,
)
from terang.evidence.citizens.services.interventions import (
    correct_intervention,
    mark_intervention,
    withdraw_intervention,
)
from terang.evidence.citizens.survey_access import require_desk
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Role
from terang.web.errors import NotNow


@require_safe
@login_required
def interventions(request: HttpRequest) -> HttpResponse:
    """All marks one may read; who manages a unit may mark another and correct them."""
    viewer = require_desk(request.viewer)  # type: ignore[attr-defined]
    marks = [(mark, manages(viewer, mark.unit)) for mark in interventions_visible(viewer)]
    context = {"marks": marks, "may_mark": viewer.has(Role.SERVICE_MANAGER) and any(managed_targets(viewer))}
    return render(request, "citizens/interventions.html", context)


def _page(title: str, submit: str, done: str, lead: str = "") -> Page:
    back = reverse("citizens:interventions")
    return Page(title=title, back=back, submit=submit, done=done, lead=lead, crumbs=((_("Perubahan layanan"), back),))


@login_required
def intervention_new(request: HttpRequest) -> HttpResponse:
    """Marks a change, of a service or of all services of a unit."""
    viewer = require_manager(request.viewer)  # type: ignore[attr-defined]
    units, services = managed_targets(viewer)
    if not units and not services:
        messages.info(request, _("Belum ada layanan yang dibuka di unit Anda, jadi belum ada yang dapat ditandai."))
        return redirect("citizens:interventions")
    chosen = {"about": f"s{request.GET.get('layanan', '')}", "day": viewer.today}
    form = MarkForm(request.POST or None, units=units, services=services, initial=chosen)
    page = _page(
        _("Tandai perubahan"),
        _("Tandai"),
        _("Perubahan ditandai."),
        _("Tanda ini digambar pada waktu layanan, supaya keadaan sebelum dan sesudahnya dapat dibandingkan."),
    )

    def act(told: dict[str, object]) -> object:
        unit, service = form.target()
        words = {name: told[name] for name in ("day", "title", "detail", "form_key")}
        return mark_intervention(actor=viewer, unit=unit, service=service, **words)  # type: ignore[arg-type]

    return edit(request, form, page, act)


@login_required
def intervention_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects a mark."""
    mark = intervention_in_agency(require_viewer(request.viewer), pk)  # type: ignore[attr-defined]
    viewer = require_manager(request.viewer, mark.unit)  # type: ignore[attr-defined]
    if mark.withdrawn:
        raise NotNow(_("Tanda ini sudah dicabut."))
    form = CorrectForm.of(mark, request.POST or None)
    page = _page(_("Betulkan tanda"), _("Simpan pembetulan"), _("Tanda dibetulkan."), mark.title)
    return edit(request, form, page, lambda told: correct_intervention(actor=viewer, mark=mark, **told))


@login_required
def intervention_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a mark off the time axis."""
    mark = intervention_in_agency(require_viewer(request.viewer), pk)  # type: ignore[attr-defined]
    viewer = require_manager(request.viewer, mark.unit)  # type: ignore[attr-defined]
    if mark.withdrawn:
        raise NotNow(_("Tanda ini sudah dicabut."))
    form = WithdrawForm(request.POST or None, initial={"version": mark.version})
    page = _page(
        _("Cabut tanda"),
        _("Cabut tanda"),
        _("Tanda dicabut."),
        _("“%(title)s” tidak lagi digambar dan tidak lagi dibandingkan. Catatannya tetap tersimpan.")
        % {"title": mark.title},
    )
    return edit(request, form, page, lambda told: withdraw_intervention(actor=viewer, mark=mark, **told))
