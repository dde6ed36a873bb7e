"""What feeding Terang takes: groups and forms for everybody, and one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Sum

from terang.audit.models import JournalEntry
from terang.evaluation.periods import short_title
from terang.follow_up.burden.models import CountedWeek, FormWeek, GroupWeek
from terang.registry.people.viewer import Viewer
from terang.rules.burden import EntryKind, entry_kinds, kind_by_verb, minutes
from terang.web.numbers import english

WEEKS = 12
LATELY = 4
"""So many weeks together say what forms cost."""


@dataclass(frozen=True)
class FormCost:
    """What one kind of entry cost in the last weeks. `share_bp` is of the time of all forms."""

    kind: EntryKind
    entries: int
    minutes: int
    share_bp: int

    @property
    def label(self) -> str:
        return self.kind.label_en if english() else self.kind.label

    @property
    def drop(self) -> str:
        return self.kind.drop_en if english() else self.kind.drop

    @property
    def measured(self) -> bool:
        return self.kind.told_by != "anggapan"


@dataclass(frozen=True)
class Burden:
    """The latest counted week of a government by group, everybody first, and what forms cost in the last ones."""

    week: CountedWeek
    groups: Sequence[GroupWeek]
    forms: Sequence[FormCost]
    since: date

    @property
    def everybody(self) -> GroupWeek | None:
        """Missing where too few work there."""
        return next((each for each in self.groups if not each.group), None)

    @property
    def name(self) -> str:
        return short_title("month", self.week.monday)


def weeks_of(agency_id: int) -> list[CountedWeek]:
    """The latest counted weeks, the earliest first. One query."""
    return list(CountedWeek.objects.filter(agency_id=agency_id).order_by("-monday")[:WEEKS])[::-1]


def burden_of(weeks: Sequence[CountedWeek]) -> Burden | None:
    """Of counted weeks, the earliest first; None without any. Two queries."""
    if not weeks:
        return None
    lately = weeks[-LATELY:]
    groups = GroupWeek.objects.filter(week=weeks[-1]).order_by("group")
    return Burden(weeks[-1], list(groups), _forms(lately), lately[0].monday)


def _forms(weeks: Sequence[CountedWeek]) -> list[FormCost]:
    """The costliest first. One query."""
    rows = FormWeek.objects.filter(week__in=weeks).order_by().values("kind")
    counted = {row["kind"]: row for row in rows.annotate(number=Sum("entries"), time=Sum("minutes"))}
    kinds = [each for each in entry_kinds(weeks[-1].monday) if each.code in counted]
    whole = sum(row["time"] for row in counted.values()) or 1
    costs = [
        FormCost(
            each,
            counted[each.code]["number"],
            counted[each.code]["time"],
            _whole_percent(counted[each.code]["time"], whole),
        )
        for each in kinds
    ]
    return sorted(costs, key=lambda cost: -cost.minutes)


def spread_of(weeks: Sequence[CountedWeek]) -> dict[int, GroupWeek]:
    """Everybody's minutes by week; weeks in which too few work are left out. One query."""
    return {row.week_id: row for row in GroupWeek.objects.filter(week__in=weeks, group="")}


def own_cost(viewer: Viewer, weeks: Sequence[CountedWeek]) -> list[FormCost]:
    """The viewer's own entries since the first of the last counted weeks, for the viewer alone. What is kept without
    who did it (answers that are sealed) is not among them. One query; none without a counted week."""
    if not weeks:
        return []
    first, kinds = weeks[-LATELY:][0], entry_kinds(viewer.today)
    by_verb = kind_by_verb(kinds)
    rows = JournalEntry.objects.filter(
        agency_id=viewer.agency_id, position__gte=first.first_position, actor_id=viewer.user.pk, verb__in=by_verb
    )
    entries = {each.code: 0 for each in kinds}
    for verb, number in rows.order_by().values_list("verb").annotate(number=Count("pk")):
        entries[by_verb[verb].code] += number
    whole = sum(entries[each.code] * each.seconds for each in kinds) or 1
    costs = [_own(each, entries[each.code], whole) for each in kinds if entries[each.code]]
    return sorted(costs, key=lambda cost: -cost.minutes)


def _own(kind: EntryKind, number: int, whole: int) -> FormCost:
    seconds = number * kind.seconds
    return FormCost(kind, number, minutes(seconds), _whole_percent(seconds, whole))


def _whole_percent(part: int, whole: int) -> int:
    """In basis points, half-up: estimates tell no tenths."""
    return (2 * part * 100 + whole) // (2 * whole) * 100
