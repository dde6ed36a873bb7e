"""Questions about awards. Each states its queries; who may ask is decided by `access`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.shortcuts import get_object_or_404

from terang.evidence.work.models import Entry, EntryState
from terang.follow_up.awards.access import (
    reads_nominations,
    require_award_reader,
    require_nomination_reader,
    require_service_reader,
)
from terang.follow_up.awards.gathering import service_of
from terang.follow_up.awards.medals import Candidate, candidate_of
from terang.follow_up.awards.models import Award, Call, CallState, Nomination, NominationState, Praise, Vote
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.awards import Tally, tally

SHOWN = 20
ENTRIES_BACK = timedelta(days=370)
MOST_ENTRIES = 40
RECENT = timedelta(days=31)


def praise_to(employee: Employee) -> QuerySet[Praise]:
    """Thanks somebody got and that were not taken back, the latest first. One query when read."""
    rows = employee.praise_received.filter(taken_back_on=None)
    return rows.select_related("giver", "result", "entry")


def praise_by(employee: Employee) -> QuerySet[Praise]:
    """Thanks somebody gave, the latest first. One query when read."""
    return employee.praise_given.filter(taken_back_on=None).select_related("receiver", "result", "entry")


def praise_for(viewer: Viewer, pk: int) -> Praise:
    """One the viewer gave or got. Raises Http404."""
    own = Q(giver=viewer.employee) | Q(receiver=viewer.employee)
    return get_object_or_404(Praise.objects.select_related("receiver"), own, pk=pk)


def entries_to_thank(employee: Employee, viewer: Viewer) -> list[Entry]:
    """Entries of the last weeks that count or wait. Whether the viewer may see them is asked before. One query."""
    rows = employee.entries.filter(day__gte=viewer.today - RECENT)
    return list(rows.filter(state__in=(EntryState.ACCEPTED, EntryState.SUBMITTED)).order_by("-day", "-pk")[:SHOWN])


def entries_to_prove(call: Call, people: Iterable[Employee]) -> list[Entry]:
    """Entries of the time the award looks at that were accepted. One query."""
    rows = Entry.objects.filter(employee__in=[each.pk for each in people], state=EntryState.ACCEPTED)
    rows = rows.filter(day__gte=call.period_start, day__lt=call.period_end)
    return list(rows.select_related("employee").order_by("-day", "-pk")[:MOST_ENTRIES])


def calls_of(viewer: Viewer) -> QuerySet[Call]:
    """Every call of the government, the latest first. One query when read."""
    alive = (NominationState.PROPOSED, NominationState.ADMITTED)
    return Call.objects.filter(agency_id=viewer.agency_id).annotate(
        nominated=Count("nominations", filter=Q(nominations__state__in=alive))
    )


def call_for(viewer: Viewer, pk: int) -> Call:
    """A call of the viewer's government with committee and awards. Raises Http404. Three queries."""
    rows = calls_of(viewer).select_related("agency", "opened_by", "winner", "announced_by")
    rows = rows.prefetch_related("members__employee", "awards__employee", "awards__bonus")
    return get_object_or_404(rows, pk=pk)


def nominations_read(viewer: Viewer, call: Call) -> list[Nomination]:
    """All nominations for who reads them, else those the viewer made or is in. Two queries."""
    rows = call.nominations.select_related("nominated_by").prefetch_related("people")
    if not reads_nominations(viewer, call):
        rows = rows.filter(Q(nominated_by=viewer.employee) | Q(people=viewer.employee)).distinct()
    return list(rows)


def admitted(call: Call) -> list[Nomination]:
    """What is voted on. Three queries."""
    rows = call.nominations.filter(state=NominationState.ADMITTED)
    return list(rows.prefetch_related("people", "evidence__entry"))


def nomination_for(viewer: Viewer | None, pk: int) -> Nomination:
    """One nomination with people and evidence. Raises Http404 and NotAllowed. Five queries."""
    rows = Nomination.objects.select_related("call__agency", "nominated_by", "checked_by")
    rows = rows.prefetch_related("people__agency", "evidence__entry", "call__members")
    found = get_object_or_404(rows, pk=pk)
    require_nomination_reader(viewer, found)
    return found


@dataclass(frozen=True)
class Result:
    """The vote once it is closed: the tally, and each vote with its reason."""

    tally: Tally
    votes: list[Vote]
    rows: list[tuple[Nomination, int]]

    @property
    def leaders(self) -> list[Nomination]:
        return [row for row, _count in self.rows if row.pk in self.tally.leaders]


def result_of(call: Call) -> Result:
    """Four queries. Whether it may be shown is asked before: never while votes are cast."""
    votes = list(Vote.objects.filter(member__call=call).select_related("member__employee").order_by("cast_at", "pk"))
    counted = tally(each.nomination_id for each in votes)
    rows = [(row, counted.counts.get(row.pk, 0)) for row in admitted(call)]
    return Result(counted, votes, sorted(rows, key=lambda each: -each[1]))


def has_voted(call: Call) -> set[int]:
    """Who of the committee has voted, never for whom. One query."""
    return set(Vote.objects.filter(member__call=call).values_list("member__employee_id", flat=True))


def awards_of(employee: Employee) -> QuerySet[Award]:
    """One query when read."""
    return employee.awards.select_related("call", "bonus")


def award_for(viewer: Viewer | None, pk: int) -> Award:
    """One award, for who may print its certificate. Raises Http404 and NotAllowed."""
    rows = Award.objects.select_related("call__agency", "call__winner", "call__announced_by", "employee__agency")
    found = get_object_or_404(rows, pk=pk)
    require_award_reader(viewer, found)
    return found


def winners(viewer: Viewer) -> QuerySet[Call]:
    """What was announced in the government, the latest first, with everybody awarded. Two queries when read."""
    rows = Call.objects.filter(agency_id=viewer.agency_id, state=CallState.ANNOUNCED)
    rows = rows.select_related("winner", "announced_by").prefetch_related("awards__employee")
    return rows.order_by("-announced_on", "-pk")


def nominations_of(employee: Employee) -> list[Nomination]:
    """Where somebody is nominated and nothing is announced yet. Two queries."""
    alive = (NominationState.PROPOSED, NominationState.ADMITTED)
    rows = Nomination.objects.filter(people=employee, state__in=alive)
    rows = rows.exclude(call__state__in=(CallState.ANNOUNCED, CallState.CANCELLED))
    return list(rows.select_related("call", "nominated_by").order_by("-pk"))


def medal_of(viewer: Viewer | None, employee: Employee) -> Candidate:
    """What somebody's next medal needs. Raises NotAllowed. At most eight queries."""
    viewer = require_service_reader(viewer, employee)
    return candidate_of(service_of(employee, viewer.today), viewer.today)
