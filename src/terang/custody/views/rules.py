"""What the personnel agency keeps: how look-alikes are asked about, and how long files are kept."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.custody import services
from terang.custody.forms import RetentionForm, TermsForm
from terang.custody.models import CustodyTerms, RetentionRule, StoredFile, UseKind
from terang.custody.terms import in_force, terms_on
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_keeper_of, require_viewer
from terang.registry.people.viewer import Viewer


@require_safe
@login_required
def rules(request: SignedInRequest) -> HttpResponse:
    """Every rule, past and coming ones too, and what has been destroyed."""
    viewer = _keeper(request)
    retention = list(RetentionRule.objects.filter(agency_id=viewer.agency_id))
    terms = list(CustodyTerms.objects.filter(agency_id=viewer.agency_id))
    holding = in_force(retention, viewer.today)
    ruled = {row.kind for row in retention if row.pk in holding}
    context = {
        "retention": [(row, row.pk in holding) for row in retention],
        "unruled": [kind.label for kind in UseKind if kind not in ruled],
        "terms": terms,
        "now": terms_on(viewer.agency_id, viewer.today),
        "current_id": next((row.pk for row in terms if row.valid_from <= viewer.today), None),
        "today": viewer.today,
        "destroyed": StoredFile.objects.filter(agency_id=viewer.agency_id, destroyed_on__isnull=False).count(),
    }
    return render(request, "custody/rules.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def retention_new(request: SignedInRequest) -> HttpResponse:
    viewer = _keeper(request)
    form = RetentionForm(request.POST or None, initial={"valid_from": viewer.today})
    page = Page(
        title=gettext("Aturan retensi baru"),
        lead=gettext("Setelah lewat waktunya, isi berkas dimusnahkan dan tidak dapat dikembalikan; catatannya tetap."),
        back=reverse("custody:rules"),
        crumbs=_crumbs(),
        submit=gettext("Tetapkan"),
        done=gettext("Aturan retensi ditetapkan."),
    )
    return edit(request, form, page, lambda values: services.set_retention(actor=viewer, **values))


@require_http_methods(["GET", "POST"])
@login_required
def terms_new(request: SignedInRequest) -> HttpResponse:
    viewer = _keeper(request)
    now = terms_on(viewer.agency_id, viewer.today)
    initial = {"valid_from": viewer.today, "answer_days": now.answer_days, "asks_same_day": now.asks_same_day}
    page = Page(
        title=gettext("Ketentuan pertanyaan baru"),
        back=reverse("custody:rules"),
        crumbs=_crumbs(),
        submit=gettext("Tetapkan"),
        done=gettext("Ketentuan ditetapkan."),
    )
    form = TermsForm(request.POST or None, initial=initial)
    return edit(request, form, page, lambda values: services.set_terms(actor=viewer, **values))


def _keeper(request: SignedInRequest) -> Viewer:
    viewer = require_viewer(request.viewer)
    require_keeper_of(viewer, viewer.agency_id)
    return viewer


def _crumbs() -> tuple[tuple[str, str], ...]:
    return ((gettext("Penyimpanan berkas"), reverse("custody:rules")),)
