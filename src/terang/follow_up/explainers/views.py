"""Explainers with one's own figures, how far they have come, and where help is."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.explanation import Explanation, explain
from terang.evaluation.selectors import current_period, score_in
from terang.follow_up.explainers import selectors, services
from terang.follow_up.explainers.content import explainer_for
from terang.follow_up.explainers.forms import AnswerForm, ContactForm
from terang.registry.editing import Page, edit
from terang.registry.people.access import may_keep, require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed

OWN_SCORE = "nilai"
"""The explainer that walks through the reader's own score."""


@require_safe
@login_required
def shelf(request: SignedInRequest) -> HttpResponse:
    """All explainers, and where help is."""
    viewer = require_viewer(request.viewer)
    context = {
        "shelf": selectors.shelf_of(viewer),
        "help": selectors.help_of(viewer),
        "keeps": may_keep(viewer),
        "sees_others": selectors.sees_others(viewer),
    }
    return render(request, "explainers/shelf.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def explainer(request: SignedInRequest, code: str) -> HttpResponse:
    """One explainer with its questions; answered, it says which were right and why."""
    viewer = require_viewer(request.viewer)
    found = explainer_for(code)
    form = AnswerForm(request.POST or None, explainer=found)
    told, reading = [], selectors.reading_of(viewer, found)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        reading = services.answer(actor=viewer, explainer=found, answers=form.answers(), version=version)
        told = form.told()
    context = {
        "explainer": found,
        "form": form,
        "answered": told,
        "all_right": bool(told) and all(each["right"] for each in told),
        "reading": reading,
        "walks": code == OWN_SCORE,
        "told": _own(viewer) if code == OWN_SCORE else None,
        "person": viewer.employee,
    }
    return render(request, "explainers/explainer.html", context, status=422 if form.errors else 200)


def _own(viewer: Viewer) -> Explanation | None:
    """The viewer's own score of the running period; None where there is none yet."""
    period = current_period(viewer.agency_id, viewer.today)
    found = score_in(viewer.employee.pk, period.pk) if period else None
    return explain(found) if found else None


@require_safe
@login_required
def reach(request: SignedInRequest) -> HttpResponse:
    """How far the explainers have come among the people one sees."""
    viewer = require_viewer(request.viewer)
    if not selectors.sees_others(viewer):
        raise NotAllowed(_("Halaman ini untuk yang memimpin atau mengelola pegawai."))
    return render(request, "explainers/reach.html", {"rows": selectors.reach_among(viewer), "least": selectors.LEAST})


@require_http_methods(["GET", "POST"])
@login_required
def help_new(request: SignedInRequest) -> HttpResponse:
    """The personnel agency names a place that helps."""
    viewer = require_viewer(request.viewer)
    if not may_keep(viewer):
        raise NotAllowed(_("Tempat bantuan dicatat oleh pengelola kepegawaian."))
    form = ContactForm(request.POST or None)
    page = Page(
        title=_("Tempat bantuan baru"),
        back=reverse("explainers:shelf"),
        submit=_("Simpan"),
        done=_("Tempat bantuan tersimpan."),
        lead=_("Dibaca semua pegawai. Pastikan orangnya tahu bahwa ia dicantumkan."),
        crumbs=((_("Penjelasan"), reverse("explainers:shelf")),),
    )
    return edit(
        request,
        form,
        page,
        lambda told: services.add_contact(actor=viewer, told=form.contact(), form_key=told["form_key"]),
    )


@require_POST
@login_required
def help_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """A place that helps no longer holds."""
    viewer = require_viewer(request.viewer)
    services.end_contact(actor=viewer, contact=selectors.contact_for(viewer, pk))
    messages.success(request, _("Tempat bantuan tidak ditampilkan lagi."))
    return redirect("explainers:shelf")
