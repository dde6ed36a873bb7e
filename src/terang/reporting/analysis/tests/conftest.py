"""Kota Terang with totals that were written by hand: a small government whose every figure can be checked on paper."""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

import pytest
from django.utils import timezone
from tests.cast import NOW, SINCE, Cast, make_cast
from tests.policy import DISCIPLINE

from terang.accounts.models import User
from terang.evaluation.models import Period, PolicyVersion, Score, ScoreComponent
from terang.evaluation.services import open_periods, publish_policy
from terang.registry.people.models import Assignment, Employee

RULES = "terang-2026.1"


@dataclass
class Town:
    """The cast with two months, October and November, and ways to add people and scores."""

    cast: Cast
    policy: PolicyVersion
    october: Period
    november: Period
    numbers: count = field(default_factory=lambda: count(100))

    def person(self, post: str, name: str = "", since: date = SINCE) -> Employee:
        """Somebody more on a post of the cast."""
        number = next(self.numbers)
        nip = f"1990010120200110{number % 100:02d}"[:15] + f"{number:03d}"
        employee = Employee.objects.create(
            agency=self.cast.agency,
            user=User.objects.create(nip=nip, name=name or f"Pegawai {number}", password="!"),
            nip=nip,
            name=name or f"Pegawai {number}",
            status="pns",
            rank="III/a",
            joined_on=since,
        )
        Assignment.objects.create(employee=employee, post=self.cast.posts[post], starts_on=since, document="SK")
        return employee

    def score(self, employee: Employee, unit: str, total_bp: int | None, period: Period | None = None) -> Score:
        """A stored score with presence as its only aspect."""
        made = Score.objects.create(
            employee=employee,
            period=period or self.november,
            unit=self.cast.units[unit],
            policy=self.policy,
            total_bp=total_bp,
            coverage_bp=10_000 if total_bp is not None else 0,
            status="complete" if total_bp is not None else "insufficient",
            work_result="none",
            work_result_bp=total_bp,
            behaviour="none",
            ruleset=RULES,
            input_digest="x",
            computed_at=NOW,
        )
        for measure, share in (("attendance_rate", 6000), ("punctuality", 4000)):
            ScoreComponent.objects.create(
                score=made,
                aspect="disiplin",
                measure=measure,
                value_bp=total_bp,
                score_bp=total_bp,
                weight_bp=share,
                effective_weight_bp=share if total_bp is not None else 0,
                n=20 if total_bp is not None else 0,
                reason="ok" if total_bp is not None else "no_evidence",
            )
        return made

    def crowd(self, post: str, unit: str, totals: list[int | None], period: Period | None = None) -> list[Employee]:
        people = [self.person(post) for _ in totals]
        for employee, total in zip(people, totals, strict=True):
            self.score(employee, unit, total, period)
        return people


@pytest.fixture
def town(db: None, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    cast = make_cast()
    policy = publish_policy(agency=cast.agency, text=DISCIPLINE)
    october, november = open_periods(agency=cast.agency, start=date(2026, 10, 1), end=date(2026, 12, 1))
    return Town(cast, policy, october, november)


@pytest.fixture
def open_as(client, town):
    """`open_as("maya", "/analisis/")`: an address as somebody of the cast."""

    def open_as(name, address, data=None, *, method="get"):
        client.force_login(town.cast.people[name].user)
        return getattr(client, method)(address, data)

    return open_as
