"""The citizen's own acts, behind the secret link: complete, reply, confirm, open again, rate, take or delete data.

Nobody signs in here: whoever holds the link is the citizen. The journal names nobody.
"""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.complaints.models import (
    ClosedBy,
    Complaint,
    ComplaintMessage,
    ComplaintState,
    MessageKind,
    Reporter,
    Speaker,
)
from terang.evidence.complaints.publication import public_words, without_reporter
from terang.evidence.complaints.services.charging import charge_reopening, stand_alone
from terang.evidence.complaints.services.moving import held, keep, move, say, tell
from terang.evidence.complaints.states import require_move
from terang.evidence.complaints.terms import terms_in_force
from terang.registry.organization.calendars import local_today
from terang.rules.complaints.deadlines import finish_due, first_answer_due
from terang.web.errors import NotNow

BEST = 4


def reply_to(*, complaint: Complaint, text: str, form_key: UUID) -> Complaint:
    """Something to add. Where the report was to be completed it is complete now, and every term counts from today."""
    if not text.strip():
        raise NotNow(gettext("Tuliskan pesan Anda."))
    with transaction.atomic():
        current = held(complaint.pk)
        if ComplaintMessage.objects.filter(form_key=form_key, complaint=current).exists():
            return current
        completes = current.state == ComplaintState.INCOMPLETE
        turns = current.state == ComplaintState.ANSWERED and not current.citizen_waits
        require_move(current, "complete" if completes else "reply")
        message = say(current, MessageKind.REPLY, text, speaker=Speaker.CITIZEN, form_key=form_key)
        current.citizen_wrote_at = message.said_at
        if completes:
            today = local_today(current.agency)
            terms_in_force(current.agency, today).receipt(current, today)
            current.completion_due_on = None
            move(current, "complete")
        else:
            if turns:
                _ask_again(current)
            keep(current)
        tell("completed" if completes else "citizen_replied", current, actor=None)
    return current


def _ask_again(complaint: Complaint) -> None:
    """The unit has to answer once more, by the term of a first answer; further messages do not move that day. A joined
    report stands alone from here, for its main report has nothing to answer."""
    today = local_today(complaint.agency)
    found = terms_in_force(complaint.agency, today)
    complaint.again_due_on = first_answer_due(today, found.terms, found.calendar)
    stand_alone(complaint)


def confirm_done(*, complaint: Complaint) -> Complaint:
    """The citizen's key: it is done. A second click changes nothing."""
    with transaction.atomic():
        current = held(complaint.pk)
        if current.state == ComplaintState.CLOSED:
            return current
        require_move(current, "confirm")
        current.closed_at, current.closed_by = timezone.now(), ClosedBy.CITIZEN
        say(current, MessageKind.NOTICE, gettext("Pelapor menyatakan laporan ini selesai."), speaker=Speaker.CITIZEN)
        move(current, "confirm")
        tell("confirmed", current, actor=None)
    return current


def reopen(*, complaint: Complaint, text: str, form_key: UUID) -> Complaint:
    """It is not done: back to the unit, with why. The terms of the unit begin anew; what was in time before counts so
    no longer. Raises NotNow without a reason, and after the last day where the citizen did not reply to the answer."""
    if not text.strip():
        raise NotNow(gettext("Tuliskan apa yang belum selesai."))
    with transaction.atomic():
        current = held(complaint.pk)
        if ComplaintMessage.objects.filter(form_key=form_key, complaint=current).exists():
            return current
        require_move(current, "reopen")
        today = local_today(current.agency)
        if not current.citizen_waits and current.response_due_on and today > current.response_due_on:
            raise NotNow(gettext("Waktu untuk menanggapi sudah lewat. Silakan buat laporan baru."))
        message = say(current, MessageKind.REPLY, text, speaker=Speaker.CITIZEN, form_key=form_key)
        current.citizen_wrote_at = message.said_at
        stand_alone(current)
        charge_reopening(current, today)
        current.reopened_count += 1
        current.reopened_on = today
        found = terms_in_force(current.agency, today)
        current.again_due_on = finish_due(today, current.complaint_class, found.terms, found.calendar)
        current.response_due_on = None
        move(current, "reopen")
        tell("reopened", current, actor=None, changes={"reopened": current.reopened_count})
    return current


def rate(*, complaint: Complaint, rating: int, reason: str) -> Complaint:
    """How well it was handled, 1 to 4, once, after it is closed."""
    with transaction.atomic():
        current = held(complaint.pk)
        require_move(current, "rate")
        if current.rating is not None:
            raise NotNow(gettext("Penilaian untuk laporan ini sudah diterima. Terima kasih."))
        if not 1 <= rating <= BEST:
            raise NotNow(gettext("Pilih 1 sampai 4."))
        current.rating, current.rating_reason = rating, reason.strip()
        keep(current)
        tell("rated", current, actor=None)
    return current


def forget_reporter(complaint: Complaint) -> None:
    """Deletes name and contact for good; the report itself stays. A second time changes nothing."""
    with transaction.atomic():
        current = held(complaint.pk)
        if current.forgotten_on:
            return
        _scrub(current)
        Reporter.objects.filter(complaint=current).delete()
        current.forgotten_on = local_today(current.agency)
        keep(current)
        tell("identity_deleted", current, actor=None)


def _scrub(complaint: Complaint) -> None:
    """Takes the reporter's name, numbers and addresses out of what was written, while it is known who that is: once the
    row is gone nothing could tell the name from other words. The reporter's own words lose all that public pages hide;
    what officers wrote loses the reporter alone and stays readable as evidence of their work."""
    complaint.reporter = Reporter.objects.filter(complaint=complaint).first()
    messages = list(complaint.messages.all())
    own = [each.text for each in messages if each.speaker == Speaker.CITIZEN]
    told = [complaint.title, complaint.body, complaint.address, complaint.rating_reason, *own]
    for name in ("title", "body", "address", "rating_reason"):
        setattr(complaint, name, public_words(complaint, getattr(complaint, name)))
    complaint.ending_reason = without_reporter(complaint, complaint.ending_reason, told)
    for message in messages:
        mine = message.speaker == Speaker.CITIZEN
        words = public_words(complaint, message.text) if mine else without_reporter(complaint, message.text, told)
        if words != message.text:
            ComplaintMessage.objects.filter(pk=message.pk).update(text=words)
    for asked in complaint.disclosures.all():
        asked.reason = without_reporter(complaint, asked.reason, told)
        asked.save(update_fields=["reason"])


def own_data(complaint: Complaint) -> dict[str, Any]:
    """Everything kept about the citizen and the report, for who holds the link (UU 27/2022). Three queries."""
    reporter = Reporter.objects.filter(complaint=complaint).first()
    return {
        "nomor": complaint.tracking_code,
        "diterima": complaint.received_at.isoformat(),
        "nama": reporter.name if reporter else "",
        "kontak": reporter.contact if reporter else "",
        "judul": complaint.title,
        "isi": complaint.body,
        "tanggal_kejadian": complaint.event_on.isoformat() if complaint.event_on else None,
        "tempat": complaint.address,
        "lintang_juta": complaint.latitude_micro,
        "bujur_juta": complaint.longitude_micro,
        "anonim": complaint.is_anonymous,
        "rahasia": complaint.is_secret,
        "status": str(complaint.state),
        "penilaian": complaint.rating,
        "alasan_penilaian": complaint.rating_reason,
        "pesan": [
            {"dari": each.speaker, "jenis": each.kind, "isi": each.text, "pada": each.said_at.isoformat()}
            for each in complaint.messages.filter(is_shown=True)
        ],
        "foto": complaint.photos.count(),
        "identitas_dibuka": [
            {"pada": each.shown_at.isoformat(), "alasan": each.reason}
            for each in complaint.disclosures.exclude(shown_at=None)
            if each.shown_at
        ],
    }
