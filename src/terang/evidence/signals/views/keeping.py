"""From where on something is asked: for the team of the whole government alone."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terang.accounts.requests import SignedInRequest
from terang.evidence.signals import services
from terang.evidence.signals.access import require_keeper
from terang.evidence.signals.forms import TermsForm
from terang.evidence.signals.sources import terms_on
from terang.evidence.signals.views.pages import list_crumb
from terang.registry.editing import Page, edit


@require_http_methods(["GET", "POST"])
@login_required
def terms(request: SignedInRequest) -> HttpResponse:
    """The thresholds in force, and a new set from a day on."""
    viewer = require_keeper(request.viewer)
    in_force = terms_on(viewer.agency_id, viewer.today)
    initial = {"valid_from": viewer.today, "answer_days": in_force.answer_days}
    form = TermsForm(request.POST or None, terms=in_force, initial=initial)
    page = Page(
        title=_("Ambang pertanyaan"),
        back=reverse("signals:list"),
        submit=_("Simpan ambang"),
        done=_("Ambang tersimpan."),
        lead=_("Sejak kapan dan dari berapa sesuatu ditanyakan. Hanya tim pengawas yang melihat halaman ini."),
        crumbs=(list_crumb(),),
    )
    return edit(request, form, page, lambda _told: services.set_terms(actor=viewer, **form.wanted()))
