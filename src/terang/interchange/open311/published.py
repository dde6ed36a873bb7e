"""Published reports as the standard tells them. Nothing about who reported is ever among it."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from terang.evidence.complaints.models import ClosedBy, Complaint, ComplaintPhoto, ComplaintState
from terang.evidence.complaints.models.complaint import ENDED
from terang.evidence.complaints.publication import public_due_on, public_words, published_complaints
from terang.interchange.open311.asking import moment, whole, window, words
from terang.interchange.open311.dialect import Open311Error
from terang.interchange.open311.offered import OTHER, categories
from terang.registry.organization.models import Agency
from terang.web.places import degrees

MOST = 1000
"""Numbers one call may name."""
PAGE = 200
"""Reports in one answer: each costs the removing of names."""
PAGES = 100
"""Further pages are empty; a narrower range of days leads there."""
KEPT_PAGES = 5
"""The first pages of the plain list are drawn once a minute for everybody."""
PLAIN = {"jurisdiction_id", "page", "page_size", "extensions"}
LONGEST_NUMBER = 20
S = ComplaintState
DETAILS = {
    S.RECEIVED: ("FOR_TRIAGE", "RECEIVED"),
    S.VERIFYING: ("FOR_TRIAGE", "RECEIVED"),
    S.INCOMPLETE: ("FOR_TRIAGE", "RECEIVED"),
    S.ROUTED: ("INTERNAL_REFERRAL", "IN_PROCESS"),
    S.IN_HAND: ("IN_PROGRESS", "IN_PROCESS"),
    S.ANSWERED: ("IN_PROGRESS", "IN_PROCESS"),
    S.REOPENED: ("REOPEN", "IN_PROCESS"),
    S.CLOSED: ("FIXED", "PROCESSED"),
    S.REJECTED: ("NO_FURTHER_ACTION", "REJECTED"),
    S.REFERRED: ("NOT_COUNCILS_RESPONSIBILITY", "ARCHIVED"),
    S.LAPSED: ("NO_FURTHER_ACTION", "ARCHIVED"),
}
"""State → the words of two extensions in use (mySociety; CitySDK)."""
NOTES = {
    ClosedBy.CITIZEN: _("Dijawab oleh unit, dan dinyatakan selesai oleh pelapor."),
    ClosedBy.TIME: _("Dijawab oleh unit; pelapor tidak menanggapi sampai batas waktunya."),
}


def plain_page(asked: Mapping[str, str]) -> int | None:
    """Which page of the plain list is asked, where it is one of the first; None for what is filtered or cut otherwise.
    Raises Open311Error."""
    size, page = whole(asked, "page_size", PAGE, PAGE), whole(asked, "page", 1, PAGES + 1)
    return page if set(asked) <= PLAIN and size == PAGE and page <= KEPT_PAGES else None


def listed(agency: Agency, asked: Mapping[str, str], request: HttpRequest) -> list[dict[str, Any]]:
    """The list by its filters. Named numbers override all others; otherwise at most 90 days and 200 reports a page, the
    latest day first (within a day by number: the order must not tell the hour). A filter counts whole local days, as
    the answers do. 2 or 3 queries. Raises Open311Error."""
    rows = published_complaints(agency)
    if numbers := words(asked, "service_request_id"):
        chosen = _full(rows.filter(tracking_code__in=numbers[:MOST]))[:MOST]
    else:
        start, end = window(asked, timezone.now())
        zone = ZoneInfo(agency.time_zone)
        rows = rows.filter(received_at__gte=_midnight(start, zone), received_at__lt=_midnight(end, zone, 1))
        rows = _narrowed(rows, agency, asked)
        size, page = whole(asked, "page_size", PAGE, PAGE), whole(asked, "page", 1, PAGES + 1)
        if page > PAGES:
            return []
        chosen = _full(rows).order_by("-received_on", "tracking_code")[(page - 1) * size : page * size]
    return [told(each, request, extended(asked)) for each in chosen]


def one(agency: Agency, number: str, asked: Mapping[str, str], request: HttpRequest) -> dict[str, Any]:
    """One published report. Raises Open311Error (404), the same for what is unknown and what is not public."""
    known = number.isprintable() and len(number) <= LONGEST_NUMBER
    found = _full(published_complaints(agency).filter(tracking_code=number)).first() if known else None
    if found is None:
        raise Open311Error(404, "service_request_id not found")
    return told(found, request, extended(asked))


def extended(asked: Mapping[str, str]) -> bool:
    return asked.get("extensions") == "true"


def _full(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    photos = Prefetch("photos", ComplaintPhoto.objects.filter(is_published=True), to_attr="shown_photos")
    return rows.select_related("agency", "category", "unit", "reporter").prefetch_related(photos)


def _narrowed(rows: QuerySet[Complaint], agency: Agency, asked: Mapping[str, str]) -> QuerySet[Complaint]:
    zone = ZoneInfo(agency.time_zone)
    rows = rows.annotate(moved=Coalesce("moved_on", "received_on"))
    if after := moment(asked, "updated_after"):
        rows = rows.filter(moved__gte=after.astimezone(zone).date())
    if before := moment(asked, "updated_before"):
        rows = rows.filter(moved__lte=before.astimezone(zone).date())
    if statuses := words(asked, "status"):
        rows = _by_status(rows, statuses)
    if codes := words(asked, "service_code"):
        rows = _by_service(rows, agency, codes)
    return rows


def _by_status(rows: QuerySet[Complaint], statuses: list[str]) -> QuerySet[Complaint]:
    if unknown := {each.lower() for each in statuses} - {"open", "closed"}:
        raise Open311Error(400, f"status must be open or closed, not {min(unknown)[:40]}")
    wanted = {each.lower() for each in statuses}
    if wanted == {"open"}:
        return rows.exclude(state__in=ENDED)
    return rows.filter(state__in=ENDED) if wanted == {"closed"} else rows


def _by_service(rows: QuerySet[Complaint], agency: Agency, codes: list[str]) -> QuerySet[Complaint]:
    own = {each.code for each in categories(agency)}
    if unknown := set(codes) - own - {OTHER}:
        raise Open311Error(404, f"service_code {min(unknown)[:40]} not found")
    wanted = Q(category__code__in=codes)
    return rows.filter(wanted | Q(category=None) if OTHER in codes and OTHER not in own else wanted)


def told(complaint: Complaint, request: HttpRequest, with_details: bool) -> dict[str, Any]:
    """One report with the fields of the standard, in its order."""
    zone = ZoneInfo(complaint.agency.time_zone)
    photos = [_photo(request, complaint, each.number) for each in complaint.shown_photos]  # type: ignore[attr-defined]
    category = complaint.category
    row = {
        "service_request_id": complaint.tracking_code,
        "status": "closed" if complaint.has_ended else "open",
        "status_notes": _note(complaint),
        "service_name": category.name if category else gettext("Laporan lain"),
        "service_code": category.code if category else OTHER,
        "description": public_words(complaint, complaint.body),
        "agency_responsible": _responsible(complaint),
        "service_notice": None,
        "requested_datetime": _midnight(complaint.received_at, zone).isoformat(),
        "updated_datetime": _start(complaint.moved_on or complaint.received_on, zone).isoformat(),
        "expected_datetime": datetime.combine(public_due_on(complaint), time(23, 59, 59), zone).isoformat(),
        "address": public_words(complaint, complaint.address) or None,
        "address_id": None,
        "zipcode": None,
        "lat": degrees(complaint.latitude_micro, coarse=complaint.is_anonymous),
        "long": degrees(complaint.longitude_micro, coarse=complaint.is_anonymous),
        "media_url": photos[0] if photos else None,
    }
    return row | ({"extended_attributes": _details(complaint, photos)} if with_details else {})


def _note(complaint: Complaint) -> str:
    """Why it ended, with both truths; where it stands before that."""
    if complaint.state == S.CLOSED:
        return str(NOTES[ClosedBy(complaint.closed_by)]) if complaint.closed_by else ""
    return public_words(complaint, complaint.ending_reason) or complaint.get_state_display()


def _responsible(complaint: Complaint) -> str:
    if complaint.state == S.REFERRED and complaint.referred_to:
        return complaint.referred_to
    return complaint.unit.name if complaint.unit else complaint.agency.name


def _details(complaint: Complaint, photos: list[str]) -> dict[str, Any]:
    state, detailed = DETAILS[ComplaintState(complaint.state)]
    return {
        "title": public_words(complaint, complaint.title),
        "status": "DUPLICATE" if complaint.duplicate_of_id else state,
        "detailed_status": detailed,
        "media_urls": photos,
    }


def _photo(request: HttpRequest, complaint: Complaint, number: int) -> str:
    address = reverse("public:photo", args=[complaint.agency.code, complaint.tracking_code, number])
    return request.build_absolute_uri(address)


def _midnight(at: datetime, zone: ZoneInfo, later: int = 0) -> datetime:
    """The beginning of the local day of a moment, or of the day `later` days after it: the only time ever told, since
    a second could tell who stood where, and the moment of a citizen's act is the citizen's."""
    return _start(at.astimezone(zone).date() + timedelta(days=later), zone)


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, zone)
