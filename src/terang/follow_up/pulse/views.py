"""The pulse: what was said month by month, answering, thanks with where help is, and beginning and ending."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.pulse import course, selectors, services
from terang.follow_up.pulse.access import keeps, require_keeper
from terang.follow_up.pulse.course import Event, Now
from terang.follow_up.pulse.forms import EndForm, PulseForm
from terang.follow_up.pulse.models import PulseFigure, PulseSurvey, Wave
from terang.follow_up.pulse.questions import QUESTIONS
from terang.registry.editing import Page, edit, show
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.rules.pulse import pulse_terms
from terang.web.asked import asked_int
from terang.web.charts import Line
from terang.web.errors import NotAllowed, NotNow


@require_safe
@login_required
def results(request: SignedInRequest) -> HttpResponse:
    """What the staff said, the whole government or one unit (`?unit=`), for everybody who works there."""
    viewer = require_viewer(request.viewer)
    agency, months = viewer.employee.agency, selectors.months_until(viewer.today)
    figures = selectors.figures_since(agency.pk, months[0])
    units = selectors.units_in(figures)
    wanted = asked_int(request.GET.get("unit"))
    unit = next((each for each in units if each.pk == wanted), units[0] if units else None)
    shown = [row for row in figures if row.unit_id == unit.pk] if unit else []
    events = course.events_of(agency, months)
    now = course.now_of(shown)
    context = {
        "survey": selectors.survey_of(agency.pk),
        "invitation": selectors.invitation_of(viewer),
        "keeps": keeps(viewer),
        "terms": pulse_terms(viewer.today),
        "units": units,
        "unit": unit,
        "now": now,
        "charts": [_chart(each, shown, months, events) for each in now],
        "events": events,
        "waves": [wave for wave in selectors.waves_since(agency.pk, months[0]) if wave.released_on][::-1],
        "words": selectors.words_of(agency.pk),
    }
    return render(request, "pulse/results.html", context)


def _chart(now: Now, figures: list[PulseFigure], months: list[date], events: list[Event]) -> Line:
    lead = _("Setuju dengan: “%(statement)s”") % {"statement": now.question.statement}
    return course.line_of(str(now.question.told), figures, [now.question], months, events, lead)


@never_cache
@require_http_methods(["GET", "POST"])
@login_required
def answer(request: SignedInRequest) -> HttpResponse:
    """The questions of the open wave; once sent they cannot be opened again, and no browser keeps them."""
    viewer = require_viewer(request.viewer)
    wave = _to_answer(viewer)
    form = PulseForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _sent(viewer, wave, form):
        return redirect("pulse:thanks")
    context = {"form": form, "wave": wave, "terms": pulse_terms(viewer.today), "number": len(QUESTIONS)}
    return render(request, "pulse/answer.html", context, status=422 if form.is_bound else 200)


def _to_answer(viewer: Viewer) -> Wave:
    """Raises NotAllowed for who is not asked, NotNow for who has answered or where the key is missing."""
    found = selectors.invitation_of(viewer)
    if found is None:
        raise NotAllowed(_("Bulan ini undian tidak jatuh pada Anda. Hasilnya tetap dapat Anda baca."))
    if found.answered is None:
        raise NotNow(
            _("Kunci survei ini tidak ditemukan di server, jadi jawaban tidak dapat disimpan. Beri tahu operator.")
        )
    if found.answered:
        raise NotNow(_("Jawaban Anda sudah dikirim. Demi kerahasiaan, jawaban tidak dapat dilihat lagi."))
    return found.wave


def _sent(viewer: Viewer, wave: Wave, form: PulseForm) -> bool:
    try:
        services.answer(actor=viewer, wave=wave, answers=form.answers(), remark=form.cleaned_data["remark"])
    except ValidationError as error:
        show(form, error)
    return not form.errors


@require_safe
@login_required
def thanks(request: SignedInRequest) -> HttpResponse:
    """What happens with an answer, and where help is: the same for everybody, whether and whatever they answered."""
    require_viewer(request.viewer)
    return render(request, "pulse/thanks.html")


@require_POST
@login_required
def begin(request: SignedInRequest) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    services.begin(actor=viewer, agency=viewer.employee.agency)
    messages.success(request, _("Survei dimulai. Undian pertama dilakukan pekerja latar dalam satu jam."))
    return redirect("pulse:results")


@require_http_methods(["GET", "POST"])
@login_required
def end(request: SignedInRequest) -> HttpResponse:
    viewer = require_viewer(request.viewer)
    require_keeper(viewer, viewer.agency_id)
    survey = get_object_or_404(PulseSurvey, agency_id=viewer.agency_id, ended_on=None)
    page = Page(
        title=_("Hentikan survei"),
        lead=_("Hasil yang sudah ada tetap tampil. Jawaban yang sedang dikumpulkan dimusnahkan tanpa dibaca."),
        back=reverse("pulse:results"),
        crumbs=((_("Suara pegawai"), reverse("pulse:results")),),
        submit=_("Hentikan"),
        done=_("Survei dihentikan; alasannya tampil untuk semua pegawai."),
        confirm=_("Berhenti bertanya kepada pegawai?"),
    )
    form = EndForm(request.POST or None)
    return edit(request, form, page, lambda told: services.end(actor=viewer, survey=survey, reason=told["reason"]))
