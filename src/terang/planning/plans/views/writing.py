"""Writing one's own plan: results with their indicators and steps, the dictionary, behaviour, annex, study leave."""

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.planning.plans import sources
from terang.planning.plans.annex_forms import (
    ApproachForm,
    BehaviourForm,
    SeenForm,
    StudyForm,
    annex_parts,
    annex_rows,
    annexed,
    seen_in,
    study_initial,
)
from terang.planning.plans.editing import Change, added, placed, rewrite, with_result, without_result
from terang.planning.plans.models import PlanVersion
from terang.planning.plans.placement import placement_of
from terang.planning.plans.presenting import target_text
from terang.planning.plans.result_page import ENTRIES_A_PAGE, ResultPage
from terang.planning.plans.selectors import own_version
from terang.planning.plans.states import require_move
from terang.planning.plans.study import grade_hint, with_study_results
from terang.planning.plans.suggestions import with_first, with_suggestion
from terang.planning.plans.views.own import plan_page
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.plans import PlanDocument, from_json
from terang.rules.plans.behaviour import VALUES
from terang.rules.plans.wording import wording_hint
from terang.web import htmx
from terang.web.asked import asked_int, asked_ints
from terang.web.errors import NotNow


@require_http_methods(["GET", "POST"])
@login_required
def result(request: SignedInRequest, pk: int, key: str = "") -> HttpResponse:
    """A result with everything that belongs to it on one page; without a key a new one.

    Three buttons: save; `tambah` gives one more empty indicator, `kamus` fills one from the dictionary: both keep what
    was typed and save nothing yet.
    """
    viewer = require_viewer(request.viewer)
    version = _writable(viewer, pk)
    forms = ResultPage(viewer, version, key, request.POST if request.method == "POST" else None)
    if request.method == "GET" or forms.asks_for_more:
        return _result_page(request, forms)
    if not forms.is_valid():
        return _result_page(request, forms, status=422)
    row = forms.planned()
    _write(viewer, version, forms.seen, lambda document: with_result(document, row))
    messages.success(request, gettext("Hasil kerja disimpan."))
    return htmx.redirect(request, f"{_home(version)}#r-{row.key}")


def _result_page(request: SignedInRequest, forms: ResultPage, status: int = 200) -> HttpResponse:
    context = {"forms": forms, "version": forms.version, "new": forms.result is None}
    return htmx.render(request, "plans/write_result.html", "plans/_write_result.html", context, status=status)


def _writable(viewer: Viewer, pk: int) -> PlanVersion:
    version = own_version(viewer, pk)
    require_move(version, "write")
    return version


def _write(viewer: Viewer, version: PlanVersion, seen: int, change: Change) -> PlanVersion:
    return rewrite(actor=viewer, version=version, seen=seen, change=change)


def _home(version: PlanVersion) -> str:
    return f"{reverse('plans:own')}?tahun={version.plan.period_start.year}"


def _changed(request: SignedInRequest, viewer: Viewer, version: PlanVersion, change: Change) -> HttpResponse:
    """Writes one change; with htmx the plan is drawn again, otherwise it goes back to its page."""
    done = _write(viewer, version, seen_in(request.POST), change)
    if request.headers.get("HX-Request"):
        return plan_page(request, viewer, done.plan, placement_of(viewer.employee, viewer.today))
    return htmx.redirect(request, _home(version))


@require_POST
@login_required
def result_remove(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Takes a result out of the plan."""
    viewer = require_viewer(request.viewer)
    return _changed(request, viewer, _writable(viewer, pk), lambda document: without_result(document, key))


@require_POST
@login_required
def result_move(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Puts a result at the printed number `ke`."""
    viewer = require_viewer(request.viewer)
    version, number = _writable(viewer, pk), asked_int(request.POST.get("ke"))
    if number is None:
        raise NotNow(gettext("Pilih tempat untuk hasil kerja ini."))
    return _changed(request, viewer, version, lambda document: placed(document, key, number))


@require_POST
@login_required
def approach(request: SignedInRequest, pk: int) -> HttpResponse:
    """Measured, or told in words."""
    viewer = require_viewer(request.viewer)
    version, form = _writable(viewer, pk), ApproachForm(request.POST)
    if not form.is_valid():
        raise NotNow(gettext("Pilih salah satu pendekatan."))
    chosen = form.cleaned_data["approach"]
    return _changed(request, viewer, version, lambda document: replace(document, approach=chosen))


@require_POST
@login_required
def promises(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes what the unit promised for the year into the plan of its head."""
    viewer = require_viewer(request.viewer)
    version = _writable(viewer, pk)
    results = sources.promised_results(version.plan)
    return _changed(request, viewer, version, lambda document: added(document, results))


@require_http_methods(["GET", "POST"])
@login_required
def dictionary(request: SignedInRequest, pk: int) -> HttpResponse:
    """The dictionary for the post; what is ticked comes into the plan, each as a result with its indicator."""
    viewer = require_viewer(request.viewer)
    version = _writable(viewer, pk)
    rows = sources.entries_for(version.plan.post, viewer.agency_id)
    document = from_json(version.document)
    if request.method == "GET":
        page = Paginator(rows, ENTRIES_A_PAGE).get_page(request.GET.get("halaman"))
        taken = {indicator.entry_id for each in document.results for indicator in each.indicators}
        usual = [target_text(sources.indicator_from_entry(entry, document.form)) for entry in page]
        shown = [(entry, target, entry.pk in taken) for entry, target in zip(page, usual, strict=True)]
        seen = SeenForm(initial={"version": version.version})
        context = {"version": version, "page": page, "rows": shown, "seen": seen}
        return render(request, "plans/write_dictionary.html", context)
    wanted = asked_ints(request.POST.getlist("butir"))
    results = [sources.result_from_entry(entry, document.form) for entry in rows.filter(pk__in=wanted)]
    if not results:
        messages.info(request, gettext("Belum ada yang dipilih."))
        return htmx.redirect(request, reverse("plans:dictionary", args=[pk]))
    _write(viewer, version, seen_in(request.POST), lambda before: added(before, results))
    told = ngettext("%(n)s hasil kerja ditambahkan.", "%(n)s hasil kerja ditambahkan.", len(results))
    messages.success(request, told % {"n": len(results)})
    return htmx.redirect(request, _home(version))


@require_http_methods(["GET", "POST"])
@login_required
def behaviour(request: SignedInRequest, pk: int) -> HttpResponse:
    """The special expectations per value, as the person proposes them."""
    viewer = require_viewer(request.viewer)
    version = _writable(viewer, pk)
    document = from_json(version.document)
    data = request.POST if request.method == "POST" else None
    decided = version.decided.get("behaviour", {})
    form = BehaviourForm(data, document=document, decided=decided, initial={"version": version.version})
    if data is not None and form.is_valid():
        _write(viewer, version, form.cleaned_data["version"], form.written)
        messages.success(request, gettext("Ekspektasi perilaku disimpan."))
        return htmx.redirect(request, f"{_home(version)}#perilaku")
    context = {"version": version, "form": form, "rows": [(value, form[value.code]) for value in VALUES]}
    return render(request, "plans/write_behaviour.html", context, status=422 if data is not None else 200)


@require_http_methods(["GET", "POST"])
@login_required
def annex(request: SignedInRequest, pk: int) -> HttpResponse:
    """Support, accountability and consequences (Format A.1.8). `saran` adds one suggestion beside what was typed,
    `semua` fills every empty part."""
    viewer = require_viewer(request.viewer)
    version = _writable(viewer, pk)
    document = from_json(version.document)
    if request.method == "POST" and "semua" in request.POST:
        return _changed(request, viewer, version, with_first)
    data = request.POST if request.method == "POST" else None
    parts = annex_rows(data, document)
    seen = SeenForm(data, initial={"version": version.version})
    if data is None or not all([seen.is_valid(), *(rows.is_valid() for rows in parts.values())]):
        context = {"version": version, "seen": seen, "parts": annex_parts(parts, document)}
        return render(request, "plans/write_annex.html", context, status=422 if data is not None else 200)
    code = request.POST.get("saran", "")
    _write(viewer, version, seen.cleaned_data["version"], lambda before: with_suggestion(annexed(before, parts), code))
    if code:
        return htmx.redirect(request, f"{reverse('plans:annex', args=[pk])}#{code.partition('-')[0]}")
    messages.success(request, gettext("Lampiran SKP disimpan."))
    return htmx.redirect(request, f"{_home(version)}#lampiran")


@require_http_methods(["GET", "POST"])
@login_required
def study(request: SignedInRequest, pk: int) -> HttpResponse:
    """Study leave in the plan's time; `hasil` also writes its results into the plan."""
    viewer = require_viewer(request.viewer)
    version = _writable(viewer, pk)
    data, known = request.POST if request.method == "POST" else None, from_json(version.document).study
    form = StudyForm(data, initial={"version": version.version, **study_initial(known)})
    if data is not None and form.is_valid():
        _write(viewer, version, form.cleaned_data["version"], _study_change(form, version, results="hasil" in data))
        messages.success(request, gettext("Tugas belajar disimpan."))
        return htmx.redirect(request, _home(version))
    day = max(version.plan.period_start, viewer.today)
    context = {"version": version, "form": form, "grade_hint": grade_hint(known, day)}
    return render(request, "plans/write_study.html", context, status=422 if data is not None else 200)


def _study_change(form: StudyForm, version: PlanVersion, *, results: bool) -> Change:
    leave = form.planned()

    def change(before: PlanDocument) -> PlanDocument:
        after = replace(before, study=leave)
        return with_study_results(after, version.plan.period_end) if results else after

    return change


@require_safe
@login_required
def hint(request: SignedInRequest) -> HttpResponse:
    """What to think about a wording that is being typed (`?text=`), as a fragment; empty where there is nothing."""
    require_viewer(request.viewer)
    return render(request, "plans/_write_hint.html", {"hint": wording_hint(request.GET.get("text", "")[:300])})
