"""What the room asks of a person today: to act, to turn a key, to do a step, to know that nobody acted."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext

from terang.follow_up.growth.models import ActionState
from terang.follow_up.growth.selectors import (
    cases_waiting,
    checks_waiting,
    keys_waiting,
    steps_waiting,
    to_act_on,
    told_to,
)
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import longdate

MOST_SHOWN = 5
SOON = timedelta(days=3)


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Six queries."""
    found = [*_keys(viewer), *_to_act(viewer), *_told(viewer), *_steps(viewer)]
    return [*found, *_cases(viewer), *_checks(viewer)]


def _keys(viewer: Viewer) -> Iterator[Duty]:
    for row in keys_waiting(viewer.employee.pk)[:MOST_SHOWN]:
        planned = row.state == ActionState.PROPOSED
        title = gettext("Tindakan perbaikan: setujui rencananya") if planned else gettext("Tindakan perbaikan: pulih?")
        detail = (
            gettext("Baca langkah dan dukungannya, lalu setujui atau kembalikan")
            if planned
            else gettext("Pimpinan menyimpulkannya; nyatakan setuju atau tidak")
        )
        yield Duty(title, detail, "attention", row.get_absolute_url())


def _to_act(viewer: Viewer) -> Iterator[Duty]:
    for row in to_act_on(viewer)[:MOST_SHOWN]:
        title = gettext("%(kind)s: %(name)s") % {"kind": row.get_kind_display(), "name": row.employee.name}
        late = row.due_on < viewer.today
        words = gettext("Lewat tenggat %(day)s") if late else gettext("Paling lambat %(day)s")
        yield Duty(
            title,
            words % {"day": longdate(row.due_on)},
            "wrong" if late else "attention",
            row.get_absolute_url(),
            row.due_on,
        )


def _told(viewer: Viewer) -> Iterator[Duty]:
    for row in told_to(viewer)[:MOST_SHOWN]:
        title = gettext("Belum ditindaklanjuti: %(kind)s untuk %(name)s")
        told = {"kind": row.get_kind_display().lower(), "name": row.employee.name}
        who = row.assigned_to.name if row.assigned_to else gettext("Kepegawaian")
        detail = gettext("Ditugaskan kepada %(who)s, paling lambat %(day)s")
        yield Duty(
            title % told, detail % {"who": who, "day": longdate(row.due_on)}, "attention", row.get_absolute_url()
        )


def _steps(viewer: Viewer) -> Iterator[Duty]:
    for row in steps_waiting(viewer.employee.pk).filter(due_on__lte=viewer.today + SOON)[:MOST_SHOWN]:
        late = row.due_on < viewer.today
        words = (
            gettext("Langkah perbaikan lewat tenggat %(day)s")
            if late
            else gettext("Langkah perbaikan, tenggat %(day)s")
        )
        kind = "attention" if late else "quiet"
        yield Duty(row.text, words % {"day": longdate(row.due_on)}, kind, row.action.get_absolute_url(), row.due_on)


def _cases(viewer: Viewer) -> Iterator[Duty]:
    for row in cases_waiting(viewer)[:MOST_SHOWN]:
        own = row.employee_id == viewer.employee.pk
        told = gettext("Kesempatan memperbaiki: %(name)s") % {"name": row.employee.name}
        title = gettext("Kesempatan memperbaiki: jawaban Anda") if own else told
        by = row.act_by or row.ends_on
        late = by is not None and by < viewer.today
        words = gettext("%(state)s, tenggat %(day)s") if by else "%(state)s"
        detail = words % {"state": row.get_state_display(), "day": longdate(by)}
        yield Duty(title, detail, "wrong" if late else "attention", row.get_absolute_url(), by)


def _checks(viewer: Viewer) -> Iterator[Duty]:
    for row in checks_waiting(viewer)[:MOST_SHOWN]:
        title = gettext("Pemeriksaan bersama: %(name)s") % {"name": row.case.employee.name}
        url = f"{row.case.get_absolute_url()}#pemeriksaan"
        yield Duty(title, longdate(row.day), "attention", url, row.day)
