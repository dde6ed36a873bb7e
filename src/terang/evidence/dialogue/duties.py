"""What feedback asks of a person today: asks to answer, something new to read, people who heard nothing for long."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from terang.evidence.dialogue.attention import unheard_by
from terang.evidence.dialogue.models import Feedback, Talk, TalkState
from terang.evidence.dialogue.selectors import asks_waiting
from terang.evidence.dialogue.talk_selectors import agreements_of
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import grouped, longdate

MOST_SHOWN = 3
NEW_DAYS = 3
"""Days on which feedback is new."""
SOON = timedelta(days=3)
"""Before which an agreement that is due is told."""
AHEAD = timedelta(days=7)
"""Before which a talk that is being prepared is told."""


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Five queries, for who leads people three more beside those of the team."""
    return [*_keys(viewer), *_ahead(viewer), *_promised(viewer), *_asks(viewer), *_new(viewer), *_unheard(viewer)]


def _keys(viewer: Viewer) -> Iterator[Duty]:
    rows = Talk.objects.filter(employee=viewer.employee, state=TalkState.TOLD).select_related("leader")
    for talk in rows[:MOST_SHOWN]:
        title = gettext("Konfirmasi dialog dengan %(name)s") % {"name": talk.leader.name}
        yield Duty(title, longdate(talk.day), "attention", talk.get_absolute_url())


def _ahead(viewer: Viewer) -> Iterator[Duty]:
    both = Q(employee=viewer.employee) | Q(leader=viewer.employee)
    rows = Talk.objects.filter(both, state=TalkState.OPEN, day__lte=viewer.today + AHEAD)
    for talk in rows.select_related("leader", "employee").order_by("day", "id")[:MOST_SHOWN]:
        other = talk.leader if talk.employee_id == viewer.employee.pk else talk.employee
        title = gettext("Dialog kinerja dengan %(name)s") % {"name": other.name}
        yield Duty(title, longdate(talk.day), "quiet", talk.get_absolute_url(), talk.day)


def _promised(viewer: Viewer) -> Iterator[Duty]:
    for row in agreements_of(viewer.employee.pk).filter(due_on__lte=viewer.today + SOON)[:MOST_SHOWN]:
        late = row.due_on < viewer.today
        words = gettext("Kesepakatan lewat tenggat %(day)s") if late else gettext("Kesepakatan, tenggat %(day)s")
        kind = "attention" if late else "quiet"
        yield Duty(row.text, words % {"day": longdate(row.due_on)}, kind, row.talk.get_absolute_url(), row.due_on)


def _asks(viewer: Viewer) -> Iterator[Duty]:
    for ask in asks_waiting(viewer.employee.pk)[:MOST_SHOWN]:
        title = gettext("%(name)s meminta umpan balik Anda") % {"name": ask.asker.name}
        detail = ask.about or gettext("Tentang pekerjaan pada umumnya")
        yield Duty(title, detail, "quiet", reverse("dialogue:answer", args=[ask.pk]))


def _new(viewer: Viewer) -> Iterator[Duty]:
    since = viewer.today - timedelta(days=NEW_DAYS)
    rows = Feedback.objects.filter(
        subject=viewer.employee, day__gt=since, withdrawn_at=None, replied_at=None
    ).select_related("giver")
    for feedback in rows[:MOST_SHOWN]:
        title = gettext("Umpan balik dari %(name)s") % {"name": feedback.giver.name}
        yield Duty(title, longdate(feedback.day), "quiet", feedback.get_absolute_url())


def _unheard(viewer: Viewer) -> Iterator[Duty]:
    silent = unheard_by(viewer)
    if silent:
        n = len(silent)
        words = ngettext(
            "%(n)s orang di tim Anda lama tidak mendapat umpan balik",
            "%(n)s orang di tim Anda lama tidak mendapat umpan balik",
            n,
        )
        detail = gettext("Pimpinan wajib memberi umpan balik secara berkala.")
        yield Duty(words % {"n": grouped(n)}, detail, "attention", reverse("dialogue:choose"))
