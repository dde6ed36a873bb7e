"""Kota Terang with two people of the personnel agency: Maya gives, Tono checks. Siti is who it is about."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cast import NOW, SINCE, TODAY, ZONE, Cast

from terang.evaluation.appraisals.models import Appraisal, RatingWindow
from terang.evaluation.models import Period
from terang.follow_up.career.gathering import Profile, profiles_of
from terang.follow_up.career.models import Declaration
from terang.follow_up.career.services import Told, confirm, declare
from terang.registry.people.models import Role, RoleGrant
from terang.registry.people.viewer import Viewer

LONG_AGO = date(2020, 1, 2)
EVERYTHING = (
    ("pendidikan", "s1", LONG_AGO),
    ("tmt_pangkat", "", LONG_AGO),
    ("potensi", "92,5", date(2026, 3, 1)),
    ("diklat_fungsional", "ya", LONG_AGO),
    ("jp_teknis", "24", date(2026, 5, 1)),
    ("seminar", "tidak", date(2026, 5, 1)),
    ("disiplin", "none", date(2026, 1, 1)),
    ("predikat", "baik", date(2025, 12, 31)),
    ("predikat", "sangat_baik", date(2024, 12, 31)),
)


@dataclass
class Desk:
    """The cast and the steps of declared data with good values left to say."""

    cast: Cast
    day: date = TODAY

    def viewer(self, name: str) -> Viewer:
        return self.cast.viewer(name, datetime.combine(self.day, time(9), ZONE))

    def give(self, subject: str = "pendidikan", value: str = "s1", **others) -> Declaration:
        told = {"day": LONG_AGO, "until": None, "document": "Ijazah 12/2019"} | others
        who, by = told.pop("who", "siti"), told.pop("by", "maya")
        key = told.pop("form_key", None) or uuid4()
        made = Told(subject, value, **told)
        return declare(actor=self.viewer(by), employee=self.cast.people[who], told=made, form_key=key)

    def check(self, row: Declaration, by: str = "tono") -> Declaration:
        return confirm(actor=self.viewer(by), row=row, version=row.version)

    def fact(self, subject: str = "pendidikan", value: str = "s1", **others) -> Declaration:
        return self.check(self.give(subject, value, **others))

    def complete(self, who: str = "siti", **values: str) -> None:
        """Everything that can be declared; what is named otherwise."""
        for subject, value, day in EVERYTHING:
            self.fact(subject, values.get(subject, value), day=day, who=who)

    def profile(self, name: str = "siti") -> Profile:
        return profiles_of([self.cast.people[name]], self.day, credit=True)[0]

    def rate(self, name: str, year: int, predicate: str, state: str = "selesai") -> Appraisal:
        """A yearly evaluation as the room of appraisals leaves it."""
        start, end = date(year, 1, 1), date(year + 1, 1, 1)
        period, _ = Period.objects.get_or_create(
            agency=self.cast.agency, kind="year", starts_on=start, ends_on=end, defaults={"name": f"Tahun {year}"}
        )
        window, _ = RatingWindow.objects.get_or_create(
            period=period,
            defaults={"opens_on": start, "closes_on": end, "basis": "SE 1", "opened_by": self.cast.maya},
        )
        return Appraisal.objects.create(
            window=window,
            employee=self.cast.people[name],
            rater=self.cast.dewi,
            home=self.cast.units["puskesmas"],
            unit=self.cast.units["puskesmas"],
            work_result="meets",
            behaviour="meets",
            predicate=predicate,
            state=state,
        )


@pytest.fixture
def desk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Desk:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    RoleGrant.objects.create(employee=cast.tono, role=Role.PERSONNEL, starts_on=SINCE, document="SK 2/2020")
    cast.siti.rank = "III/a"
    cast.siti.save()
    return Desk(cast)
