"""Pages of the chance to improve: where it stands, what comes next, who acts by when, and every key."""

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
from terang.follow_up.growth.course import course_of
from terang.follow_up.growth.forms import KeyForm, ReasonForm, ViewForm
from terang.follow_up.growth.improvement_access import (
    may_decide,
    may_prepare,
    require_decider,
    require_employee,
    require_leader,
    require_preparer,
)
from terang.follow_up.growth.improvement_forms import (
    CaseAnswerForm,
    CaseExtendForm,
    CheckForm,
    CheckWordForm,
    DecideForm,
    EvaluateForm,
    PrepareForm,
    TargetForm,
)
from terang.follow_up.growth.improvement_states import may_move, require_move
from terang.follow_up.growth.models import ImprovementCase
from terang.follow_up.growth.stages import stages_of
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow
from terang.web.sentences import said

Require = Callable[[Viewer | None, ImprovementCase], Viewer]


@require_safe
@login_required
def improvement(request: SignedInRequest, pk: int) -> HttpResponse:
    """One chance to improve, stage by stage."""
    found = selectors.case_for(request.viewer, pk)
    viewer = require_viewer(request.viewer)
    own, leads = viewer.employee.pk == found.employee_id, viewer.employee.pk == found.leader_id
    late = found.act_by is not None and viewer.today > found.act_by
    steps = list(found.steps.select_related("prepared_by", "decided_by"))
    waits = next((each for each in steps if each.carried is None), None)
    if waits:
        waits.case = found
    context = {
        "case": found,
        "reason": said(found.due.reason),
        "stages": stages_of(found, steps),
        "course": course_of(found),
        "checks": [
            {
                "row": each,
                "may_write": leads and may_move(found, "check") and each.day <= viewer.today,
                "may_confirm": own and may_move(found, "check") and each.leader_at and not each.employee_at,
            }
            for each in found.checks.all()
        ],
        "steps": steps,
        "ever": services.steps_ever(found),
        "own": own,
        "leads": leads,
        "late": late,
        "today": viewer.today,
        "may_write": leads and may_move(found, "write"),
        "may_propose": leads and may_move(found, "propose") and bool(found.target and found.support),
        "may_agree": own and may_move(found, "agree"),
        "may_begin": leads and may_move(found, "begin") and late,
        "may_view": own and may_move(found, "view"),
        "may_evaluate": leads and may_move(found, "evaluate"),
        "may_extend": leads and may_move(found, "extend"),
        "may_answer": own and may_move(found, "answer"),
        "may_pass_on": leads and may_move(found, "pass_on") and late,
        "may_prepare": may_move(found, "prepare") and waits is None and may_prepare(viewer, found),
        "may_decide": waits is not None and may_decide(viewer, waits),
    }
    return render(request, "growth/improvement.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader writes what is to be reached and what is offered."""
    found, viewer = _turn(request, pk, require_leader, "write")
    told = {name: getattr(found, name) for name in ("target", "support", "version")}
    form = TargetForm(request.POST or None, initial=told)
    page = _page(found, _("Rencana perbaikan"), _("Simpan"), _("Rencana tersimpan."))
    return edit(request, form, page, lambda told: services.write_case(actor=viewer, case=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def propose(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader's key for the plan."""
    lead = _("%(name)s menyetujui, atau mengembalikannya dengan alasan. Sesudah itu masa perbaikan berjalan.")
    words = (_("Mengusulkan rencana ini?"), _("Ya, usulkan"), _("Rencana menunggu persetujuan pegawai."), lead)
    return _asked(request, (pk, require_leader, "propose"), words, services.propose_case, KeyForm)


@require_http_methods(["GET", "POST"])
@login_required
def agree(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's key for the plan."""
    lead = _("Masa perbaikan dihitung mulai hari ini. Rencana ini kesempatan, bukan hukuman.")
    words = (_("Menyetujui rencana"), _("Ya, setuju"), _("Masa perbaikan berjalan."), lead)
    return _asked(request, (pk, require_employee, "agree"), words, services.agree_case, KeyForm)


@require_http_methods(["GET", "POST"])
@login_required
def begin(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader lets the months begin where the employee stayed silent."""
    lead = _("Diam bukan persetujuan: kunci %(name)s tetap tampak belum ada. Bantuannya tetap diberikan.")
    words = (_("Memulai tanpa jawaban"), _("Mulai"), _("Masa perbaikan berjalan."), lead)
    return _asked(request, (pk, require_leader, "begin"), words, services.begin_without_key, KeyForm)


@require_http_methods(["GET", "POST"])
@login_required
def give_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee says what does not fit."""
    words = (_("Ada yang tidak sesuai"), _("Kembalikan"), _("Rencana dikembalikan kepada pimpinan."), "")
    return _asked(request, (pk, require_employee, "return"), words, services.return_case, ReasonForm)


@require_http_methods(["GET", "POST"])
@login_required
def view(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's own word."""
    found, viewer = _turn(request, pk, require_employee, "view")
    form = ViewForm(request.POST or None, initial={"view": found.view, "version": found.version})
    page = _page(found, _("Pandangan saya"), _("Simpan"), _("Pandangan Anda tersimpan."))
    return edit(request, form, page, lambda told: services.write_case_view(actor=viewer, case=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def check(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader writes how it goes."""
    row = selectors.check_for(request.viewer, pk)
    found, viewer = _turn(request, row.case_id, require_leader, "check")
    form = CheckForm(request.POST or None, initial={"notes": row.notes, "offered": row.offered})
    lead = _("Dibicarakan berdua; %(name)s lalu menyatakan dan boleh menambahkan pandangannya.")
    page = _page(found, _("Pemeriksaan bersama"), _("Simpan"), _("Tersimpan."), lead % {"name": found.employee.name})
    return edit(request, form, page, lambda told: services.write_check(actor=viewer, check=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def check_confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's key for a check."""
    row = selectors.check_for(request.viewer, pk)
    found, viewer = _turn(request, row.case_id, require_employee, "check")
    form = CheckWordForm(request.POST or None)
    page = _page(found, _("Menyatakan pemeriksaan"), _("Ya, sudah dibicarakan"), _("Tersimpan."), row.notes)
    return edit(request, form, page, lambda told: services.confirm_check(actor=viewer, check=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def extend(request: SignedInRequest, pk: int) -> HttpResponse:
    """More time, with a reason."""
    lead = _("Misalnya bencana atau sakit lama: aturan menilai keadaan yang normal.")
    words = (_("Memperpanjang masa perbaikan"), _("Perpanjang"), _("Masa perbaikan diperpanjang."), lead)
    return _asked(request, (pk, require_leader, "extend"), words, services.extend_case, CaseExtendForm)


@require_http_methods(["GET", "POST"])
@login_required
def evaluate(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader's end evaluation."""
    lead = _("%(name)s menanggapinya sebelum apa pun berlanjut. “Belum” hanya sesudah masanya lewat.")
    words = (_("Penilaian akhir"), _("Simpan"), _("Penilaian akhir menunggu tanggapan pegawai."), lead)
    return _asked(request, (pk, require_leader, "evaluate"), words, services.evaluate_case, EvaluateForm)


@require_http_methods(["GET", "POST"])
@login_required
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    """The employee's word on it."""
    found, viewer = _turn(request, pk, require_employee, "answer")
    form = CaseAnswerForm(request.POST or None, initial={"version": found.version})
    page = _page(found, _("Tanggapan atas penilaian akhir"), _("Kirim"), _("Tanggapan tersimpan."), found.finding)
    return edit(request, form, page, lambda told: services.answer_case(actor=viewer, case=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def pass_on(request: SignedInRequest, pk: int) -> HttpResponse:
    """The leader passes it on where the employee stayed silent."""
    lead = _("Tanggapan %(name)s tetap tampak belum ada.")
    words = (_("Meneruskan tanpa tanggapan"), _("Teruskan"), _("Diteruskan."), lead)
    return _asked(request, (pk, require_leader, "pass_on"), words, services.pass_on, KeyForm)


@require_http_methods(["GET", "POST"])
@login_required
def prepare(request: SignedInRequest, pk: int) -> HttpResponse:
    """The personnel agency prepares a step."""
    found, viewer = _turn(request, pk, require_preparer, "prepare")
    form = PrepareForm(request.POST or None, steps=services.steps_open(found), initial={"version": found.version})
    lead = _("Ini usulan. Yang memutus pejabat yang berwenang, dengan dokumen; pegawai membacanya.")
    page = _page(found, _("Menyiapkan langkah"), _("Siapkan"), _("Langkah menunggu keputusan."), lead)
    return edit(request, form, page, lambda told: services.prepare_step(actor=viewer, case=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def decide(request: SignedInRequest, pk: int) -> HttpResponse:
    """The decision with its document."""
    found = selectors.case_for(request.viewer, pk)
    require_move(found, "decide")
    waits = found.steps.filter(carried=None).first()
    if waits is None:
        raise NotNow(_("Tidak ada langkah yang menunggu keputusan."))
    waits.case = found
    viewer = require_decider(request.viewer, waits)
    form = DecideForm(request.POST or None, initial={"version": found.version, "day": viewer.today})
    page = _page(found, _("Mencatat keputusan: %(step)s") % {"step": waits.label}, _("Simpan"), _("Tersimpan."))

    def act(told: dict[str, Any]) -> object:
        return services.decide_step(actor=viewer, case=found, decision=form.decision(), version=told["version"])

    return edit(request, form, page, act)


def _turn(request: SignedInRequest, pk: int, require: Require, verb: str) -> tuple[ImprovementCase, Viewer]:
    """A case that waits for this verb of the viewer."""
    found = selectors.case_for(request.viewer, pk)
    viewer = require(request.viewer, found)
    require_move(found, verb)
    return found, viewer


def _asked(
    request: SignedInRequest,
    turn: tuple[int, Require, str],
    words: tuple[str, str, str, str],
    service: Callable[..., object],
    kind: type[forms.Form],
) -> HttpResponse:
    found, viewer = _turn(request, *turn)
    title, submit, done, lead = words
    form = kind(request.POST or None, initial={"version": found.version})
    page = _page(found, title, submit, done, lead % {"name": found.employee.name} if "%(name)s" in lead else lead)
    return edit(request, form, page, lambda told: service(actor=viewer, case=found, **told))


def _page(found: ImprovementCase, title: str, submit: str, done: str, lead: str = "") -> Page:
    back = found.get_absolute_url()
    crumbs = ((_("Tindak lanjut"), reverse("growth:mine")), (_("Kesempatan memperbaiki"), back))
    return Page(title=title, back=back, submit=submit, done=done, lead=lead, crumbs=crumbs)
