"""What time settles by itself: silence closes, an incomplete report lapses, reminders, what came late goes up, and
identities are deleted when they are no longer needed. The worker calls `sweep` every hour; twice is as good as once.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, Q, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext, override

from terang.audit.alone import alone
from terang.custody.services.destroying import destroy_files
from terang.evidence.complaints.ladder import Recipients, Step, recipients_in, steps_due, still_to_tell
from terang.evidence.complaints.models import (
    ENDED,
    WITH_UNIT,
    AnswerDue,
    ClosedBy,
    Complaint,
    ComplaintPhoto,
    ComplaintState,
    Escalation,
    EscalationStep,
    MessageKind,
)
from terang.evidence.complaints.services.charging import charge_missed
from terang.evidence.complaints.services.citizen import forget_reporter
from terang.evidence.complaints.services.moving import held, move, say, tell
from terang.evidence.complaints.states import may_move
from terang.evidence.complaints.terms import InForce, terms_in_force
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.rules.complaints.closing import closes_by_silence

BATCH = 500
"""Reports looked at in one go."""
STEPS_AT_ONCE = 5_000
"""Reminders and steps upwards after which one sweep of a government leaves the rest to the next hour."""


def sweep() -> None:
    """Everything time settles, in every government. No government, no chore and no report that fails stops another
    (`alone`); a lost database stops all."""
    with override("id"):
        for agency in Agency.objects.all():
            alone(settle, agency=agency)


def settle(*, agency: Agency) -> None:
    """One government, at most a batch of each."""
    today = local_today(agency)
    alone(close_silent, agency, today)
    alone(lapse_incomplete, agency, today)
    alone(charge_late, agency, today)
    found = terms_in_force(agency, today)
    alone(escalate, agency, today, found)
    alone(forget_old, agency, today, found)


def close_silent(agency: Agency, today: date) -> int:
    """Closes what was answered and got no word in the citizen's time; says so to the citizen. Returns how many."""
    waiting = Complaint.objects.filter(agency=agency, state=ComplaintState.ANSWERED, response_due_on__lt=today)
    waiting = waiting.exclude(citizen_wrote_at__isnull=False, citizen_wrote_at__gte=F("last_answer_at"))
    waiting = waiting.order_by("response_due_on", "pk")
    return sum(bool(alone(_close_one, pk, today)) for pk in waiting.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _close_one(complaint_id: int, today: date) -> bool:
    current = held(complaint_id)
    closes = closes_by_silence(
        answered_at=current.last_answer_at,
        citizen_wrote_at=current.citizen_wrote_at,
        response_due_on=current.response_due_on,
        today=today,
    )
    if not may_move(current, "close_by_silence") or not closes:
        return False
    current.closed_at, current.closed_by = timezone.now(), ClosedBy.TIME
    text = gettext("Laporan ditutup karena tidak ada tanggapan dari Anda setelah jawaban terakhir.")
    say(current, MessageKind.NOTICE, text)
    move(current, "close_by_silence")
    tell("closed_by_silence", current, actor=None)
    return True


def lapse_incomplete(agency: Agency, today: date) -> int:
    """Ends what was not completed in time. Returns how many."""
    waiting = Complaint.objects.filter(agency=agency, state=ComplaintState.INCOMPLETE, completion_due_on__lt=today)
    return sum(bool(alone(_lapse_one, pk, today)) for pk in waiting.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _lapse_one(complaint_id: int, today: date) -> bool:
    current = held(complaint_id)
    late = current.completion_due_on is not None and current.completion_due_on < today
    if not may_move(current, "lapse") or not late:
        return False
    current.closed_at = timezone.now()
    say(current, MessageKind.NOTICE, gettext("Laporan dianggap dicabut karena tidak dilengkapi sampai batas waktunya."))
    move(current, "lapse")
    tell("lapsed", current, actor=None)
    return True


def charge_late(agency: Agency, today: date) -> int:
    """Charges each due day that passed without an answer to who had the report that day. Returns how many."""
    due = Case(When(reopened_count=0, then=F("finish_due_on")), default=Coalesce("again_due_on", "finish_due_on"))
    known = AnswerDue.objects.filter(complaint=OuterRef("pk"), number=OuterRef("reopened_count") + 1)
    somewhere = Q(handler__isnull=False) | Q(unit__isnull=False)
    waiting = Complaint.objects.filter(somewhere, agency=agency, state__in=WITH_UNIT, duplicate_of=None)
    waiting = waiting.annotate(due=due).filter(~Exists(known), due__lt=today).order_by("due", "pk")
    return sum(bool(alone(_charge_one, pk, today)) for pk in waiting.values_list("pk", flat=True)[:BATCH])


@transaction.atomic
def _charge_one(complaint_id: int, today: date) -> bool:
    current = held(complaint_id)
    if not charge_missed(current, today):
        return False
    tell("missed", current, actor=None)
    return True


def escalate(agency: Agency, today: date, found: InForce) -> int:
    """Writes the reminders and steps that are due and not yet told, the nearest due day first, until the batch is full.
    Looks at every report that still has something to be told, so that none waits behind others. Returns how many."""
    ids, told = list(still_to_tell(agency, today).values_list("pk", flat=True)), 0
    for start in range(0, len(ids), BATCH):
        told += _escalate_some(agency, ids[start : start + BATCH], today, found)
        if told >= STEPS_AT_ONCE:
            break
    return told


def _escalate_some(agency: Agency, ids: Sequence[int], today: date, found: InForce) -> int:
    """Of these reports. Two queries where nothing is due."""
    waiting = Complaint.objects.filter(pk__in=ids).select_related("unit", "about_unit")
    due = [(each, step) for each in waiting for step in steps_due(each, today, found.calendar)]
    known = _known(ids)
    due = [(each, step) for each, step in due if (each.pk, step.step, step.due_on, step.day) not in known]
    if not due:
        return 0
    recipients = recipients_in(agency.pk, {each.unit_id for each, _ in due if each.unit_id}, today)
    return sum(bool(alone(_step, each, step, recipients)) for each, step in due)


def _known(ids: Sequence[int]) -> set[tuple[int, str, date, date]]:
    rows = Escalation.objects.filter(complaint__in=ids)
    return set(rows.values_list("complaint_id", "step", "due_on", "day"))


@transaction.atomic
def _step(seen: Complaint, step: Step, recipients: Recipients) -> bool:
    """One step, unless the report moved since it was read: the next hour looks at it again."""
    complaint = held(seen.pk)
    if complaint.version != seen.version:
        return False
    _, is_new = Escalation.objects.get_or_create(
        complaint=complaint,
        step=step.step,
        due_on=step.due_on,
        day=step.day,
        defaults={"told_id": recipients.of(complaint, step.step), "at": timezone.now()},
    )
    if not is_new:
        return False
    if step.step == EscalationStep.OMBUDSMAN:
        text = gettext(
            "Laporan Anda belum selesai setelah 60 hari. Anda berhak melapor kepada Ombudsman Republik Indonesia."
        )
        say(complaint, MessageKind.NOTICE, text)
    verb = "reminded" if step.step == EscalationStep.REMINDER else "escalated"
    tell(verb, complaint, actor=None, changes={"step": str(step.step), "due_on": step.due_on.isoformat()})
    return True


def forget_old(agency: Agency, today: date, found: InForce) -> int:
    """Deletes name, contact and photos of what ended long enough ago. Returns how many reports that were."""
    since = today - timedelta(days=found.identity_days)
    old = Complaint.objects.filter(agency=agency, state__in=ENDED, closed_at__date__lt=since)
    holds = Q(reporter__isnull=False) | Q(photos__isnull=False)
    ids = list(old.filter(holds).values_list("pk", flat=True).distinct()[:BATCH])
    return sum(bool(alone(_forget_one, pk, agency, found)) for pk in ids)


@transaction.atomic
def _forget_one(complaint_id: int, agency: Agency, found: InForce) -> bool:
    forget_reporter(Complaint(pk=complaint_id))
    _drop_photos(complaint_id, agency, found)
    return True


def _drop_photos(complaint_id: int, agency: Agency, found: InForce) -> None:
    photos = ComplaintPhoto.objects.filter(complaint_id=complaint_id)
    files = list(photos.values_list("file_id", flat=True))
    photos.delete()
    if files:
        basis = found.own.basis if found.own else gettext("Data pelapor dihapus setelah laporan selesai.")
        destroy_files(files, agency_id=agency.pk, basis=basis)
