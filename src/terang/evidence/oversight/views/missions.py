"""Missions: the list, one of them, preparing, listing units, freezing, drawing, cancelling, and standing at the
door."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.oversight import mission_forms as forms
from terang.evidence.oversight import services
from terang.evidence.oversight.access import may_inspect, require_inspector
from terang.evidence.oversight.mission_access import overseers, require_member, require_reader, shows_list
from terang.evidence.oversight.mission_selectors import mission_for, mission_view, missions_page
from terang.evidence.oversight.models import USUAL_REPLY_DAYS, Mission, MissionState
from terang.evidence.oversight.selectors import units_to_visit
from terang.evidence.oversight.states import require_move
from terang.registry.editing import Page, edit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer
from terang.web.asked import asked_version
from terang.web.errors import NotAllowed


@require_safe
@login_required
def missions(request: SignedInRequest) -> HttpResponse:
    """Missions: the own ones, those that are open, and the seals of others for overseers."""
    viewer = require_viewer(request.viewer)
    page, readable = missions_page(viewer, request.GET.get("halaman"))
    context = {"page": page, "readable": readable, "may_inspect": may_inspect(viewer)}
    return render(request, "oversight/missions.html", context)


@require_safe
@login_required
def mission(request: SignedInRequest, pk: int) -> HttpResponse:
    """One mission, or only its seal."""
    return render(request, "oversight/mission.html", {"view": mission_view(request.viewer, pk)})


@require_safe
@login_required
def mission_list(request: SignedInRequest, pk: int) -> HttpResponse:
    """The frozen list to the byte, as its digest was told."""
    found = mission_for(request.viewer, pk)
    if not require_reader(request.viewer, found):
        raise NotAllowed(_("Daftar ini terbuka setelah kunjungan terakhir."))
    if not shows_list(require_viewer(request.viewer), found):
        raise NotAllowed(_("Teks daftar dengan garamnya terbuka bagi tim setelah undian."))
    response = HttpResponse(found.list_text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="daftar-misi-{found.pk}.txt"'
    return response


@require_http_methods(["GET", "POST"])
@login_required
def prepare(request: SignedInRequest) -> HttpResponse:
    """A new mission, and on to its list."""
    viewer = require_inspector(request.viewer)
    initial = {"starts_on": viewer.today, "letter_day": viewer.today, "reply_days": USUAL_REPLY_DAYS, "lots": 3}
    form = forms.PrepareForm(
        request.POST or None, overseers=overseers(viewer), initial=initial | {"lead": viewer.employee}
    )
    back = reverse("oversight:missions")
    page = Page(title=_("Menyiapkan misi"), back=back, submit=_("Siapkan misi"), done="", onward=True)

    def act(told: dict[str, Any]) -> object:
        return services.prepare_mission(actor=viewer, brief=form.brief(), form_key=told["form_key"])

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def revise(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the letter orders, before the list is frozen."""
    found, viewer = _own(request, pk, "revise")
    known = {name: getattr(found, name) for name in services.Brief.__annotations__}
    initial = known | {"members": found.members.all(), "version": found.version}
    form = forms.ReviseForm(request.POST or None, overseers=overseers(viewer), initial=initial)
    lead = _("Sesudah daftar unit dibekukan, surat tugas tidak dapat diubah lagi.")
    page = _page(found, _("Mengubah surat tugas"), _("Simpan"), _("Surat tugas tersimpan."), lead)

    def act(told: dict[str, Any]) -> object:
        return services.revise_mission(actor=viewer, mission=found, brief=form.brief(), version=told["version"])

    return edit(request, form, page, act)


@require_http_methods(["GET", "POST"])
@login_required
def listing(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which units take part."""
    found, viewer = _own(request, pk, "list")
    units = units_to_visit(viewer)
    listed = list(found.listed.values_list("unit_id", flat=True))
    chosen = listed or list(units.filter(serves_public=True).values_list("pk", flat=True))
    form = forms.ListForm(request.POST or None, units=units, initial={"version": found.version, "units": chosen})
    lead = _("Pilih semua unit yang dapat terkena undian. Sesudah dibekukan, daftar ini tidak dapat diubah.")
    page = _page(found, _("Daftar unit"), _("Simpan daftar"), _("Daftar tersimpan."), lead)
    return edit(request, form, page, lambda told: services.list_units(actor=viewer, mission=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def risk(request: SignedInRequest, pk: int) -> HttpResponse:
    """A unit that is visited for a reason."""
    found, viewer = _own(request, pk, "list")
    form = forms.RiskForm(request.POST or None, listed=found.listed.all(), initial={"version": found.version})
    lead = _("Unit ini dikunjungi apa pun hasil undian dan tidak ikut diundi. Alasannya dibekukan bersama daftar.")
    page = _page(found, _("Unit karena risiko"), _("Simpan"), _("Tersimpan."), lead)
    return edit(request, form, page, lambda told: services.set_risk(actor=viewer, mission=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def freeze(request: SignedInRequest, pk: int) -> HttpResponse:
    """The list for good."""
    found, viewer = _own(request, pk, "freeze")
    lead = _(
        "Sidik daftar masuk jejak, lalu unit diundi. Daftar, alasan, dan banyaknya undian tidak dapat diubah lagi."
    )
    page = _page(found, _("Bekukan daftar unit?"), _("Bekukan daftar"), _("Daftar dibekukan."), lead)
    form = forms.SureForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: services.freeze_mission(actor=viewer, mission=found, **told))


@require_POST
@login_required
def draw(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draw, or the call for a seal to draw from."""
    found, viewer = _own(request, pk, "draw")
    after = services.draw_mission(actor=viewer, mission=found, version=asked_version(request.POST.get("version")))
    if after.state == MissionState.DRAWN:
        messages.success(request, _("Unit sudah diundi."))
    else:
        messages.info(request, _("Panggilan undian masuk jejak. Tunggu beberapa detik sampai disegel, lalu undi lagi."))
    return HttpResponseRedirect(found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@login_required
def cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ends a mission early."""
    found, viewer = _own(request, pk, "cancel")
    lead = _("Daftar dan undiannya, bila sudah ada, langsung terbuka bagi semua pegawai.")
    page = _page(found, _("Membatalkan misi"), _("Batalkan misi"), _("Misi dibatalkan."), lead)
    form = forms.CancelMissionForm(request.POST or None, initial={"version": found.version})
    return edit(request, form, page, lambda told: services.cancel_mission(actor=viewer, mission=found, **told))


@require_http_methods(["GET", "POST"])
@login_required
def visit(request: SignedInRequest, pk: int, listed_id: int) -> HttpResponse:
    """At the door of a chosen unit: opens its visit and goes on to it."""
    found, viewer = _own(request, pk, "visit")
    row = get_object_or_404(found.listed.select_related("unit__agency"), pk=listed_id)
    lead = _("Buka saat tim sudah tiba. Sejak itu kunjungan ini tampak bagi kepala unit dan yang diperiksa.")
    page = Page(
        title=row.name,
        back=found.get_absolute_url(),
        submit=_("Buka kunjungan"),
        done="",
        lead=lead,
        crumbs=((_("Misi"), found.get_absolute_url()),),
        onward=True,
    )
    form = forms.VisitForm(request.POST or None)
    return edit(
        request, form, page, lambda told: services.visit_unit(actor=viewer, mission=found, unit=row.unit, **told)
    )


def _own(request: SignedInRequest, pk: int, verb: str) -> tuple[Mission, Viewer]:
    """A mission of the viewer's team in a state that allows the verb."""
    found = mission_for(request.viewer, pk)
    viewer = require_member(request.viewer, found)
    require_move(found, verb)
    return found, viewer


def _page(found: Mission, title: str, submit: str, done: str, lead: str) -> Page:
    back = found.get_absolute_url()
    return Page(title=title, back=back, submit=submit, done=done, lead=lead, crumbs=((found.purpose, back),))
