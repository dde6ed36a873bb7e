"""Kota Terang pays an allowance: one rule, one month."""

from dataclasses import replace
from datetime import date, timedelta
from importlib.resources import files
from uuid import uuid4

import pytest
from tests.cast import NOW, Cast

from terang.evidence.attendance.models import AttendanceDay
from terang.follow_up.allowance.models import Dispute, Run, Slip
from terang.follow_up.allowance.services import (
    Given,
    Verdict,
    compute_run,
    decide_dispute,
    give_facts,
    preview_dispute,
    propose_rule,
    recompute_run,
    start_run,
)
from terang.registry.people.models import Post, Role, RoleGrant

OCTOBER = date(2026, 10, 1)
RULE = (files("terang.demo") / "allowance_rules" / "pola_40_60.toml").read_text(encoding="utf-8")


class Paying:
    """The steps of a month with good values left to say."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        Post.objects.filter(unit__agency=cast.agency).update(grade=8)
        for name in ("tono", "sri"):
            RoleGrant.objects.create(employee=cast.people[name], role=Role.PERSONNEL, starts_on=date(2020, 1, 2))
        for person in cast.people.values():
            type(person).objects.filter(pk=person.pk).update(rank="III/b")
        days = [OCTOBER + timedelta(days=n) for n in range(31)]
        AttendanceDay.objects.bulk_create(
            AttendanceDay(
                employee=cast.people[name],
                day=day,
                status="hadir",
                late_minutes=45 if day.day == 6 and name in ("andi", "rina") else 0,
            )
            for name in cast.people
            for day in days
            if day.weekday() < 5
        )

    def viewer(self, name: str):
        return self.cast.viewer(name, NOW)

    def rule(self, text: str = RULE, actor: str = ""):
        viewer = self.viewer(actor) if actor else None
        return propose_rule(actor=viewer, agency=self.cast.agency, text=text, form_key=uuid4())

    def salaries(self) -> None:
        rows = [
            Given(person, code, value, date(2026, 1, 1), "Daftar gaji")
            for person in self.cast.people.values()
            for code, value in (("salary_idr", "4000000"), ("salary_insurance_idr", "40000"))
        ]
        give_facts(actor=None, agency_id=self.cast.agency.pk, rows=rows)

    def run(self, month: date = OCTOBER) -> Run:
        return compute_run(start_run(actor=self.viewer("maya"), agency=self.cast.agency, month=month).pk)

    def again(self) -> Run:
        """Maya asks for October once more, and the worker does it."""
        run = Run.objects.get()
        return compute_run(recompute_run(actor=self.viewer("maya"), run=run, seen=run.version).pk)

    def uphold(self, dispute: Dispute, verdict: Verdict, actor: str = "maya") -> Dispute:
        """Decides after having seen what it changes."""
        viewer = self.viewer(actor)
        shown = preview_dispute(actor=viewer, dispute=dispute, verdict=verdict).slip.digest
        return decide_dispute(
            actor=viewer, dispute=dispute, verdict=replace(verdict, shown=shown), seen=dispute.version
        )

    def slip(self, name: str) -> Slip:
        return Slip.objects.select_related("run__rule", "employee").get(
            employee=self.cast.people[name], is_current=True
        )


@pytest.fixture
def paying(cast: Cast) -> Paying:
    return Paying(cast)


@pytest.fixture
def paid(paying: Paying) -> Paying:
    """October is computed."""
    paying.rule()
    paying.salaries()
    paying.run()
    return paying
