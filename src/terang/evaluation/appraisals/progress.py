"""How far the evaluation of a government is, part by part, and which units a predicate is set for."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from terang.evaluation.appraisals.models import Appraisal, AppraisalState, RatingWindow, Reminder
from terang.evaluation.appraisals.states import TOLD
from terang.registry.organization.models import Unit
from terang.registry.people.models import Assignment, Employee, PostKind
from terang.registry.people.selectors import heads_on
from terang.registry.people.viewer import Viewer, in_force


@dataclass(frozen=True)
class Row:
    """How far a part of the government is: people with a post, and how many of their appraisals stand where. `owner` is
    who leads it today, `reminded` the last reminder; both may be missing."""

    unit: Unit
    people: int
    states: dict[str, int]
    owner: Employee | None = None
    reminded: Reminder | None = None

    @property
    def decided(self) -> int:
        return sum(n for state, n in self.states.items() if state != AppraisalState.DRAFT)

    @property
    def handed(self) -> int:
        return sum(self.states.get(state, 0) for state in TOLD)

    @property
    def missing(self) -> int:
        return max(0, self.people - self.decided)

    @property
    def waiting(self) -> int:
        """Decided and not handed over."""
        return self.states.get(AppraisalState.DECIDED, 0)

    def may_remind(self, today: date) -> bool:
        """Whether something is left, somebody with an address leads the part, and nobody reminded them today."""
        is_new = self.reminded is None or self.reminded.sent_on < today
        return is_new and bool(self.missing or self.waiting) and self.owner is not None and bool(self.owner.email)


def progress_of(window: RatingWindow, viewer: Viewer) -> list[Row]:
    """The parts of the government (the units below the root, and the root's own people), the least decided first, with
    who leads them. Six queries."""
    agency_id = window.period.agency_id
    units = {each.pk: each for each in Unit.objects.filter(agency_id=agency_id)}
    held = Assignment.objects.filter(in_force(viewer.today), kind="definitif", employee__agency_id=agency_id)
    people = Counter(
        dict(
            held.exclude(post__kind=PostKind.ELECTED)
            .order_by()
            .values_list("post__unit_id")
            .annotate(n=Count("employee", distinct=True))
        )
    )
    states: dict[int, Counter[str]] = {}
    rows = Appraisal.objects.filter(window=window).order_by().values_list("home_id", "state").annotate(n=Count("pk"))
    for home_id, state, number in rows:
        states.setdefault(home_id, Counter())[state] += number
    parts: dict[int, tuple[int, Counter[str]]] = {}
    for pk, number in people.items():
        top = part_of(units[pk].path)
        before, counted = parts.get(top, (0, Counter()))
        parts[top] = before + number, counted + states.get(pk, Counter())
    owners = _owners(parts, viewer.today)
    told = {each.unit_id: each for each in reversed(window.reminders.filter(unit__in=parts))}
    found = [
        Row(units[pk], number, dict(counted), owners.get(pk), told.get(pk))
        for pk, (number, counted) in parts.items()
        if pk in units
    ]
    return sorted(found, key=lambda row: (-row.missing, row.unit.path))


def _owners(unit_ids: Collection[int], today: date) -> dict[int, Employee]:
    """Who leads each unit today. Two queries."""
    heads = {unit_id: pk for (unit_id, _day), pk in heads_on([(pk, today) for pk in unit_ids]).items()}
    people = Employee.objects.in_bulk(heads.values())
    return {unit_id: people[pk] for unit_id, pk in heads.items()}


def part_of(path: str) -> int:
    """The part of the government a unit of this path belongs to: its ancestor right below the root; the root itself
    for those who sit there."""
    ids = [int(part) for part in path.split("/") if part]
    return ids[1] if len(ids) > 1 else ids[0]


def organisations_to_set(window: RatingWindow, text: str = "") -> QuerySet[Unit]:
    """The units that somebody leads, which a predicate is set for, by path; `text` narrows by name. One query."""
    heads = Assignment.objects.filter(
        in_force(window.closes_on), post__is_head=True, employee__agency_id=window.period.agency_id
    )
    rows = Unit.objects.filter(agency_id=window.period.agency_id, pk__in=heads.values("post__unit_id"))
    return rows.filter(Q(name__icontains=text) | Q(code__icontains=text) if text else Q()).order_by("path")
