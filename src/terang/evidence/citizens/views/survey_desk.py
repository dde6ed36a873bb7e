"""The survey desk: periods of the units one manages or reads, one period with its live figures, and publishing it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.citizens.models import SurveyPeriod
from terang.evidence.citizens.services.survey_periods import open_period, publish_result, set_population
from terang.evidence.citizens.survey_access import may_manage, require_desk, require_manager, units_of
from terang.evidence.citizens.survey_figures import figures_of
from terang.evidence.citizens.survey_forms import OpenForm, PopulationForm, PublishForm
from terang.evidence.citizens.survey_lists import PERIODS
from terang.evidence.citizens.survey_presenting import period_name, present
from terang.evidence.citizens.survey_selectors import (
    action_lines,
    actions_due,
    actions_of,
    is_intact,
    period_for,
    periods_for,
    result_for,
    revisions_of,
)
from terang.evidence.citizens.views.tabs import service_tabs
from terang.registry.organization.models import Unit
from terang.registry.people.models import Role
from terang.registry.people.viewer import Viewer
from terang.web import htmx
from terang.web.errors import NotAllowed

MOST_TOPICS = 40


@require_safe
@login_required
def desk(request: SignedInRequest) -> HttpResponseBase:
    """Every period the viewer reads, and for managers the ways to a new one, kiosks and questions."""
    viewer = require_desk(request.viewer)
    table = PERIODS.bind(request, periods_for(viewer))
    tabs = service_tabs(viewer, "survey_desk") if viewer.has(Role.SERVICE_MANAGER) else []
    context = {"table": table, "units": _managed(viewer), "due": actions_due(viewer), "tabs": tabs}
    return table.export() or render(request, "citizens/survey_desk.html", context)


def _managed(viewer: Viewer) -> list[Unit]:
    """The units a manager keeps surveys of: those that serve the public, and the one above them all."""
    rows = units_of(viewer, viewer.paths(Role.SERVICE_MANAGER)).prefetch_related("services")
    return [unit for unit in rows if unit.parent_id is None or unit.services.all()]


@require_http_methods(["GET", "POST"])
@login_required
def open_(request: SignedInRequest) -> HttpResponse:
    """A new period; one that is there already is only shown."""
    viewer = require_desk(request.viewer)
    units = units_of(viewer, viewer.paths(Role.SERVICE_MANAGER))
    if not viewer.has(Role.SERVICE_MANAGER):
        raise NotAllowed(gettext("Periode survei dibuka oleh pengelola layanan."))
    initial = {"unit": request.GET.get("unit")}
    form = OpenForm(request.POST or None, units=units, today=viewer.today, initial=initial)
    if request.method == "POST" and form.is_valid():
        period = open_period(actor=viewer, **form.chosen())
        messages.success(request, gettext("Periode survei dibuka."))
        return redirect("citizens:survey_period", period.pk)
    return render(request, "citizens/survey_open.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
@login_required
def period(request: SignedInRequest, period_id: int) -> HttpResponse:
    """The live figures of a period, its results so far, and what is repaired."""
    found = period_for(request.viewer, period_id)
    viewer = require_desk(request.viewer)
    figures = figures_of(found, viewer.today)
    shown = present(figures)
    results = list(found.results.select_related("published_by").defer("figures"))
    context: dict[str, Any] = {
        "period": found,
        "shown": shown,
        "manages": may_manage(viewer, found.unit),
        "running": viewer.today < found.ends_on,
        "results": results,
        "actions": action_lines(actions_of(found), viewer.today),
        "topics": _topics(figures),
        "publishable": figures["index"] is not None and viewer.today >= found.ends_on,
    }
    return htmx.render(request, "citizens/survey_period.html", "citizens/_survey_live.html", context)


def _topics(figures: dict[str, Any]) -> str:
    """Whose answers change this page."""
    return " ".join(f"unit:{line['id']}" for line in figures["units"][:MOST_TOPICS])


@require_http_methods(["GET", "POST"])
@login_required
def population(request: SignedInRequest, period_id: int) -> HttpResponse:
    """How many people got services, where the manager knows better."""
    found = period_for(request.viewer, period_id)
    viewer = require_manager(request.viewer, found.unit)
    initial = {"population": found.population_given, "note": found.population_note, "version": found.version}
    form = PopulationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        set_population(
            actor=viewer,
            period=found,
            population=form.cleaned_data["population"],
            note=form.cleaned_data["note"],
            version=form.cleaned_data["version"],
        )
        messages.success(request, gettext("Jumlah penerima layanan disimpan."))
        return redirect("citizens:survey_period", found.pk)
    context = {"form": form, "period": found, "name": _name(found)}
    return render(request, "citizens/survey_population.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@login_required
def publish(request: SignedInRequest, period_id: int) -> HttpResponse:
    """What is about to be frozen, once more; a POST publishes it."""
    found = period_for(request.viewer, period_id)
    viewer = require_manager(request.viewer, found.unit)
    last = found.results.first()
    form = PublishForm(request.POST if request.method == "POST" else None, revises=last is not None)
    if request.method == "POST" and form.is_valid():
        result = publish_result(actor=viewer, period=found, today=viewer.today, reason=form.cleaned_data["reason"])
        messages.success(request, gettext("Hasil survei diumumkan dan dibekukan."))
        return redirect("citizens:survey_result", result.pk)
    shown = present(figures_of(found, viewer.today))
    context = {"form": form, "period": found, "shown": shown, "last": last, "name": shown.name}
    return render(request, "citizens/survey_publish.html", context, status=422 if form.errors else 200)


@require_safe
@login_required
def result(request: SignedInRequest, result_id: int) -> HttpResponse:
    """A frozen result with its method, its revisions, and what was done since."""
    found = result_for(request.viewer, result_id)
    assert request.viewer is not None
    revisions = revisions_of(found)
    context = {
        "result": found,
        "shown": present(found.figures),
        "intact": is_intact(found),
        "revisions": revisions,
        "newest": revisions[0],
        "actions": action_lines(actions_of(found.period), request.viewer.today),
        "manages": may_manage(request.viewer, found.period.unit),
    }
    return render(request, "citizens/survey_result.html", context)


def _name(period: SurveyPeriod) -> str:
    return period_name(period.kind, period.starts_on)
