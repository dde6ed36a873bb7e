"""Questions about goals and indicators. Everybody of the government may ask; each states its queries."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import OuterRef, Prefetch, Q, QuerySet, Subquery

from terang.accounts.models import User
from terang.audit.models import JournalEntry
from terang.audit.sentences import sentence
from terang.planning.goals.hooks import live_values
from terang.planning.goals.models import Goal, KeyIndicator, Reading, YearTarget
from terang.planning.goals.standing import Standing, standings
from terang.registry.organization.models import Unit
from terang.registry.people.appraisers import LEADERS, Hierarchy, hierarchy_on
from terang.registry.people.models import Assignment, AssignmentKind
from terang.registry.people.viewer import in_force

_SITTING = {AssignmentKind.DEFINITIVE: 2, AssignmentKind.ACTING: 1, AssignmentKind.STAND_IN: 0}


def day_of(year: int, today: date) -> date:
    """The day a year is looked at from: today in the running year, the last day of a past one, the first of a future
    one."""
    return today if year == today.year else date(year, 12, 31) if year < today.year else date(year, 1, 1)


def goals_on(agency_id: int, on: date) -> QuerySet[Goal]:
    """The goals that hold on a day, with their unit, by code. One query when read."""
    alive = Goal.objects.filter(agency_id=agency_id, year_start__lte=on.year, year_end__gte=on.year)
    return alive.exclude(retired_on__lte=on).select_related("unit").order_by("code")


def indicators_of(goals: Collection[Goal], on: date) -> Sequence[KeyIndicator]:
    """The indicators of these goals that count on a day, by goal and number, each with its goal as given, with
    `latest_milli` and `latest_day` (missing where nothing was reported up to the day), and with
    `near_targets`, those of this year and the one before. Two queries."""
    by_id = {goal.pk: goal for goal in goals}
    valid = Reading.objects.filter(indicator=OuterRef("pk"), correction=None, day__lte=on).order_by("-day", "-id")
    near = YearTarget.objects.filter(year__in=(on.year - 1, on.year)).order_by("year")
    rows = KeyIndicator.objects.filter(goal__in=list(by_id)).exclude(retired_on__lte=on)
    latest = {name: Subquery(valid.values(column)[:1]) for name, column in LATEST.items()}
    found = list(
        rows.annotate(**latest)
        .prefetch_related(Prefetch("targets", near, to_attr="near_targets"))
        .order_by("goal__code", "number")
    )
    for indicator in found:
        indicator.goal = by_id[indicator.goal_id]
    return found


LATEST = {"latest_milli": "value_milli", "latest_day": "day"}


def standings_of(goals: Collection[Goal], on: date) -> list[Standing]:
    """Where every indicator of these goals of one government stands on a day, by goal and number. Two queries and those
    of the evaluation where a measure is among them (three), whatever the number of indicators."""
    found = indicators_of(goals, on)
    agency_id = next((goal.agency_id for goal in goals), 0)
    return standings(found, on, live_values(agency_id, found, on))


def standings_on(agency_id: int, on: date) -> list[Standing]:
    """As `standings_of`, of all goals that hold on the day. One query more."""
    return standings_of(list(goals_on(agency_id, on)), on)


def goal_of(agency_id: int, pk: int) -> Goal | None:
    """A goal of a government, also one no longer used, with unit and parent. One query."""
    return Goal.objects.filter(agency_id=agency_id, pk=pk).select_related("unit", "parent", "agency").first()


def indicator_of(agency_id: int, pk: int) -> KeyIndicator | None:
    """An indicator of a government, with goal, unit and responsible post. One query."""
    rows = KeyIndicator.objects.filter(goal__agency_id=agency_id, pk=pk)
    return rows.select_related("goal__unit", "goal__agency", "responsible__unit").first()


def readings_of(indicator_ids: Collection[int]) -> dict[int, list[Reading]]:
    """Every value reported by hand, those corrected too (`correction` says by which), newest first. One query."""
    rows = Reading.objects.filter(indicator_id__in=indicator_ids).select_related("reported_by", "correction")
    found: dict[int, list[Reading]] = {}
    for row in rows:
        found.setdefault(row.indicator_id, []).append(row)
    return found


def targets_of(indicator_ids: Collection[int]) -> dict[int, list[YearTarget]]:
    """Every year's target, earliest first. One query."""
    found: dict[int, list[YearTarget]] = {}
    for row in YearTarget.objects.filter(indicator_id__in=indicator_ids):
        found.setdefault(row.indicator_id, []).append(row)
    return found


def holders(post_ids: Collection[int], on: date) -> dict[int, Assignment]:
    """Who sits on each post on a day: the definitive holder, else the Plt., else the Plh. Vacant posts are left out.
    One query."""
    there = Q(employee__left_on=None) | Q(employee__left_on__gt=on)
    rows = Assignment.objects.filter(in_force(on), there, post_id__in=post_ids).select_related("employee")
    ranked = sorted(rows, key=lambda row: (_SITTING[AssignmentKind(row.kind)], row.starts_on, row.pk))
    return {row.post_id: row for row in ranked}


def leaders(agency_id: int, on: date) -> Hierarchy:
    """Who leads which unit on a day, to ask `head_of` and `upward`. Three queries."""
    return hierarchy_on(agency_id, on, LEADERS)


def units_with_goals(agency_id: int, on: date) -> list[Unit]:
    """The units that carry a goal on a day, in the order of the tree. One query."""
    carried = goals_on(agency_id, on).order_by().values("unit_id")
    return list(Unit.objects.filter(agency_id=agency_id, pk__in=carried).order_by("path"))


def years_known(agency_id: int, today: date) -> list[int]:
    """The years some goal holds in, and this one, earliest first. One query."""
    spans = Goal.objects.filter(agency_id=agency_id).order_by().values_list("year_start", "year_end").distinct()
    return sorted({today.year, *(year for first, last in spans for year in range(first, last + 1))})


@dataclass(frozen=True)
class Event:
    """Something that happened to a goal or an indicator of it, as a sentence."""

    at: datetime
    told: str
    about: str
    reason: str


def history_of_goal(goal: Goal, limit: int = 30) -> list[Event]:
    """What happened to a goal and its indicators, newest first. Three queries."""
    texts = dict(goal.indicators.values_list("pk", "text"))
    about = Q(object_type="goals.goal", object_id=goal.pk)
    about |= Q(object_type="goals.keyindicator", object_id__in=list(texts))
    entries = list(JournalEntry.objects.filter(about).order_by("-id")[:limit])
    names = dict(User.objects.filter(pk__in={entry.actor_id for entry in entries}).values_list("pk", "name"))
    return [
        Event(
            entry.at,
            sentence(entry.verb, names.get(entry.actor_id or 0, "Terang")),
            texts.get(entry.object_id or 0, "") if entry.object_type == "goals.keyindicator" else "",
            entry.reason,
        )
        for entry in entries
    ]
