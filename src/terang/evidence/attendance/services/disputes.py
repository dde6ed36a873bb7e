"""The verbs of a disputed day: the person explains, the appraiser or the personnel agency answers."""

from datetime import date, timedelta
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.audit.services import record
from terang.custody.services import take_in, write_row
from terang.evidence.attendance.dispute_days import GRANTABLE, disputable
from terang.evidence.attendance.leave_access import require_dispute_answerer
from terang.evidence.attendance.models import DayDispute, DisputeState
from terang.evidence.attendance.services.deriving import derive_days
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotNow, Stale


def raise_dispute(
    *, actor: Viewer, day: date, text: str, form_key: UUID, proof: UploadedFile | None = None
) -> DayDispute:
    """Disputes a day of one's own. The same `form_key` again gives the dispute of the first time; one may be open per
    day. Raises NotNow for days to come and days off: nothing is counted there."""
    if (known := DayDispute.objects.filter(form_key=form_key, employee=actor.employee).first()) is not None:
        return known
    if why := disputable(actor.employee, day, actor.today):
        raise NotNow(why)
    if not text.strip():
        raise NotNow(gettext("Jelaskan apa yang sebenarnya terjadi pada hari itu."))
    taken = take_in(proof, actor=actor) if proof else None
    try:
        with transaction.atomic():
            dispute = DayDispute.objects.create(
                employee=actor.employee,
                day=day,
                text=text.strip(),
                proof=write_row(taken) if taken else None,
                raised_at=timezone.now(),
                form_key=form_key,
            )
            _record("attendance.dispute_raised", dispute, actor)
    except IntegrityError:
        raise NotNow(gettext("Keberatan untuk hari ini sudah diajukan dan menunggu jawaban.")) from None
    return dispute


def accept_dispute(*, actor: Viewer, dispute: DayDispute, version: int, status: str, answer: str) -> DayDispute:
    """Grants the day a status, with a word to the person; the day is derived again and the score follows."""
    if status not in GRANTABLE:
        raise NotNow(gettext("Pilih status yang diberikan."))
    return _answer(actor, dispute, version, DisputeState.ACCEPTED, answer, status)


def refuse_dispute(*, actor: Viewer, dispute: DayDispute, version: int, answer: str) -> DayDispute:
    """Leaves the day as it is, with the reason."""
    return _answer(actor, dispute, version, DisputeState.REFUSED, answer)


def _answer(
    actor: Viewer, dispute: DayDispute, version: int, state: DisputeState, answer: str, status: str = ""
) -> DayDispute:
    require_dispute_answerer(actor, dispute)
    if not answer.strip():
        raise NotNow(gettext("Tuliskan jawabannya: pegawai membaca alasan keputusan ini."))
    with transaction.atomic():
        rows = DayDispute.objects.select_for_update(of=("self",)).select_related("employee__agency")
        current = rows.get(pk=dispute.pk)
        if current.state != DisputeState.OPEN:
            raise NotNow(gettext("Keberatan ini sudah dijawab."))
        if current.version != version:
            raise Stale(gettext("Keberatan ini sudah berubah sejak Anda membukanya. Muat ulang, lalu jawab lagi."))
        current.state, current.answer, current.granted_status = state, answer.strip(), status
        current.decided_by, current.decided_at = actor.employee, timezone.now()
        current.version += 1
        current.save()
        accepted = state == DisputeState.ACCEPTED
        _record("attendance.dispute_accepted" if accepted else "attendance.dispute_refused", current, actor)
        if accepted:
            end = current.day + timedelta(days=1)
            ids = [current.employee_id]
            derive_days(agency=current.employee.agency, start=current.day, end=end, employee_ids=ids)
    return current


def _record(verb: str, dispute: DayDispute, actor: Viewer) -> None:
    post = main_posts([dispute.employee_id], actor.today).get(dispute.employee_id)
    record(
        verb,
        actor=actor.user,
        obj=dispute,
        agency_id=dispute.employee.agency_id,
        subject_employee_id=dispute.employee_id,
        unit_id=post.post.unit_id if post else None,
        changes={"day": dispute.day.isoformat(), "state": str(dispute.state), "status": dispute.granted_status},
        reason=dispute.answer,
    )
