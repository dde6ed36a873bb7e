"""From the measure of answered complaints back to each, and why it counts or not. Nothing of a guarded one is told."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.complaints.models import AnswerDue, ClosedBy, Complaint, ComplaintState
from terang.evidence.records import Record
from terang.rules.complaints.closing import Outcome, outcome
from terang.web.numbers import longdate

ENDS_UNANSWERED = (ComplaintState.REJECTED, ComplaintState.REFERRED, ComplaintState.LAPSED)
"""How a report ends without an answer that anybody owed."""


@dataclass(frozen=True)
class Counted:
    """An answer that was due, with what it counts as."""

    due: AnswerDue
    outcome: Outcome


def counted(employee_ids: Collection[int], start: date, end: date, as_of: date) -> list[Counted]:
    """What counts between `start` and `end` (exclusive) for these people as known on `as_of`. One query."""
    found = ((each, outcome_of(each, as_of)) for each in _first_of_each(_countable(employee_ids, end)))
    return [Counted(each, result) for each, result in found if result and start <= result.day < end]


def _countable(employee_ids: Collection[int], end: date) -> QuerySet[AnswerDue]:
    """Joined reports count once, by the report they are joined to. What was never answered and ended otherwise does
    not count."""
    return (
        AnswerDue.objects.filter(Q(due_on__lt=end) | Q(answered_on__lt=end), employee_id__in=employee_ids)
        .exclude(answered_on=None, complaint__state__in=ENDS_UNANSWERED)
        .select_related("complaint__category")
        .order_by("complaint_id", "number")
    )


def open_answers(employee_id: int) -> list[AnswerDue]:
    """The answers a person still owes: none where an earlier one of theirs to the same report counts already. One
    query."""
    rows = AnswerDue.objects.filter(employee_id=employee_id).exclude(
        answered_on=None, complaint__state__in=ENDS_UNANSWERED
    )
    firsts = _first_of_each(rows.select_related("complaint").order_by("complaint_id", "number"))
    return [each for each in firsts if each.answered_on is None]


def _first_of_each(rows: Iterable[AnswerDue]) -> Iterator[AnswerDue]:
    """One report counts once for one person: by the first of its answers that was theirs."""
    seen = set()
    for each in rows:
        if (each.employee_id, each.complaint_id) not in seen:
            seen.add((each.employee_id, each.complaint_id))
            yield each


def outcome_of(due: AnswerDue, as_of: date) -> Outcome | None:
    """Opened again, an answer is no longer settled by how the report ends."""
    return outcome(
        answered_on=due.answered_on,
        due_on=due.due_on,
        settled=due.complaint.state == ComplaintState.CLOSED,
        reopened=due.reopened_on is not None,
        as_of=as_of,
    )


def records(
    measure_code: str, employee_id: int, start: date, end: date, limit: int = 50, *, as_of: date | None = None
) -> list[Record]:
    """Each complaint that counts, latest first. One query."""
    rows = counted([employee_id], start, end, as_of or timezone.localdate())
    rows.sort(key=lambda row: (row.outcome.day, row.due.complaint_id), reverse=True)
    return [_record(row) for row in rows[:limit]]


def _record(row: Counted) -> Record:
    complaint, told = row.due.complaint, row.outcome
    guarded = complaint.is_guarded
    title = gettext("Pengaduan yang dilindungi") if guarded else f"{complaint.tracking_code}: {_topic(complaint)}"
    return Record(
        id=0 if guarded else complaint.pk,
        day=told.day,
        title=title,
        detail=explain(row.due, told),
        counted=True,
        effect=gettext("dihitung selesai tepat waktu")
        if told.in_time_confirmed
        else gettext("tidak dihitung selesai tepat waktu"),
        url="" if guarded else reverse("complaints:complaint", args=[complaint.tracking_code]),
    )


def _topic(complaint: Complaint) -> str:
    """The category: a citizen's words stay on the page of the complaint."""
    return complaint.category.name if complaint.category else gettext("tanpa kategori")


def explain(due: AnswerDue, told: Outcome) -> str:
    """Why it counts as it does, and why for this person where somebody else has the report now."""
    again = gettext("Jawaban setelah dibuka kembali.") if due.number > 1 else ""
    return " ".join(part for part in (again, _why(due, told), _stays(due)) if part)


def _why(due: AnswerDue, told: Outcome) -> str:
    if told.reopened and due.reopened_on:
        why = gettext("Dibuka kembali oleh warga pada %(day)s, jadi tidak dihitung selesai tepat waktu.")
        return why % {"day": longdate(due.reopened_on)}
    if due.answered_on is None:
        untaken = gettext("Tidak diambil siapa pun sampai batasnya, %(day)s, jadi dihitung pada pimpinan unitnya.")
        why = untaken if due.is_untaken else gettext("Belum dijawab sampai batasnya, %(day)s.")
        return why % {"day": longdate(due.due_on)}
    days = {"day": longdate(due.answered_on), "due": longdate(due.due_on)}
    if due.answered_on > due.due_on:
        return gettext("Dijawab %(day)s, lewat batas %(due)s.") % days
    if due.complaint.closed_by == ClosedBy.CITIZEN:
        return gettext("Dijawab %(day)s, batasnya %(due)s; warga menyatakan selesai.") % days
    return gettext("Dijawab %(day)s, batasnya %(due)s; ditutup karena warga tidak membantah sampai waktunya.") % days


def _stays(due: AnswerDue) -> str:
    """Where somebody else has the report now; empty where nobody else has."""
    if due.is_untaken or due.complaint.handler_id == due.employee_id:
        return ""
    if due.answered_on is None:
        return gettext("Tetap dihitung pada yang memegangnya hari itu, walau laporan kini di tangan lain.")
    return gettext("Tetap dihitung pada penulis jawabannya, walau laporan kini di tangan lain.")
