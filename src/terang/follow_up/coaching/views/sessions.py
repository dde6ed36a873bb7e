"""Pages of sessions: the day, what was talked about, the steps, both keys; and what a leader carries."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.coaching import selectors, services
from terang.follow_up.coaching.access import require_leader, require_one_of_two
from terang.follow_up.coaching.effect import effect_of
from terang.follow_up.coaching.forms import (
    KeyForm,
    MoveForm,
    NewMeetingForm,
    NotesForm,
    ReasonForm,
    StepDoneForm,
    StepForm,
)
from terang.follow_up.coaching.models import GuidanceSession, SessionState
from terang.follow_up.coaching.states import require_running, require_state
from terang.follow_up.coaching.tabs import tabs
from terang.registry.editing import Page, edit
from terang.registry.people.selectors import direct_reports
from terang.web.numbers import longdate

PAGE = 10
S = SessionState


@require_http_methods(["GET", "POST"])
@login_required
def new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Names a day for the next session."""
    found = selectors.guidance_for(request.viewer, pk)
    viewer = require_one_of_two(request.viewer, found)
    require_running(found)
    form = NewMeetingForm(request.POST or None)
    back = found.get_absolute_url()
    page = Page(
        title=_("Mengusulkan sesi"),
        back=back,
        submit=_("Usulkan"),
        done=_("Usulan hari terkirim; yang lain menjawabnya."),
        crumbs=((_("Bimbingan"), reverse("coaching:mine")), (str(found.get_kind_display()), back)),
    )

    def act(told: dict[str, Any]) -> object:
        key = told["form_key"]
        return services.propose_session(actor=viewer, guidance=found, meeting=form.meeting(), form_key=key)

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def agree(request: SignedInRequest, pk: int) -> HttpResponse:
    """The other agrees to the day."""
    found = selectors.session_for(request.viewer, pk)
    require_state(found, S.PROPOSED, S.AGREED)
    form = KeyForm(request.POST or None, initial={"version": found.version})
    page = _page(found, _("Menyetujui hari sesi"), _("Ya, setuju"), _("Hari sesi disepakati."))
    return edit(request, form, page, lambda told: services.agree_session(actor=request.viewer, session=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another day."""
    found = selectors.session_for(request.viewer, pk)
    require_state(found, S.PROPOSED, S.AGREED)
    told = {name: getattr(found, name) for name in ("day", "clock", "place", "minutes", "version")}
    form = MoveForm(request.POST or None, initial=told | {"clock": f"{found.clock:%H:%M}"})
    page = _page(found, _("Hari lain"), _("Usulkan"), _("Hari lain diusulkan; yang lain menjawabnya."))
    return edit(
        request,
        form,
        page,
        lambda told: services.move_session(
            actor=request.viewer, session=found, meeting=form.meeting(), version=told["version"]
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Called off, with a reason."""
    found = selectors.session_for(request.viewer, pk)
    require_state(found, S.PROPOSED, S.AGREED)
    form = ReasonForm(request.POST or None, initial={"version": found.version})
    page = _page(found, _("Membatalkan sesi"), _("Batalkan sesi"), _("Sesi dibatalkan."))
    return edit(request, form, page, lambda told: services.cancel_session(actor=request.viewer, session=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def write(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was talked about."""
    found = selectors.session_for(request.viewer, pk)
    require_state(found, S.AGREED)
    told = {name: getattr(found, name) for name in ("notes", "minutes", "version")}
    form = NotesForm(request.POST or None, initial=told)
    page = _page(found, _("Menulis sesi"), _("Simpan"), _("Tersimpan. Keduanya lalu menyatakan selesai."))
    return edit(request, form, page, lambda told: services.write_session(actor=request.viewer, session=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """A key of one of both."""
    found = selectors.session_for(request.viewer, pk)
    require_state(found, S.AGREED, S.DONE)
    form = KeyForm(request.POST or None, initial={"version": found.version})
    page = _page(found, _("Menyatakan sesi selesai"), _("Ya, sesuai"), _("Anda menyatakan sesi ini selesai."))
    return edit(request, form, page, lambda told: services.confirm_session(actor=request.viewer, session=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def step_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """What one of both does by a day."""
    found = selectors.session_for(request.viewer, pk)
    require_state(found, S.AGREED)
    form = StepForm(request.POST or None, guidance=found.guidance, initial={"owner": found.guidance.employee_id})
    page = _page(found, _("Menambah langkah"), _("Tambah"), _("Langkah ditambahkan."))
    return edit(
        request, form, page, lambda _told: services.add_step(actor=request.viewer, session=found, step=form.step())
    )


@require_http_methods(["GET", "POST"])
@login_required
def step_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Strikes a step while its session is written."""
    step = selectors.step_for(request.viewer, pk)
    require_state(step.session, S.AGREED)
    form = KeyForm(request.POST or None, initial={"version": step.session.version})
    page = _page(step.session, _("Mencoret langkah?"), _("Coret"), _("Langkah dicoret."), step.text)
    return edit(request, form, page, lambda _told: services.drop_step(actor=request.viewer, step=step))


@require_http_methods(["GET", "POST"])
@login_required
def step_done(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its owner says that it is done."""
    step = selectors.step_for(request.viewer, pk)
    require_state(step.session, S.DONE)
    form = StepDoneForm(request.POST or None)
    page = _page(step.session, _("Langkah selesai"), _("Selesai"), _("Langkah selesai."), step.text)
    return edit(request, form, page, lambda told: services.settle_step(actor=request.viewer, step=step, **told))


@require_safe
@login_required
def load(request: SignedInRequest) -> HttpResponse:
    """What the viewer carries as a guide and what came of it; whom they may open one for; and the same, as facts, of
    the guides they lead."""
    viewer = require_leader(request.viewer)
    below = selectors.guides_below(viewer)
    page = Paginator(selectors.guided_by([viewer.employee, *below]), PAGE).get_page(request.GET.get("halaman"))
    own, *others = selectors.loads_of([viewer.employee, *below], viewer.today)
    context = {
        "tabs": tabs(viewer, "load"),
        "load": own,
        "loads": others,
        "page": page,
        "rows": [(row, effect_of(row)) for row in page],
        "people": direct_reports(viewer.employee, viewer.today).order_by("name", "pk"),
        "own_id": viewer.employee.pk,
        "year": viewer.today.year,
    }
    return render(request, "coaching/load.html", context)


def _page(found: GuidanceSession, title: str, submit: str, done: str, lead: str = "") -> Page:
    back = found.guidance.get_absolute_url()
    crumbs = ((_("Bimbingan"), reverse("coaching:mine")), (str(found.guidance.get_kind_display()), back))
    told = {"day": longdate(found.day), "clock": f"{found.clock:%H.%M}", "place": found.place}
    return Page(
        title=title,
        back=back,
        submit=submit,
        done=done,
        lead=lead or _("%(day)s pukul %(clock)s, %(place)s") % told,
        crumbs=crumbs,
    )
