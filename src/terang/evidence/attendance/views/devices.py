"""Devices: the list with what each told of, adding, changing and retiring."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from terang.accounts.requests import SignedInRequest
from terang.evidence.attendance import device_lists
from terang.evidence.attendance.access import require_keeper
from terang.evidence.attendance.device_forms import DeviceChangeForm, DeviceForm, RetireForm
from terang.evidence.attendance.models import Device
from terang.evidence.attendance.services import devices as services
from terang.evidence.attendance.views.tabs import presence_tabs
from terang.registry.editing import Page, edit


def _crumbs() -> tuple[tuple[str, str], ...]:
    return ((_("Alat"), reverse("attendance:devices")),)


@require_safe
@login_required
def devices(request: SignedInRequest) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    lines = device_lists.device_lines(viewer.employee.agency, viewer.today)
    context = {"lines": lines, "tabs": presence_tabs(viewer, "devices"), "today": viewer.today}
    return render(request, "attendance/devices.html", context)


@login_required
def device_new(request: SignedInRequest) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    agency = viewer.employee.agency
    page = Page(
        title=_("Tambah alat"),
        lead=_("Alat presensi yang berkasnya diunggah, atau yang mengirim sendiri."),
        back=reverse("attendance:devices"),
        submit=_("Tambahkan"),
        done=_("Alat ditambahkan."),
        crumbs=_crumbs(),
    )
    form = DeviceForm(request.POST or None, agency=agency)
    return edit(request, form, page, lambda values: services.add_device(actor=viewer, agency=agency, **values))


@login_required
def device_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    agency = viewer.employee.agency
    device = get_object_or_404(Device, pk=pk, agency=agency)
    page = Page(
        title=_("Ubah %s") % device.name,
        lead=_("Susunan kolom berlaku untuk berkas yang diunggah sesudah ini."),
        back=reverse("attendance:devices"),
        submit=_("Simpan"),
        done=_("Alat diubah."),
        crumbs=_crumbs(),
    )
    form = DeviceChangeForm(request.POST or None, agency=agency, device=device)

    def act(values: dict[str, Any]) -> None:
        services.change_device(actor=viewer, device=device, **values)

    return edit(request, form, page, act)


@login_required
def device_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    viewer = require_keeper(request.viewer)
    device = get_object_or_404(Device, pk=pk, agency=viewer.employee.agency)
    page = Page(
        title=_("Hentikan pemakaian %s") % device.name,
        lead=_("Rekaman yang sudah ada tetap tersimpan."),
        back=reverse("attendance:devices"),
        submit=_("Simpan"),
        done=_("Pemakaian alat dicatat."),
        crumbs=_crumbs(),
    )
    initial = {"version": device.version, "on": device.retired_on or viewer.today}
    form = RetireForm(request.POST or None, initial=initial)
    return edit(request, form, page, lambda values: services.retire_device(actor=viewer, device=device, **values))
