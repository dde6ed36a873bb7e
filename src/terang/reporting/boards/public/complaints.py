"""Complaints in public: how many stand where, both truths about what ended, and those that were let appear."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.paginator import Page, Paginator
from django.db.models import Count, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from terang.evidence.complaints.models import (
    ClosedBy,
    Complaint,
    ComplaintMessage,
    ComplaintPhoto,
    ComplaintState,
    MessageKind,
    Speaker,
)
from terang.evidence.complaints.publication import open_complaints, public_words, published_complaints
from terang.evidence.complaints.punctuality import answer_late, answered_in_time, judged
from terang.registry.organization.models import Agency, Unit
from terang.web.charts import Bar, Bars

DAYS = 365
PAGE = 20
S = ComplaintState
KINDS = {
    S.RECEIVED: "quiet",
    S.VERIFYING: "quiet",
    S.INCOMPLETE: "attention",
    S.ROUTED: "quiet",
    S.IN_HAND: "quiet",
    S.ANSWERED: "attention",
    S.REOPENED: "wrong",
    S.CLOSED: "ok",
    S.REJECTED: "quiet",
    S.REFERRED: "quiet",
    S.LAPSED: "quiet",
}
"""The colour of a state; its word always stands beside it."""


@dataclass(frozen=True)
class StateLine:
    label: str
    count: int
    share_bp: int


@dataclass(frozen=True)
class Truths:
    """Reports of a year, guarded ones left out.

    `answered`: the unit says it is done. Of those: `confirmed` by the citizen, `silent` (closed by time), `awaited`
    (the citizen may still answer), `disputed` (opened again and not confirmed since). `denied` are all that were ever
    opened again. `timely` are those answered by their day, of the `judged` that were answered or should have been;
    `late` wait for an answer whose day has passed (`evidence.complaints.punctuality`, as on the board of the staff).
    """

    total: int
    answered: int
    confirmed: int
    silent: int
    awaited: int
    disputed: int
    denied: int
    timely: int
    late: int
    judged: int
    states: tuple[StateLine, ...]

    @property
    def bars(self) -> Bars:
        """Both truths: what the unit says, and what the citizen says of it."""
        return Bars(
            _("Kata unit, dan kata pelapor"),
            [
                Bar(_("Unit: sudah dijawab"), self.answered),
                Bar(_("Pelapor: benar, sudah selesai"), self.confirmed, "ok"),
                Bar(_("Pelapor: belum selesai, dibuka lagi"), self.disputed, "wrong"),
                Bar(_("Menunggu kata pelapor"), self.awaited, "attention"),
                Bar(_("Pelapor diam sampai batas waktu"), self.silent, "quiet"),
            ],
            heads=(_("Menurut siapa"), _("Laporan")),
        )

    @property
    def timely_bp(self) -> int | None:
        return _share(self.timely, self.judged)

    @property
    def confirmed_bp(self) -> int | None:
        return _share(self.confirmed, self.answered)

    @property
    def denied_bp(self) -> int | None:
        """The share of answered reports of which citizens said that nothing was solved."""
        return _share(self.denied, self.answered)


def _share(part: int, whole: int) -> int | None:
    """Basis points, rounded half-up; missing where there is nothing to share."""
    return (2 * part * 10_000 + whole) // (2 * whole) if whole else None


def truths_of(rows: QuerySet[Complaint], today: date) -> Truths:
    """Of the last 365 days. 2 queries."""
    recent = rows.filter(received_on__gt=today - timedelta(days=DAYS)).order_by()
    answered = Q(answered_on__isnull=False)
    sums = recent.aggregate(
        total=Count("id"),
        answered=Count("id", filter=answered),
        confirmed=Count("id", filter=Q(state=S.CLOSED, closed_by=ClosedBy.CITIZEN)),
        silent=Count("id", filter=Q(state=S.CLOSED, closed_by=ClosedBy.TIME)),
        awaited=Count("id", filter=Q(state=S.ANSWERED)),
        disputed=Count("id", filter=answered & ~Q(state__in=(S.CLOSED, S.ANSWERED))),
        denied=Count("id", filter=answered & Q(reopened_count__gt=0)),
        timely=Count("id", filter=answered_in_time(today)),
        late=Count("id", filter=answer_late(today)),
        judged=Count("id", filter=judged(today)),
    )
    counts = dict(recent.values_list("state").annotate(count=Count("id")))
    return Truths(**sums, states=tuple(_states(counts, sums["total"])))


def _states(counts: dict[str, int], total: int) -> Iterable[StateLine]:
    for state in ComplaintState:
        if count := counts.get(state, 0):
            yield StateLine(str(state.label), count, _share(count, total) or 0)


def government_truths(agency: Agency, today: date) -> Truths:
    return truths_of(open_complaints(agency), today)


def unit_truths(unit: Unit, today: date) -> Truths:
    """Of what the unit and those below it answer."""
    return truths_of(open_complaints(unit.agency).filter(unit__path__startswith=unit.path), today)


@dataclass(frozen=True)
class UnitLine:
    """The reports a unit answers, of the last 365 days."""

    pk: int
    name: str
    total: int
    answered: int
    confirmed: int
    denied: int


def unit_lines(agency: Agency, today: date) -> list[UnitLine]:
    """Units with a report, the most first. 1 query."""
    recent = open_complaints(agency).filter(received_on__gt=today - timedelta(days=DAYS), unit__isnull=False)
    rows = recent.order_by().values("unit_id", "unit__name")
    counted = rows.annotate(
        total=Count("id"),
        answered=Count("id", filter=Q(answered_on__isnull=False)),
        confirmed=Count("id", filter=Q(state=S.CLOSED, closed_by=ClosedBy.CITIZEN)),
        denied=Count("id", filter=Q(answered_on__isnull=False, reopened_count__gt=0)),
    )
    ordered = counted.order_by("-total", "unit__name")
    return [
        UnitLine(
            row["unit_id"] or 0, row["unit__name"] or "", row["total"], row["answered"], row["confirmed"], row["denied"]
        )
        for row in ordered
    ]


def published_pages(agency: Agency) -> int:
    """How many pages there are, at least one. 1 query."""
    return Paginator(published_complaints(agency), PAGE).num_pages


def published_page(agency: Agency, number: int) -> Page:
    """A page of published reports, the latest first; the last page beyond the end. 2 queries."""
    rows = published_complaints(agency).select_related("category", "unit", "reporter").defer("body")
    return Paginator(rows.order_by("-received_at", "-pk"), PAGE).get_page(number)


def published_one(agency: Agency, number: str) -> Complaint | None:
    """One published report with its public answers and photos; None for all others alike. 3 queries."""
    answers = ComplaintMessage.objects.filter(is_shown=True, kind=MessageKind.ANSWER, speaker=Speaker.STAFF)
    rows = (
        published_complaints(agency)
        .select_related("agency", "category", "unit", "reporter")
        .prefetch_related(
            Prefetch("messages", answers, to_attr="answers"),
            Prefetch("photos", ComplaintPhoto.objects.filter(is_published=True), to_attr="shown_photos"),
        )
    )
    return rows.filter(tracking_code=number).first()


def published_photo(agency: Agency, number: str, place: int) -> ComplaintPhoto | None:
    """A published photo of a published report. 1 query."""
    rows = ComplaintPhoto.objects.filter(is_published=True, number=place, complaint__in=published_complaints(agency))
    return rows.filter(complaint__tracking_code=number).select_related("file").first()


def ending_words(complaint: Complaint) -> str:
    """Who says that it is done; empty before that."""
    if complaint.state != S.CLOSED:
        return public_words(complaint, complaint.ending_reason) if complaint.has_ended else ""
    if complaint.closed_by == ClosedBy.CITIZEN:
        return _("Unit menyatakan selesai, dan pelapor membenarkannya.")
    return _("Unit menyatakan selesai. Pelapor tidak menanggapi sampai batas waktunya.")
