"""What a unit promises for a year: today's targets beside those that were signed."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from terang.planning.goals.models import Agreement, AgreementItem, AgreementState, KeyIndicator, YearTarget
from terang.planning.goals.selectors import goals_on, leaders
from terang.registry.organization.models import Unit
from terang.registry.people.appraisers import Hierarchy, read_people
from terang.registry.people.hierarchy import Place
from terang.registry.people.models import AssignmentKind, Employee

_PREFIX = {AssignmentKind.DEFINITIVE: "", AssignmentKind.ACTING: "Plt. ", AssignmentKind.STAND_IN: "Plh. "}


@dataclass(frozen=True)
class Party:
    """Who signs, with the title of that day."""

    employee: Employee
    title: str


@dataclass(frozen=True)
class Parties:
    """Both sides; `giver` is missing where nobody leads the unit, `taker` where nobody leads above it."""

    giver: Party | None
    taker: Party | None


@dataclass(frozen=True)
class Promise:
    """An indicator of the unit with today's target of the year (missing where there is none) and the signed item
    (missing where nothing about it was signed). `current` says whether the indicator still counts today."""

    indicator: KeyIndicator
    target: YearTarget | None
    item: AgreementItem | None
    current: bool = True

    @property
    def deviates(self) -> bool:
        """Whether today's target is another one than the signed one; only to be asked where something is signed."""
        now = (self.target.target_milli, self.target.target_max_milli) if self.target and self.current else None
        signed = (self.item.target_milli, self.item.target_max_milli) if self.item else None
        return now != signed


@dataclass(frozen=True)
class Draft:
    """The agreement of a unit and year as it would be signed today, beside the signed one (missing before)."""

    unit: Unit
    year: int
    promises: tuple[Promise, ...]
    signed: Agreement | None
    parties: Parties

    @property
    def to_sign(self) -> list[Promise]:
        """What a signing would freeze."""
        return [each for each in self.promises if each.current and each.target]

    @property
    def without_target(self) -> list[Promise]:
        return [each for each in self.promises if each.current and not each.target]

    @property
    def deviations(self) -> list[Promise]:
        """What differs from what was signed; nothing before the first signing."""
        return [each for each in self.promises if each.deviates] if self.signed else []

    @property
    def other_officials(self) -> bool:
        """Whether somebody else would sign today than did."""
        if not self.signed:
            return False
        pair = (self.parties.giver, self.parties.taker)
        today = [party.employee.pk if party else None for party in pair]
        return today != [self.signed.giver_id, self.signed.taker_id]

    @property
    def digest(self) -> str:
        """Changes with whatever would be signed, to tell a page that has become old."""
        rows = [
            (each.indicator.pk, each.indicator.text, each.target.target_milli, each.target.target_max_milli)
            for each in self.to_sign
            if each.target
        ]
        told = json.dumps([self.signed.number if self.signed else 0, rows])
        return hashlib.sha256(told.encode()).hexdigest()[:16]


def draft_of(unit: Unit, year: int, on: date, signing_on: date | None = None) -> Draft:
    """The draft of a unit for a year as it stands on a day, with who would sign then or on another day. Eight
    queries."""
    signed = signed_agreement(unit.pk, year)
    items = {item.indicator_id: item for item in signed.items.all()} if signed else {}
    indicators = list(_indicators(unit, year, on))
    promises = [Promise(each, next(iter(each.targets.all()), None), items.pop(each.pk, None)) for each in indicators]
    gone = [Promise(item.indicator, None, item, current=False) for item in items.values()]
    return Draft(unit, year, (*promises, *gone), signed, parties_of(unit, signing_on or on))


def _indicators(unit: Unit, year: int, on: date) -> QuerySet[KeyIndicator]:
    goals = goals_on(unit.agency_id, date(year, 12, 31)).exclude(retired_on__lte=on).filter(unit=unit)
    rows = KeyIndicator.objects.filter(goal__in=goals.order_by().values("pk")).exclude(retired_on__lte=on)
    targets = Prefetch("targets", YearTarget.objects.filter(year=year))
    return rows.select_related("goal").prefetch_related(targets).order_by("goal__code", "number")


def signed_agreement(unit_id: int, year: int) -> Agreement | None:
    """The agreement in force of a unit and year, with its items. Two queries."""
    return signings_of(unit_id, year).filter(state=AgreementState.SIGNED).first()


def signings_of(unit_id: int, year: int) -> QuerySet[Agreement]:
    """Every signing of a unit's agreement of a year, the last first, with people and items. Two queries when read."""
    items = AgreementItem.objects.select_related("indicator__goal")
    rows = Agreement.objects.filter(unit_id=unit_id, year=year).select_related("giver", "taker", "unit")
    return rows.prefetch_related(Prefetch("items", items)).order_by("-number")


def parties_of(unit: Unit, on: date) -> Parties:
    """The head of the unit, and the first head above who is somebody else. Four queries."""
    hierarchy = leaders(unit.agency_id, on)
    giver = hierarchy.head_of(unit.pk)
    above = [hierarchy.head_of(pk) for pk in list(hierarchy.upward(unit.pk))[1:]]
    taker = next((head for head in above if head and (not giver or head.employee_id != giver.employee_id)), None)
    people = read_people({place.employee_id for place in (giver, taker) if place})
    return Parties(_party(hierarchy, giver, people), _party(hierarchy, taker, people))


def _party(hierarchy: Hierarchy, place: Place | None, people: dict[int, Employee]) -> Party | None:
    if place is None:
        return None
    title, unit = f"{_PREFIX[AssignmentKind(place.kind)]}{place.title}", hierarchy.units[place.unit_id].name
    return Party(people[place.employee_id], f"{title}, {unit}"[:200])


def items_of(promises: Sequence[Promise]) -> list[AgreementItem]:
    """What a signing writes down, without the agreement yet."""
    return [
        AgreementItem(
            indicator=each.indicator,
            goal_text=each.indicator.goal.text,
            text=each.indicator.text,
            unit_label=each.indicator.unit_label,
            target_milli=each.target.target_milli,
            target_max_milli=each.target.target_max_milli,
        )
        for each in promises
        if each.target
    ]
