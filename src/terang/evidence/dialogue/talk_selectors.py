"""Questions about dialogues. Every list has a constant number of queries."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.evidence.dialogue.access import require_talk_reader
from terang.evidence.dialogue.models import Agreement, Talk, TalkPoint, TalkState
from terang.registry.people.models import Employee
from terang.registry.people.selectors import direct_reports
from terang.registry.people.viewer import Viewer

UNFINISHED = (TalkState.OPEN, TalkState.TOLD)


@dataclass(frozen=True)
class Partner:
    """Somebody the viewer leads: the talk that is open, and the last one both confirmed (missing: none)."""

    employee: Employee
    open: Talk | None
    last: Talk | None


def talks_of(employee_id: int) -> QuerySet[Talk]:
    """Every talk a person took part in, the latest first. One query."""
    both = Q(employee_id=employee_id) | Q(leader_id=employee_id)
    return Talk.objects.filter(both).select_related("leader", "employee").order_by("-day", "-id")


def partners(viewer: Viewer) -> list[Partner]:
    """Whom the viewer leads, who waits longest for a talk first. At most nine queries."""
    people = list(direct_reports(viewer.employee, viewer.today).order_by("name"))
    found: dict[int, dict[str, Talk]] = {}
    rows = Talk.objects.filter(leader=viewer.employee, employee__in=people).exclude(state=TalkState.CANCELLED)
    for talk in rows.select_related("leader", "employee").order_by("day", "id"):
        found.setdefault(talk.employee_id, {})["open" if talk.state in UNFINISHED else "last"] = talk
    talks = [(each, found.get(each.pk, {})) for each in people]
    lines = [Partner(each, told.get("open"), told.get("last")) for each, told in talks]
    return sorted(lines, key=lambda line: line.last.day if line.last else date.min)


def talk_for(viewer: Viewer | None, pk: int) -> Talk:
    """One talk the viewer may read. Raises Http404 and NotAllowed."""
    talk = get_object_or_404(Talk.objects.select_related("leader", "employee__agency"), pk=pk)
    require_talk_reader(viewer, talk)
    return talk


def point_for(viewer: Viewer | None, pk: int) -> TalkPoint:
    point = get_object_or_404(TalkPoint.objects.select_related("talk__leader", "talk__employee__agency"), pk=pk)
    require_talk_reader(viewer, point.talk)
    return point


def agreement_for(viewer: Viewer | None, pk: int) -> Agreement:
    rows = Agreement.objects.select_related("owner", "talk__leader", "talk__employee__agency")
    agreement = get_object_or_404(rows, pk=pk)
    require_talk_reader(viewer, agreement.talk)
    return agreement


def agreements_of(employee_id: int) -> QuerySet[Agreement]:
    """What a person promised in confirmed talks and has not done, the nearest day first. One query."""
    rows = Agreement.objects.filter(owner_id=employee_id, done_on=None, talk__state=TalkState.CONFIRMED)
    return rows.select_related("talk__leader", "talk__employee").order_by("due_on", "id")
