"""The desk of the personnel agency, the list of people, the mismatch inbox, the roles."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from terang.registry.editing import Page, edit
from terang.registry.organization.models import Unit
from terang.registry.people import services
from terang.registry.people.access import may_keep, require_keeper_of, require_role, require_viewer
from terang.registry.people.forms import EmployeeForm, EndForm, RoleForm
from terang.registry.people.mismatches import QUIET, by_kind, mismatches
from terang.registry.people.models import Role, RoleGrant
from terang.registry.people.selectors import SEES_ALL, employee_page, roles_held
from terang.registry.people.structure import completeness
from terang.registry.people.tables import mismatch_table, people_table, roles_table
from terang.registry.people.viewer import Viewer


def viewer_of(request: HttpRequest) -> Viewer:
    return require_viewer(request.viewer)  # type: ignore[attr-defined]


def desk(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    require_role(viewer, Role.PERSONNEL)
    found = mismatches(viewer.agency_id, viewer.today)
    context = {
        "counts": [each for each in by_kind(found) if each.kind not in QUIET],
        "quiet": sum(each.quiet for each in found),
        "complete": completeness(viewer.agency_id, viewer.today),
        "oldest": [each for each in found if not each.quiet and each.days is not None][:5],
        "agency": viewer.employee.agency,
    }
    return render(request, "people/desk.html", context)


def people(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_of(request)
    path = request.GET.get("unit", "")
    chosen = Unit.objects.filter(agency_id=viewer.agency_id, path=path).values_list("path", "name") if path else ()
    table = people_table(viewer, tuple(chosen)).bind(request, employee_page(viewer))
    context = {"table": table, "may_keep": may_keep(viewer)}
    return table.export() or render(request, "people/list.html", context)


def employee_new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    require_keeper_of(viewer, viewer.agency_id)
    page = Page(
        title=_("Tambah pegawai"),
        lead=_("Untuk banyak orang sekaligus, gunakan impor. Setelah ditambah, tugaskan ke jabatan."),
        back=reverse("people:list"),
        submit=_("Tambah pegawai"),
        done=_("Pegawai ditambahkan. Berikutnya: tugaskan ke jabatan."),
        crumbs=((pgettext("banyak", "Pegawai"), reverse("people:list")),),
    )
    form = EmployeeForm(request.POST or None, initial={"joined_on": viewer.today})
    return edit(request, form, page, lambda values: services.add_employee(actor=viewer, **values))


def mismatch_inbox(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_of(request)
    require_role(viewer, *SEES_ALL)
    found = mismatches(viewer.agency_id, viewer.today)
    table = mismatch_table(found).bind(request, found)
    context = {"table": table, "waiting": sum(not each.quiet for each in found)}
    return table.export() or render(request, "people/mismatches.html", context)


def roles(request: HttpRequest) -> HttpResponseBase:
    viewer = viewer_of(request)
    require_role(viewer, *SEES_ALL, Role.OPERATOR)
    keeps = may_keep(viewer)
    table = roles_table(viewer, keeps).bind(request, roles_held(viewer.agency_id))
    return table.export() or render(request, "people/roles.html", {"table": table, "may_keep": keeps})


def _roles_crumb() -> tuple[tuple[str, str], ...]:
    return ((_("Peran"), reverse("people:roles")),)


def role_new(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    require_keeper_of(viewer, viewer.agency_id)
    page = Page(
        title=_("Beri peran"),
        lead=_("Peran menentukan apa yang dapat dilihat dan dilakukan seseorang. Sebutkan dasarnya."),
        back=reverse("people:roles"),
        submit=_("Beri peran"),
        done=_("Peran diberikan."),
        crumbs=_roles_crumb(),
    )
    initial = {"on": viewer.today, "employee": request.GET.get("nip", "")}
    form = RoleForm(request.POST or None, agency_id=viewer.agency_id, initial=initial)
    return edit(request, form, page, lambda values: services.grant_role(actor=viewer, **values))


def role_end(request: HttpRequest, pk: int) -> HttpResponse:
    viewer = viewer_of(request)
    held = RoleGrant.objects.select_related("employee")
    grant = get_object_or_404(held, pk=pk, employee__agency_id=viewer.agency_id)
    require_keeper_of(viewer, viewer.agency_id)
    page = Page(
        title=_("Akhiri peran"),
        lead=f"{grant.employee.name}: {grant.get_role_display()}",
        back=reverse("people:roles"),
        submit=_("Akhiri peran"),
        done=_("Peran diakhiri."),
        crumbs=_roles_crumb(),
    )
    form = EndForm(request.POST or None, initial={"on": viewer.today})

    def act(values: dict[str, Any]) -> None:
        services.end_role(actor=viewer, grant=grant, **values)

    return edit(request, form, page, act)
