"""One person: the dated history, and what changes it."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terang.registry.editing import Page, edit
from terang.registry.people import services
from terang.registry.people.access import may_keep, may_see_performance, require_keeper_of, require_record_of
from terang.registry.people.forms import (
    AppraiserForm,
    AssignmentForm,
    CorrectionForm,
    DepartureForm,
    EndAssignmentForm,
    EndForm,
    UnitChoiceForm,
)
from terang.registry.people.models import AppraiserOverride, Assignment, AssignmentKind, Employee
from terang.registry.people.selectors import (
    appraiser_of,
    history_of_overrides,
    history_of_posts,
    history_of_roles,
    main_posts,
    superior_of_appraiser,
)
from terang.registry.people.viewer import Viewer
from terang.registry.people.views.lists import viewer_of
from terang.web.asked import asked_day


def person(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    employee = get_object_or_404(Employee.objects.select_related("agency"), pk=pk)
    require_record_of(viewer, employee)
    asked = _asked_day(request, viewer.today)
    context = {
        "employee": employee,
        "main": main_posts([employee.pk], viewer.today).get(employee.pk),
        "day": asked,
        "today": viewer.today,
        "appraiser": appraiser_of(employee.pk, asked),
        "superior": superior_of_appraiser(employee.pk, asked),
        "assignments": history_of_posts(employee),
        "overrides": history_of_overrides(employee),
        "roles": history_of_roles(employee),
        "may_keep": may_keep(viewer) and viewer.agency_id == employee.agency_id,
        "may_see_performance": may_see_performance(viewer, employee),
        "trail_url": trail_url("people.employee", employee.pk),
    }
    return render(request, "people/person.html", context)


def _asked_day(request: HttpRequest, today: date) -> date:
    return asked_day(request.GET.get("tanggal")) or today


def trail_url(object_type: str, pk: int) -> str:
    """The screen "who changed this" of an object; empty where the journal's screens are not installed."""
    try:
        return reverse("audit:history", args=[object_type, pk])
    except NoReverseMatch:
        return ""


def _kept(request: HttpRequest, pk: int) -> tuple[Viewer, Employee]:
    viewer = viewer_of(request)
    employee = get_object_or_404(Employee, pk=pk)
    require_keeper_of(viewer, employee.agency_id)
    return viewer, employee


def _page(employee: Employee, title: str, submit: str, done: str, lead: str = "", confirm: str = "") -> Page:
    here = reverse("people:person", args=[employee.pk])
    crumbs = ((pgettext("banyak", "Pegawai"), reverse("people:list")), (employee.name, here))
    return Page(title=title, back=here, submit=submit, done=done, lead=lead, crumbs=crumbs, confirm=confirm)


def correct(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, employee = _kept(request, pk)
    initial = {name: getattr(employee, name) for name in ("name", "status", "rank", "email", "joined_on", "version")}
    page = _page(
        employee, _("Ubah data pegawai"), _("Simpan perubahan"), _("Perubahan disimpan."), f"NIP {employee.nip}"
    )
    form = CorrectionForm(request.POST or None, initial=initial)
    return edit(
        request, form, page, lambda values: services.correct_employee(actor=viewer, employee=employee, **values)
    )


def depart(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, employee = _kept(request, pk)
    page = _page(
        employee,
        _("Catat keluar"),
        _("Catat keluar"),
        _("Tercatat keluar; penugasan dan perannya ikut berakhir."),
        _("Semua penugasan dan peran %s berakhir pada tanggal itu.") % employee.name,
        _("Catat bahwa %s keluar?") % employee.name,
    )
    form = DepartureForm(request.POST or None, initial={"on": viewer.today, "version": employee.version})
    return edit(
        request, form, page, lambda values: services.record_departure(actor=viewer, employee=employee, **values)
    )


def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Two steps by address: which unit, then the post there with its dates."""
    viewer, employee = _kept(request, pk)
    choice = UnitChoiceForm(request.GET or None, employee=employee)
    if not choice.is_valid():
        return render(request, "people/choose_unit.html", {"form": choice, "employee": employee})
    unit = choice.cleaned_data["unit"]
    main = main_posts([employee.pk], viewer.today).get(employee.pk)
    lead = _("Belum punya jabatan.")
    if main:
        lead = (
            _("Sekarang %s. Penugasan definitif yang baru mengakhiri yang lama pada tanggal mulai.") % main.post.title
        )
    page = _page(employee, _("Tugaskan %s") % employee.name, _("Tugaskan"), _("Penugasan disimpan."), lead)
    initial = {"on": viewer.today, "kind": AssignmentKind.DEFINITIVE, "version": employee.version}
    form = AssignmentForm(request.POST or None, unit=unit, initial=initial)

    def act(values: dict[str, Any]) -> None:
        _assign(viewer, employee, values)

    return edit(request, form, page, act)


def _assign(viewer: Viewer, employee: Employee, values: dict[str, Any]) -> None:
    if values["kind"] == AssignmentKind.DEFINITIVE and not values["until"]:
        del values["kind"], values["until"]
        services.move_employee(actor=viewer, employee=employee, **values)
    else:
        services.start_assignment(actor=viewer, employee=employee, **values)


def assignment_end(request: HttpRequest, pk: int) -> HttpResponse:
    assignment = get_object_or_404(Assignment.objects.select_related("employee", "post"), pk=pk)
    viewer, employee = _kept(request, assignment.employee_id)
    page = _page(
        employee, _("Akhiri penugasan"), _("Akhiri penugasan"), _("Penugasan diakhiri."), assignment.post.title
    )
    form = EndAssignmentForm(request.POST or None, initial={"on": viewer.today, "version": employee.version})
    return edit(
        request, form, page, lambda values: services.end_assignment(actor=viewer, assignment=assignment, **values)
    )


def appraiser_set(request: HttpRequest, pk: int) -> HttpResponse:
    viewer, employee = _kept(request, pk)
    now = appraiser_of(employee.pk, viewer.today)
    lead = (
        _("Sekarang: %(name)s. %(why)s") % {"name": now.employee.name, "why": now.why}
        if now
        else _("Sekarang tidak ada.")
    )
    page = _page(
        employee, _("Tetapkan penilai %s") % employee.name, _("Tetapkan"), _("Pejabat penilai ditetapkan."), lead
    )
    form = AppraiserForm(request.POST or None, agency_id=employee.agency_id, initial={"on": viewer.today})
    return edit(request, form, page, lambda values: services.set_appraiser(actor=viewer, employee=employee, **values))


def appraiser_end(request: HttpRequest, pk: int) -> HttpResponse:
    override = get_object_or_404(AppraiserOverride.objects.select_related("appraiser"), pk=pk)
    viewer, employee = _kept(request, override.employee_id)
    lead = _("%(appraiser)s menilai %(name)s. Setelah berakhir, penilai mengikuti susunan unit kembali.") % {
        "appraiser": override.appraiser.name,
        "name": employee.name,
    }
    page = _page(employee, _("Akhiri penetapan penilai"), _("Akhiri"), _("Penetapan penilai diakhiri."), lead)
    form = EndForm(request.POST or None, initial={"on": viewer.today})
    return edit(request, form, page, lambda values: services.end_appraiser(actor=viewer, override=override, **values))
