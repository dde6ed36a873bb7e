"""Pages of coaching and mentoring: one's own, one guidance, and the keys of both."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.coaching import selectors, services
from terang.follow_up.coaching.access import (
    is_one_of_two,
    leads_guide,
    require_employee,
    require_guide,
    require_one_of_two,
    require_opener,
)
from terang.follow_up.coaching.effect import effect_of
from terang.follow_up.coaching.forms import (
    FeedbackForm,
    KeyForm,
    OpenForm,
    OutcomeForm,
    PartForm,
    ReasonForm,
    ReviewForm,
)
from terang.follow_up.coaching.models import Guidance, GuidanceState, SessionState
from terang.follow_up.coaching.states import require_state
from terang.follow_up.coaching.tabs import tabs
from terang.follow_up.coaching.telling import parts_of
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.models import Employee
from terang.registry.people.selectors import appraiser_of
from terang.registry.people.viewer import Viewer
from terang.rules.regulations.guidance import guidance_forms
from terang.web.asked import asked_int
from terang.web.errors import NotNow
from terang.web.sentences import said

PAGE = 20
S = GuidanceState
Require = Callable[[Viewer | None, Guidance], Viewer]


@require_safe
@login_required
def mine(request: SignedInRequest) -> HttpResponse:
    """Everything of the viewer's, as employee and as guide."""
    viewer = require_viewer(request.viewer)
    page = Paginator(selectors.guidances_of(viewer), PAGE).get_page(request.GET.get("halaman"))
    context = {"page": page, "tabs": tabs(viewer, "mine"), "own_id": viewer.employee.pk}
    return render(request, "coaching/mine.html", context)


@require_safe
@login_required
def guidance(request: SignedInRequest, pk: int) -> HttpResponse:
    """One guidance: whole for its two people, as facts for who stands above."""
    found = selectors.guidance_for(request.viewer, pk)
    viewer = require_viewer(request.viewer)
    whole = is_one_of_two(viewer, found)
    own, guides = viewer.employee.pk == found.employee_id, viewer.employee.pk == found.guide_id
    feedback, review = getattr(found, "feedback", None), getattr(found, "review", None)
    after = found.state in (S.CONCLUDED, S.ENDED)
    running, mine_at = found.state == S.RUNNING, found.employee_at if own else found.guide_at
    sessions = list(found.sessions.prefetch_related("steps__owner"))
    context = {
        "guidance": found,
        "whole": whole,
        "own": own,
        "guides": guides,
        "cause": said(found.due.reason) if found.due else "",
        "effect": effect_of(found),
        "parts": [(label, found.told.get(code, "")) for code, label in parts_of(found.kind)] if whole else [],
        "sessions": [_session(each, viewer, own=own) for each in sessions] if whole else [],
        "held": sum(each.state == SessionState.DONE for each in sessions),
        "open_steps": selectors.open_steps(found) if whole else [],
        "own_id": viewer.employee.pk,
        "may_answer": whole and found.state == S.PROPOSED and not mine_at,
        "may_tell": own and found.state in (S.PROPOSED, S.RUNNING),
        "may_meet": whole and running,
        "may_conclude": guides and running and any(each.state == SessionState.DONE for each in sessions),
        "may_confirm": own and found.state == S.CONCLUDED,
        "feedback": feedback if own or leads_guide(viewer, found) else None,
        "criteria": guidance_forms().told,
        "may_feed": own and after and feedback is None,
        "review": review,
        "may_review": guides and after and review is None,
        "prints_steps": whole and any(each.state == SessionState.DONE for each in sessions),
    }
    return render(request, "coaching/guidance.html", context)


def _session(row: Any, viewer: Viewer, *, own: bool) -> dict[str, Any]:
    """A session with what the viewer may do with it."""
    turned = row.employee_at if own else row.guide_at
    writable = services.is_writable(row, viewer.today)
    return {
        "row": row,
        "writable": writable,
        "may_agree": row.state == SessionState.PROPOSED and row.proposed_by_id != viewer.employee.pk,
        "may_move": row.state in (SessionState.PROPOSED, SessionState.AGREED) and row.guidance.state == S.RUNNING,
        "may_confirm": writable and bool(row.notes) and not turned,
        "waits": writable and bool(turned),
    }


@require_http_methods(["GET", "POST"])
@login_required
def start(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """The employee asks the appraiser; or the appraiser opens one, `?dasar=` names the record that caused it."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    viewer = require_opener(request.viewer, employee)
    found = appraiser_of(employee.pk, viewer.today)
    if found is None:
        raise NotNow(_("Anda belum punya pejabat penilai. Tanyakan kepada kepegawaian."))
    asks = viewer.employee.pk == employee.pk
    form = OpenForm(
        request.POST or None,
        guide=found.employee if asks else viewer.employee,
        asks=asks,
        causes=list(selectors.causes_of(employee)[:PAGE]),
        initial={"due": asked_int(request.GET.get("dasar")) or ""},
    )
    page = Page(
        title=_("Meminta bimbingan") if asks else _("Membuka bimbingan untuk %(name)s") % {"name": employee.name},
        back=reverse("coaching:mine"),
        submit=_("Minta") if asks else _("Buka"),
        done=_("Terkirim. Bimbingan berjalan sesudah disetujui keduanya."),
        lead=_("%(name)s menjawabnya.") % {"name": found.employee.name if asks else employee.name},
        crumbs=((_("Bimbingan"), reverse("coaching:mine")),),
        onward=True,
    )

    def act(told: dict[str, Any]) -> object:
        return services.open_guidance(actor=viewer, employee=employee, wish=form.wish(), form_key=told["form_key"])

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def tell(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's own part of the form."""
    found, viewer = _turn(request, pk, require_employee, S.PROPOSED, S.RUNNING)
    form = PartForm(request.POST or None, guidance=found)
    lead = _("Bagian Anda pada formulir. Dibaca Anda berdua; boleh diisi sebelum sesi dan dilengkapi kapan saja.")
    page = _page(found, _("Bagian saya"), _("Simpan"), _("Tersimpan."), lead)
    return edit(
        request,
        form,
        page,
        lambda told: services.tell_part(actor=viewer, guidance=found, told=form.told(), version=told["version"]),
    )


@require_http_methods(["GET", "POST"])
@login_required
def accept(request: SignedInRequest, pk: int) -> HttpResponse:
    """A key for the beginning."""
    lead = _("Tujuan: %(goal)s")
    words = (_("Menyetujui bimbingan"), _("Ya, setuju"), _("Anda setuju."), lead)
    return _asked(request, (pk, require_one_of_two, (S.PROPOSED, S.RUNNING)), words, services.accept, KeyForm)


@require_http_methods(["GET", "POST"])
@login_required
def decline(request: SignedInRequest, pk: int) -> HttpResponse:
    """Not now, or not so, with a reason."""
    words = (_("Tidak menyetujui bimbingan"), _("Kirim"), _("Jawaban Anda tersimpan."), "")
    return _asked(request, (pk, require_one_of_two, (S.PROPOSED,)), words, services.decline, ReasonForm)


@require_http_methods(["GET", "POST"])
@login_required
def conclude(request: SignedInRequest, pk: int) -> HttpResponse:
    """The guide says what came of it."""
    lead = _("%(name)s lalu menyatakan selesai, atau belum dengan alasan.")
    words = (_("Menyimpulkan bimbingan"), _("Simpulkan"), _("Menunggu pernyataan pegawai."), lead)
    return _asked(request, (pk, require_guide, (S.RUNNING,)), words, services.conclude, OutcomeForm)


@require_http_methods(["GET", "POST"])
@login_required
def confirm_end(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's key for the end."""
    words = (_("Menyatakan selesai"), _("Ya, selesai"), _("Bimbingan selesai. Terima kasih."), "")
    return _asked(request, (pk, require_employee, (S.CONCLUDED, S.ENDED)), words, services.confirm_end, KeyForm)


@require_http_methods(["GET", "POST"])
@login_required
def differ(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee does not see it as over."""
    words = (_("Belum selesai menurut saya"), _("Kirim"), _("Bimbingan berjalan lagi."), "")
    return _asked(request, (pk, require_employee, (S.CONCLUDED,)), words, services.differ, ReasonForm)


@require_http_methods(["GET", "POST"])
@login_required
def feedback(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's word on the guidance (Format B.1.8)."""
    found, viewer = _turn(request, pk, require_employee, S.CONCLUDED, S.ENDED)
    form = FeedbackForm(request.POST or None)
    lead = _("Diserahkan kepada atasan pembimbing (Format B.1.8). Pembimbing tidak membacanya di sini.")
    page = _page(found, _("Umpan balik bimbingan"), _("Kirim"), _("Terkirim kepada atasan pembimbing."), lead)
    return edit(
        request, form, page, lambda _told: services.give_feedback(actor=viewer, guidance=found, word=form.word())
    )


@require_http_methods(["GET", "POST"])
@login_required
def review(request: SignedInRequest, pk: int) -> HttpResponse:
    """The guide's evaluation of competence (Format B.1.9)."""
    found, viewer = _turn(request, pk, require_guide, S.CONCLUDED, S.ENDED)
    form = ReviewForm(request.POST or None)
    lead = _("Format B.1.9: setiap nilai punya alasan. Dibaca pegawainya dan atasan; menentukan bantuan berikutnya.")
    page = _page(found, _("Evaluasi kompetensi"), _("Simpan"), _("Evaluasi tersimpan."), lead)
    return edit(
        request, form, page, lambda _told: services.give_review(actor=viewer, guidance=found, review=form.review())
    )


def _turn(request: SignedInRequest, pk: int, require: Require, *states: str) -> tuple[Guidance, Viewer]:
    """A guidance in one of the states, whose turn the viewer's it is."""
    found = selectors.guidance_for(request.viewer, pk)
    viewer = require(request.viewer, found)
    require_state(found, *states)
    return found, viewer


def _asked(
    request: SignedInRequest,
    turn: tuple[int, Require, tuple[str, ...]],
    words: tuple[str, str, str, str],
    service: Callable[..., object],
    kind: type[forms.Form],
) -> HttpResponse:
    pk, require, states = turn
    found, viewer = _turn(request, pk, require, *states)
    title, submit, done, lead = words
    form = kind(request.POST or None, initial={"version": found.version})
    page = _page(found, title, submit, done, lead % {"name": found.employee.name, "goal": found.goal} if lead else "")
    return edit(request, form, page, lambda told: service(actor=viewer, guidance=found, **told))


def _page(found: Guidance, title: str, submit: str, done: str, lead: str = "") -> Page:
    back = found.get_absolute_url()
    crumbs = ((_("Bimbingan"), reverse("coaching:mine")), (str(found.get_kind_display()), back))
    return Page(title=title, back=back, submit=submit, done=done, lead=lead, crumbs=crumbs)
