"""What a complaint's state means, in the words of a citizen: where it stands, whose turn it is, and by when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from terang.evidence.complaints.models import (
    WITH_UNIT,
    ClosedBy,
    Complaint,
    ComplaintMessage,
    ComplaintState,
    MessageKind,
    Speaker,
)
from terang.web.numbers import longdate

STEPS = 5
_STEP = {
    ComplaintState.RECEIVED: 1,
    ComplaintState.VERIFYING: 2,
    ComplaintState.INCOMPLETE: 2,
    ComplaintState.ROUTED: 3,
    ComplaintState.IN_HAND: 3,
    ComplaintState.REOPENED: 3,
    ComplaintState.ANSWERED: 4,
}


def steps() -> list[str]:
    return [gettext("Diterima"), gettext("Diperiksa"), gettext("Ditangani"), gettext("Dijawab"), gettext("Selesai")]


def step_of(complaint: Complaint) -> int:
    """Where it stands, from 1; beyond the last where it has ended."""
    return _STEP.get(ComplaintState(complaint.state), STEPS + 1)


def what_next(complaint: Complaint) -> str:
    """What happens next and by when, for the citizen."""
    match complaint.state:
        case ComplaintState.RECEIVED | ComplaintState.VERIFYING:
            told = gettext("Laporan Anda diperiksa dan diteruskan paling lambat %(day)s.")
            if complaint.is_misconduct:
                told = gettext("Laporan Anda diperiksa tim pengawas paling lambat %(day)s.")
            return told % {"day": longdate(complaint.verify_due_on)}
        case ComplaintState.INCOMPLETE:
            told = gettext("Giliran Anda: lengkapi laporan paling lambat %(day)s. Lewat itu laporan dianggap dicabut.")
            return told % {"day": longdate(complaint.completion_due_on)}
        case ComplaintState.ROUTED | ComplaintState.IN_HAND:
            return _from_unit(complaint)
        case ComplaintState.REOPENED:
            told = gettext("Anda membuka kembali laporan ini. Jawaban baru paling lambat %(day)s.")
            return told % {"day": longdate(complaint.due_on)}
        case ComplaintState.ANSWERED:
            return _answered(complaint)
        case ComplaintState.CLOSED if complaint.closed_by == ClosedBy.CITIZEN:
            return gettext("Anda menyatakan laporan ini selesai. Terima kasih.")
        case ComplaintState.CLOSED:
            return gettext("Laporan ditutup karena tidak ada tanggapan dari Anda setelah jawaban terakhir.")
        case ComplaintState.REJECTED:
            return gettext("Laporan ini tidak dapat diproses. Alasannya ada di bawah.")
        case ComplaintState.REFERRED:
            told = gettext("Laporan ini bukan wewenang kami dan sudah dialihkan kepada %(where)s.")
            return told % {"where": complaint.referred_to}
        case _:
            return gettext("Laporan ini dianggap dicabut karena tidak dilengkapi. Anda dapat membuat laporan baru.")


def _from_unit(complaint: Complaint) -> str:
    final = longdate(complaint.again_due_on or complaint.finish_due_on)
    if complaint.first_answered_at is None and complaint.first_answer_due_on:
        told = gettext("Kabar pertama paling lambat %(first)s, jawaban akhir paling lambat %(final)s.")
        return told % {"first": longdate(complaint.first_answer_due_on), "final": final}
    return gettext("Jawaban akhir paling lambat %(final)s.") % {"final": final}


def _answered(complaint: Complaint) -> str:
    if complaint.citizen_waits:
        return gettext("Pesan Anda sudah masuk dan menunggu dijawab. Laporan tidak ditutup sebelum itu.")
    told = gettext("Giliran Anda: apakah sudah selesai? Tanpa tanggapan sampai %(day)s, laporan ditutup.")
    return told % {"day": longdate(complaint.response_due_on)}


def public_place(complaint: Complaint) -> str:
    """Whether it stands on public pages, with which photos, for staff; empty for what never may. One query where it
    stands there."""
    if complaint.is_guarded:
        return ""
    if complaint.is_published:
        numbers = complaint.photos.filter(is_published=True).values_list("number", flat=True)
        photos = ", ".join(str(number) for number in numbers)
        return gettext("tampil, dengan foto %(numbers)s") % {"numbers": photos} if photos else gettext("tampil")
    if complaint.taken_back_at:
        return gettext("ditarik %(day)s") % {"day": longdate(complaint.taken_back_at)}
    return gettext("tidak tampil")


def again_due(complaint: Complaint) -> str:
    """The day of the answer that is asked for once more, and why, for staff; empty where none ever was."""
    if complaint.again_due_on is None:
        return ""
    day = {"day": longdate(complaint.again_due_on)}
    if complaint.citizen_waits:
        return gettext("balasan warga dijawab paling lambat %(day)s") % day
    if complaint.reopened_on and complaint.state in WITH_UNIT:
        return gettext("setelah dibuka kembali %(day)s") % day
    return gettext("jawaban ulang %(day)s") % day


@dataclass(frozen=True)
class Line:
    """One entry of the timeline. `who` is empty for the system; `mine` marks the citizen's own words; `photos` are
    their numbers."""

    who: str
    kind: str
    text: str
    on: date
    mine: bool
    internal: bool
    answer: bool
    photos: tuple[int, ...]


def timeline(complaint: Complaint, *, for_staff: bool) -> list[Line]:
    """All that was said, oldest first; the citizen's page without internal notes and without names of employees, the
    staff's page with days only: a minute could tell who wrote. Two queries."""
    rows = complaint.messages.select_related("author", "unit")
    shown = rows if for_staff else rows.filter(is_shown=True)
    photos = list(complaint.photos.values_list("message_id", "number"))
    return [_line(each, complaint, for_staff, _photos_of(each, photos)) for each in shown]


def _photos_of(message: ComplaintMessage, photos: Sequence[tuple[int | None, int]]) -> tuple[int, ...]:
    """Those that came with it; the reporter's own belong to the report."""
    own = None if message.kind == MessageKind.REPORT else message.pk
    return tuple(number for belongs_to, number in photos if belongs_to == own)


def _line(message: ComplaintMessage, complaint: Complaint, for_staff: bool, photos: tuple[int, ...]) -> Line:
    return Line(
        who=_who(message, complaint, for_staff),
        kind=_kind(message),
        text=message.text,
        on=message.said_at,
        mine=message.speaker == Speaker.CITIZEN,
        internal=not message.is_shown,
        answer=message.kind == MessageKind.ANSWER,
        photos=photos,
    )


def _kind(message: ComplaintMessage) -> str:
    if message.kind == MessageKind.FORWARD and message.unit:
        return gettext("Diteruskan kepada %(unit)s") % {"unit": message.unit.name}
    return str(MessageKind(message.kind).label)


def _who(message: ComplaintMessage, complaint: Complaint, for_staff: bool) -> str:
    if message.speaker == Speaker.CITIZEN:
        return gettext("Pelapor") if for_staff else gettext("Anda")
    if message.speaker == Speaker.SYSTEM:
        return ""
    if for_staff and message.author:
        return message.author.name
    answers = message.kind in (MessageKind.ANSWER, MessageKind.REPLY)
    if answers and message.unit:
        return message.unit.name
    if complaint.is_misconduct:
        return gettext("Petugas pengaduan") if message.unit else gettext("Tim pengawas")
    return complaint.unit.name if answers and complaint.unit else gettext("Petugas pengaduan")
