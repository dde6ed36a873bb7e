"""What the personnel agency keeps: the terms of planning and the templates."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.planning.plans import services
from terang.planning.plans.annex_forms import SeenForm
from terang.planning.plans.lists import TEMPLATES
from terang.planning.plans.models import PlanningTerms, PlanTemplate, TemplateRun
from terang.planning.plans.office_forms import RunForm, TemplateForm, TermsForm
from terang.planning.plans.presenting import present
from terang.planning.plans.reading import version_at
from terang.planning.plans.tasks import give_template
from terang.registry.editing import Page, edit, show
from terang.registry.people.access import may_keep, require_keeper_of, require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.plans import from_json
from terang.rules.regulations.source import rule_set

RUNS_SHOWN = 10
SKIPPED_SHOWN = 200


def _keeper(request: SignedInRequest) -> Viewer:
    viewer = require_viewer(request.viewer)
    require_keeper_of(viewer, viewer.agency_id)
    return viewer


@require_safe
@login_required
def terms(request: SignedInRequest) -> HttpResponse:
    """The government's terms of planning, past ones too, beside what the regulation fixes."""
    viewer = require_viewer(request.viewer)
    rows = list(PlanningTerms.objects.filter(agency_id=viewer.agency_id))
    usual = rule_set("planning", viewer.today)
    context = {
        "rows": rows,
        "current": next((row for row in rows if row.valid_from <= viewer.today), None),
        "today": viewer.today,
        "usual_days": usual.values["answer_days"],
        "article": usual.article,
        "may_keep": may_keep(viewer),
    }
    return render(request, "plans/terms.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def terms_new(request: SignedInRequest) -> HttpResponse:
    """New terms from a day on."""
    viewer = _keeper(request)
    page = Page(
        title=gettext("Ketentuan baru"),
        lead=gettext("SKP yang sudah diajukan tetap memakai batas jawaban yang diberitahukan waktu itu."),
        back=reverse("plans:terms"),
        submit=gettext("Tetapkan"),
        done=gettext("Ketentuan ditetapkan."),
        crumbs=((gettext("Ketentuan perencanaan"), reverse("plans:terms")),),
    )
    form = TermsForm(request.POST or None, initial={"valid_from": viewer.today})
    return edit(request, form, page, lambda values: services.set_terms(actor=viewer, **values))


@require_safe
@login_required
def templates(request: SignedInRequest) -> HttpResponseBase:
    """Templates of the government."""
    viewer = _keeper(request)
    table = TEMPLATES.bind(request, PlanTemplate.objects.filter(agency_id=viewer.agency_id))
    return table.export() or render(request, "plans/templates.html", {"table": table})


@require_http_methods(["GET", "POST"])
@login_required
def template_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """A template of an agreed plan."""
    viewer, version = _keeper(request), version_at(pk)
    require_keeper_of(viewer, version.plan.employee.agency_id)
    post = version.plan.post
    back = reverse("plans:version", args=[pk])
    page = Page(
        title=gettext("Jadikan templat"),
        lead=gettext("Hasil kerja, indikator, dan lampirannya disalin; penugasan dan kaitan pribadi tidak."),
        back=reverse("plans:templates"),
        submit=gettext("Buat templat"),
        done=gettext("Templat dibuat."),
        crumbs=((gettext("SKP %(name)s") % {"name": version.plan.employee.name}, back),),
    )
    meant = {"name": post.title, "title": post.title, "category": post.category, "kind": post.kind} if post else {}
    form = TemplateForm(request.POST or None, initial=meant)
    return edit(request, form, page, lambda values: services.make_template(actor=viewer, version=version, **values))


@require_http_methods(["GET", "POST"])
@login_required
def template(request: SignedInRequest, pk: int) -> HttpResponse:
    """One template: what it says, and to whom it is given next."""
    viewer = _keeper(request)
    found = get_object_or_404(PlanTemplate, pk=pk)
    require_keeper_of(viewer, found.agency_id)
    form = RunForm(request.POST or None, agency_id=viewer.agency_id)
    if request.method == "POST" and form.is_valid():
        run = _started(form, viewer, found)
        if run is not None:
            return redirect("plans:run", run.pk)
    context = {
        "template": found,
        "rows": present(from_json(found.document)),
        "form": form,
        "seen_form": SeenForm(initial={"version": found.version}),
        "runs": found.runs.select_related("unit", "asked_by")[:RUNS_SHOWN],
    }
    return render(request, "plans/template.html", context, status=422 if form.errors else 200)


def _started(form: RunForm, viewer: Viewer, found: PlanTemplate) -> TemplateRun | None:
    """The run, queued for the worker; None where the service refuses, with the reason at its field."""
    data: dict[str, Any] = form.cleaned_data
    try:
        with transaction.atomic():
            run = services.start_run(actor=viewer, template=found, **data)
            transaction.on_commit(lambda: give_template.enqueue(run.pk))
    except ValidationError as error:
        show(form, error)
        return None
    return run


@require_POST
@login_required
def template_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    """The template is no longer offered."""
    viewer = _keeper(request)
    found = get_object_or_404(PlanTemplate, pk=pk)
    require_keeper_of(viewer, found.agency_id)
    form = SeenForm(request.POST)
    if form.is_valid():
        services.retire_template(actor=viewer, template=found, seen=form.cleaned_data["version"])
        messages.success(request, gettext("Templat tidak lagi ditawarkan. SKP yang sudah dimulai tetap ada."))
    return redirect("plans:template", pk)


@require_safe
@login_required
def run(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far a template has been given out, and who was passed over."""
    viewer = _keeper(request)
    found = get_object_or_404(TemplateRun.objects.select_related("template", "unit"), pk=pk)
    require_keeper_of(viewer, found.template.agency_id)
    url = "" if found.finished_at else reverse("plans:run_progress", args=[pk])
    context = {"run": found, "progress_url": url, "skipped": found.skipped[:SKIPPED_SHOWN]}
    context["more"] = len(found.skipped) - SKIPPED_SHOWN
    return render(request, "plans/run.html", context)


@require_safe
@login_required
def run_progress(request: SignedInRequest, pk: int) -> HttpResponse:
    """The bar alone, asked for every two seconds; the whole page once it is done."""
    viewer = _keeper(request)
    found = get_object_or_404(TemplateRun.objects.select_related("template", "unit"), pk=pk)
    require_keeper_of(viewer, found.template.agency_id)
    if found.finished_at:
        response = HttpResponse(status=204)
        response["HX-Redirect"] = reverse("plans:run", args=[pk])
        return response
    url = reverse("plans:run_progress", args=[pk])
    return render(request, "plans/_run_progress.html", {"run": found, "progress_url": url})
