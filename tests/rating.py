"""Kota Terang in the official evaluation of November: the steps of raters, for the tests of rooms about ratings."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from tests.cast import NOW, TODAY, ZONE, Cast
from tests.policy import DISCIPLINE

from terang.evaluation.appraisals.models import Appraisal, RatingWindow
from terang.evaluation.appraisals.services import (
    Days,
    Marks,
    decide_appraisal,
    hand_over,
    open_window,
    receive_appraisal,
    save_appraisal,
    set_organisations,
)
from terang.evaluation.models import PolicyVersion, Score
from terang.evaluation.services import publish_policy
from terang.evidence.attendance.models import Duty, DutyKind
from terang.registry.people.models import Assignment
from terang.registry.people.viewer import Viewer

NOVEMBER = date(2026, 11, 1)
OPENS, CLOSES = date(2026, 11, 20), date(2026, 11, 30)


class City:
    """The cast on a day that can be moved, and the steps of an evaluation with good values left to say."""

    def __init__(self, cast: Cast, version: PolicyVersion) -> None:
        self.cast, self.version, self.day = cast, version, TODAY

    def viewer(self, name: str) -> Viewer:
        return self.cast.viewer(name, datetime.combine(self.day, time(9), ZONE))

    def open(self, **others) -> RatingWindow:
        days = Days(**({"opens_on": OPENS, "closes_on": CLOSES, "basis": "SK 12/2026"} | others))
        self.window = open_window(actor=self.viewer("maya"), kind="month", day=NOVEMBER, days=days)
        return self.window

    def measure(self, **words: str) -> None:
        told = {self.cast.units[name].pk: word for name, word in words.items()}
        set_organisations(actor=self.viewer("maya"), window=self.window, words=told, basis="SK 13/2026")

    def suggest(self, name: str, work: str, behaviour: str) -> Score:
        return Score.objects.create(
            employee=self.cast.people[name],
            period=self.window.period,
            unit=self.cast.units["register"],
            policy=self.version,
            total_bp=8000,
            coverage_bp=10_000,
            status="complete",
            work_result=work,
            work_result_bp=8000,
            behaviour=behaviour,
            behaviour_bp=8000,
            ruleset="terang-3",
            input_digest="d" * 64,
            computed_at=NOW,
        )

    def keep(self, rater: str, name: str, *marks: str, **others) -> Appraisal:
        work, behaviour = marks or ("meets", "meets")
        return save_appraisal(
            actor=self.viewer(rater),
            window=self.window,
            employee=self.cast.people[name],
            marks=Marks(work, behaviour, **others),
            form_key=uuid4(),
            version=self.version_of(name),
        )

    def version_of(self, name: str) -> int:
        found = Appraisal.objects.filter(window=self.window, employee=self.cast.people[name]).first()
        return found.version if found else 0

    def decide(self, rater: str, name: str, *marks: str, **others) -> Appraisal:
        kept = self.keep(rater, name, *marks, **others)
        return decide_appraisal(actor=self.viewer(rater), appraisal=kept, version=kept.version)

    def give(self, rater: str, name: str, *marks: str, **others) -> Appraisal:
        done = self.decide(rater, name, *marks, **others)
        [handed] = hand_over(actor=self.viewer(rater), window=self.window, unit=done.unit, chosen=[done.pk])
        return handed

    def receive(self, name: str) -> Appraisal:
        row = Appraisal.objects.get(window=self.window, employee=self.cast.people[name])
        return receive_appraisal(actor=self.viewer(name), appraisal=row, version=row.version)

    def send_to_study(self, name: str) -> None:
        """By letter, over the whole of the year."""
        letter = Duty.objects.create(
            agency=self.cast.agency,
            kind=DutyKind.STUDY,
            letter="ST 1/2026",
            signed_by="Wali Kota",
            purpose="Magister",
            place="Makassar",
            starts_on=date(2026, 1, 1),
            ends_on=date(2027, 1, 1),
            form_key=uuid4(),
        )
        letter.people.add(self.cast.people[name])

    def moves(self, name: str, post: str, day: date) -> None:
        """From a day on the person holds another post."""
        person = self.cast.people[name]
        Assignment.objects.filter(employee=person, ends_on=None).update(ends_on=day)
        Assignment.objects.create(employee=person, post=self.cast.posts[post], starts_on=day)

    def later(self, days: int) -> None:
        self.day += timedelta(days=days)


def make_city(cast: Cast, monkeypatch: Any, settings: Any) -> City:
    """A policy, an open evaluation of November, and what three organisations achieved."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    made = City(cast, publish_policy(agency=cast.agency, text=DISCIPLINE))
    now = lambda: datetime.combine(made.day, time(9), ZONE)  # noqa: E731
    monkeypatch.setattr("django.utils.timezone.now", now)
    made.open()
    made.measure(root="baik", dukcapil="baik", register="baik")
    return made
