"""Requests for services at the lender's desk. Nothing about who asked ever leaves by this door."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router

from terang.evidence.citizens.access import require_officer
from terang.evidence.citizens.models import RequestState, ServiceRequest
from terang.evidence.citizens.models.requests import RequestChannel
from terang.evidence.citizens.request_selectors import desk_requests, is_overdue, request_for
from terang.interchange.api.paging import page_of
from terang.interchange.api.scopes import SERVICES
from terang.interchange.api.shapes import LARGEST, Number, Paged, RequestOut, RequestPage, coded, named
from terang.interchange.api.tokens import Token, viewer_of
from terang.rules.sentences import mark as _

router = Router(tags=["layanan"])


class RequestsAsked(Paged):
    state: RequestState | None = None
    service: int | None = Field(None, ge=1, le=LARGEST, description=_("Hanya layanan ini."))


@router.get(
    "requests",
    url_name="requests",
    operation_id="requests",
    response=RequestPage,
    auth=Token(SERVICES),
    summary=_("Permohonan di meja Anda, yang terbaru dahulu"),
)
def requests(request: HttpRequest, asked: Query[RequestsAsked]) -> RequestPage:
    within = desk_requests(require_officer(viewer_of(request)))
    rows: QuerySet[ServiceRequest] = within.select_related("service__unit", "officer")
    if asked.state:
        rows = rows.filter(state=asked.state)
    if asked.service is not None:
        rows = rows.filter(service_id=asked.service)
    found, following = page_of(request, asked, rows, within, ("-received_at", "-pk"))
    return RequestPage(items=[_request(row) for row in found], next=following)


@router.get(
    "requests/{int:pk}",
    url_name="request",
    operation_id="request",
    response=RequestOut,
    auth=Token(SERVICES),
    summary=_("Satu permohonan"),
)
def one(request: HttpRequest, pk: Number) -> RequestOut:
    return _request(request_for(viewer_of(request), pk))


def _request(row: ServiceRequest) -> RequestOut:
    return RequestOut(
        id=row.pk,
        number=row.tracking_code,
        service=named(row.service),
        unit=named(row.service.unit),
        officer=named(row.officer) if row.officer else None,
        channel=coded(RequestChannel(row.channel)),
        state=coded(RequestState(row.state)),
        received_at=row.received_at,
        due_at=row.due_at,
        completed_at=row.completed_at,
        overdue=is_overdue(row, timezone.now()),
        page=row.get_absolute_url(),
    )
