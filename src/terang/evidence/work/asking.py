"""Entries as the rules of questions see them: read in bulk for everything that waits for one appraiser."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, QuerySet

from terang.evidence.work.hooks import days_away, reporting_rules
from terang.evidence.work.models import Entry, EntryFile
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


def asked_of(viewer: Viewer, team: Collection[int], waiting: Collection[int]) -> dict[int, tuple[Question, ...]]:
    """The questions about waiting entries, by id; who has none is left out. At most eight queries.

    `team` are the ids of everybody the viewer appraises: their entries are what is compared with.
    """
    if not waiting:
        return {}
    rules = reporting_rules(viewer.agency_id, viewer.today)
    found = list(_rows(Entry.objects.filter(pk__in=waiting)))
    first = min(row.day for row in found) if found else viewer.today
    since = first - timedelta(days=rules.questions.history_days)
    others = Entry.objects.filter(employee_id__in=team, day__gte=since).exclude(pk__in=waiting)
    earlier = _rows(others.order_by("-submitted_at", "-pk"))[:MOST_EARLIER]
    known = _Known(viewer, rules, found)
    return questions([known.told(row) for row in found], [_plain(row, known.zone) for row in earlier], rules.questions)


def plain_rows(entries: QuerySet[Entry], zone: ZoneInfo) -> list[Told]:
    """Entries as the rules see them, with what every one of them tells. One query."""
    return [_plain(row, zone) for row in _rows(entries)]


def _rows(entries: QuerySet[Entry]) -> Any:
    return entries.values_list(*_FIELDS, named=True)


class _Known:
    """What only waiting entries are looked at for: proofs, pictures, days away, the post's rhythm."""

    def __init__(self, viewer: Viewer, rules: Reporting, rows: Sequence[Any]) -> None:
        self.zone = ZoneInfo(viewer.employee.agency.time_zone)
        people, ids = {row.employee_id for row in rows}, [row.pk for row in rows]
        days = [row.day for row in rows]
        self.away = days_away(people, min(days), max(days) + timedelta(days=1)) if days else {}
        self.rhythm = _rhythms(people, viewer.today, rules)
        proofs = EntryFile.objects.filter(entry_id__in=ids).order_by().values_list("entry_id")
        self.proofs: Mapping[int, int] = dict(proofs.annotate(number=Count("pk")))

    def told(self, row: Any) -> Told:
        return _plain(
            row,
            self.zone,
            proofs=self.proofs.get(row.pk, 0),
            rhythm_days=self.rhythm.get(row.employee_id, 1),
            away=self.away.get((row.employee_id, row.day), ""),
        )


def _rhythms(people: Collection[int], today: date, rules: Reporting) -> dict[int, int]:
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
