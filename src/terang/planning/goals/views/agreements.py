"""The yearly agreement of a unit: its draft, its signing, what was signed, and what has deviated since."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import override

from terang.planning.goals import selectors, services
from terang.planning.goals.access import may_sign, require_signer
from terang.planning.goals.forms import RenewalForm, SigningForm
from terang.planning.goals.lists import AGREEMENTS
from terang.planning.goals.models import Agreement, AgreementState, KeyIndicator
from terang.planning.goals.presenting import figure
from terang.planning.goals.promises import Draft, Party, draft_of, signings_of
from terang.planning.goals.views.place import asked_year, tabs, viewer_of
from terang.registry.editing import show
from terang.registry.organization.models import Unit
from terang.registry.people.viewer import Viewer
from terang.web.asked import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True)
class Entry:
    """A unit in the list of a year; `signed` is missing before the first signing."""

    unit: Unit
    year: int
    indicators: int
    signed: Agreement | None


@dataclass(frozen=True)
class Line:
    """A row of the document, said. `signed` and `now` differ where the target deviates."""

    goal: str
    text: str
    signed: str
    now: str = ""


def agreements(request: HttpRequest) -> HttpResponseBase:
    """The units with goals in a year and whether their agreement is signed."""
    viewer = viewer_of(request)
    year = asked_year(request, viewer)
    on = selectors.day_of(year, viewer.today)
    units = selectors.units_with_goals(viewer.agency_id, on)
    rows = Agreement.objects.filter(unit__in=units, year=year, state=AgreementState.SIGNED)
    signed = {row.unit_id: row for row in rows.select_related("giver")}
    goals = selectors.goals_on(viewer.agency_id, on).order_by().values("pk")
    alive = KeyIndicator.objects.filter(goal__in=goals).exclude(retired_on__lte=on).order_by()
    counts = Counter(alive.values_list("goal__unit_id", flat=True))
    table = AGREEMENTS.bind(request, [Entry(unit, year, counts[unit.pk], signed.get(unit.pk)) for unit in units])
    context = {
        "table": table,
        "year": year,
        "years": selectors.years_known(viewer.agency_id, viewer.today),
        "signed": len(signed),
        "units": len(units),
        "tabs": tabs(viewer, "agreements"),
    }
    return table.export() or render(request, "goals/agreements.html", context)


def agreement(request: HttpRequest, unit: int, year: int) -> HttpResponse:
    """The document; posted, its signing."""
    viewer = viewer_of(request)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    found = get_object_or_404(Unit.objects.select_related("agency"), pk=unit, agency_id=viewer.agency_id)
    draft = draft_of(found, year, viewer.today)
    form = _form(request, draft, viewer)
    if request.method == "POST":
        require_signer(viewer, found)
        if form.is_valid() and _signed(form, viewer, draft):
            messages.success(request, _("Perjanjian kinerja ditandatangani. Targetnya kini tetap."))
            return HttpResponseRedirect(request.path)
    return _page(request, viewer, draft, form)


def _form(request: HttpRequest, draft: Draft, viewer: Viewer) -> forms.Form:
    kind = RenewalForm if draft.signed else SigningForm
    return kind(request.POST or None, initial={"seen": draft.digest, "on": viewer.today})


def _signed(form: forms.Form, viewer: Viewer, draft: Draft) -> bool:
    try:
        with transaction.atomic():
            services.sign_agreement(actor=viewer, unit=draft.unit, year=draft.year, **form.cleaned_data)
    except ValidationError as error:
        show(form, error)
    except IntegrityError:
        form.add_error(None, _("Perjanjian ini baru saja ditandatangani. Muat ulang halaman."))
    return not form.errors


def _page(request: HttpRequest, viewer: Viewer, draft: Draft, form: forms.Form) -> HttpResponse:
    signings = list(signings_of(draft.unit.pk, draft.year))
    asked = request.GET.get("nomor", "")
    shown = next((row for row in signings if str(row.number) == asked), signings[0] if signings else None)
    context: dict[str, Any] = {
        "unit": draft.unit,
        "year": draft.year,
        "draft": draft,
        "shown": shown,
        "signings": signings,
        "lines": _lines(shown, draft),
        "giver": Party(shown.giver, shown.giver_title) if shown else draft.parties.giver,
        "taker": _taker(shown) if shown else draft.parties.taker,
        "deviations": [_deviation(promise) for promise in draft.deviations],
        "may_sign": may_sign(viewer, draft.unit) and bool(draft.to_sign and draft.parties.giver) and _needed(draft),
        "form": form,
    }
    return render(request, "goals/agreement.html", context, status=422 if form.errors else 200)


def _needed(draft: Draft) -> bool:
    return draft.signed is None or bool(draft.deviations) or draft.other_officials


def _taker(shown: Agreement) -> Party | None:
    return Party(shown.taker, shown.taker_title) if shown.taker else None


def _lines(shown: Agreement | None, draft: Draft) -> list[Line]:
    """The rows of the paper, which stays Indonesian whatever language the screen is in."""
    with override("id"):
        return _signed_lines(shown) if shown else _draft_lines(draft)


def _signed_lines(shown: Agreement) -> list[Line]:
    return [
        Line(item.goal_text, item.text, figure(item.indicator, item.target_milli, item.target_max_milli))
        for item in shown.items.all()
    ]


def _draft_lines(draft: Draft) -> list[Line]:
    return [Line(each.indicator.goal.text, each.indicator.text, _now(each)) for each in draft.promises if each.current]


def _now(promise: Any) -> str:
    target = promise.target
    return (
        figure(promise.indicator, target.target_milli, target.target_max_milli)
        if target
        else figure(promise.indicator, None)
    )


def _deviation(promise: Any) -> Line:
    """What was signed beside what holds today, each in words."""
    indicator, item = promise.indicator, promise.item
    signed = figure(indicator, item.target_milli, item.target_max_milli) if item else _("tidak diperjanjikan")
    now = _now(promise) if promise.current else _("tidak dipakai lagi")
    return Line(indicator.goal.text, indicator.text, signed, now)
