"""Pages of decisions: searching and reading for everybody, telling for the personnel agency."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evaluation.appraisals.tabs import tabs
from terang.evaluation.precedents import selectors
from terang.evaluation.precedents.access import may_publish, require_publisher
from terang.evaluation.precedents.forms import PrecedentForm, WithdrawForm
from terang.evaluation.precedents.lists import DECIDED, PRECEDENTS
from terang.evaluation.precedents.services import publish_precedent, withdraw_precedent
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer


@require_safe
@login_required
def all_precedents(request: SignedInRequest) -> HttpResponse:
    """Every published decision of the government, to search in."""
    viewer = require_viewer(request.viewer)
    table = PRECEDENTS.bind(request, selectors.published(viewer))
    return render(
        request,
        "precedents/list.html",
        {"table": table, "publishes": may_publish(viewer), "tabs": tabs(viewer, "precedents")},
    )


@require_safe
@login_required
def one(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    found = selectors.precedent_for(viewer, pk)
    return render(request, "precedents/one.html", {"precedent": found, "publishes": may_publish(viewer)})


@require_safe
@login_required
def decided(request: SignedInRequest) -> HttpResponse:
    """The decided objections, to tell them or to correct what was told."""
    viewer = require_publisher(request.viewer)
    return render(
        request, "precedents/decided.html", {"table": DECIDED.bind(request, selectors.decided_objections(viewer))}
    )


@require_http_methods(["GET", "POST"])
@login_required
def write(request: SignedInRequest, objection_id: int) -> HttpResponse:
    """One decided objection in words without names."""
    objection = selectors.objection_for(request.viewer, objection_id)
    known = getattr(objection, "precedent", None)
    form = PrecedentForm(request.POST or None, objection=objection, known=known)
    page = Page(
        title=_("Menerbitkan putusan"),
        back=reverse("precedents:decided"),
        submit=_("Terbitkan"),
        done=_("Putusan terbit. Semua pegawai dapat membacanya, tanpa nama."),
        lead=_("Yang tertulis di sini dibaca semua pegawai. Berkas keberatannya tidak."),
        crumbs=((_("Keberatan yang sudah diputus"), reverse("precedents:decided")),),
    )

    def act(told: dict[str, object]) -> object:
        version = form.cleaned_data["version"]
        return publish_precedent(actor=request.viewer, objection=objection, words=form.words(), version=version)

    return edit(request, form, page, act)


@require_POST
@login_required
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes a published decision back."""
    viewer = require_publisher(request.viewer)
    found = selectors.precedent_for(viewer, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        withdraw_precedent(actor=viewer, precedent=found, version=form.cleaned_data["version"])
        messages.success(request, _("Putusan ditarik."))
    return redirect("precedents:one", found.pk)
