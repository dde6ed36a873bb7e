"""Leaders and whom they have said something to lately: what their superior sees. Silence is told, never scored."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max

from terang.evidence.dialogue.models import Feedback, GiverKind
from terang.evidence.dialogue.terms import rhythm_days
from terang.registry.people.models import Employee
from terang.registry.people.selectors import appraisers_on, direct_report_ids, second_line
from terang.registry.people.viewer import Viewer


@dataclass(frozen=True)
class LeaderLine:
    """One leader: how many people they appraise, how many of them heard nothing within the rhythm, and the last day
    they said anything to one of them (missing: never)."""

    leader: Employee
    people: int
    unheard: int
    last: date | None

    @property
    def heard(self) -> int:
        return self.people - self.unheard


@dataclass(frozen=True)
class Silence:
    """Of a whole government: how many lead people, how many of them said nothing to anybody within the rhythm of `days`
    days, how many people are led, and how many of those heard nothing."""

    leaders: int
    silent: int
    people: int
    unheard: int
    days: int


@dataclass(frozen=True)
class Unheard:
    """Somebody the viewer appraises who heard nothing within the rhythm; `last` is missing where never."""

    employee: Employee
    last: date | None


def leaders_below(viewer: Viewer) -> list[LeaderLine]:
    """The leaders whose superior the viewer is, who left most people unheard first. At most fourteen queries."""
    people = second_line(viewer.employee, viewer.today)
    lines = _lines(viewer.agency_id, viewer.today, list(people.values_list("pk", flat=True)))
    return sorted(lines, key=lambda line: (-line.unheard, line.leader.name))


def silence_in(agency_id: int, today: date) -> Silence:
    """Numbers only, for who answers for the whole government. The same few queries for any number of people."""
    lines = _lines(agency_id, today, None)
    return Silence(
        leaders=len(lines),
        silent=sum(line.unheard == line.people for line in lines),
        people=sum(line.people for line in lines),
        unheard=sum(line.unheard for line in lines),
        days=rhythm_days(agency_id, today),
    )


def _lines(agency_id: int, today: date, people: Collection[int] | None) -> list[LeaderLine]:
    """The leaders of these people, of everybody where none are given."""
    appraisers = appraisers_on(agency_id, today, people)
    groups: dict[int, list[int]] = defaultdict(list)
    leaders = {}
    for pk, appraiser in appraisers.items():
        groups[appraiser.employee.pk].append(pk)
        leaders[appraiser.employee.pk] = appraiser.employee
    last = _last_said(appraisers)
    since = today - timedelta(days=rhythm_days(agency_id, today))
    return [_line(leaders[pk], ids, last, since) for pk, ids in groups.items()]


def unheard_by(viewer: Viewer) -> list[Unheard]:
    """Whom the viewer appraises and has said nothing to within the rhythm, the longest silence first. At most nine
    queries."""
    ids = direct_report_ids(viewer.employee, viewer.today)
    if not ids:
        return []
    since = viewer.today - timedelta(days=rhythm_days(viewer.agency_id, viewer.today))
    last = _said_by(viewer.employee.pk, ids)
    silent = [pk for pk in ids if last.get(pk) is None or last[pk] < since]
    people = Employee.objects.filter(pk__in=silent).order_by("name")
    return sorted((Unheard(each, last.get(each.pk)) for each in people), key=lambda row: row.last or date.min)


def _line(leader: Employee, ids: Collection[int], last: dict[tuple[int, int], date], since: date) -> LeaderLine:
    heard = {pk: last.get((leader.pk, pk)) for pk in ids}
    days = [day for day in heard.values() if day]
    unheard = sum(day is None or day < since for day in heard.values())
    return LeaderLine(leader, len(ids), unheard, max(days, default=None))


def _last_said(people: Collection[int]) -> dict[tuple[int, int], date]:
    rows = Feedback.objects.filter(subject_id__in=people, giver_kind=GiverKind.LEADER, withdrawn_at=None)
    found = rows.order_by().values_list("giver_id", "subject_id").annotate(last=Max("day"))
    return {(giver, subject): day for giver, subject, day in found}


def _said_by(leader_id: int, ids: Collection[int]) -> dict[int, date]:
    rows = Feedback.objects.filter(giver_id=leader_id, subject_id__in=ids, withdrawn_at=None)
    return dict(rows.order_by().values_list("subject_id").annotate(last=Max("day")))
