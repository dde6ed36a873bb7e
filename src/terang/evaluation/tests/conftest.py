"""Kota Terang with a policy of four measures and evidence that adds up by hand."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import pytest
from django.utils import timezone
from tests.cast import NOW, TODAY, ZONE, Cast, make_cast
from tests.policy import policy_of

from terang.evaluation.models import Period, PolicyVersion, Score
from terang.evaluation.services import open_periods, publish_policy, recompute
from terang.evidence.attendance.models import AttendanceDay
from terang.evidence.citizens.models import Service, ServiceRequest, SurveyResponse
from terang.rules.tables import ELEMENTS

POLICY = policy_of(
    "layanan",
    """
[[aspects]]
code = "disiplin"
label = "Disiplin"
label_en = "Discipline"
weight_bp = 4000
measures = [
  { code = "attendance_rate", share_bp = 6000, guards = ["service_timeliness"] },
  { code = "punctuality", share_bp = 4000 },
]

[[aspects]]
code = "layanan"
label = "Layanan"
label_en = "Service"
weight_bp = 6000
measures = [
  { code = "service_timeliness", share_bp = 5000, guards = ["reopened_cases"] },
  { code = "citizen_satisfaction", share_bp = 5000, guards = ["response_rate"], parameters = { fallback = "unit" } },
]
""",
)

FIRST = date(2026, 11, 2)


@dataclass
class City:
    """The cast, its policy and November, and ways to add evidence."""

    cast: Cast
    version: PolicyVersion
    period: Period

    def attend(self, name: str, *, present: int, absent: int = 0, late: int = 0, first: date = FIRST) -> None:
        employee = self.cast.people[name]
        for number in range(present + absent):
            here = number < present
            AttendanceDay.objects.create(
                employee=employee,
                day=first + timedelta(days=number),
                status="hadir" if here else "tanpa_keterangan",
                late_minutes=20 if number < late else 0,
            )

    def service(self, unit: str = "register") -> Service:
        service, _ = Service.objects.get_or_create(
            unit=self.cast.units[unit], code="KTP", defaults={"name": "KTP elektronik", "standard_minutes": 450}
        )
        return service

    def serve(self, name: str, *, timely: int, late: int = 0, day: date = FIRST) -> None:
        moment = datetime.combine(day, time(10), ZONE)
        for number in range(timely + late):
            ServiceRequest.objects.create(
                service=self.service(),
                officer=self.cast.people[name],
                tracking_code=f"{name}-{day:%m%d}-{ServiceRequest.objects.count()}",
                received_at=moment,
                completed_at=moment,
                actual_minutes=300 if number < timely else 900,
            )

    def answer(self, name: str | None, mark: int, times: int = 1, day: date = FIRST) -> None:
        officer = self.cast.people[name] if name else None
        marks = dict.fromkeys(ELEMENTS, mark)
        for _ in range(times):
            SurveyResponse.objects.create(service=self.service(), officer=officer, day=day, **marks)

    def compute(self, *names: str, as_of: date | None = None) -> None:
        ids = [self.cast.people[name].pk for name in names]
        recompute(employee_ids=ids, period=self.period, as_of=as_of)

    def score(self, name: str) -> Score:
        return Score.objects.get(employee=self.cast.people[name], period=self.period)


@pytest.fixture
def stopped(monkeypatch: pytest.MonkeyPatch) -> date:
    """Stops the clock at nine o'clock of the cast's day."""
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return TODAY


@pytest.fixture
def city(db: None, stopped: date) -> City:
    cast = make_cast()
    version = publish_policy(agency=cast.agency, text=POLICY)
    [period] = open_periods(agency=cast.agency, start=date(2026, 11, 1), end=date(2026, 12, 1))
    return City(cast, version, period)


@pytest.fixture
def measured(city: City) -> City:
    """Andi: present 9 of 10 days, punctual 7 of 9, timely 3 of 4, five answers of 3: total 7,904 by hand."""
    city.attend("andi", present=9, absent=1, late=2)
    city.serve("andi", timely=3, late=1)
    city.answer("andi", 3, times=5)
    city.compute("andi")
    return city
