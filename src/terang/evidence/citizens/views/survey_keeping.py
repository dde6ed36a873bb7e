"""What a manager keeps beside the periods: kiosks, questions, and remarks that officers do not read."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens.models import Kiosk, SurveyPeriod, SurveyResponse
from terang.evidence.citizens.services.kiosks import register_kiosk, revoke_kiosk
from terang.evidence.citizens.services.survey_keeping import choose_questions, hide_remark
from terang.evidence.citizens.survey_access import require_manager
from terang.evidence.citizens.survey_forms import KioskForm, QuestionsForm, ReasonForm
from terang.evidence.citizens.survey_forms_asked import forms_of
from terang.evidence.citizens.survey_presenting import label_of, period_name
from terang.evidence.citizens.survey_selectors import kiosks_of, remarks_of, services_in
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.rules.tables import ELEMENTS
from terang.web.secrets import qr_code

LINK = "kiosk_link"


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def kiosks(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """The tablets of a unit; right after registering one also its link, shown in this session only."""
    unit, viewer = _unit(request, unit_id)
    form = KioskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = register_kiosk(actor=viewer, unit=unit, name=form.cleaned_data["name"])
        request.session[LINK] = (made.kiosk.pk, made.token)
        messages.success(request, gettext("Kios terdaftar. Buka tautannya di tablet sekarang."))
        return redirect("citizens:kiosks", unit.pk)
    known, token = request.session.pop(LINK, (None, ""))
    rows = kiosks_of(unit)
    context: dict[str, Any] = {
        "unit": unit,
        "kiosks": rows,
        "form": form,
        "fresh": next((k for k in rows if k.pk == known), None),
    }
    if context["fresh"]:
        context["link"] = request.build_absolute_uri(reverse("citizens:kiosk", args=[token]))
        context["qr"] = qr_code(context["link"])
    return render(request, "citizens/survey_kiosks.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def revoke(request: SignedInRequest, kiosk_id: int) -> HttpResponse:
    kiosk = get_object_or_404(Kiosk.objects.select_related("unit"), pk=kiosk_id)
    viewer = require_manager(request.viewer, kiosk.unit)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    revoke_kiosk(actor=viewer, kiosk=kiosk, reason=reason)
    messages.success(request, gettext("Kios dicabut; tautannya tidak berlaku lagi."))
    return redirect("citizens:kiosks", kiosk.unit_id)


@require_http_methods(["GET", "POST"])
@login_required
def questions(request: SignedInRequest, unit_id: int) -> HttpResponse:
    """Nine questions or three, for the unit or one service."""
    unit, viewer = _unit(request, unit_id)
    offered = services_in(unit)
    form = QuestionsForm(request.POST or None, services=offered)
    if request.method == "POST" and form.is_valid():
        service = form.cleaned_data["service"]
        choose_questions(actor=viewer, unit=unit, service=service, elements=form.chosen())
        messages.success(request, gettext("Pertanyaan survei disimpan. Berlaku untuk jawaban berikutnya."))
        return redirect("citizens:survey_questions", unit.pk)
    chosen = forms_of(unit)
    lines = [(gettext("Semua layanan unit ini"), _asked(chosen.get(None)))]
    lines += [(each.name, _asked(chosen[each.pk])) for each in offered if each.pk in chosen]
    context = {"unit": unit, "form": form, "lines": lines}
    return render(request, "citizens/survey_questions.html", context, status=422 if form.errors else 200)


def _asked(elements: tuple[str, ...] | None) -> str:
    if elements is None or elements == ELEMENTS:
        return gettext("sembilan unsur")
    return ", ".join(label_of(each).lower() for each in elements)


@require_safe
@login_required
def remarks(request: SignedInRequest, period_id: int) -> HttpResponse:
    """What people wrote in a period, without names, with what is hidden and why."""
    found = get_object_or_404(SurveyPeriod.objects.select_related("unit__agency"), pk=period_id)
    require_manager(request.viewer, found.unit)
    context = {"period": found, "name": period_name(found.kind, found.starts_on), "remarks": remarks_of(found)}
    return render(request, "citizens/survey_remarks.html", context)


@require_POST
@login_required
def hide(request: SignedInRequest, period_id: int, response_id: int) -> HttpResponse:
    """Keeps a remark from officers, with a reason; then back to the period it was read in."""
    rows = SurveyResponse.objects.select_related("service__unit__agency")
    found = get_object_or_404(rows, pk=response_id)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    hide_remark(actor=request.viewer, response=found, reason=reason)  # type: ignore[arg-type]
    messages.success(request, gettext("Saran disembunyikan dari petugas dan tetap tersimpan."))
    return redirect("citizens:survey_remarks", period_id)


def _unit(request: SignedInRequest, unit_id: int) -> tuple[Unit, Viewer]:
    unit = get_object_or_404(Unit.objects.select_related("agency"), pk=unit_id)
    return unit, require_manager(request.viewer, unit)
