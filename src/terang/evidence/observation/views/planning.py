"""Pages on which an observation is planned, prepared, agreed, moved, called off, followed and done again."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from terang.accounts.requests import SignedInRequest
from terang.evidence.observation import selectors, services
from terang.evidence.observation.access import (
    require_arranger,
    require_canceller,
    require_decider,
    require_side,
)
from terang.evidence.observation.forms import (
    KeyForm,
    ObserversForm,
    PlanForm,
    PrepareForm,
    ReasonForm,
    RenewForm,
    ReplaceForm,
    RescheduleForm,
)
from terang.evidence.observation.models import Observation
from terang.evidence.observation.observers import offered
from terang.evidence.observation.services.agreeing import may_reschedule
from terang.evidence.observation.states import require_move
from terang.evidence.observation.views.pages import page_of
from terang.registry.editing import Page, edit
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow


@require_http_methods(["GET", "POST"])
@login_required
def plan(request: SignedInRequest, employee_id: int) -> HttpResponse:
    """Plans an observation of a person."""
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=employee_id)
    viewer = require_arranger(request.viewer, employee)
    instruments = selectors.instruments_for(employee, viewer.today)
    if not instruments:
        raise NotNow(_("Belum ada instrumen observasi untuk jabatan ini. Tetapkan dahulu di Instrumen."))
    place = instruments[0].place if len(instruments) == 1 else _("Tempat")
    form = PlanForm(request.POST or None, instruments=instruments, **_offer(viewer, employee, place))
    page = Page(
        title=_("Merencanakan observasi %(name)s") % {"name": employee.name},
        back=reverse("observation:covered"),
        submit=_("Rencanakan"),
        done=_("Observasi direncanakan. Yang diamati dan pengamatnya melihatnya di Hari ini."),
        lead=_("Yang diamati memilih sendiri apa yang ingin diperbaiki, lalu keduanya menyepakati tujuannya."),
        crumbs=((_("Observasi"), reverse("observation:mine")),),
        onward=True,
    )

    def act(told: dict[str, Any]) -> object:
        return services.plan_observation(
            actor=viewer,
            employee=employee,
            instrument=told["instrument"],
            planned=form.planned(),
            form_key=told["form_key"],
        )

    return edit(request, form, page, act)


def _offer(viewer: Viewer, employee: Employee, place: str) -> dict[str, Any]:
    return {"offered": offered(employee, viewer.today), "agency_id": employee.agency_id, "place": place}


@require_http_methods(["GET", "POST"])
@login_required
def follow(request: SignedInRequest, pk: int) -> HttpResponse:
    """Plans a second observation on the same indicator."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_canceller(request.viewer, row)
    require_move(row, "follow")
    place = row.instrument.place
    initial = {"place": row.place, "observers": row.sheets.all()[0].observer_id}
    form = ObserversForm(request.POST or None, initial=initial, **_offer(viewer, row.employee, place))
    form.order_fields(["day", "place", "observers", "second", "nip"])
    lead = _("Indikator dan instrumennya sama: %(name)s. Sesudahnya terlihat apa yang berubah.") % {"name": row.title}
    page = page_of(row, _("Observasi kedua"), _("Rencanakan"), _("Observasi kedua direncanakan."), lead, onward=True)
    return edit(
        request,
        form,
        page,
        lambda told: services.follow_observation(
            actor=viewer, observation=row, planned=form.planned(), form_key=told["form_key"]
        ),
    )


@require_http_methods(["GET", "POST"])
@login_required
def renew(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another observer for a contested one."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_decider(request.viewer, row)
    require_move(row, "renew")
    initial = {"place": row.place, "version": row.version}
    form = RenewForm(request.POST or None, initial=initial, **_offer(viewer, row.employee, row.instrument.place))
    lead = _("Observasi yang lama dicabut dan tidak dihitung; yang baru dilakukan pengamat lain.")
    page = page_of(row, _("Menunjuk pengamat lain"), _("Tunjuk"), _("Pengamat lain ditunjuk."), lead, onward=True)

    def act(told: dict[str, Any]) -> Observation:
        return services.renew_observation(
            actor=viewer, observation=row, planned=form.planned(), form_key=told["form_key"], version=told["version"]
        )

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def replace(request: SignedInRequest, pk: int) -> HttpResponse:
    """Somebody else for an open sheet."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_decider(request.viewer, row)
    require_move(row, "replace")
    left = [sheet for sheet in row.sheets.all() if not sheet.given_at]
    offer = _offer(viewer, row.employee, row.instrument.place)
    form = ReplaceForm(request.POST or None, initial={"version": row.version}, sheets=left, **offer)
    lead = _("Untuk pengamat yang pindah atau berhalangan. Penggantinya mengisi lembar baru.")
    page = page_of(row, _("Mengganti pengamat"), _("Ganti"), _("Pengamat diganti."), lead)

    def act(told: dict[str, Any]) -> object:
        return services.replace_observer(
            actor=viewer, observation=row, number=told["number"], observer=told["people"][0], version=told["version"]
        )

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def prepare(request: SignedInRequest, pk: int) -> HttpResponse:
    """The talk before: what it is for, what to look for; the observed person picks the indicator."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_side(request.viewer, row)
    require_move(row, "prepare")
    picks = viewer.employee.pk == row.employee_id and row.previous_id is None
    kept = {name: getattr(row, name) for name in ("indicator", "goal", "look_for", "version")}
    form = PrepareForm(request.POST or None, initial=kept, rubric=row.instrument.content, picks=picks)
    lead = _("Ditulis sebelum mengamati. Berlaku setelah pihak lain menyepakatinya.")
    page = page_of(row, _("Tujuan observasi"), _("Simpan tujuan"), _("Tujuan tersimpan dan menunggu disepakati."), lead)

    def act(told: dict[str, Any]) -> object:
        return services.prepare_observation(
            actor=viewer, observation=row, prepared=form.prepared(), version=told["version"]
        )

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def agree(request: SignedInRequest, pk: int) -> HttpResponse:
    """The other side agrees."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_side(request.viewer, row)
    require_move(row, "agree")
    page = page_of(row, _("Sepakat dengan tujuan ini?"), _("Ya, sepakat"), _("Observasi disepakati."), row.goal)
    form = KeyForm(request.POST or None, initial={"version": row.version})
    return edit(request, form, page, lambda told: services.agree_observation(actor=viewer, observation=row, **told))


@require_http_methods(["GET", "POST"])
@login_required
def reschedule(request: SignedInRequest, pk: int) -> HttpResponse:
    """Another day."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = (
        request.viewer if request.viewer and may_reschedule(request.viewer, row) else require_side(request.viewer, row)
    )
    require_move(row, "reschedule")
    lead = _("Pihak lain menyepakati hari barunya.")
    page = page_of(row, _("Memindahkan hari"), _("Pindahkan"), _("Hari observasi dipindahkan."), lead)
    form = RescheduleForm(request.POST or None, initial={"version": row.version, "day": row.day})
    return edit(
        request, form, page, lambda told: services.reschedule_observation(actor=viewer, observation=row, **told)
    )


@require_http_methods(["GET", "POST"])
@login_required
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """None at all."""
    row = selectors.observation_for(request.viewer, pk)
    viewer = require_canceller(request.viewer, row)
    require_move(row, "cancel")
    lead = _("Alasannya dibaca oleh semua yang terlibat.")
    page = page_of(row, _("Membatalkan observasi"), _("Batalkan observasi"), _("Observasi dibatalkan."), lead)
    form = ReasonForm(request.POST or None, initial={"version": row.version})
    return edit(request, form, page, lambda told: services.cancel_observation(actor=viewer, observation=row, **told))
