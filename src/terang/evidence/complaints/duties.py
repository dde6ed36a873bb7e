"""What complaints ask of a person today: what waits for them, what was passed up to them, identities to decide on."""

from collections.abc import Iterator

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext

from terang.evidence.complaints.access import complaints_visible, may_disclose, oversees
from terang.evidence.complaints.models import ENDED, Complaint, ComplaintState, Disclosure, Escalation, EscalationStep
from terang.evidence.complaints.selectors import waiting_on
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import grouped, longdate

MOST_SHOWN = 5


def waiting_for(viewer: Viewer) -> list[Duty]:
    """The nearest due day first. Two queries, for the oversight team a few more."""
    return [*_waiting(viewer), *_passed_up(viewer), *_to_decide(viewer)]


def _waiting(viewer: Viewer) -> Iterator[Duty]:
    rows = list(waiting_on(viewer)[: MOST_SHOWN + 1])
    for complaint in rows[:MOST_SHOWN]:
        yield _duty(complaint, viewer)
    if len(rows) > MOST_SHOWN:
        number = waiting_on(viewer).count() - MOST_SHOWN
        title = gettext("%(n)s pengaduan lagi") % {"n": grouped(number)}
        yield Duty(title, gettext("Lihat semua yang menunggu Anda"), "quiet", reverse("complaints:desk"))


def _duty(complaint: Complaint, viewer: Viewer) -> Duty:
    title = gettext("Pengaduan %(number)s: %(title)s") % {"number": complaint.tracking_code, "title": complaint.title}
    if complaint.due_on is None:
        return Duty(title, gettext("Warga membalas jawaban Anda"), "attention", complaint.get_absolute_url())
    late = complaint.due_on < viewer.today
    words = gettext("%(what)s, lewat batas %(day)s") if late else gettext("%(what)s, sampai %(day)s")
    told = words % {"what": _what(complaint), "day": longdate(complaint.due_on)}
    soon = (complaint.due_on - viewer.today).days <= 2
    kind = "wrong" if late else "attention" if soon else "quiet"
    return Duty(title, told, kind, complaint.get_absolute_url(), complaint.due_on)


def _what(complaint: Complaint) -> str:
    match complaint.state:
        case ComplaintState.RECEIVED | ComplaintState.VERIFYING:
            return gettext("Perlu diperiksa")
        case ComplaintState.REOPENED:
            return gettext("Dibuka kembali oleh warga")
        case ComplaintState.ROUTED:
            return gettext("Perlu ditangani")
        case ComplaintState.ANSWERED:
            return gettext("Warga membalas jawaban Anda")
        case _:
            return gettext("Perlu dijawab")


def _passed_up(viewer: Viewer) -> Iterator[Duty]:
    """Only while it is still late, and still concerns the viewer: a step that was answered is history."""
    late = ~Q(step=EscalationStep.REMINDER) & ~Q(complaint__state__in=ENDED)
    late &= ~Q(complaint__state=ComplaintState.ANSWERED) | Q(
        complaint__citizen_wrote_at__gte=F("complaint__last_answer_at"), due_on=F("complaint__again_due_on")
    )
    steps = Escalation.objects.filter(late, told=viewer.employee, complaint__in=complaints_visible(viewer))
    steps = steps.select_related("complaint")
    for step in steps.order_by("-at")[:MOST_SHOWN]:
        title = gettext("Pengaduan %(number)s diteruskan kepada Anda") % {"number": step.complaint.tracking_code}
        detail = gettext("%(what)s, batasnya %(day)s")
        told = detail % {"what": step.get_step_display(), "day": longdate(step.due_on)}
        yield Duty(title, told, "wrong", step.complaint.get_absolute_url())


def _to_decide(viewer: Viewer) -> Iterator[Duty]:
    if not oversees(viewer):
        return
    open_ones = Disclosure.objects.filter(approved_at=None, refused_at=None).exclude(asked_by=viewer.employee)
    rows = open_ones.filter(complaint__in=complaints_visible(viewer)).select_related(
        "complaint__about_unit", "complaint__unit"
    )
    for row in rows[:MOST_SHOWN]:
        if may_disclose(viewer, row.complaint):
            title = gettext("Pembukaan identitas pelapor %(number)s") % {"number": row.complaint.tracking_code}
            detail = gettext("Menunggu persetujuan orang kedua")
            yield Duty(title, detail, "attention", row.complaint.get_absolute_url())
