"""Pages of the corrective action."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from terang.accounts.requests import SignedInRequest
from terang.follow_up.growth import selectors, services
from terang.follow_up.growth.access import (
    is_one_of_two,
    reads_cause,
    reads_reason,
    require_employee,
    require_leader,
    require_one_of_two,
)
from terang.follow_up.growth.effect import effect_of
from terang.follow_up.growth.forms import (
    ExtendForm,
    KeyForm,
    PlanForm,
    ReasonForm,
    StepDoneForm,
    StepForm,
    ViewForm,
)
from terang.follow_up.growth.models import ActionState, CorrectiveAction
from terang.follow_up.growth.states import may_move, require_move
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.sentences import said

Require = Callable[[Viewer | None, CorrectiveAction], Viewer]


@require_safe
@login_required
def action(request: SignedInRequest, pk: int) -> HttpResponse:
    """One corrective action: why, what helps, the steps, the two keys, and whether it helped."""
    found = selectors.action_for(request.viewer, pk)
    viewer = require_viewer(request.viewer)
    own, leads = viewer.employee.pk == found.employee_id, viewer.employee.pk == found.leader_id
    measured = services.is_measured(found)
    context = {
        "action": found,
        "reason": said(found.due.reason),
        "steps": found.steps.select_related("owner"),
        "effect": effect_of(found),
        "own": own,
        "own_id": viewer.employee.pk,
        "leads": leads,
        "of_two": is_one_of_two(viewer, found),
        "reads_cause": reads_cause(viewer, found),
        "reads_reason": reads_reason(viewer, found),
        "may_tell": own and found.is_open and _is_untold(found),
        "measured": measured,
        "may_write": leads and may_move(found, "write"),
        "may_step": (own or leads) and may_move(found, "write"),
        "may_drop": leads and may_move(found, "drop") and not found.round,
        "may_propose": leads and may_move(found, "propose"),
        "may_agree": own and may_move(found, "agree"),
        "may_work": may_move(found, "work"),
        "may_conclude": leads and may_move(found, "conclude") and measured and services.has_value(found),
        "may_extend": leads and may_move(found, "extend") and measured,
        "may_confirm": own and may_move(found, "confirm"),
        "may_view": own and found.is_open,
        "place": list(ActionState).index(ActionState(found.state)) + 1,
        "dropped": found.state == ActionState.DROPPED,
        "path": [_("Rencana"), _("Setuju"), _("Langkah"), _("Simpulan"), _("Pulih")],
    }
    return render(request, "growth/action.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader writes why, what is offered, and what is measured again."""
    found, viewer = _turn(request, pk, require_leader, "write")
    form = PlanForm(request.POST or None, action=found, told=reads_cause(viewer, found))
    page = _page(found, _("Sebab dan dukungan"), _("Simpan"), _("Rencana tersimpan."))

    def act(told: dict[str, Any]) -> object:
        return services.write_plan(actor=viewer, action=found, plan=form.plan(), version=told["version"])

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def step_new(request: SignedInRequest, pk: int) -> HttpResponse:
    """Either adds a step."""
    found, viewer = _turn(request, pk, require_one_of_two, "write")
    form = StepForm(request.POST or None, action=found, initial={"owner": found.employee_id})
    page = _page(found, _("Menambah langkah"), _("Tambah"), _("Langkah ditambahkan."))
    return edit(request, form, page, lambda told: services.add_step(actor=viewer, action=found, step=form.step()))


@require_http_methods(["GET", "POST"])
@login_required
def step_drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """Either strikes a step."""
    step = selectors.step_for(request.viewer, pk)
    found, viewer = _turn(request, step.action_id, require_one_of_two, "write")
    form = KeyForm(request.POST or None, initial={"version": found.version})
    page = _page(found, _("Mencoret langkah?"), _("Coret"), _("Langkah dicoret."), step.text)
    return edit(request, form, page, lambda told: services.drop_step(actor=viewer, step=step))


@require_http_methods(["GET", "POST"])
@login_required
def step_done(request: SignedInRequest, pk: int) -> HttpResponse:
    """Its owner says that it is done."""
    step = selectors.step_for(request.viewer, pk)
    found, viewer = _turn(request, step.action_id, require_one_of_two, "work")
    form = StepDoneForm(request.POST or None)
    page = _page(found, _("Langkah selesai"), _("Selesai"), _("Langkah selesai."), step.text)
    return edit(request, form, page, lambda told: services.settle_step(actor=viewer, step=step, **told))


@require_http_methods(["GET", "POST"])
@login_required
def view(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's own word."""
    found = selectors.action_for(request.viewer, pk)
    viewer = require_employee(request.viewer, found)
    form = ViewForm(request.POST or None, initial={"view": found.view, "version": found.version})
    lead = _("Bagaimana Anda melihatnya: apa yang menghambat, apa yang menolong, apa yang tidak adil.")
    page = _page(found, _("Pandangan saya"), _("Simpan"), _("Pandangan Anda tersimpan."), lead)
    return edit(request, form, page, lambda told: services.write_view(actor=viewer, action=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader's key for the plan."""
    lead = _("%(name)s menyetujui, atau mengembalikannya dengan alasan. Sesudah itu langkahnya berjalan.")
    return _key(
        request,
        (pk, require_leader, "propose"),
        (_("Mengusulkan rencana ini?"), _("Ya, usulkan"), _("Rencana menunggu persetujuan pegawai."), lead),
        services.propose,
    )


@require_http_methods(["GET", "POST"])
@login_required
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader says that no action is needed."""
    lead = _("Misalnya bukti yang terlambat masuk. %(name)s membaca alasannya.")
    words = (_("Tindakan perbaikan tidak perlu"), _("Tiadakan"), _("Tindakan perbaikan ditiadakan."), lead)
    return _reasoned(request, (pk, require_leader, "drop"), words, services.drop)


@require_http_methods(["GET", "POST"])
@login_required
def agree(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's key for the plan."""
    lead = _("Langkah dan dukungannya sesuai dengan yang dibicarakan. Rencana ini bukan hukuman.")
    return _key(
        request,
        (pk, require_employee, "agree"),
        (_("Menyetujui rencana"), _("Ya, setuju"), _("Rencana berjalan."), lead),
        services.agree,
    )


@require_http_methods(["GET", "POST"])
@login_required
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee says what does not fit."""
    words = (_("Ada yang tidak sesuai"), _("Kembalikan"), _("Rencana dikembalikan kepada pimpinan."), "")
    return _reasoned(request, (pk, require_employee, "return"), words, services.give_back)


@require_http_methods(["GET", "POST"])
@login_required
def conclude(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader says that it is recovered."""
    lead = _("%(name)s lalu menyatakan setuju, atau tidak dengan alasan.")
    words = (_("Menyimpulkan: pulih"), _("Simpulkan"), _("Menunggu pernyataan pegawai."), lead)
    return _reasoned(request, (pk, require_leader, "conclude"), words, services.conclude)


@require_http_methods(["GET", "POST"])
@login_required
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's key for the end."""
    words = (_("Menyatakan pulih"), _("Ya, setuju"), _("Tindakan perbaikan ditutup."), "")
    return _key(request, (pk, require_employee, "confirm"), words, services.confirm)


@require_http_methods(["GET", "POST"])
@login_required
def differ(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee does not see it so."""
    words = (_("Belum pulih menurut saya"), _("Kirim"), _("Tindakan perbaikan berjalan lagi."), "")
    return _reasoned(request, (pk, require_employee, "differ"), words, services.differ)


@require_http_methods(["GET", "POST"])
@login_required
def extend(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader lets it go on."""
    found, viewer = _turn(request, pk, require_leader, "extend")
    form = ExtendForm(request.POST or None, initial={"version": found.version})
    lead = _("Rencana dibuka untuk langkah lain; berlaku lagi sesudah disetujui keduanya.")
    page = _page(found, _("Memperpanjang"), _("Perpanjang"), _("Rencana dibuka lagi."), lead)
    return edit(request, form, page, lambda told: services.extend(actor=viewer, action=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def tell_cause(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee lets the leader of today read what was told to the one before."""
    found = selectors.action_for(request.viewer, pk)
    viewer = require_employee(request.viewer, found)
    form = KeyForm(request.POST or None, initial={"version": found.version})
    lead = _("Sebab, penjelasannya, dan alasan terakhir ditulis untuk pimpinan sebelumnya. Hanya Anda yang memutuskan.")
    page = _page(found, _("Memberitahukan sebabnya"), _("Ya, beri tahu"), _("Pimpinan Anda kini membacanya."), lead)
    return edit(request, form, page, lambda told: services.tell_cause(actor=viewer, action=found, **told))


def _is_untold(found: CorrectiveAction) -> bool:
    """Whether the leader of today does not read what the employee reads."""
    told = (found.cause_told_to_id, found.reason_told_to_id)
    return bool(found.leader_id and (found.cause or found.reason) and found.leader_id not in told)


def _turn(request: SignedInRequest, pk: int, require: Require, verb: str) -> tuple[CorrectiveAction, Viewer]:
    """An action that waits for this verb of the viewer."""
    found = selectors.action_for(request.viewer, pk)
    viewer = require(request.viewer, found)
    require_move(found, verb)
    return found, viewer


Turn = tuple[int, Require, str]
Words = tuple[str, str, str, str]


def _key(request: SignedInRequest, turn: Turn, words: Words, service: Callable[..., object]) -> HttpResponse:
    return _asked(request, turn, words, service, KeyForm)


def _reasoned(request: SignedInRequest, turn: Turn, words: Words, service: Callable[..., object]) -> HttpResponse:
    return _asked(request, turn, words, service, ReasonForm)


def _asked(
    request: SignedInRequest, turn: Turn, words: Words, service: Callable[..., object], kind: type[forms.Form]
) -> HttpResponse:
    found, viewer = _turn(request, *turn)
    title, submit, done, lead = words
    form = kind(request.POST or None, initial={"version": found.version})
    page = _page(found, title, submit, done, lead % {"name": found.employee.name} if "%(name)s" in lead else lead)
    return edit(request, form, page, lambda told: service(actor=viewer, action=found, **told))


def _page(found: CorrectiveAction, title: str, submit: str, done: str, lead: str = "") -> Page:
    back = found.get_absolute_url()
    crumbs = ((_("Tindak lanjut"), reverse("growth:mine")), (_("Tindakan perbaikan"), back))
    return Page(title=title, back=back, submit=submit, done=done, lead=lead, crumbs=crumbs)
