"""From the measure of answered complaints back to each, and why it counts or not. Nothing of a guarded one is told."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.complaints.models import ClosedBy, Complaint, ComplaintState
from terang.evidence.records import Record
from terang.rules.complaints.closing import Outcome, outcome
from terang.web.numbers import longdate


@dataclass(frozen=True)
class Counted:
    """A complaint with what it counts as."""

    complaint: Complaint
    outcome: Outcome


def counted(employee_ids: Collection[int], start: date, end: date, as_of: date) -> list[Counted]:
    """What counts between `start` and `end` (exclusive) for these people as known on `as_of`. One query."""
    found = ((each, outcome_of(each, as_of)) for each in _answerable(employee_ids, end))
    return [Counted(each, result) for each, result in found if result and start <= result.day < end]


def _answerable(employee_ids: Collection[int], end: date) -> QuerySet[Complaint]:
    """Reports in somebody's hands that could count: joined ones count once, by the report they are joined to."""
    ends = (ComplaintState.REJECTED, ComplaintState.REFERRED, ComplaintState.LAPSED)
    return (
        Complaint.objects.filter(Q(finish_due_on__lt=end) | Q(answered_on__lt=end), handler_id__in=employee_ids)
        .filter(duplicate_of=None, routed_on__isnull=False)
        .exclude(state__in=ends)
        .select_related("category")
        .order_by("pk")
    )


def outcome_of(complaint: Complaint, as_of: date) -> Outcome | None:
    return outcome(
        answered_on=complaint.answered_on,
        due_on=complaint.finish_due_on,
        settled=complaint.state == ComplaintState.CLOSED,
        reopened=complaint.reopened_count > 0,
        as_of=as_of,
    )


def records(
    measure_code: str, employee_id: int, start: date, end: date, limit: int = 50, *, as_of: date | None = None
) -> list[Record]:
    """Each complaint that counts, latest first. One query."""
    rows = counted([employee_id], start, end, as_of or timezone.localdate())
    rows.sort(key=lambda row: (row.outcome.day, row.complaint.pk), reverse=True)
    return [_record(row) for row in rows[:limit]]


def _record(row: Counted) -> Record:
    complaint, told = row.complaint, row.outcome
    guarded = complaint.is_guarded
    title = gettext("Pengaduan yang dilindungi") if guarded else f"{complaint.tracking_code}: {_topic(complaint)}"
    return Record(
        id=0 if guarded else complaint.pk,
        day=told.day,
        title=title,
        detail=explain(complaint, told),
        counted=True,
        effect=gettext("dihitung selesai tepat waktu")
        if told.in_time_confirmed
        else gettext("tidak dihitung selesai tepat waktu"),
        url="" if guarded else reverse("complaints:complaint", args=[complaint.tracking_code]),
    )


def _topic(complaint: Complaint) -> str:
    """The category: a citizen's words stay on the page of the complaint."""
    return complaint.category.name if complaint.category else gettext("tanpa kategori")


def explain(complaint: Complaint, told: Outcome) -> str:
    """Why it counts as it does, in a sentence."""
    if told.reopened and complaint.reopened_on:
        return gettext("Dibuka kembali oleh warga pada %(day)s, jadi tidak dihitung selesai tepat waktu.") % {
            "day": longdate(complaint.reopened_on)
        }
    if complaint.answered_on is None:
        return gettext("Belum dijawab sampai batasnya, %(day)s.") % {"day": longdate(complaint.finish_due_on)}
    days = {"day": longdate(complaint.answered_on), "due": longdate(complaint.finish_due_on)}
    if complaint.answered_on > complaint.finish_due_on:
        return gettext("Dijawab %(day)s, lewat batas %(due)s.") % days
    if complaint.closed_by == ClosedBy.CITIZEN:
        return gettext("Dijawab %(day)s, batasnya %(due)s; warga menyatakan selesai.") % days
    return gettext("Dijawab %(day)s, batasnya %(due)s; ditutup karena warga tidak membantah sampai waktunya.") % days
