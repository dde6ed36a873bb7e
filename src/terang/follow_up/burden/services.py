"""The worker counts every week once it is over. Nothing is asked of people, and nothing new is recorded about them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Count

from terang.audit.models import JournalEntry
from terang.audit.selectors import positions_between
from terang.follow_up.burden.models import CountedWeek, FormWeek, GroupWeek
from terang.registry.organization.calendars import local_today
from terang.registry.organization.models import Agency
from terang.registry.people.models import Employee, PostKind
from terang.registry.people.selectors import main_posts
from terang.rules.burden import EntryKind, entry_kinds, kind_by_verb, minutes, seconds_of, spread
from terang.web.writing import write

LEAST = 10
"""From so many people on a group is told."""
WEEKS_BACK = 4
"""So many weeks are counted when a worker begins, or begins again."""
WEEK = timedelta(days=7)
SETTLED = timedelta(days=1)
"""So long after its end a week is counted: everything in it is sealed by then."""

Counts = Mapping[int | None, Mapping[str, int]]
"""How many entries of each verb by account; those that are kept without their actor under None."""


def every_hour() -> None:
    """Counts what is not counted yet; where nothing is, one query for each government."""
    for agency in Agency.objects.order_by("pk"):
        this = monday_of(local_today(agency) - SETTLED)
        wanted = [this - WEEK * back for back in range(WEEKS_BACK, 0, -1)]
        known = set(CountedWeek.objects.filter(agency=agency, monday__in=wanted).values_list("monday", flat=True))
        for monday in wanted:
            if monday not in known:
                count_week(agency=agency, monday=monday)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def count_week(*, agency: Agency, monday: date) -> CountedWeek:
    """Reads the journal of one week and keeps what it tells of groups. Eight queries."""
    zone = ZoneInfo(agency.time_zone)
    start, end = (datetime.combine(day, time(), zone) for day in (monday, monday + WEEK))
    first, last = positions_between(start, end + SETTLED)
    kinds = entry_kinds(monday)
    rows = JournalEntry.objects.filter(
        agency_id=agency.pk,
        position__gte=first,
        position__lte=last,
        at__gte=start,
        at__lt=end,
        verb__in=kind_by_verb(kinds),
    )
    counts: dict[int | None, Counter[str]] = defaultdict(Counter)
    for row in rows.order_by().values("actor_id", "verb").annotate(number=Count("pk")):
        counts[row["actor_id"]][row["verb"]] += row["number"]
    return keep_week(agency=agency, monday=monday, first_position=first, counts=counts)


def keep_week(*, agency: Agency, monday: date, first_position: int, counts: Counts) -> CountedWeek:
    """Writes one week of groups and forms; the week that is there already stays. Who entered nothing counts with
    zero."""
    kinds = entry_kinds(monday)
    with transaction.atomic():
        week, made = CountedWeek.objects.get_or_create(
            agency=agency, monday=monday, defaults={"first_position": first_position}
        )
        if made:
            write(_groups(week, counts, kinds))
            write(_forms(week, counts, kinds))
    return week


def _groups(week: CountedWeek, counts: Counts, kinds: Collection[EntryKind]) -> list[GroupWeek]:
    last = week.monday + WEEK - timedelta(days=1)
    rows = Employee.objects.filter(agency_id=week.agency_id, user__isnull=False, left_on=None)
    accounts = dict(rows.order_by().values_list("pk", "user_id"))
    seconds: dict[str, list[int]] = defaultdict(list)
    for employee_id, post in main_posts(accounts.keys(), last).items():
        if post.post.kind != PostKind.ELECTED:
            taken = seconds_of(counts.get(accounts[employee_id], {}), kinds)
            for group in ("", post.post.kind):
                seconds[group].append(taken)
    found = []
    for group, each in sorted(seconds.items()):
        told = spread(each)
        if told and told.people >= LEAST:
            found.append(
                GroupWeek(week=week, group=group, people=told.people, median=told.median, ninetieth=told.ninetieth)
            )
    return found


def _forms(week: CountedWeek, counts: Counts, kinds: Collection[EntryKind]) -> list[FormWeek]:
    total: Counter[str] = Counter()
    for each in counts.values():
        total.update(each)
    entries = {kind: sum(total[verb] for verb in kind.verbs) for kind in kinds}
    return [
        FormWeek(week=week, kind=kind.code, entries=number, minutes=minutes(number * kind.seconds))
        for kind, number in entries.items()
        if number
    ]
