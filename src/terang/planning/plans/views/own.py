"""SKP saya: where one's own plan stands, beginning it, handing it in, taking it back, changing it."""

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.planning.plans import services, sources
from terang.planning.plans.annex_forms import ApproachForm, BeginForm, DiscardForm, ReasonForm, SeenForm, seen_in
from terang.planning.plans.models import Plan, PlanState, PlanTemplate, PlanVersion, VersionState
from terang.planning.plans.nextstep import next_step
from terang.planning.plans.placement import Placement, open_years, placement_of, span_of
from terang.planning.plans.presenting import present, present_annex
from terang.planning.plans.selectors import comments_by_row, own_plans, own_version, shown_version
from terang.planning.plans.services.changing import opened_by_other
from terang.planning.plans.services.dialogue import next_due
from terang.planning.plans.setting import setting_of
from terang.planning.plans.states import may_move
from terang.planning.plans.years import plan_due
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.plans import PlanDocument, from_json
from terang.rules.plans.checks import problems
from terang.web import htmx
from terang.web.asked import asked_year
from terang.web.errors import NotNow
from terang.web.navigation import NavItem

COLLEAGUES_A_PAGE = 20
UNLINKED = "no_leader_row"
"""The finding that is told once for all results instead of beside each: with a late leader all of them have it."""


@require_safe
@login_required
def own(request: SignedInRequest) -> HttpResponse:
    """One's own plan of a year (`?tahun=`), or where to begin it."""
    viewer = require_viewer(request.viewer)
    year = _year(request, viewer)
    plans = own_plans(viewer.employee, year)
    placement = placement_of(viewer.employee, viewer.today)
    running = next((plan for plan in plans if plan.state != PlanState.CLOSED), None)
    if running:
        return plan_page(request, viewer, running, placement)
    if request.headers.get("HX-Request"):
        return htmx.redirect(request, request.get_full_path())  # an open page of a plan that was closed meanwhile
    context = _begin_context(viewer, _placement_ahead(viewer, year), plans, year)
    return render(request, "plans/write_begin.html", context)


def _placement_ahead(viewer: Viewer, year: int) -> Placement | None:
    """Where the person stands when the plan of a year begins, today in a running one."""
    return placement_of(viewer.employee, max(viewer.today, date(year, 1, 1)))


def _year(request: SignedInRequest, viewer: Viewer) -> int:
    return asked_year(request.GET.get("tahun")) or viewer.today.year


def years_shown(viewer: Viewer, year: int) -> list[NavItem]:
    """The years that can be written for, and the one that is looked at, as tabs; none where there is only one."""
    years = sorted({*open_years(viewer.today), year})
    url = reverse("plans:own")
    return [NavItem(str(each), f"{url}?tahun={each}", "", each == year) for each in years] if len(years) > 1 else []


def _begin_context(viewer: Viewer, placement: Placement | None, plans: list[Plan], year: int) -> dict[str, Any]:
    span = span_of(placement, year, plans) if placement else None
    allowed = placement is not None and placement.plans and span is not None and year in open_years(viewer.today)
    context: dict[str, Any] = {
        "placement": placement,
        "year": year,
        "years": years_shown(viewer, year),
        "span": span,
        "closed": plans[0] if plans else None,
        "may_begin": allowed,
    }
    if placement and span and allowed:
        context |= _offered(viewer, placement, span[0])
        context["due"] = plan_due(span[0]) if span[0] <= plan_due(span[0]) else None
    return context


def _offered(viewer: Viewer, placement: Placement, start: date) -> dict[str, Any]:
    post = placement.post
    offered = {
        "matrix": _has_matrix(),
        "templates": sources.templates_for(post, viewer.agency_id)[:3],
        "last": sources.last_plan(viewer.employee, start),
        "colleagues": sources.colleague_plans(viewer.employee, post, viewer.today).count(),
        "entries": sources.entries_for(post, viewer.agency_id).count(),
    }
    order = ("templates", "last", "entries", "colleagues", "matrix")
    return {**offered, "first": next((name for name in order if offered[name]), "empty")}


def _has_matrix() -> bool:
    try:
        return bool(reverse("matrix:offers", args=[0]))
    except NoReverseMatch:
        return False


def plan_page(
    request: SignedInRequest, viewer: Viewer, plan: Plan, placement: Placement | None, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page of one's own plan; asked with htmx only what changes with it."""
    version = shown_version(plan)
    document = from_json(version.document) if version else PlanDocument()
    writes = version is not None and may_move(version, "write") and viewer.unit_id is not None
    setting = setting_of(plan)
    appraiser = placement.appraiser if placement else None
    found = problems(document, setting) if version and writes else ()
    beside = [problem for problem in found if problem.code != UNLINKED]
    rows, words = present(document, beside), comments_by_row(version) if version else {}
    context: dict[str, Any] = {
        "plan": plan,
        "version": version,
        "document": document,
        "rows": rows,
        "main": [(row, words.get(row.key, ())) for row in rows.main],
        "additional": [(row, words.get(row.key, ())) for row in rows.additional],
        "comments_whole": words.get("", ()),
        "unlinked": len(found) - len(beside),
        "annex": present_annex(document),
        "last_day": plan.period_end - timedelta(days=1),
        "placement": placement,
        "appraiser": appraiser,
        "step": next_step(plan, version, appraiser, viewer.today),
        "years": years_shown(viewer, plan.period_start.year),
        "writes": writes,
        "may_withdraw": version is not None and may_move(version, "withdraw"),
        "may_discard": version is not None and _may_discard(version, bool(words)),
        "may_change": plan.state == PlanState.AGREED and version is not None and not _is_open(version),
        "missing_promises": sum(problem.code.startswith("promise_") for problem in found),
        "annex_empty": not (document.resources and document.reports and document.consequences),
        **_small_forms(version, document),
        "answer_due": next_due(version, viewer.today) if version and writes else None,
        **forms,
    }
    return htmx.render(request, "plans/write.html", "plans/_write_plan.html", context, status=status)


def _small_forms(version: PlanVersion | None, document: PlanDocument) -> dict[str, Any]:
    """What stands on the page to be sent beside the results."""
    number = version.version if version else 0
    return {
        "seen": SeenForm(initial={"version": number}, auto_id=False),
        "approach_form": ApproachForm(initial={"version": number, "approach": document.approach}),
        "approach_decided": version is not None and "approach" in version.decided,
        "reason_form": ReasonForm(),
        "discard_form": _discard_form(version) if version else None,
    }


def _may_discard(version: PlanVersion, talked: bool) -> bool:
    fresh = version.number == 1 and version.state == VersionState.DRAFT and not version.reworded and not talked
    return may_move(version, "discard") and (fresh or version.plan.state != PlanState.DRAFT)


def _discard_form(version: PlanVersion) -> DiscardForm | None:
    """Asks why, where the appraiser opened the change."""
    return (
        DiscardForm(initial={"version": version.version}, auto_id="id_discard_%s") if opened_by_other(version) else None
    )


def _is_open(version: PlanVersion) -> bool:
    return any(may_move(version, verb) for verb in ("write", "withdraw"))


@require_POST
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    """Begins the plan of a year from the chosen source. A second click finds it begun."""
    viewer = require_viewer(request.viewer)
    form = BeginForm(request.POST)
    if not form.is_valid():
        raise NotNow(gettext("Pilih dari mana rencana Anda dimulai."))
    data = form.cleaned_data
    plans = own_plans(viewer.employee, data["year"])
    running = next((plan for plan in plans if plan.state != PlanState.CLOSED), None)
    if running is None:
        running = _begun(viewer, plans, data).plan
        messages.success(request, gettext("Rencana dimulai. Sesuaikan isinya, lalu ajukan."))
    if data["source"] == "kamus":
        version = shown_version(running)
        return htmx.redirect(request, reverse("plans:dictionary", args=[version.pk if version else 0]))
    return htmx.redirect(request, _home(running))


def _begun(viewer: Viewer, plans: list[Plan], data: dict[str, Any]) -> PlanVersion:
    placement = _placement_ahead(viewer, data["year"])
    if placement is None or not placement.plans:
        raise NotNow(gettext("Anda belum tercatat pada jabatan yang menyusun SKP. Hubungi pengelola kepegawaian."))
    span = span_of(placement, data["year"], plans)
    if span is None or data["year"] not in open_years(viewer.today):
        raise NotNow(gettext("Untuk tahun itu tidak ada rencana yang dapat dimulai sekarang."))
    document = _first_document(viewer, placement, span[0], data)
    return services.open_plan(
        actor=viewer, employee=viewer.employee, period_start=span[0], period_end=span[1], document=document
    )


def _first_document(viewer: Viewer, placement: Placement, start: date, data: dict[str, Any]) -> PlanDocument:
    source, form = data["source"], placement.form
    if source == "templat":
        rows = PlanTemplate.objects.filter(agency_id=viewer.agency_id, retired_on=None)
        return sources.from_template(get_object_or_404(rows, pk=data["row"]), form)
    if source == "rekan":
        versions = sources.colleague_plans(viewer.employee, placement.post, viewer.today)
        return sources.from_colleague(get_object_or_404(versions, pk=data["row"]), form, start.year)
    if source == "lalu":
        last = sources.last_plan(viewer.employee, start)
        if last is None:
            raise NotNow(gettext("Belum ada rencana terdahulu yang disepakati."))
        return sources.from_last_plan(last, form, start.year)
    return PlanDocument(form=form)


def _home(plan: Plan) -> str:
    return f"{reverse('plans:own')}?tahun={plan.period_start.year}"


@require_safe
@login_required
def colleagues(request: SignedInRequest) -> HttpResponse:
    """Agreed plans of colleagues in posts of the same name, to choose one to copy from; `?q=` a part of a name.

    The list says whose plan it is and how long, not what it says: that is seen by who copies it, as the own draft.
    """
    viewer = require_viewer(request.viewer)
    placement = placement_of(viewer.employee, viewer.today)
    rows = PlanVersion.objects.none()
    if placement:
        rows = sources.colleague_plans(viewer.employee, placement.post, viewer.today)
    text = request.GET.get("q", "").strip()
    if text:
        rows = rows.filter(plan__employee__name__icontains=text)
    page = Paginator(rows, COLLEAGUES_A_PAGE).get_page(request.GET.get("halaman"))
    shown = [(row, len(from_json(row.document).results)) for row in page]
    context = {"page": page, "rows": shown, "text": text, "placement": placement, "year": _year(request, viewer)}
    return render(request, "plans/write_colleagues.html", context)


@require_POST
@login_required
def submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Hands the plan to the appraiser. A second click finds it handed in."""
    viewer = require_viewer(request.viewer)
    version = own_version(viewer, pk)
    if not _done(version, "withdraw", seen_in(request.POST)):
        version = services.submit(actor=viewer, version=version, seen=seen_in(request.POST))
        messages.success(request, gettext("Rencana diajukan kepada penilai."))
    return htmx.redirect(request, _home(version.plan))


@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes the plan back to go on writing."""
    viewer = require_viewer(request.viewer)
    version = own_version(viewer, pk)
    if not _done(version, "write", seen_in(request.POST)):
        version = services.withdraw(actor=viewer, version=version, seen=seen_in(request.POST))
        messages.success(request, gettext("Rencana ditarik. Anda dapat mengubahnya lagi."))
    return htmx.redirect(request, _home(version.plan))


@require_POST
@login_required
def discard(request: SignedInRequest, pk: int) -> HttpResponse:
    """Gives up a change of an agreed plan, which stays as it is in force; or a first draft, with its plan."""
    viewer = require_viewer(request.viewer)
    version = own_version(viewer, pk)
    home, first = _home(version.plan), version.plan.state == PlanState.DRAFT
    reason = request.POST.get("reason", "")[:300]
    services.discard_version(actor=viewer, version=version, seen=seen_in(request.POST), reason=reason)
    told = (
        gettext("Draf dihapus. Anda dapat memulai lagi.")
        if first
        else gettext("Perubahan dibatalkan. Rencana yang disepakati tetap berlaku.")
    )
    messages.success(request, told)
    return redirect(home)


@require_POST
@login_required
def change(request: SignedInRequest, plan_id: int) -> HttpResponse:
    """Opens an agreed plan for a change, with a reason. A second click finds it open."""
    viewer = require_viewer(request.viewer)
    plan = get_object_or_404(Plan.objects.select_related("post", "unit"), pk=plan_id, employee=viewer.employee)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        placement = placement_of(viewer.employee, viewer.today)
        return plan_page(request, viewer, plan, placement, status=422, reason_form=form)
    version = shown_version(plan)
    if not (version and may_move(version, "write") and version.reason == form.cleaned_data["reason"].strip()):
        services.open_change(actor=viewer, plan=plan, reason=form.cleaned_data["reason"])
        messages.success(request, gettext("Perubahan dibuka. Rencana lama berlaku sampai perubahan disepakati."))
    return htmx.redirect(request, _home(plan))


def _done(version: PlanVersion, then: str, seen: int) -> bool:
    """Whether the same click was carried out a moment ago: one version on, and where it leads."""
    return version.version == seen + 1 and may_move(version, then)
