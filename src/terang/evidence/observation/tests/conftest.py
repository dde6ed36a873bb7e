"""The cast with an instrument for nurses: Siti is observed, Dewi (her head) and Wati (a colleague) observe."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cast import NOW, SINCE, TODAY, Cast

from terang.accounts.models import User
from terang.evidence.observation import services
from terang.evidence.observation.models import Instrument, Observation
from terang.evidence.observation.services import Noted, Planned, Prepared, Told
from terang.registry.people.models import Assignment, Employee
from terang.rules.observations.rubric import as_json, preset

LATER = timedelta(days=30)


@dataclass
class Ward:
    """Walks an observation through its states; `at` moves the clock by days."""

    cast: Cast
    instrument: Instrument
    wati: Employee
    clock: list[int] = field(default_factory=lambda: [0])

    def viewer(self, name: str):
        return self.cast.viewer(name, NOW + timedelta(days=self.clock[0]))

    def at(self, days: int) -> None:
        self.clock[0] = days

    @property
    def today(self) -> date:
        return TODAY + timedelta(days=self.clock[0])

    def plan(self, *observers: str, actor: str = "dewi", **more) -> Observation:
        people = tuple(self.cast.people[name] for name in observers or ("dewi", "wati"))
        planned = Planned(people, more.pop("day", self.today), more.pop("place", "Poli umum"))
        told = {"instrument": self.instrument, "form_key": uuid4()} | more
        return services.plan_observation(actor=self.viewer(actor), employee=self.cast.siti, planned=planned, **told)

    def agreed(self, *observers: str, **more) -> Observation:
        row = self.plan(*observers, **more)
        prepared = Prepared("Pasien paham cara minum obat", "Saat pasien lansia", "penjelasan")
        row = services.prepare_observation(
            actor=self.viewer("siti"), observation=row, prepared=prepared, version=row.version
        )
        observer = next(iter(observers), "dewi")
        return services.agree_observation(actor=self.viewer(observer), observation=row, version=row.version)

    def give(self, row: Observation, name: str, *values: int, note: str = "") -> Observation:
        sheet = row.sheets.get(observer=self.cast.people[name])
        noted = {str(place): Noted(value, note) for place, value in enumerate(values, 1)}
        return services.give_sheet(actor=self.viewer(name), sheet=sheet, noted=noted)

    def marked(self) -> Observation:
        row = self.agreed()
        self.give(row, "dewi", 2, 1, 0)
        return self.give(row, "wati", 2, 2, 1)

    def settled(self) -> Observation:
        return self.settle(self.marked(), 2, 1, 1)

    def settle(self, row: Observation, *values: int, actor: str = "wati") -> Observation:
        noted = {str(place): Noted(value) for place, value in enumerate(values, 1)}
        return services.settle_marks(actor=self.viewer(actor), observation=row, noted=noted, version=row.version)

    def tell(self, row: Observation, actor: str = "dewi") -> Observation:
        told = Told("Tenang dan jelas", "Minta pasien mengulang", "Semua pasien mengulang", self.today + LATER)
        return services.tell_observation(actor=self.viewer(actor), observation=row, told=told, version=row.version)

    def told(self) -> Observation:
        return self.tell(self.settled())

    def contested(self) -> Observation:
        row = self.told()
        return services.contest_observation(
            actor=self.viewer("siti"), observation=row, reason="Datang terlambat", version=row.version
        )

    def finished(self, row: Observation | None = None) -> Observation:
        row = row or self.told()
        return services.accept_observation(actor=self.viewer("siti"), observation=row, version=row.version)


def nurse(cast: Cast) -> Employee:
    user = User.objects.create(nip="199411232018012014", name="Wati Kusuma", password="!")
    person = Employee.objects.create(
        agency=cast.agency, user=user, nip=user.nip, name=user.name, status="pns", joined_on=SINCE
    )
    Assignment.objects.create(employee=person, post=cast.posts["nurse"], starts_on=SINCE)
    cast.people["wati"] = person
    return person


def make_instrument(cast: Cast, **more) -> Instrument:
    start = preset("poliklinik")
    told = {
        "agency": cast.agency,
        "code": "poliklinik",
        "number": 1,
        "name": start.name,
        "place": start.place,
        "categories": ["perawat"],
        "keeper": cast.units["health"],
        "valid_from": SINCE,
        "rubric": as_json(start.rubric),
        "basis": "SK 7/2026",
        "form_key": uuid4(),
    }
    return Instrument.objects.create(**(told | more))


@pytest.fixture
def ward(cast, monkeypatch):
    """The clock stands at the cast's day and moves with `ward.at`."""
    made = Ward(cast, make_instrument(cast), nurse(cast))
    monkeypatch.setattr(timezone, "now", lambda: NOW + timedelta(days=made.clock[0]))
    return made
