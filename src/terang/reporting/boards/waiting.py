"""What waits for a person today, each with the way there. Five queries, those of planning, matrices and presence, and
for heads one more."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import cache

from django.conf import settings
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from terang.custody import duties as likenesses
from terang.evaluation.appraisals import duties as appraisals
from terang.evaluation.calibration import duties as calibration
from terang.evaluation.credit import duties as credit
from terang.evaluation.drafts import duties as policies
from terang.evidence.attendance import leave_waiting
from terang.evidence.citizens import request_duties as requests
from terang.evidence.citizens import survey_duties as surveys
from terang.evidence.colleagues import duties as colleagues
from terang.evidence.complaints import duties as complaints
from terang.evidence.dialogue import duties as talks
from terang.evidence.observation import duties as observations
from terang.evidence.oversight import duties as findings
from terang.evidence.reports import duties as reports
from terang.evidence.signals import duties as signals
from terang.evidence.work import duties as answers
from terang.evidence.work.models import Entry, EntryState, Task
from terang.follow_up.allowance import duties as allowance
from terang.follow_up.awards import duties as awards
from terang.follow_up.career import duties as careers
from terang.follow_up.coaching import duties as coaching
from terang.follow_up.explainers import duties as questions
from terang.follow_up.growth import duties as growth
from terang.follow_up.pulse import duties as pulse
from terang.follow_up.training import duties as trainings
from terang.planning.matrix import duties as roles
from terang.planning.plans import duties
from terang.privacy import duties as breaches
from terang.registry.people.viewer import Viewer
from terang.reporting.documents.selectors import closings_to_fetch, packets_to_fetch
from terang.web.duties import Duty
from terang.web.numbers import longdate

SOON = timedelta(days=7)
MOST_SHOWN = 5


@cache
def _told_elsewhere() -> list[Callable[[Viewer], Iterable[Duty]]]:
    """Rooms that lie above the boards, by the settings."""
    return [import_string(path) for path in settings.TERANG_DUTIES]


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Returned entries, findings to reply to, questions of overseers, observations, failures of data protection, the
    official evaluation and what follows it, guidance, calibration, credit points, drafts of a policy, complaints, plans
    to write or answer, what matrices ask, leave and disputed days, reports to read or write, tasks due or overdue, open
    review tickets, feedback, trainings, career data to check, awards, questions to answer, the
    month's pulse, programs that do not answer, packets to fetch; in this order."""
    return [
        *_returned(viewer),
        *findings.waiting_for(viewer),
        *signals.waiting_for(viewer),
        *observations.waiting_for(viewer),
        *breaches.waiting_for(viewer),
        *appraisals.waiting_for(viewer),
        *growth.waiting_for(viewer),
        *coaching.waiting_for(viewer),
        *calibration.waiting_for(viewer),
        *credit.waiting_for(viewer),
        *policies.waiting_for(viewer),
        *allowance.waiting_for(viewer),
        *complaints.waiting_for(viewer),
        *requests.waiting_for(viewer),
        *surveys.waiting_for(viewer),
        *duties.waiting_for(viewer),
        *roles.waiting_for(viewer),
        *answers.waiting_for(viewer),
        *leave_waiting.waiting_for(viewer),
        *likenesses.waiting_for(viewer),
        *reports.waiting_for(viewer),
        *_tasks(viewer),
        *colleagues.waiting_for(viewer),
        *talks.waiting_for(viewer),
        *trainings.waiting_for(viewer),
        *careers.waiting_for(viewer),
        *awards.waiting_for(viewer),
        *questions.waiting_for(viewer),
        *pulse.waiting_for(viewer),
        *(duty for told in _told_elsewhere() for duty in told(viewer)),
        *_packets(viewer),
        *_closings(viewer),
    ]


def _returned(viewer: Viewer) -> Iterable[Duty]:
    entries = Entry.objects.filter(employee=viewer.employee, state=EntryState.RETURNED).order_by("day", "id")
    for entry in entries[:MOST_SHOWN]:
        detail = (
            _("Dikembalikan: %(note)s") % {"note": entry.note} if entry.note else _("Dikembalikan untuk diperbaiki")
        )
        yield Duty(entry.text, detail, "attention", reverse("work:entry", args=[entry.pk]))


def _tasks(viewer: Viewer) -> Iterable[Duty]:
    done = Q(entries__state__in=(EntryState.ACCEPTED, EntryState.SUBMITTED))
    tasks = Task.objects.filter(
        employee=viewer.employee, due_on__gte=viewer.today.replace(day=1), due_on__lte=viewer.today + SOON
    ).annotate(done_milli=Coalesce(Sum("entries__quantity_milli", filter=done), 0))
    for task in tasks.filter(done_milli__lt=F("planned_milli")).order_by("due_on", "id")[:MOST_SHOWN]:
        late = task.due_on < viewer.today
        text = _("Lewat tenggat %(day)s") if late else _("Tenggat %(day)s")
        yield Duty(
            task.text,
            text % {"day": longdate(task.due_on)},
            "wrong" if late else "quiet",
            _entry_url(task.pk),
            task.due_on,
        )


def _packets(viewer: Viewer) -> Iterable[Duty]:
    for packet in packets_to_fetch(viewer)[:MOST_SHOWN]:
        title = _("Paket dokumen %(unit)s siap diunduh") % {"unit": packet.unit.name}
        last = packet.kept_until - timedelta(days=1) if packet.kept_until else None
        url = reverse("documents:packet", args=[packet.pk])
        yield Duty(title, _("Disimpan sampai %(day)s") % {"day": longdate(last)}, "quiet", url)


def _closings(viewer: Viewer) -> Iterable[Duty]:
    for closing in closings_to_fetch(viewer)[:MOST_SHOWN]:
        title = _("Dokumen evaluasi %(period)s siap diunduh") % {"period": closing.period.title}
        detail = _("Satu paket per perangkat daerah, disimpan tujuh hari")
        yield Duty(title, detail, "quiet", closing.get_absolute_url())


def _entry_url(task_id: int) -> str:
    return f"{reverse('work:entry_new')}?tugas={task_id}"
