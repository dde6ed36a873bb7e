"""Entries as the rules of questions see them: read in bulk for everything that waits for one appraiser."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from terang.custody.models import Resemblance
from terang.custody.selectors import open_resemblances
from terang.evidence.work.hooks import days_away, reporting_rules
from terang.evidence.work.models import Entry, EntryFile
from terang.evidence.work.states import REPORTED
from terang.planning.measuring import Direction, Gathering
from terang.registry.people.selectors import main_posts
from terang.registry.people.viewer import Viewer
from terang.rules.policies import Reporting
from terang.rules.work.cadence import window_for
from terang.rules.work.signals import Question, Told, questions

MOST_EARLIER = 6_000
"""Earlier entries that are compared with, the latest; a team of sixty writes fewer in the days a policy looks back."""
RHYTHM_DAYS = {"daily": 1, "weekly": 5, "monthly": 23}
_FIELDS = (
    "pk",
    "employee_id",
    "day",
    "submitted_at",
    "text",
    "quantity_milli",
    "minutes",
    "written_at",
    "lag_days",
    "task_id",
    "indicator_id",
    "task__planned_milli",
    "indicator__target_milli",
    "indicator__direction",
    "indicator__gathering",
)


@dataclass(frozen=True)
class Asked:
    """The questions about entries by id; who has none is left out. `pictures` are the look-alikes behind a question."""

    questions: Mapping[int, tuple[Question, ...]]
    pictures: Mapping[int, Resemblance]


def asked_of(viewer: Viewer, team: Collection[int], waiting: Collection[int]) -> Asked:
    """The questions about waiting entries. At most nine queries.

    `team` are the ids of everybody the viewer appraises: their entries are what is compared with.
    """
    if not waiting:
        return Asked({}, {})
    rules = reporting_rules(viewer.agency_id, viewer.today)
    found = list(_rows(Entry.objects.filter(pk__in=waiting)))
    first = min(row.day for row in found) if found else viewer.today
    since = first - timedelta(days=rules.questions.history_days)
    others = Entry.objects.filter(employee_id__in=team, day__gte=since, state__in=REPORTED).exclude(pk__in=waiting)
    earlier = _rows(others.order_by("-submitted_at", "-pk"))[:MOST_EARLIER]
    known = _Known(viewer, rules, found)
    told = [known.told(row) for row in found]
    asked = questions(told, [_plain(row, known.zone) for row in earlier], rules.questions)
    return Asked(asked, known.pictures)


def plain_rows(
    entries: QuerySet[Entry], zone: ZoneInfo, pictured: Collection[int], rhythm: Mapping[int, int]
) -> list[Told]:
    """Entries as the rules see them, with what every one of them tells. `pictured` are the ids of those with a picture
    that was used before, `rhythm` as of `rhythm_days`. One query."""
    return [
        _plain(
            row,
            zone,
            seen_before=0 if row.pk in pictured else None,
            rhythm_days=rhythm.get(row.employee_id, 1),
        )
        for row in _rows(entries)
    ]


def _rows(entries: QuerySet[Entry]) -> Any:
    return entries.values_list(*_FIELDS, named=True)


class _Known:
    """What only waiting entries are looked at for: proofs, pictures, days away, the post's rhythm."""

    def __init__(self, viewer: Viewer, rules: Reporting, rows: Sequence[Any]) -> None:
        self.zone = ZoneInfo(viewer.employee.agency.time_zone)
        people, ids = {row.employee_id for row in rows}, [row.pk for row in rows]
        days = [row.day for row in rows]
        self.away = days_away(people, min(days), max(days) + timedelta(days=1)) if days else {}
        self.rhythm = rhythm_days(people, viewer.today, rules)
        files = list(EntryFile.objects.filter(entry_id__in=ids).values_list("entry_id", "file_id", "file__taken_at"))
        self.proofs = Counter(entry_id for entry_id, _file_id, _taken in files)
        self.taken: dict[int, list[date]] = defaultdict(list)
        for entry_id, _file_id, taken in files:
            if taken:
                self.taken[entry_id].append(datetime.fromisoformat(taken).date())
        self.pictures = _pictures({file_id: entry_id for entry_id, file_id, _taken in files}, people, viewer.today)

    def told(self, row: Any) -> Told:
        return _plain(
            row,
            self.zone,
            proofs=self.proofs[row.pk],
            taken_on=tuple(self.taken[row.pk]),
            seen_before=0 if row.pk in self.pictures else None,
            rhythm_days=self.rhythm.get(row.employee_id, 1),
            away=self.away.get((row.employee_id, row.day), ""),
        )


def _pictures(entries: Mapping[int, int], people: Collection[int], today: date) -> dict[int, Resemblance]:
    """Look-alikes by entry, of files given with their entry, once the person explained them or had the days for it.
    What was cleared is not asked again. One query."""
    rows = open_resemblances(today).filter(file_id__in=entries, employee_id__in=people)
    return {entries[row.file_id]: row for row in rows}


def rhythm_days(people: Collection[int], today: date, rules: Reporting) -> dict[int, int]:
    """The working days one report of each person covers. One query."""
    posts = {pk: held.post for pk, held in main_posts(people, today).items()}
    return {
        pk: RHYTHM_DAYS[window_for(rules, kind=post.kind, category=post.category).rhythm] for pk, post in posts.items()
    }


def _plain(row: Any, zone: ZoneInfo, **more: Any) -> Told:
    """An entry without what is asked of waiting ones only. Amounts that do not add up are compared with nothing."""
    adds_up = row.task_id or row.indicator__gathering == Gathering.SUM
    target = row.task__planned_milli
    if target is None and row.indicator__direction == Direction.HIGHER:
        target = row.indicator__target_milli
    figure = f"t{row.task_id}" if row.task_id else f"i{row.indicator_id}" if row.indicator_id else ""
    return Told(
        id=row.pk,
        employee_id=row.employee_id,
        day=row.day,
        sent_at=row.submitted_at.astimezone(zone),
        text=row.text,
        figure=figure,
        quantity_milli=row.quantity_milli if adds_up else None,
        target_milli=target if adds_up else None,
        minutes=row.minutes,
        written_at=row.written_at.astimezone(zone) if row.written_at else None,
        lag_days=row.lag_days,
        **more,
    )
