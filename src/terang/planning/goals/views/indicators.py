"""Indicators of a goal, their targets, and values reported by hand."""

from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from terang.planning.goals import services
from terang.planning.goals.access import require_reporter, require_shaper
from terang.planning.goals.forms import (
    CorrectionForm,
    IndicatorChangeForm,
    IndicatorForm,
    ReadingForm,
    RetireForm,
    TargetForm,
    posts_for,
    typed,
)
from terang.planning.goals.models import KeyIndicator, Reading, YearTarget
from terang.planning.goals.presenting import figure
from terang.planning.goals.services.indicators import QUARTERS
from terang.planning.goals.views.place import crumbs, known_goal, known_indicator, viewer_of
from terang.planning.measuring import Direction
from terang.registry.editing import Page, edit
from terang.web.errors import NotNow
from terang.web.numbers import longdate

_FIELDS = (
    "number",
    "text",
    "outcome",
    "direction",
    "unit_label",
    "baseline_year",
    "measure",
    "source",
    "formula",
    "perspective",
)


def _back(indicator: KeyIndicator) -> str:
    return f"{reverse('goals:goal', args=[indicator.goal_id])}#indikator-{indicator.pk}"


def indicator_new(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    goal = known_goal(viewer, pk)
    require_shaper(viewer, goal.unit, goal.kind)
    page = Page(
        title=_("Tambah indikator"),
        lead=goal.text,
        back=reverse("goals:goal", args=[goal.pk]),
        submit=_("Simpan"),
        done=_("Indikator ditambahkan. Isi targetnya."),
        crumbs=crumbs(goal),
    )
    last = goal.indicators.aggregate(last=Max("number"))["last"] or 0
    form = IndicatorForm(request.POST or None, initial={"number": last + 1}, posts=posts_for(goal.unit))
    return edit(request, form, page, lambda values: services.add_indicator(actor=viewer, goal=goal, **values))


def indicator_edit(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    indicator = known_indicator(viewer, pk)
    require_shaper(viewer, indicator.goal.unit, indicator.goal.kind)
    page = Page(
        title=_("Ubah indikator"),
        lead=indicator.text,
        back=_back(indicator),
        submit=_("Simpan"),
        done=_("Indikator diubah."),
        crumbs=crumbs(indicator.goal),
    )
    start = {name: getattr(indicator, name) for name in (*_FIELDS, "version")}
    start |= {"baseline_milli": typed(indicator.baseline_milli), "responsible": indicator.responsible_id}
    form = IndicatorChangeForm(request.POST or None, initial=start, posts=posts_for(indicator.goal.unit))
    return edit(
        request, form, page, lambda values: services.change_indicator(actor=viewer, indicator=indicator, **values)
    )


def indicator_retire(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    indicator = known_indicator(viewer, pk)
    require_shaper(viewer, indicator.goal.unit, indicator.goal.kind)
    page = Page(
        title=_("Hentikan indikator"),
        lead=indicator.text,
        back=reverse("goals:goal", args=[indicator.goal_id]),
        submit=_("Hentikan"),
        done=_("Indikator dihentikan."),
        crumbs=crumbs(indicator.goal),
    )
    form = RetireForm(request.POST or None, initial={"on": viewer.today, "version": indicator.version})
    return edit(
        request, form, page, lambda values: services.retire_indicator(actor=viewer, indicator=indicator, **values)
    )


def target(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The target of a year and its quarters."""
    viewer = viewer_of(request)
    indicator = known_indicator(viewer, pk)
    require_shaper(viewer, indicator.goal.unit, indicator.goal.kind)
    if not indicator.goal.year_start <= year <= indicator.goal.year_end:
        raise Http404
    page = Page(
        title=_("Target %(year)s") % {"year": year},
        lead=_("%(text)s (%(unit)s)") % {"text": indicator.text, "unit": indicator.unit_label},
        back=_back(indicator),
        submit=_("Simpan"),
        done=_("Target disimpan."),
        crumbs=crumbs(indicator.goal),
    )
    form = TargetForm(request.POST or None, initial=_typed_target(indicator, year), indicator=indicator)
    return edit(
        request, form, page, lambda values: services.set_target(actor=viewer, indicator=indicator, year=year, **values)
    )


def _typed_target(indicator: KeyIndicator, year: int) -> dict[str, Any]:
    known = YearTarget.objects.filter(indicator=indicator, year=year).first()
    as_typed = str if indicator.direction == Direction.YES_NO else typed
    values = {name: getattr(known, name, None) for name in ("target_milli", "target_max_milli", *QUARTERS)}
    told = {name: "" if milli is None else as_typed(milli) for name, milli in values.items()}
    return {**told, "version": indicator.version}


def reading_new(request: HttpRequest, pk: int) -> HttpResponse:
    """The form of a value reported by hand."""
    viewer = viewer_of(request)
    indicator = known_indicator(viewer, pk)
    require_reporter(viewer, indicator)
    if indicator.measure:
        raise NotNow(_("Nilai indikator ini dibaca langsung dari ukuran Terang, tidak dilaporkan dengan tangan."))
    page = Page(
        title=_("Laporkan nilai"),
        lead=indicator.text,
        back=_back(indicator),
        submit=_("Laporkan"),
        done=_("Nilai dilaporkan."),
        crumbs=crumbs(indicator.goal),
    )
    form = ReadingForm(request.POST or None, initial={"day": viewer.today}, indicator=indicator)
    return edit(
        request, form, page, lambda values: services.report_reading(actor=viewer, indicator=indicator, **values)
    )


def reading_correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The form that corrects a value; what was reported first stays in the history."""
    viewer = viewer_of(request)
    rows = Reading.objects.select_related("indicator__goal__unit", "indicator__goal__agency")
    wrong = get_object_or_404(rows, pk=pk, indicator__goal__agency_id=viewer.agency_id)
    indicator = wrong.indicator
    require_reporter(viewer, indicator)
    words = {"value": figure(indicator, wrong.value_milli), "day": longdate(wrong.day)}
    page = Page(
        title=_("Betulkan nilai"),
        lead=_("%(value)s, keadaan %(day)s. Nilai lama tetap terlihat dalam riwayat.") % words,
        back=_back(indicator),
        submit=_("Betulkan"),
        done=_("Nilai dibetulkan."),
        crumbs=crumbs(indicator.goal),
    )
    yes_no = indicator.direction == Direction.YES_NO
    value = wrong.value_milli if yes_no else typed(wrong.value_milli)
    start = {"day": wrong.day, "source": wrong.source, "value_milli": value}
    form = CorrectionForm(request.POST or None, initial=start, indicator=indicator)
    return edit(
        request,
        form,
        page,
        lambda values: services.report_reading(actor=viewer, indicator=indicator, corrects=wrong, **values),
    )
