"""Where a person stands when a plan is made: post, unit and appraiser (R1.5), which form it takes, for which time.

Every employee must know the own placement and the own appraiser before any assignment (PermenPANRB 6/2022 Lampiran
II.A.5.f.2 p. 45).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from terang.planning.plans.models import Plan
from terang.planning.plans.years import plan_span
from terang.registry.organization.models import Unit, UnitKind
from terang.registry.people.appraisers import Appraiser
from terang.registry.people.models import Assignment, Employee, Post, PostKind
from terang.registry.people.selectors import appraiser_of, main_posts
from terang.rules.plans import PlanDocument, PlannedIndicator
from terang.rules.plans.document import Form

INDEPENDENT_UNITS = (UnitKind.UPTD, UnitKind.PUSKESMAS, UnitKind.HOSPITAL, UnitKind.SCHOOL, UnitKind.DISTRICT)
"""Kinds of units whose head leads an independent unit (pimpinan unit kerja mandiri). The regulation names none; its
annex treats the head of a Puskesmas like this (Anak Lampiran 3 p. 170)."""
NEXT_YEAR_OPENS_IN = 11
"""The month from which the plan of the next year can be begun: the draft of the yearly agreement is made then."""


@dataclass(frozen=True)
class Placement:
    """A person's main post on a day and who appraises there; `appraiser` is None where nobody leads above."""

    held: Assignment
    appraiser: Appraiser | None

    @property
    def post(self) -> Post:
        return self.held.post

    @property
    def unit(self) -> Unit:
        return self.held.post.unit

    @property
    def form(self) -> Form:
        return form_of(self.post.kind, self.post.is_head, self.unit.kind)

    @property
    def plans(self) -> bool:
        """State officials make no SKP (Lampiran II.C.8 p. 65)."""
        return self.post.kind != PostKind.ELECTED


def placement_of(employee: Employee, on: date) -> Placement | None:
    """The placement of a day; None for who holds no post. Six queries."""
    place = main_posts([employee.pk], on).get(employee.pk)
    if place is None:
        return None
    return Placement(place, appraiser_of(employee.pk, on))


def form_of(post_kind: str, is_head: bool, unit_kind: str) -> Form:
    """Which form the SKP takes: `jpt` for leading officials and heads of independent units (Formats A.1.1 and A.1.2
    p. 32–36), `ja` for everybody else (A.1.6 and A.1.7 p. 55–59)."""
    leads_independent = is_head and unit_kind in INDEPENDENT_UNITS
    return "jpt" if post_kind == PostKind.LEADER or leads_independent else "ja"


def shaped(document: PlanDocument, form: Form) -> PlanDocument:
    """The document in a form: perspectives and manuals stand only on `jpt`."""
    if document.form == form:
        return document
    if form == "ja":
        rows = (replace(each, indicators=tuple(map(_plain, each.indicators))) for each in document.results)
        document = replace(document, results=tuple(rows))
    return replace(document, form=form)


def _plain(indicator: PlannedIndicator) -> PlannedIndicator:
    return replace(indicator, perspective="", manual=None)


def shaped_for(document: PlanDocument, post: Post | None) -> PlanDocument:
    """The document in the form of a post (with its unit); as it is where there is no post."""
    return shaped(document, form_of(post.kind, post.is_head, post.unit.kind)) if post else document


def open_years(today: date) -> tuple[int, ...]:
    """The years a plan can be written for: this one, late in the year the next one too."""
    return (today.year, today.year + 1) if today.month >= NEXT_YEAR_OPENS_IN else (today.year,)


def span_of(placement: Placement, year: int, plans: Iterable[Plan]) -> tuple[date, date] | None:
    """The time for which a year still needs a plan: from the day the post is held in it, and after the plan of that
    year that was closed last. None where the year is taken to its end."""
    start, end = plan_span(placement.held, date(year, 1, 1))
    taken = [plan.period_end for plan in plans if plan.period_start < end]
    start = max([start, *taken])
    return (start, end) if start < end else None
