"""Kota Terang in November: Andi, whom Hendra leads, has been below the standard."""

from datetime import date, timedelta

import pytest
from tests.cast import NOW, TODAY
from tests.rating import City, make_city

from terang.evaluation.models import Period, Score, ScoreComponent
from terang.follow_up.growth import services
from terang.follow_up.growth.models import CorrectiveAction

FELL = date(2026, 11, 2)


@pytest.fixture
def city(cast, monkeypatch, settings) -> City:
    return make_city(cast, monkeypatch, settings)


@pytest.fixture
def low(city):
    """Gives somebody a score below the standard: presence 52, punctuality 60."""

    def make(
        name: str = "andi", *, total: int = 5520, since: date | None = FELL, period: Period | None = None
    ) -> Score:
        found = Score.objects.create(
            employee=city.cast.people[name],
            period=period or city.window.period,
            unit=city.cast.units["register"],
            policy=city.version,
            total_bp=total,
            coverage_bp=10_000,
            status="complete",
            below_standard=total < 6500,
            below_since=since if total < 6500 else None,
            ruleset="terang-3",
            input_digest="d" * 64,
            computed_at=NOW,
            changed_at=NOW,
        )
        parts = {"attendance_rate": (5200, 6000), "punctuality": (6000, 4000)}
        ScoreComponent.objects.bulk_create(
            ScoreComponent(
                score=found,
                aspect="disiplin",
                measure=code,
                value_bp=value,
                score_bp=value,
                weight_bp=weight,
                effective_weight_bp=weight,
                numerator=value // 100,
                denominator=100,
                n=100,
                reason="",
            )
            for code, (value, weight) in parts.items()
        )
        return found

    return make


@pytest.fixture
def opened(city, low) -> CorrectiveAction:
    """The corrective action of Andi and Hendra, just opened."""
    low()
    services.open_due(agency=city.cast.agency, day=TODAY)
    return CorrectiveAction.objects.get()


class Steps:
    """The verbs of an action, with good values left to say."""

    def __init__(self, city: City, action: CorrectiveAction) -> None:
        self.city, self.pk = city, action.pk

    @property
    def now(self) -> CorrectiveAction:
        return CorrectiveAction.objects.select_related("employee", "leader", "due__period").get(pk=self.pk)

    def plan(self, actor: str = "hendra", **others):
        told = {
            "cause": "beban",
            "cause_note": "Dua orang mengerjakan kerja tiga orang.",
            "support": "Dua kasus dipindahkan.",
            "indicator": "disiplin/attendance_rate",
            "remeasure_on": TODAY + timedelta(days=28),
        }
        plan = services.Plan(**told | others)
        now = self.now
        return services.write_plan(actor=self.city.viewer(actor), action=now, plan=plan, version=now.version)

    def step(self, actor: str = "hendra", owner: str = "andi", text: str = "Datang bersama tim", days: int = 7):
        step = services.Step(self.city.cast.people[owner], text, self.city.day + timedelta(days=days))
        return services.add_step(actor=self.city.viewer(actor), action=self.now, step=step)

    def do(self, verb: str, actor: str, **others):
        now = self.now
        return getattr(services, verb)(actor=self.city.viewer(actor), action=now, version=now.version, **others)

    def run(self) -> CorrectiveAction:
        """Planned and agreed by both."""
        self.plan()
        self.step()
        self.do("propose", "hendra")
        return self.do("agree", "andi")


@pytest.fixture
def steps(city, opened) -> Steps:
    return Steps(city, opened)
