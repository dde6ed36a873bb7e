"""What the lens shows of a window. A constant number of queries, whatever the number of people."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from terang.evaluation.appraisals.models import Appraisal, AppraisalState, RatingWindow
from terang.evaluation.appraisals.states import TOLD
from terang.evaluation.fairness.access import Sight
from terang.evaluation.fairness.reading import rated_in
from terang.evaluation.fairness.wording import DIMENSIONS, GROUPS, Words, between, hundredths, levels, words_of
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.fairness.groups import GroupLine, look_at_groups
from terang.rules.fairness.model import Lens
from terang.rules.fairness.raters import RaterLine, look_at_raters
from terang.rules.fairness.tiers import tiers
from terang.web.charts import Interval, Intervals

LENS = Lens()


@dataclass(frozen=True)
class Mirror:
    """One appraiser in the lens. `tier` is None where too little is known to place anybody; 1 is the most lenient."""

    rater: Employee
    line: RaterLine
    tier: int | None = None

    @property
    def words(self) -> list[Words]:
        """What to look at; empty where nothing is."""
        return [words_of(each) for each in self.line.findings if each.is_pointed_at]

    @property
    def is_known(self) -> bool:
        return self.line.severity is not None

    @property
    def severity(self) -> str:
        return levels(hundredths(self.line.severity)) if self.line.severity is not None else ""

    @property
    def agreement(self) -> str:
        """Rank agreement of ratings with evidence; empty where ratings or evidence do not differ."""
        return levels(hundredths(self.line.agreement)) if self.line.agreement is not None else ""

    @property
    def interval(self) -> str:
        return between(*self.line.interval) if self.line.interval else ""


@dataclass(frozen=True)
class Group:
    """One group in words; a small one shows its size only."""

    line: GroupLine

    @property
    def label(self) -> str:
        return f"{DIMENSIONS[self.line.dimension]}: {GROUPS[self.line.group]}"

    @property
    def share_bp(self) -> int | None:
        return round(self.line.share.value * 10_000) if self.line.share else None

    @property
    def is_best(self) -> bool:
        return self.line.best == self.line.group

    @property
    def best(self) -> str:
        """The group of the same dimension with the highest share, which the ratio compares with."""
        return str(GROUPS[self.line.best]) if self.line.best else ""

    @property
    def ratio(self) -> str:
        return _told(self.line.ratio).replace("+", "")

    @property
    def adjusted(self) -> str:
        return _told(self.line.adjusted)


def _told(figure: tuple[float, tuple[float, float]] | None) -> str:
    return f"{levels(hundredths(figure[0]))} ({between(*figure[1])})" if figure else ""


@dataclass(frozen=True)
class View:
    """A window through the lens. `hidden`: appraisers who are pointed at and whom the viewer does not see by name."""

    people: int
    without_evidence: int
    mirrors: list[Mirror]
    hidden: int
    groups: list[Group]

    @property
    def pointed(self) -> list[Mirror]:
        return [each for each in self.mirrors if each.words]

    @property
    def pointed_groups(self) -> list[Group]:
        return [each for each in self.groups if each.line.is_pointed_at]

    @property
    def group_chart(self) -> Intervals:
        rows = [
            Interval(each.label, *(hundredths(n) for n in (each.line.adjusted[0], *each.line.adjusted[1])))
            for each in self.groups
            if each.line.adjusted
        ]
        return Intervals(gettext("Selisih kelompok pada bukti yang serupa"), rows, levels)


def view_of(window: RatingWindow, sight: Sight) -> View:
    """Six queries."""
    rated = rated_in(window)
    lines = look_at_raters(rated, LENS)
    mirrors = _mirrors([each for each in lines if sight.names(each.rater)])
    pointed = [each for each in lines if any(found.is_pointed_at for found in each.findings)]
    hidden = sum(not sight.names(each.rater) for each in pointed) if sight.groups else 0
    groups = [Group(each) for each in look_at_groups(rated, LENS)] if sight.groups else []
    without = sum(not each.has_evidence for each in rated) if sight.groups else 0
    return View(len(rated), without, mirrors, hidden, groups)


def _mirrors(lines: Sequence[RaterLine]) -> list[Mirror]:
    """Appraisers in tiers, by name inside a tier; those of whom too little is known last."""
    people = Employee.objects.in_bulk([each.rater for each in lines])
    known = {each.rater: each.interval for each in lines if each.interval}
    placed = {key: number for number, tier in enumerate(tiers(known), 1) for key in tier}
    found = [Mirror(people[each.rater], each, placed.get(each.rater)) for each in lines]
    return sorted(found, key=lambda each: (each.tier or len(lines) + 1, each.rater.name, each.rater.pk))


def mirror_of(window: RatingWindow, rater: Employee) -> Mirror | None:
    """One appraiser beside all others of the window; None who decided nothing in it. Five queries."""
    lines = look_at_raters(rated_in(window), LENS)
    return next((Mirror(rater, each) for each in lines if each.rater == rater.pk), None)


def records_behind(viewer: Viewer, window: RatingWindow, rater: Employee) -> list[Appraisal]:
    """The appraisals behind a mirror: the appraiser's own all, of another those that were handed over. One query."""
    rows = Appraisal.objects.filter(window=window, rater=rater).exclude(state=AppraisalState.DRAFT)
    if viewer.employee.pk != rater.pk:
        rows = rows.filter(state__in=TOLD)
    return list(rows.select_related("employee"))
