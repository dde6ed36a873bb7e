"""Who has served ten, twenty or thirty years: the list for the yearly proposal, exact and dated."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from terang.follow_up.awards.gathering import Service, services_of
from terang.follow_up.awards.wording import Line, medal_lines
from terang.follow_up.career.models import COUNTING, Declaration, Subject
from terang.registry.people.models import Employee
from terang.registry.people.viewer import Viewer
from terang.rules.awards import Medal, medal, years_after
from terang.rules.nip import PPPK_MONTH_CODE
from terang.rules.regulations.promotion import MET
from terang.rules.regulations.source import rule_set

AHEAD_YEARS = 1
"""Who completes the years within this time is listed too."""


@dataclass(frozen=True)
class Candidate:
    """One person near or past a medal. `lines` are all conditions in words."""

    service: Service
    medal: Medal
    lines: list[Line]

    @property
    def employee(self) -> Employee:
        return self.service.employee

    @property
    def unit(self) -> str:
        return self.service.post.post.unit.name if self.service.post else ""

    @property
    def grade(self) -> str:
        return self.medal.grade

    @property
    def reached_on(self) -> date | None:
        return self.medal.reached_on

    @property
    def missing(self) -> list[str]:
        """The conditions that are not met or not known, in words; none where the file is complete."""
        return [each.title for each in self.lines if each.state != MET]

    @property
    def state(self) -> str:
        """`lengkap`, `belum` (the years are complete, something is missing) or `menjelang`; `tmt` where nobody knows
        since when."""
        if self.medal.is_complete:
            return "lengkap"
        if self.reached_on is None:
            return "tmt"
        return "belum" if self.medal.conditions[0].state == MET else "menjelang"


def candidate_of(service: Service, today: date) -> Candidate:
    return Candidate(service, medal(service.facts, today), medal_lines(service, today))


def candidates(viewer: Viewer) -> list[Candidate]:
    """Everybody of the government whose years for a medal they do not hold are complete or will be within a year, by
    the day; and those whose first day nobody declared but whose NIP lies far enough back. Nine queries."""
    people = list(_near(viewer))
    found = [candidate_of(each, viewer.today) for each in services_of(people, viewer.today) if not each.is_elected]
    until = years_after(viewer.today, AHEAD_YEARS)
    listed = [each for each in found if each.grade and (each.reached_on is None or each.reached_on <= until)]
    return sorted(listed, key=lambda each: (each.reached_on or date.max, each.employee.name))


def _near(viewer: Viewer) -> Iterator[Employee]:
    """Whose first day lies far enough back for the lowest grade, or is not declared and might."""
    values = rule_set("medals", viewer.today).values
    least = min(values["years"].values()) - AHEAD_YEARS
    since = years_after(viewer.today, -least)
    told = Declaration.objects.filter(
        employee__agency_id=viewer.agency_id, subject=Subject.SERVICE_SINCE, state__in=COUNTING
    )
    known = dict(told.order_by("pk").values_list("employee_id", "day"))
    rows = Employee.objects.filter(agency_id=viewer.agency_id, status__in=values["statuses"])
    for each in rows.filter(Q(left_on=None) | Q(left_on__gt=viewer.today)).order_by("name", "pk"):
        day = known.get(each.pk) or appointed(each.nip)
        if day is not None and day <= since:
            yield each


def appointed(nip: str) -> date | None:
    """The month of appointment as a NIP tells it: a hint where nothing is declared, never a proof. None for PPPK."""
    if nip[12:14] == PPPK_MONTH_CODE:
        return None
    return date(int(nip[8:12]), int(nip[12:14]), 1)
