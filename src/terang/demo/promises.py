"""Makes plans: for each calendar year the demo shows, what everybody agreed with the appraiser, leaders first."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from terang.demo.aims import Aim
from terang.demo.blueprint import jobs
from terang.demo.documents import OFFICE_TARGET, Above, Wanted, document_of
from terang.demo.scene import MONTHS, Month, Person, Place, Scene
from terang.demo.sharing import Sharing
from terang.planning.dictionary.models import DictionaryEntry
from terang.planning.measuring import Gathering
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState, PlanVersion
from terang.planning.plans.services.bulk import Agreed, word, write_agreed
from terang.registry.people.models import PostKind
from terang.rules.plans import PlanDocument

AGREED_AFTER = timedelta(days=19)
CHANGED = "health.public/staff2"
"""Whose plan was changed in the middle of the year: two versions to compare."""
CHANGED_IN, CHANGED_AFTER = MONTHS - 5, timedelta(days=14)
WHY_CHANGED = "Wilayah sasaran bertambah dua kelurahan setelah penyelidikan epidemiologi bulan lalu."


@dataclass
class Promise:
    """A person's agreed plan for some months, with the leader of that time and what its levels should come to."""

    person: Person
    leader: Person | None
    job: Mapping[str, Any]
    months: int
    agreed: Agreed
    aims: Mapping[str, Aim] = field(default_factory=dict)
    """The key indicator behind an indicator, by the indicator's key."""

    @property
    def plan(self) -> Plan:
        return self.agreed.plan

    @property
    def results(self) -> list[PlanResult]:
        """The results of the job itself, without what the unit promised."""
        promised = {indicator.result for indicator in self.agreed.indicators if indicator.key in self.aims}
        return [row for row in self.agreed.results if row not in promised]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return self.agreed.indicators

    @property
    def own_first(self) -> list[Indicator]:
        """All indicators, those of the job before what the unit promised."""
        return sorted(self.indicators, key=lambda each: each.key in self.aims)


@dataclass(frozen=True)
class _Span:
    """A person's time on a post within a year; `closed` where a move ended it."""

    person: Person
    place: Place
    leader: Person | None
    first: date
    end: date
    closed: bool

    @property
    def months(self) -> int:
        return (self.end.year - self.first.year) * 12 + self.end.month - self.first.month


def promise(
    scene: Scene, months: list[Month], aims: list[Aim], entries: Mapping[str, DictionaryEntry]
) -> list[Promise]:
    """Plans for every calendar year of `months`, from the first month shown on. State officials make none (Lampiran
    II.C.8 p. 65)."""
    years = {month.start.year for month in months}
    starts = {month.start.year: month.start for month in reversed(scene.months) if month.start.year in years}
    made: list[Promise] = []
    for year, first in sorted(starts.items()):
        current = year == scene.today.year
        made += _Year(scene, first, aims if current else [], entries, Sharing(scene) if current else None).make()
    return made


def by_month(scene: Scene, made: list[Promise]) -> dict[int, list[Promise]]:
    """The promises in force in each of the scene's months, in the order of people."""
    order = {slot: number for number, slot in enumerate(scene.people)}
    made = sorted(made, key=lambda each: order[each.person.slot])
    return {
        month.index: [each for each in made if each.plan.period_start <= month.start < each.plan.period_end]
        for month in scene.months
    }


class _Year:
    """The plans of one year: people by level, so that each finds the rows of the leader above."""

    def __init__(
        self,
        scene: Scene,
        first: date,
        aims: list[Aim],
        entries: Mapping[str, DictionaryEntry],
        sharing: Sharing | None,
    ) -> None:
        self.scene, self.first, self.entries, self.sharing = scene, first, entries, sharing
        self.aims: dict[str, list[Aim]] = defaultdict(list)
        for aim in aims:
            self.aims[aim.unit].append(aim)
        self.above: dict[str, Above] = {}
        self.earlier: list[tuple[Plan, PlanVersion]] = []

    def make(self) -> list[Promise]:
        made = [promise for level in _levels(self.scene, self.first) for promise in self._level(level)]
        for plan, version in self.earlier:
            version.plan = plan
            version.save()
        return made

    def _level(self, spans: list[_Span]) -> list[Promise]:
        rows = []
        for span in spans:
            plan, document = _plan(span), self._document(span)
            rows.append((plan, self._version(span, plan, document), document))
        made = [
            Promise(span.person, span.leader, jobs()[span.place.post.job], span.months, agreed, self._carried(span))
            for span, agreed in zip(spans, write_agreed(rows), strict=True)
        ]
        for span, each in zip(spans, made, strict=True):
            if span.person.post.is_head:
                agreed = each.agreed
                found = {row.key: row for row in agreed.results}, {row.key: row for row in agreed.indicators}
                self.above[span.person.slot] = Above(agreed.document, *found)
                if self.sharing:
                    self.sharing.open(span.person, span.leader, agreed.document, agreed.plan)
        return made

    def _wanted(self, span: _Span) -> Wanted:
        return Wanted(self.scene, span.person.slot, span.place.unit, span.place.post, span.first, span.months)

    def _aims_of(self, span: _Span) -> list[Aim]:
        if not span.person.post.is_head:
            return []
        key = span.place.unit.key
        shared = [aim for aim in self.aims["root"] if aim.goal == OFFICE_TARGET]
        return shared if key == "secretariat" else self.aims[key]

    def _carried(self, span: _Span) -> dict[str, Aim]:
        wanted = self._wanted(span)
        return {wanted.key(f"a{number}"): aim for number, aim in enumerate(self._aims_of(span))}

    def _document(self, span: _Span) -> PlanDocument:
        above = self.above.get(span.leader.slot) if span.leader else None
        document = document_of(self._wanted(span), self.entries, self._aims_of(span), above, self.aims["root"])
        return self.sharing.place(span.person, span.leader, document) if self.sharing else document

    def _version(self, span: _Span, plan: Plan, document: PlanDocument) -> PlanVersion:
        version = _first_version(self.scene, span)
        on = self.scene.months[CHANGED_IN].start + CHANGED_AFTER
        if span.person.slot != CHANGED or not span.first < on < span.end or on > self.scene.today:
            return version
        word(version, _before_the_change(document))
        self.earlier.append((plan, version))
        return _changed_version(self.scene, span, on)


def _levels(scene: Scene, first: date) -> list[list[_Span]]:
    levels: dict[int, list[_Span]] = defaultdict(list)
    for person in scene.people.values():
        if person.post.kind != PostKind.ELECTED:
            for span in _spans(scene, person, first):
                levels[_depth(scene, span.leader)].append(span)
    return [spans for _depth, spans in sorted(levels.items())]


def _depth(scene: Scene, leader: Person | None) -> int:
    depth = 0
    while leader is not None:
        leader, depth = scene.appraiser_of(leader), depth + 1
    return depth


def _spans(scene: Scene, person: Person, first: date) -> Iterator[_Span]:
    end, move = date(first.year + 1, 1, 1), scene.moves.get(person.slot)
    here = Place(person.unit, person.post, person.place)
    if move is not None and move.on > first:
        until = min(move.on, end)
        yield _Span(person, move.before, scene.head_of(move.before.unit.key), first, until, closed=until < end)
        first = until
    if first < end:
        yield _Span(person, here, scene.appraiser_of(person), first, end, closed=False)


def _plan(span: _Span) -> Plan:
    post = span.place.row
    return Plan(
        employee=span.person.employee,
        post=post,
        unit_id=post.unit_id if post else None,
        period_start=span.first,
        period_end=span.end,
        state=PlanState.CLOSED if span.closed else PlanState.AGREED,
        agreed_on=span.first + AGREED_AFTER,
        version=3 if span.closed else 2,
    )


def _first_version(scene: Scene, span: _Span) -> PlanVersion:
    return PlanVersion(
        number=1,
        opened_by=span.person.employee,
        opened_at=at(scene, span.first + timedelta(days=4)),
        submitted_at=at(scene, span.first + timedelta(days=14)),
        agreed_at=at(scene, span.first + AGREED_AFTER),
        agreed_by=span.leader.employee if span.leader else None,
        version=3,
    )


def _changed_version(scene: Scene, span: _Span, on: date) -> PlanVersion:
    version = _first_version(scene, span)
    version.number, version.reason = 2, WHY_CHANGED
    version.opened_at, version.submitted_at = at(scene, on - timedelta(days=5)), at(scene, on - timedelta(days=2))
    version.agreed_at = at(scene, on)
    return version


def _before_the_change(document: PlanDocument) -> PlanDocument:
    """Less was asked in the first version, in fewer words and with less support."""
    rows = []
    for result in document.results:
        wider = [each for each in result.indicators if each.gathering == Gathering.SUM and each.target_milli]
        less = {each.key: replace(each, target_milli=(each.target_milli or 0) * 3 // 4000 * 1000) for each in wider}
        text = result.text.replace(" di wilayah sasaran", "")
        rows.append(replace(result, text=text, indicators=tuple(less.get(i.key, i) for i in result.indicators)))
    return replace(document, results=tuple(rows), resources=document.resources[:1])


def at(scene: Scene, day: date, hour: int = 9) -> datetime:
    """A moment on a day by the government's clocks."""
    return datetime.combine(day, time(hour), ZoneInfo(scene.agency.time_zone))
