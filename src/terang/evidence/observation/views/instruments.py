"""Instruments: for everybody to read, for who keeps them to set anew."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.observation import selectors, services
from terang.evidence.observation.access import keeps, may_begin_instruments, require_keeper
from terang.evidence.observation.instrument_forms import InstrumentForm, RubricForms, start_of
from terang.evidence.observation.models import Instrument
from terang.evidence.observation.views.tabs import tabs
from terang.registry.editing import show
from terang.registry.organization.models import Unit, UnitKind
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer, in_force
from terang.rules.observations.rubric import PRESETS, Rubric, preset


@require_safe
@login_required
def overview(request: SignedInRequest) -> HttpResponse:
    """The instruments in force."""
    viewer = require_viewer(request.viewer)
    begins = may_begin_instruments(viewer)
    context = {
        "instruments": selectors.instruments_on(viewer.agency_id, viewer.today),
        "presets": [preset(code) for code in PRESETS] if begins else [],
        "tabs": tabs(viewer, "instruments"),
    }
    return render(request, "observation/instruments.html", context)


@require_safe
@login_required
def instrument(request: SignedInRequest, pk: int) -> HttpResponse:
    """One version: what is looked at, and the other versions."""
    viewer = require_viewer(request.viewer)
    found = selectors.instrument_for(viewer, pk)
    kinds = [str(UnitKind(each).label) for each in found.unit_kinds]
    context = {
        "row": found,
        "rubric": found.content,
        "versions": selectors.versions_of(found),
        "for_whom": ", ".join([*(each.replace("_", " ") for each in found.categories), *kinds]),
        "today": viewer.today,
        "may_keep": keeps(viewer, found),
    }
    return render(request, "observation/instrument.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest) -> HttpResponse:
    """A new instrument, beginning with one that Terang proposes (`?dari=`)."""
    viewer = require_keeper(request.viewer, None)
    code = request.GET.get("dari", "")
    start = preset(code if code in PRESETS else PRESETS[0])
    initial = {"name": start.name, "place": start.place, "categories": list(start.categories)}
    return _write(request, viewer, None, start.rubric, initial)


@require_http_methods(["GET", "POST"])
@login_required
def version_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A new version of an instrument."""
    viewer = require_viewer(request.viewer)
    before = selectors.instrument_for(viewer, pk)
    require_keeper(viewer, before)
    return _write(request, viewer, before, before.content, start_of(before))


def _write(
    request: SignedInRequest, viewer: Viewer, before: Instrument | None, rubric: Rubric, initial: dict[str, Any]
) -> HttpResponse:
    data = request.POST or None
    units = Unit.objects.filter(in_force(viewer.today, "valid_from", "valid_to"), agency_id=viewer.agency_id)
    form = InstrumentForm(
        data,
        initial={"valid_from": viewer.today} | initial,
        categories=_categories(viewer, initial["categories"]),
        units=units.order_by("name"),
    )
    parts = RubricForms(data, rubric)
    if data is not None and (made := _made(viewer, before, form, parts)):
        messages.success(request, _("Instrumen disimpan sebagai versi %(number)s.") % {"number": made.number})
        return redirect(made)
    status = 422 if data is not None else 200
    return render(request, "observation/write.html", {"form": form, "parts": parts, "before": before}, status=status)


def _categories(viewer: Viewer, kept: list[str]) -> list[str]:
    return sorted({*selectors.categories_in_use(viewer.agency_id), *kept})


def _made(viewer: Viewer, before: Instrument | None, form: InstrumentForm, parts: RubricForms) -> Instrument | None:
    if not all([form.is_valid(), parts.all_valid()]):
        return None
    try:
        wanted = form.wanted(parts.rubric())
        key = form.cleaned_data["form_key"]
        return services.set_instrument(actor=viewer, before=before, wanted=wanted, form_key=key)
    except ValidationError as refused:
        show(form, refused)
    return None
