"""Goals of Kota Terang for the tests of this room: from the RPJMD down to the Puskesmas."""

import uuid
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.utils import timezone
from tests.cast import Cast

from terang.planning.goals.models import Goal, KeyIndicator, Reading, YearTarget

YEARS = {"year_start": 2025, "year_end": 2029}


@dataclass
class Office:
    """Goals by code and the indicators made so far."""

    cast: Cast
    goals: dict[str, Goal] = field(default_factory=dict)

    def goal(self, code: str, kind: str, unit: str, parent: str = "", text: str = "") -> Goal:
        self.goals[code] = Goal.objects.create(
            agency=self.cast.agency,
            unit=self.cast.units[unit],
            parent=self.goals.get(parent),
            kind=kind,
            code=code,
            text=text or f"Sasaran {code}",
            **YEARS,
        )
        return self.goals[code]

    def indicator(self, code: str, target: int | None = 100_000, quarters: tuple = (), **values) -> KeyIndicator:
        goal = self.goals[code]
        number = goal.indicators.count() + 1
        values = {"text": f"Indikator {code}.{number}", "unit_label": "%", **values}
        indicator = KeyIndicator.objects.create(goal=goal, number=number, **values)
        if target is not None:
            named = {f"quarter{place}_milli": milli for place, milli in enumerate(quarters, start=1)}
            YearTarget.objects.create(indicator=indicator, year=2026, target_milli=target, **named)
        return indicator

    def reading(self, indicator: KeyIndicator, milli: int, day: date = date(2026, 11, 20), **values) -> Reading:
        return Reading.objects.create(
            indicator=indicator,
            day=day,
            value_milli=milli,
            source="Laporan",
            reported_at=timezone.now(),
            form_key=uuid.uuid4(),
            **values,
        )


def make_office(cast: Cast) -> Office:
    """T1 (government) → S1 (government) → SR1 (health) → P1 (Puskesmas)."""
    office = Office(cast)
    office.goal("T1", "tujuan", "root")
    office.goal("S1", "sasaran", "root", "T1")
    office.goal("SR1", "sasaran_renstra", "health", "S1")
    office.goal("P1", "program", "puskesmas", "SR1")
    return office


@pytest.fixture
def office(cast: Cast) -> Office:
    return make_office(cast)
