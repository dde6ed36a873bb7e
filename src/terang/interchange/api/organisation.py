"""Who asks, the units of the government, and the people whose entry in the registry the lender may open."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Field, Query, Router

from terang.interchange.api.paging import page_of
from terang.interchange.api.scopes import ORGANISATION, PROFILE
from terang.interchange.api.shapes import (
    LARGEST,
    WORDS,
    AgencyOut,
    ApplicationOut,
    MeOut,
    Number,
    Paged,
    PersonDetail,
    PersonOut,
    PersonPage,
    PostOut,
    UnitDetail,
    UnitOut,
    UnitPage,
    coded,
    named,
)
from terang.interchange.api.tokens import Token, caller_of, viewer_of
from terang.registry.organization.models import Unit, UnitKind
from terang.registry.people.access import require_record_of
from terang.registry.people.models import AssignmentKind, Employee, EmploymentStatus, PostKind, Role
from terang.registry.people.selectors import appraiser_of, employee_page, heads_on, main_posts
from terang.registry.people.viewer import Viewer, in_force
from terang.rules.sentences import mark as _

router = Router(tags=["organisasi"])


class UnitsAsked(Paged):
    parent: int | None = Field(None, ge=1, le=LARGEST, description=_("Hanya unit tepat di bawah unit ini."))
    q: str | None = Field(None, max_length=100, pattern=WORDS, description=_("Kata dalam nama atau kode."))


class PeopleAsked(Paged):
    unit: int | None = Field(None, ge=1, le=LARGEST, description=_("Hanya pegawai unit ini dan di bawahnya."))
    q: str | None = Field(None, max_length=100, pattern=WORDS, description=_("Kata dalam nama, atau NIP."))


@router.get("me", url_name="me", operation_id="me", response=MeOut, auth=Token(PROFILE), summary=_("Siapa saya"))
def me(request: HttpRequest) -> MeOut:
    caller = caller_of(request)
    viewer, employee, application = caller.viewer, caller.viewer.employee, caller.application
    assignment = main_posts([employee.pk], viewer.today).get(employee.pk)
    post = None
    if assignment:
        post = PostOut(
            title=assignment.post.title,
            kind=coded(PostKind(assignment.post.kind)),
            assignment=coded(AssignmentKind(assignment.kind)),
            unit=named(assignment.post.unit),
        )
    agency = employee.agency
    return MeOut(
        id=employee.pk,
        nip=employee.nip,
        name=employee.name,
        agency=AgencyOut(code=agency.code, name=agency.name, time_zone=agency.time_zone),
        post=post,
        roles=[coded(role) for role in Role if viewer.has(role)],
        leads=sorted(viewer.headed_unit_ids),
        today=viewer.today,
        application=ApplicationOut(name=application.name, scopes=application.scopes, last_day=application.last_day),
    )


@router.get(
    "units",
    url_name="units",
    operation_id="units",
    response=UnitPage,
    auth=Token(ORGANISATION),
    summary=_("Unit yang berlaku hari ini, menurut susunannya"),
)
def units(request: HttpRequest, asked: Query[UnitsAsked]) -> UnitPage:
    within = _units(viewer_of(request))
    rows = within
    if asked.parent is not None:
        rows = rows.filter(parent_id=asked.parent)
    if asked.q:
        rows = rows.filter(Q(name__icontains=asked.q) | Q(code__icontains=asked.q))
    found, following = page_of(request, asked, rows, within, ("path", "pk"))
    return UnitPage(items=[UnitOut(**_unit(row)) for row in found], next=following)


@router.get(
    "units/{int:pk}",
    url_name="unit",
    operation_id="unit",
    response=UnitDetail,
    auth=Token(ORGANISATION),
    summary=_("Satu unit dengan pemimpinnya"),
)
def unit(request: HttpRequest, pk: Number) -> UnitDetail:
    viewer = viewer_of(request)
    row = get_object_or_404(_units(viewer), pk=pk)
    head_id = heads_on([(row.pk, viewer.today)]).get((row.pk, viewer.today))
    head = Employee.objects.filter(pk=head_id).first() if head_id else None
    return UnitDetail(**_unit(row), head=named(head) if head else None)


@router.get(
    "people",
    url_name="people",
    operation_id="people",
    response=PersonPage,
    auth=Token(ORGANISATION),
    summary=_("Pegawai yang boleh Anda buka"),
)
def people(request: HttpRequest, asked: Query[PeopleAsked]) -> PersonPage:
    viewer = viewer_of(request)
    within: QuerySet[Any] = employee_page(viewer)
    rows = within
    if asked.unit is not None:
        rows = rows.filter(unit_path__startswith=get_object_or_404(_units(viewer), pk=asked.unit).path)
    if asked.q:
        rows = rows.filter(Q(name__icontains=asked.q) | Q(nip=asked.q))
    found, following = page_of(request, asked, rows, within, ("name", "pk"))
    return PersonPage(items=[PersonOut(**_person(row)) for row in found], next=following)


@router.get(
    "people/{int:pk}",
    url_name="person",
    operation_id="person",
    response=PersonDetail,
    auth=Token(ORGANISATION),
    summary=_("Satu pegawai dengan penilainya"),
)
def person(request: HttpRequest, pk: Number) -> PersonDetail:
    viewer = viewer_of(request)
    require_record_of(viewer, get_object_or_404(Employee, pk=pk))
    row = get_object_or_404(employee_page(viewer), pk=pk)
    appraiser = appraiser_of(row.pk, viewer.today)
    return PersonDetail(**_person(row), appraiser=named(appraiser.employee) if appraiser else None)


def _units(viewer: Viewer) -> QuerySet[Unit]:
    return Unit.objects.filter(in_force(viewer.today, "valid_from", "valid_to"), agency_id=viewer.agency_id)


def _unit(row: Unit) -> dict[str, Any]:
    return {
        "id": row.pk,
        "code": row.code,
        "name": row.name,
        "kind": coded(UnitKind(row.kind)),
        "parent": row.parent_id,
        "serves_public": row.serves_public,
        "valid_from": row.valid_from,
    }


def _person(row: Any) -> dict[str, Any]:
    """Of `employee_page`."""
    return {
        "id": row.pk,
        "nip": row.nip,
        "name": row.name,
        "status": coded(EmploymentStatus(row.status)),
        "rank": row.rank or None,
        "post": row.post_title,
        "unit": row.unit_name,
        "joined_on": row.joined_on,
        "left_on": row.left_on,
        "page": reverse("people:person", args=[row.pk]),
    }
