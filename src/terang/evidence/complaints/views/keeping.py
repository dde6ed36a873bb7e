"""The coordinator's pages: what may be reported, and the government's own terms."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.complaints.access import coordinates, may_open_desk, require_coordinator
from terang.evidence.complaints.keeping_forms import TERM_LABELS, CategoryForm, TermsForm
from terang.evidence.complaints.models import ComplaintCategory
from terang.evidence.complaints.services.keeping import set_category, set_terms
from terang.evidence.complaints.terms import terms_in_force
from terang.evidence.complaints.views.desk import desk_tabs
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.complaints.deadlines import national_terms
from terang.rules.regulations.source import rule_set
from terang.web import htmx
from terang.web.errors import NotAllowed


@require_safe
@login_required
def categories(request: SignedInRequest) -> HttpResponse:
    """What may be reported, and the terms in force."""
    viewer = require_viewer(request.viewer)
    if not may_open_desk(viewer):
        raise NotAllowed(gettext("Papan ini untuk pimpinan unit, koordinator pengaduan, dan tim pengawas."))
    found = terms_in_force(viewer.employee.agency, viewer.today)
    national = national_terms(viewer.today)
    context = {
        "categories": ComplaintCategory.objects.filter(agency_id=viewer.agency_id).select_related("unit"),
        "terms": [(label, getattr(found.terms, name), getattr(national, name)) for name, label in TERM_LABELS.items()],
        "own": found.own,
        "may_keep": coordinates(viewer),
        "rule": rule_set("complaints", viewer.today),
        "tabs": desk_tabs(viewer, "categories"),
    }
    return render(request, "complaints/categories.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def category_new(request: SignedInRequest) -> HttpResponse:
    """Adds a category."""
    return _category(request, require_coordinator(request.viewer), ComplaintCategory())


@require_http_methods(["GET", "POST"])
@login_required
def category_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """Changes a category; its code stays."""
    viewer = require_viewer(request.viewer)
    found = get_object_or_404(ComplaintCategory, pk=pk, agency_id=viewer.agency_id)
    return _category(request, require_coordinator(viewer), found)


def _category(request: SignedInRequest, viewer: Viewer, category: ComplaintCategory) -> HttpResponse:
    form = CategoryForm(request.POST or None, instance=category, viewer=viewer)
    if request.method == "POST" and form.is_valid():
        kept = ComplaintCategory.objects.get(pk=category.pk) if category.pk else ComplaintCategory()
        if _done(form, lambda: set_category(actor=viewer, category=kept, values=form.cleaned_data)):
            messages.success(request, gettext("Kategori disimpan."))
            return htmx.redirect(request, reverse("complaints:categories"))
    return _form_page(request, viewer, form, gettext("Kategori pengaduan"))


@require_http_methods(["GET", "POST"])
@login_required
def terms_new(request: SignedInRequest) -> HttpResponse:
    """Sets the government's own terms from a day on."""
    viewer = require_coordinator(request.viewer)
    known = terms_in_force(viewer.employee.agency, viewer.today).own
    first = {name: getattr(known, name) for name in TermsForm.Meta.fields} if known else {}
    form = TermsForm(request.POST or None, viewer=viewer, initial=first | {"valid_from": viewer.today})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["valid_from"]
        if _done(form, lambda: set_terms(actor=viewer, valid_from=day, values=form.own())):
            messages.success(request, gettext("Ketentuan disimpan."))
            return htmx.redirect(request, reverse("complaints:categories"))
    return _form_page(request, viewer, form, gettext("Ketentuan pengaduan"))


def _done(form: ModelForm, act: Any) -> bool:
    """Whether the service took it; otherwise its reason stands at the field."""
    try:
        act()
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _form_page(request: SignedInRequest, viewer: Viewer, form: ModelForm, title: str) -> HttpResponse:
    context = {"form": form, "title": title, "tabs": desk_tabs(viewer, "categories")}
    return render(request, "complaints/keep.html", context, status=422 if form.is_bound else 200)
