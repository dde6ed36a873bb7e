"""PINs: who holds which, and those whose punches wait for a holder."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.attendance import device_lists
from terang.evidence.attendance.access import require_keeper
from terang.evidence.attendance.device_forms import PinEndForm, PinForm
from terang.evidence.attendance.models import PinHolder
from terang.evidence.attendance.services import pin_holders as services
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.registry.editing import Page, edit
from terang.web.numbers import longdate
from terang.web.tables import Column, Table, TextFilter


def _end_url(holder: PinHolder) -> str:
    return reverse("attendance:pin_end", args=[holder.pk])


PINS = Table(
    name="pin",
    caption=gettext_lazy("Pemegang PIN"),
    order="employee__name",
    columns=[
        Column("pin", gettext_lazy("PIN"), lambda h: h.pin, sort="pin", head=True, link=_end_url),
        Column("nama", gettext_lazy("Nama"), lambda h: h.employee.name, sort="employee__name"),
        Column("nip", gettext_lazy("NIP"), lambda h: h.employee.nip, sort="employee__nip"),
        Column("mulai", gettext_lazy("Mulai"), lambda h: longdate(h.starts_on), sort="starts_on"),
        Column("akhir", gettext_lazy("Berakhir"), lambda h: longdate(h.ends_on) if h.ends_on else "–", sort="ends_on"),
    ],
    filters=[TextFilter("q", gettext_lazy("Cari PIN, nama, atau NIP"), ["pin", "employee__name", "employee__nip"])],
    empty=(
        gettext_lazy("Belum ada pemegang PIN"),
        gettext_lazy("Tetapkan PIN setiap pegawai seperti tertulis pada alat."),
    ),
)


@require_safe
@login_required
def pins(request: SignedInRequest) -> HttpResponseBase:
    viewer = require_keeper(request.viewer)
    agency = viewer.employee.agency
    table = PINS.bind(request, device_lists.pin_holders(agency))
    if exported := table.export():
        return exported
    waiting, total = device_lists.waiting_pins(agency)
    context = {"table": table, "waiting": waiting, "more": total - len(waiting), "tabs": presence_tabs(viewer, "pins")}
    return render(request, "attendance/pins.html", context)


@login_required
def pin_assign(request: SignedInRequest) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    agency = viewer.employee.agency
    page = Page(
        title=_("Tetapkan PIN"),
        lead=_("Rekaman yang menunggu pada tanggal itu menjadi milik pegawai ini, dan harinya dihitung."),
        back=reverse("attendance:pins"),
        submit=_("Tetapkan"),
        done=_("PIN ditetapkan. Harinya sedang dihitung."),
        crumbs=((_("PIN"), reverse("attendance:pins")),),
    )
    asked = {"pin": request.GET.get("pin", "")[:20], "starts_on": request.GET.get("mulai", "")[:10] or viewer.today}
    form = PinForm(request.POST or None, agency=agency, initial=asked)
    return edit(request, form, page, lambda values: services.assign_pin(actor=viewer, **values))


@login_required
def pin_end(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    holder = get_object_or_404(PinHolder.objects.select_related("employee"), pk=pk, agency=viewer.employee.agency)
    page = Page(
        title=_("Akhiri PIN %s") % holder.pin,
        lead=_("%(name)s, sejak %(day)s.") % {"name": holder.employee.name, "day": longdate(holder.starts_on)},
        back=reverse("attendance:pins"),
        submit=_("Akhiri"),
        done=_("PIN diakhiri."),
        crumbs=((_("PIN"), reverse("attendance:pins")),),
    )
    form = PinEndForm(request.POST or None, initial={"on": viewer.today})
    return edit(request, form, page, lambda values: services.end_pin(actor=viewer, holder=holder, **values))
