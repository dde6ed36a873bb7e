"""What the room asks of a person today: to answer, to meet, to write, to confirm, to do a step; and, for the two people
alone and without a word of what it is about, a talk."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q
from django.utils.translation import gettext

from terang.follow_up.coaching.access import keeps
from terang.follow_up.coaching.models import (
    BehaviourReport,
    Guidance,
    GuidanceSession,
    GuidanceState,
    GuidanceStep,
    ReportState,
    SessionState,
)
from terang.follow_up.coaching.services.counselling import counsellings_of
from terang.registry.people.viewer import Viewer
from terang.web.duties import Duty
from terang.web.numbers import longdate

MOST_SHOWN = 5
SOON = timedelta(days=7)


def waiting_for(viewer: Viewer) -> list[Duty]:
    """Four queries, one more for the personnel agency, and one where somebody was ever counselled."""
    found = [*_guidances(viewer), *_sessions(viewer), *_steps(viewer), *_talks(viewer)]
    return [*found, *_reports(viewer)] if keeps(viewer) else found


def _guidances(viewer: Viewer) -> Iterator[Duty]:
    me = viewer.employee
    answers = Q(employee=me, employee_at=None) | Q(guide=me, guide_at=None)
    open_ones = Q(state=GuidanceState.PROPOSED) & answers | Q(state=GuidanceState.CONCLUDED, employee=me)
    rows = Guidance.objects.filter(open_ones).select_related("employee", "guide").order_by("opened_on", "pk")
    for row in rows[:MOST_SHOWN]:
        other = row.guide if row.employee_id == me.pk else row.employee
        title = gettext("%(kind)s bersama %(name)s") % {"kind": row.get_kind_display(), "name": other.name}
        asked = row.state == GuidanceState.PROPOSED
        detail = gettext("Setujui, atau tolak dengan alasan") if asked else gettext("Nyatakan selesai, atau belum")
        yield Duty(title, detail, "attention", row.get_absolute_url())


def _sessions(viewer: Viewer) -> Iterator[Duty]:
    me = viewer.employee
    mine = Q(guidance__employee=me) | Q(guidance__guide=me)
    asked = Q(state=SessionState.PROPOSED) & ~Q(proposed_by=me)
    agreed = Q(state=SessionState.AGREED, day__lte=viewer.today + SOON)
    rows = GuidanceSession.objects.filter(mine, asked | agreed, guidance__state=GuidanceState.RUNNING)
    for row in rows.select_related("guidance__employee", "guidance__guide").order_by("day", "clock", "pk")[:MOST_SHOWN]:
        own = row.employee_at if row.guidance.employee_id == me.pk else row.guide_at
        if own and row.state == SessionState.AGREED:
            continue
        other = row.guidance.guide if row.guidance.employee_id == me.pk else row.guidance.employee
        told = {"kind": row.guidance.get_kind_display(), "name": other.name}
        detail, kind = _said(row, viewer.today)
        yield Duty(gettext("Sesi %(kind)s bersama %(name)s") % told, detail, kind, row.get_absolute_url(), row.day)


def _said(row: GuidanceSession, today: date) -> tuple[str, str]:
    told = {"day": longdate(row.day), "clock": f"{row.clock:%H.%M}", "place": row.place}
    if row.state == SessionState.PROPOSED:
        return gettext("Jawab hari yang diusulkan: %(day)s") % told, "attention"
    if row.day < today:
        return gettext("Sesi %(day)s belum ditulis dan dinyatakan selesai oleh keduanya") % told, "attention"
    return gettext("%(day)s pukul %(clock)s, %(place)s") % told, "attention" if row.day == today else "quiet"


def _steps(viewer: Viewer) -> Iterator[Duty]:
    rows = GuidanceStep.objects.filter(
        owner=viewer.employee,
        done_on=None,
        due_on__lte=viewer.today + SOON,
        session__state=SessionState.DONE,
        session__guidance__state=GuidanceState.RUNNING,
    )
    for row in rows.select_related("session__guidance").order_by("due_on", "pk")[:MOST_SHOWN]:
        late = row.due_on < viewer.today
        words = gettext("Langkah bimbingan lewat tenggat %(day)s") if late else gettext("Langkah bimbingan, %(day)s")
        url = row.session.guidance.get_absolute_url()
        yield Duty(row.text, words % {"day": longdate(row.due_on)}, "attention" if late else "quiet", url, row.due_on)


def _talks(viewer: Viewer) -> Iterator[Duty]:
    """In no calendar: another program would learn of it."""
    soon = (viewer.today + SOON).isoformat()
    for each in counsellings_of(viewer)[:MOST_SHOWN]:
        content, me = each.content, viewer.employee.pk
        talk = content.talk
        asked = content.state == "diusulkan" and content.opened_by != me
        answers = talk is not None and talk.state == "diusulkan" and talk.by != me
        near = talk is not None and talk.state == "disepakati" and talk.day <= soon and me not in talk.keys
        if content.state != "selesai" and (asked or answers or near):
            detail = longdate(date.fromisoformat(talk.day)) if talk else gettext("Menunggu jawaban Anda")
            yield Duty(gettext("Percakapan pribadi"), detail, "attention", each.row.get_absolute_url())


def _reports(viewer: Viewer) -> Iterator[Duty]:
    rows = BehaviourReport.objects.filter(employee__agency=viewer.agency_id, state=ReportState.SENT)
    rows = rows.exclude(Q(employee=viewer.employee) | Q(reporter=viewer.employee))
    for row in rows.select_related("employee").order_by("reported_on", "pk")[:MOST_SHOWN]:
        title = gettext("Jawab laporan perilaku kerja: %(name)s") % {"name": row.employee.name}
        yield Duty(title, longdate(row.reported_on), "attention", row.get_absolute_url())
