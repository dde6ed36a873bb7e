"""Screens of the calendar, working time and outage ledger of the viewer's government."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from terang.registry.editing import Page, edit
from terang.registry.organization import selectors, services
from terang.registry.organization.access import may_keep, require_keeper, require_member
from terang.registry.organization.calendars import local_today
from terang.registry.organization.forms import (
    HolidayForm,
    OutageEndForm,
    OutageForm,
    ReasonForm,
    WorkWeekForm,
    ZoneEndForm,
    ZoneForm,
)
from terang.registry.organization.models import Agency, Holiday, Outage, SignalZone
from terang.web.asked import asked_year
from terang.web.navigation import NavItem


def _agency(request: HttpRequest) -> tuple[Any, Agency]:
    viewer = require_member(request.viewer)  # type: ignore[attr-defined]
    return viewer, viewer.employee.agency


def _tabs(current: str) -> list[NavItem]:
    items = (
        ("calendar", _("Kalender"), "calendar"),
        ("work_weeks", _("Jam kerja"), "clock"),
        ("outages", _("Gangguan"), "alert"),
        ("zones", _("Tanpa sinyal"), "offline"),
    )
    return [NavItem(label, reverse(f"organization:{name}"), icon, name == current) for name, label, icon in items]


def calendar(request: HttpRequest) -> HttpResponse:
    viewer, agency = _agency(request)
    this_year = local_today(agency).year
    number = asked_year(request.GET.get("tahun")) or this_year
    context = {
        "year": selectors.year_of(agency, number),
        "agency": agency,
        "tabs": _tabs("calendar"),
        "may_keep": may_keep(viewer),
        "today": local_today(agency),
        "previous": number - 1,
        "next": number + 1,
    }
    return render(request, "organization/calendar.html", context)


def holiday_new(request: HttpRequest) -> HttpResponse:
    viewer, agency = _agency(request)
    require_keeper(viewer, agency.pk)
    page = Page(
        title=_("Tambah hari libur daerah"),
        lead=_("Tenggat hari kerja semua pegawai ikut bergeser. Libur nasional sudah ada dan tidak perlu ditambah."),
        back=reverse("organization:calendar"),
        submit=_("Tambahkan"),
        done=_("Hari libur daerah ditambahkan."),
        crumbs=((_("Kalender"), reverse("organization:calendar")),),
    )
    form = HolidayForm(request.POST or None)
    return edit(request, form, page, lambda values: services.add_holiday(actor=viewer, agency=agency, **values))


def holiday_remove(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, agency = _agency(request)
    holiday = get_object_or_404(Holiday, pk=pk, agency=agency)
    require_keeper(viewer, agency.pk)
    page = Page(
        title=_("Hapus %s") % holiday.name,
        lead=_("Hari itu menjadi hari kerja kembali, dan tenggat ikut bergeser."),
        back=reverse("organization:calendar"),
        submit=_("Hapus hari libur"),
        done=_("Hari libur daerah dihapus."),
        crumbs=((_("Kalender"), reverse("organization:calendar")),),
    )
    form = ReasonForm(request.POST or None)
    return edit(request, form, page, lambda values: services.remove_holiday(actor=viewer, holiday=holiday, **values))


def work_weeks(request: HttpRequest) -> HttpResponse:
    viewer, agency = _agency(request)
    context = {
        "weeks": selectors.work_weeks(agency),
        "agency": agency,
        "tabs": _tabs("work_weeks"),
        "may_keep": may_keep(viewer),
        "today": local_today(agency),
    }
    return render(request, "organization/work_weeks.html", context)


def work_week_new(request: HttpRequest) -> HttpResponse:
    viewer, agency = _agency(request)
    require_keeper(viewer, agency.pk)
    page = Page(
        title=_("Tetapkan jam kerja"),
        lead=_("Jam kerja yang sekarang berakhir sehari sebelum tanggal berlaku."),
        back=reverse("organization:work_weeks"),
        submit=_("Tetapkan"),
        done=_("Jam kerja ditetapkan."),
        crumbs=((_("Jam kerja"), reverse("organization:work_weeks")),),
    )
    usual = {"weekdays": list("12345"), "starts_at": "07:30", "ends_at": "16:00", "on": local_today(agency)}
    form = WorkWeekForm(request.POST or None, agency=agency, initial=usual)

    def act(values: dict[str, Any]) -> None:
        weekdays = "".join(values.pop("weekdays"))
        services.set_work_week(actor=viewer, agency=agency, weekdays=weekdays, **values)

    return edit(request, form, page, act)


def outages(request: HttpRequest) -> HttpResponse:
    viewer, agency = _agency(request)
    context = {
        "outages": selectors.outages(agency),
        "agency": agency,
        "tabs": _tabs("outages"),
        "may_keep": may_keep(viewer),
    }
    return render(request, "organization/outages.html", context)


def outage_new(request: HttpRequest) -> HttpResponse:
    viewer, agency = _agency(request)
    require_keeper(viewer, agency.pk)
    page = Page(
        title=_("Catat gangguan"),
        lead=_("Tenggat yang jatuh pada hari gangguan tidak diberatkan kepada siapa pun."),
        back=reverse("organization:outages"),
        submit=_("Catat"),
        done=_("Gangguan dicatat."),
        crumbs=((_("Gangguan"), reverse("organization:outages")),),
    )
    form = OutageForm(request.POST or None, agency=agency)
    return edit(request, form, page, lambda values: services.record_outage(actor=viewer, agency=agency, **values))


def outage_end(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, agency = _agency(request)
    outage = get_object_or_404(Outage, pk=pk, agency=agency)
    require_keeper(viewer, agency.pk)
    page = Page(
        title=_("Tutup gangguan"),
        lead=outage.cause,
        back=reverse("organization:outages"),
        submit=_("Tutup gangguan"),
        done=_("Gangguan ditutup."),
        crumbs=((_("Gangguan"), reverse("organization:outages")),),
    )
    form = OutageEndForm(request.POST or None, agency=agency)
    return edit(request, form, page, lambda values: services.end_outage(actor=viewer, outage=outage, **values))


def zones(request: HttpRequest) -> HttpResponse:
    viewer, agency = _agency(request)
    context = {
        "zones": selectors.zones(agency),
        "agency": agency,
        "tabs": _tabs("zones"),
        "may_keep": may_keep(viewer),
        "today": local_today(agency),
    }
    return render(request, "organization/zones.html", context)


def zone_new(request: HttpRequest) -> HttpResponse:
    viewer, agency = _agency(request)
    require_keeper(viewer, agency.pk)
    page = Page(
        title=_("Tetapkan wilayah tanpa sinyal"),
        lead=_("Berlaku juga untuk unit di bawahnya. Catatan dari sana boleh masuk lebih lambat, menurut kebijakan."),
        back=reverse("organization:zones"),
        submit=_("Tetapkan"),
        done=_("Wilayah tanpa sinyal ditetapkan."),
        crumbs=((_("Tanpa sinyal"), reverse("organization:zones")),),
    )
    form = ZoneForm(request.POST or None, agency=agency, initial={"on": local_today(agency)})
    return edit(request, form, page, lambda values: services.add_zone(actor=viewer, agency=agency, **values))


def zone_end(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, agency = _agency(request)
    zone = get_object_or_404(SignalZone, pk=pk, agency=agency)
    require_keeper(viewer, agency.pk)
    page = Page(
        title=_("Akhiri wilayah tanpa sinyal"),
        lead=zone.unit.name,
        back=reverse("organization:zones"),
        submit=_("Akhiri"),
        done=_("Wilayah tanpa sinyal diakhiri."),
        crumbs=((_("Tanpa sinyal"), reverse("organization:zones")),),
    )
    form = ZoneEndForm(request.POST or None, initial={"on": local_today(agency)})
    return edit(request, form, page, lambda values: services.end_zone(actor=viewer, zone=zone, **values))
