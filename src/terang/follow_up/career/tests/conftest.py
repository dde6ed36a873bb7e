"""Kota Terang with two people of the personnel agency: Maya gives, Tono checks. Siti is who it is about."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cast import NOW, SINCE, TODAY, ZONE, Cast

from terang.evaluation.appraisals.models import Appraisal, RatingWindow
from terang.evaluation.models import Period
from terang.follow_up.career.contenders import digest_of, known_now
from terang.follow_up.career.gathering import Profile, profiles_of
from terang.follow_up.career.models import Declaration, Pool, Proposal
from terang.follow_up.career.services import (
    Ruling,
    Told,
    answer_pool,
    compute,
    confirm,
    decide,
    declare,
    open_pool,
    propose_post,
    propose_rank,
)
from terang.registry.people.models import Post, Role, RoleGrant
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

    def compute(self) -> int:
        """What is stored about everybody, as the worker does it."""
        return compute(self.cast.agency.pk, self.day)

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
    desk = Desk(cast)
    desk.compute()
    return desk


@dataclass
class Court:
    """Who is considered to head the civil registry, a post nobody holds: Hendra first, Siti after him."""

    desk: Desk

    @property
    def post(self) -> Post:
        return self.desk.cast.posts["civil_head"]

    def open(self, *, by: str = "maya", told: bool = True, reason: str = "") -> Pool:
        return open_pool(actor=self.desk.viewer(by), post=self.post, told=told, reason=reason, form_key=uuid4())

    def answer(self, pool: Pool, name: str, answer: str = "bersedia") -> None:
        answer_pool(actor=self.desk.viewer(name), pool=pool, answer=answer, note="")

    def propose(self, pool: Pool, name: str, *, by: str = "maya", reason: str = "") -> Proposal:
        told = {"employee": self.desk.cast.people[name], "reason": reason, "form_key": uuid4()}
        return propose_post(actor=self.desk.viewer(by), pool=pool, **told)

    def raise_(self, name: str = "andi", *, by: str = "maya", reason: str = "") -> Proposal:
        told = {"employee": self.desk.cast.people[name], "reason": reason, "form_key": uuid4()}
        return propose_rank(actor=self.desk.viewer(by), **told)

    def decide(self, row: Proposal, *, by: str = "tono", grants: bool = True, **others: Any) -> Proposal:
        told = {"reason": "Sesuai daftar.", "decree": "SK 821/12/2026", "effective_on": date(2026, 12, 1)} | others
        digest = told.pop("digest", None) or digest_of(known_now(row, self.desk.day))
        version = told.pop("version", row.version)
        return decide(
            actor=self.desk.viewer(by), row=row, ruling=Ruling(grants, digest=digest, **told), version=version
        )


@pytest.fixture
def court(desk: Desk) -> Court:
    cast = desk.cast
    cast.posts["nurse"].level = "Ahli Muda"
    cast.posts["nurse"].save()
    for name in ("siti", "hendra"):
        person = cast.people[name]
        person.rank = "III/d"
        person.save()
    desk.complete("siti")
    desk.complete("hendra", predikat="sangat_baik")
    for name in ("siti", "hendra"):
        desk.fact("diklat_kepemimpinan", "pka", who=name)
    return Court(desk)
