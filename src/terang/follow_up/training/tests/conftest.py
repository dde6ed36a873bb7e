"""Kota Terang with a policy, a course against a weak manner, and the steps of a training with good values left to say.

Siti is the nurse whose cases citizens answered about; Dewi is her appraiser, Maya the personnel agency.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cast import NOW, TODAY, ZONE, Cast
from tests.policy import policy_of

from terang.evaluation.models import Period, PolicyVersion
from terang.evaluation.services import open_periods, publish_policy
from terang.evidence.citizens.models import Service, SurveyResponse
from terang.follow_up.training.models import Course, Enrolment, PlanItem, TrainingSession
from terang.follow_up.training.services import (
    CourseWords,
    Schedule,
    Wish,
    add_course,
    agree_item,
    enrol,
    finish_session,
    invite,
    keep_roster,
    propose_item,
    schedule_session,
)
from terang.registry.people.viewer import Viewer
from terang.rules.tables import ELEMENTS

POLICY = policy_of(
    "layanan",
    """
[[aspects]]
code = "layanan"
label = "Layanan"
label_en = "Service"
weight_bp = 10000
measures = [
  { code = "service_timeliness", share_bp = 5000, guards = ["reopened_cases"] },
  { code = "citizen_satisfaction", share_bp = 5000, min_answers = 5, guards = ["response_rate"] },
]

[[instruments]]
code = "berakhlak"
label = "BerAKHLAK"
label_en = "BerAKHLAK"
scale_min = 1
scale_max = 5
aspects = [{ code = "harmonis", label = "Harmonis", label_en = "Harmonious" }]
""",
)
MANNER = "element.perilaku"
LIMIT = 7_661
"""The lowest index of class B (PermenPANRB 14/2017): 76,61."""
WORDS = CourseWords(
    "Komunikasi dan pelayanan prima",
    "Menyapa, mendengar, dan menjelaskan.",
    "klasikal",
    20,
    "Badan Kepegawaian Daerah",
    ((MANNER, LIMIT),),
)
NOVEMBER = date(2026, 11, 1)


@dataclass
class Office:
    """The cast on a day that can be moved, and the steps of training."""

    cast: Cast
    version: PolicyVersion
    period: Period
    day: date = TODAY

    def viewer(self, name: str) -> Viewer:
        return self.cast.viewer(name, datetime.combine(self.day, time(9), ZONE))

    def answers(self, name: str, times: int, day: date | None = None, **marks: int) -> None:
        """Citizens' answers about one person's cases; elements not named are four."""
        service, _ = Service.objects.get_or_create(
            unit=self.cast.units["puskesmas"], code="obat", defaults={"name": "Obat", "standard_minutes": 60}
        )
        said = dict.fromkeys(ELEMENTS, 4) | marks
        SurveyResponse.objects.bulk_create(
            SurveyResponse(service=service, officer=self.cast.people[name], day=day or self.day, **said)
            for _ in range(times)
        )

    def course(self, words: CourseWords = WORDS) -> Course:
        return add_course(actor=self.viewer("maya"), words=words, form_key=uuid4())

    def propose(self, course: Course, who: str = "siti", whom: str = "siti", **others) -> PlanItem:
        wish = {"due_on": self.day + timedelta(days=60), "reason": "Warga menilai sikap saya rendah."} | others
        employee = self.cast.people[whom]
        return propose_item(actor=self.viewer(who), employee=employee, wish=Wish(course, **wish), form_key=uuid4())

    def agreed(self, course: Course) -> PlanItem:
        item = self.propose(course)
        return agree_item(actor=self.viewer("dewi"), item=item, word="", version=item.version)

    def session(self, course: Course, *, length: int = 2, ahead: int = 7, **others) -> TrainingSession:
        first = self.day + timedelta(days=ahead)
        told = {
            "place": "Aula BKD",
            "trainer": "dr. Rina",
            "seats": 2,
            "enrol_until": first - timedelta(days=1),
            "least_bp": 8_000,
            "days": [(first + timedelta(days=number), time(8), 10) for number in range(length)],
        }
        return schedule_session(
            actor=self.viewer("maya"), course=course, schedule=Schedule(**told | others), form_key=uuid4()
        )

    def enrol(self, session: TrainingSession, *names: str) -> list[Enrolment]:
        return [enrol(actor=self.viewer(name), session=session) for name in names]

    def invite(self, session: TrainingSession, by: str, whom: str) -> Enrolment:
        return invite(actor=self.viewer(by), session=session, employee=self.cast.people[whom])

    def hold(self, session: TrainingSession, *absent: tuple[str, int]) -> None:
        """Keeps the roster of every day on its day; `absent` are a name and the number of a day."""
        for number, day in enumerate(session.days.all()):
            self.day = day.day
            away = {name for name, which in absent if which == number}
            rows = session.enrolments.filter(state="terdaftar").select_related("employee")
            there = [row.pk for row in rows if row.employee not in {self.cast.people[name] for name in away}]
            keep_roster(actor=self.viewer("maya"), day=day, present_ids=there, version=day.version)

    def finish(self, session: TrainingSession) -> TrainingSession:
        session.refresh_from_db()
        return finish_session(actor=self.viewer("maya"), session=session, version=session.version)

    def state(self, session: TrainingSession, name: str) -> str:
        return Enrolment.objects.get(session=session, employee=self.cast.people[name]).state


def make_training_office(cast: Cast) -> Office:
    version = publish_policy(agency=cast.agency, text=POLICY)
    periods = open_periods(agency=cast.agency, start=date(2026, 10, 1), end=date(2026, 12, 1))
    return Office(cast, version, next(each for each in periods if each.starts_on == NOVEMBER))


@pytest.fixture
def office(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    return make_training_office(cast)


@pytest.fixture
def weak(office: Office) -> Office:
    """Siti's manner: ten answers, half of them 2 and half 3, so 2,5 of 4 = 62,5."""
    office.answers("siti", 5, perilaku=2)
    office.answers("siti", 5, perilaku=3)
    return office
