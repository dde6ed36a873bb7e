"""The opening of a reporter's identity: two people of the oversight team, a reason, once, and the reporter is told."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from terang.evidence.complaints.access import require_discloser
from terang.evidence.complaints.models import Complaint, Disclosure, MessageKind, Reporter
from terang.evidence.complaints.services.moving import held, say, tell
from terang.registry.people.viewer import Viewer
from terang.web.errors import NotAllowed, NotNow


def ask_disclosure(*, actor: Viewer, complaint: Complaint, reason: str) -> Disclosure:
    """Asks for the identity with a reason. Asked again while the first waits, it is the same one."""
    require_discloser(actor, complaint)
    if not reason.strip():
        raise NotNow(gettext("Tuliskan mengapa identitas pelapor perlu dibuka."))
    with transaction.atomic():
        current = held(complaint.pk)
        if not Reporter.objects.filter(complaint=current).exists():
            raise NotNow(gettext("Pelapor tidak meninggalkan identitas, atau sudah dihapus."))
        waiting = current.disclosures.filter(asked_by=actor.employee, shown_at=None, refused_at=None).first()
        if waiting:
            return waiting
        asked = Disclosure.objects.create(
            complaint=current, asked_by=actor.employee, asked_at=timezone.now(), reason=reason.strip()
        )
        tell("disclosure_asked", current, actor=actor)
    return asked


def decide_disclosure(*, actor: Viewer, disclosure: Disclosure, approves: bool) -> Disclosure:
    """Another person of the team agrees or refuses. Never who asked."""
    require_discloser(actor, disclosure.complaint)
    with transaction.atomic():
        current = _locked(disclosure)
        if current.asked_by_id == actor.employee.pk:
            raise NotAllowed(gettext("Orang lain dari tim pengawas yang menyetujuinya."))
        if current.approved_at or current.refused_at:
            raise NotNow(gettext("Permintaan ini sudah diputuskan."))
        current.decided_by = actor.employee
        if approves:
            current.approved_at = timezone.now()
        else:
            current.refused_at = timezone.now()
        current.save()
        tell("disclosure_approved" if approves else "disclosure_refused", current.complaint, actor=actor)
    return current


def show_identity(*, actor: Viewer, disclosure: Disclosure) -> Reporter:
    """Shows it once, to who asked. The reporter reads on the page of the report that and why it was opened."""
    require_discloser(actor, disclosure.complaint)
    with transaction.atomic():
        current = _locked(disclosure)
        if current.asked_by_id != actor.employee.pk:
            raise NotAllowed(gettext("Identitas hanya ditampilkan kepada yang memintanya."))
        if current.approved_at is None:
            raise NotNow(gettext("Permintaan ini belum disetujui orang kedua."))
        if current.shown_at:
            raise NotNow(gettext("Identitas ini sudah ditampilkan satu kali. Minta lagi bila masih perlu."))
        reporter = Reporter.objects.filter(complaint=current.complaint).first()
        if reporter is None:
            raise NotNow(gettext("Identitas pelapor sudah dihapus."))
        current.shown_at = timezone.now()
        current.save()
        text = gettext("Identitas Anda dibuka oleh tim pengawas dengan alasan: %(reason)s")
        say(current.complaint, MessageKind.NOTICE, text % {"reason": current.reason})
        tell("identity_disclosed", current.complaint, actor=actor)
    return reporter


def _locked(disclosure: Disclosure) -> Disclosure:
    rows = Disclosure.objects.select_for_update(of=("self",))
    return rows.select_related("complaint__agency", "complaint__about_unit", "complaint__unit").get(pk=disclosure.pk)
