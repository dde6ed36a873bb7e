"""What a government asks of reports: for everybody to read, for the personnel agency to set anew."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.forms.models import model_to_dict
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.reports.forms import TermsForm, criterion_forms, rubric_typed
from terang.evidence.reports.models import Frequency, ReportTerms
from terang.evidence.reports.services.keeping import set_terms
from terang.evidence.reports.terms import terms_on
from terang.evidence.reports.views.tabs import report_tabs
from terang.registry.editing import show, show_same
from terang.registry.people.access import may_keep, require_keeper_of, require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.reports.rubric import Rubric, from_json, preset
from terang.web import htmx


@require_safe
@login_required
def terms(request: SignedInRequest) -> HttpResponse:
    """The terms in force with their rubric, and those before and to come."""
    viewer = require_viewer(request.viewer)
    current = terms_on(viewer.agency_id, viewer.today)
    context = {
        "current": current,
        "rubric": from_json(current.rubric) if current else None,
        "asked": [Frequency(each).label for each in current.frequencies] if current else [],
        "rows": ReportTerms.objects.filter(agency_id=viewer.agency_id),
        "today": viewer.today,
        "may_keep": may_keep(viewer),
        "tabs": report_tabs(viewer, "terms"),
    }
    return render(request, "reports/terms.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def terms_new(request: SignedInRequest) -> HttpResponse:
    """New terms from a day on, beginning with those in force."""
    viewer = require_viewer(request.viewer)
    require_keeper_of(viewer, viewer.agency_id)
    current = terms_on(viewer.agency_id, viewer.today)
    before = from_json(current.rubric) if current else preset()
    data = request.POST if request.method == "POST" else None
    form = TermsForm(data, initial=_initial(current, viewer))
    criteria = criterion_forms(before, data)
    if data is not None and _set(form, criteria, before, viewer):
        messages.success(request, gettext("Ketentuan laporan disimpan."))
        return htmx.redirect(request, reverse("reports:terms"))
    status = 200 if data is None else 422
    return render(request, "reports/terms_new.html", {"form": form, "criteria": criteria}, status=status)


def _initial(current: ReportTerms | None, viewer: Viewer) -> dict[str, Any]:
    """Those in force, or the model's own starting points."""
    known = current or ReportTerms(frequencies=[Frequency.YEAR])
    return {**model_to_dict(known), "valid_from": viewer.today}


def _set(form: TermsForm, criteria: list[Any], before: Rubric, viewer: Viewer) -> bool:
    sound = [each.is_valid() for each in (form, *criteria)]
    if not all(sound):
        return False
    try:
        set_terms(
            actor=viewer,
            valid_from=form.cleaned_data["valid_from"],
            wanted=form.wanted(rubric_typed(criteria, before)),
        )
    except ValidationError as refused:
        show(form, refused)
    except IntegrityError:
        show_same(form)
    return not form.errors
