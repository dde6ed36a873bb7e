"""Questions about complaints. Staff ask through `access.complaints_visible`; the public sees what was published."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import cos, radians

from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.utils.crypto import constant_time_compare

from terang.evidence.complaints.access import (
    complaints_visible,
    coordinates,
    leads,
    liaison_paths,
    may_disclose,
    may_guard,
    may_read_identity,
    may_verify,
    may_work,
)
from terang.evidence.complaints.models import (
    CHECKS,
    CITIZEN_WAITS,
    ENDED,
    WITH_UNIT,
    Complaint,
    ComplaintCategory,
    ComplaintClass,
    ComplaintState,
)
from terang.evidence.complaints.publication import published_complaints
from terang.evidence.complaints.services.reporting import code_hash
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.access import require_viewer
from terang.registry.people.viewer import Viewer, in_force
from terang.web.secrets import plain_code, token_hash

MICRO = 1_000_000
METRES_PER_DEGREE = 111_320
NEARBY_METRES = 300
MOST_SIMILAR = 5
SMALL_TOWN_DAYS = 90


def complaint_for(viewer: Viewer | None, tracking_code: str) -> Complaint:
    """The complaint, or Http404 alike where there is none and where the viewer may not know of it. Three queries."""
    found = (
        complaints_visible(require_viewer(viewer))
        .select_related("agency", "unit", "about_unit", "category", "handler", "duplicate_of")
        .filter(tracking_code=tracking_code)
        .first()
    )
    if found is None:
        raise Http404
    return found


def complaint_of_token(token: str) -> Complaint | None:
    """The complaint behind a secret link. One query."""
    rows = Complaint.objects.select_related("agency", "unit", "category")
    return rows.filter(secret_hash=token_hash(token)).first()


def complaint_of_code(number: str, code: str) -> Complaint | None:
    """The complaint with this number and short code; None where either is wrong, after the same work. One query."""
    signs = plain_code(number)
    plain = f"{signs[:3]}-{signs[3:7]}-{signs[7:]}"
    found = Complaint.objects.select_related("agency", "unit", "category").filter(tracking_code=plain).first()
    right = constant_time_compare(code_hash(plain, code), found.code_hash if found else "")
    return found if right else None


def agencies_taking() -> QuerySet[Agency]:
    """Governments that take complaints: those with a category in use. One query when read."""
    return Agency.objects.filter(complaint_categories__active=True).order_by("name").distinct()


def categories_of(agency_id: int) -> QuerySet[ComplaintCategory]:
    """What may be reported, in the order of the form. One query when read."""
    return ComplaintCategory.objects.filter(agency_id=agency_id, active=True).select_related("unit")


def units_of(agency_id: int, day: date) -> QuerySet[Unit]:
    """The units of today. One query when read."""
    return Unit.objects.filter(in_force(day, "valid_from", "valid_to"), agency_id=agency_id)


@dataclass(frozen=True)
class Counts:
    """Complaints by state, and both truths of what was closed: by the unit's answer, and by whose second key."""

    by_state: dict[str, int]
    answered: int
    confirmed: int
    by_silence: int
    reopened: int
    rated: int
    satisfied: int

    @property
    def total(self) -> int:
        return sum(self.by_state.values())


def counts_of(rows: QuerySet[Complaint]) -> Counts:
    """Of any set of complaints. `answered` are those with a final answer, `reopened` those opened again at least once,
    `satisfied` those rated 3 or 4. Two queries."""
    plain = rows.order_by()
    by_state = dict(plain.values_list("state").annotate(count=Count("id", distinct=True)))
    sums = plain.aggregate(
        answered=Count("id", filter=Q(answered_on__isnull=False), distinct=True),
        confirmed=Count("id", filter=Q(closed_by="warga"), distinct=True),
        by_silence=Count("id", filter=Q(closed_by="waktu"), distinct=True),
        reopened=Count("id", filter=Q(reopened_count__gt=0), distinct=True),
        rated=Count("id", filter=Q(rating__isnull=False), distinct=True),
        satisfied=Count("id", filter=Q(rating__gte=3), distinct=True),
    )
    return Counts(by_state={state: by_state.get(state, 0) for state in ComplaintState.values}, **sums)


def similar_complaints(
    *, agency: Agency, today: date, category_id: int | None, address: str, place: tuple[int, int] | None
) -> list[Complaint]:
    """Published open reports near a place (300 m), else of the same category whose address shares a long word; newest
    first, at most five. `place` in millionths of a degree. One query, none where there is nothing to go by."""
    since = today - timedelta(days=SMALL_TOWN_DAYS)
    rows = published_complaints(agency).exclude(state__in=ENDED).select_related("category")
    rows = rows.filter(received_on__gte=since, duplicate_of=None)
    words = [word for word in address.split() if len(word) > 4][:4]
    if place:
        rows = rows.filter(_near(place))
    elif category_id and words:
        same = Q()
        for word in words:
            same |= Q(address__icontains=word)
        rows = rows.filter(same, category_id=category_id)
    else:
        return []
    return list(rows[:MOST_SIMILAR])


def _near(place: tuple[int, int]) -> Q:
    """A square of `NEARBY_METRES` to each side: near enough for a suggestion."""
    latitude, longitude = place
    high = NEARBY_METRES * MICRO // METRES_PER_DEGREE
    wide = int(high / max(cos(radians(latitude / MICRO)), 0.1))
    return Q(
        latitude_micro__range=(latitude - high, latitude + high),
        longitude_micro__range=(longitude - wide, longitude + wide),
    )


def waiting_on(viewer: Viewer) -> QuerySet[Complaint]:
    """What waits for the viewer in person or in office: to be checked, to be taken, in one's own hands, and answered
    ones whose citizen wrote again. The one due first is first."""
    to_check = Q(state__in=CHECKS)
    mine = Q(handler=viewer.employee) & (Q(state__in=WITH_UNIT) | CITIZEN_WAITS)
    untaken = Q(state__in=(ComplaintState.ROUTED, ComplaintState.REOPENED)) & (
        Q(handler=None) | Q(state=ComplaintState.REOPENED)
    )
    misconduct = Q(complaint_class=ComplaintClass.MISCONDUCT)
    waits = mine | ((untaken | CITIZEN_WAITS) & ~misconduct & _for_unit(viewer))
    if coordinates(viewer):
        waits |= to_check & ~misconduct
    waits |= misconduct & (to_check | untaken)  # visible to nobody but who handles it
    return complaints_visible(viewer).filter(waits, duplicate_of=None).order_by("finish_due_on", "pk")


def _for_unit(viewer: Viewer) -> Q:
    condition = Q(unit_id__in=viewer.headed_unit_ids)
    for path in liaison_paths(viewer):
        condition |= Q(unit__path__startswith=path)
    return condition


@dataclass(frozen=True)
class Rights:
    """What the viewer may do with one complaint by who they are; states are another question."""

    verifies: bool
    works: bool
    leads: bool
    discloses: bool
    guards: bool
    reads_identity: bool

    @property
    def handles(self) -> bool:
        return self.verifies or self.works


def rights_of(viewer: Viewer, complaint: Complaint) -> Rights:
    """Up to a dozen small queries, whatever the number of complaints."""
    return Rights(
        verifies=may_verify(viewer, complaint),
        works=may_work(viewer, complaint),
        leads=leads(viewer, complaint),
        discloses=may_disclose(viewer, complaint),
        guards=may_guard(viewer, complaint),
        reads_identity=may_read_identity(viewer, complaint),
    )
