"""A small office for the tests of all evidence rooms: Bagian Layanan of Kota Uji with its head and its people."""

import itertools
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from terang.accounts.models import User
from terang.planning.measuring import Direction, Gathering
from terang.planning.plans.models import Indicator, Plan, PlanResult, PlanState
from terang.registry.organization.models import Agency, Unit
from terang.registry.people.models import Assignment, Employee, Post, Role, RoleGrant
from terang.registry.people.viewer import Viewer, viewer_for

TODAY = date(2026, 11, 24)
"""A Tuesday."""
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
"""Twelve o'clock in Makassar."""


@dataclass
class Office:
    """The agency, its unit, and ways to add people, plans and roles."""

    agency: Agency
    root: Unit
    unit: Unit
    head: Employee
    numbers: itertools.count

    def employee(self, name: str, *, is_head: bool = False, unit: Unit | None = None) -> Employee:
        number = next(self.numbers)
        nip = f"19850101201001{1 + number % 2}{number % 1000:03d}"
        user = User(nip=nip, name=name)
        user.set_unusable_password()
        user.save()
        employee = Employee.objects.create(
            agency=self.agency, user=user, nip=nip, name=name, status="pns", joined_on=date(2010, 1, 1)
        )
        kind = "administrator" if is_head else "pelaksana"
        post = Post.objects.create(
            unit=unit or self.unit, title=f"Jabatan {number}", kind=kind, is_head=is_head, valid_from=date(2020, 1, 1)
        )
        Assignment.objects.create(employee=employee, post=post, starts_on=date(2020, 1, 1))
        return employee

    def plan(self, employee: Employee, state: str = PlanState.AGREED) -> Plan:
        return Plan.objects.create(
            employee=employee, period_start=date(2026, 1, 1), period_end=date(2027, 1, 1), state=state
        )

    def indicator(self, plan: Plan, **fields: object) -> Indicator:
        result = PlanResult.objects.create(
            plan=plan, number=plan.results.count() + 1, text="Dokumen terbit tepat waktu", programme="Layanan cepat"
        )
        values = {
            "text": "Jumlah dokumen terbit",
            "direction": Direction.HIGHER,
            "gathering": Gathering.SUM,
            "unit_label": "dokumen",
            "target_milli": 120_000,
        }
        return Indicator.objects.create(result=result, **(values | fields))

    def grant(self, employee: Employee, role: Role, unit: Unit | None = None) -> None:
        RoleGrant.objects.create(employee=employee, role=role, unit=unit, starts_on=date(2020, 1, 1))

    def viewer(self, employee: Employee) -> Viewer:
        assert employee.user is not None
        viewer = viewer_for(employee.user, timezone.now())
        assert viewer is not None
        return viewer

    def moment(self, day: date, hour: int = 10, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), ZoneInfo(self.agency.time_zone))


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    """Stops the clock of every service and selector at noon of `TODAY`."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return TODAY


@pytest.fixture
def office(db: None, today: date) -> Office:
    return make_office()


def make_office() -> Office:
    agency = Agency.objects.create(code="99.71", name="Kota Uji", kind="kota", time_zone="Asia/Makassar")
    root = Unit.objects.create(agency=agency, kind="pemerintah", code="0", name="Kota Uji", valid_from=date(2020, 1, 1))
    unit = Unit.objects.create(
        agency=agency, parent=root, kind="bidang", code="1", name="Bagian Layanan", valid_from=date(2020, 1, 1)
    )
    root.path, unit.path = f"/{root.pk}/", f"/{root.pk}/{unit.pk}/"
    Unit.objects.bulk_update([root, unit], ["path"])
    office = Office(agency, root, unit, Employee(), itertools.count(1))
    office.head = office.employee("Rahmawati Kepala", is_head=True)
    return office
