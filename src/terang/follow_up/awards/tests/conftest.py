"""Kota Terang gives awards: Maya opens a call, Tono is the second person, Sri chairs with Hendra and Joko; Dewi
nominates Siti, who meets everything."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from uuid import uuid4

import pytest
from django.utils import timezone
from tests.cast import NOW, SINCE, TODAY, ZONE, Cast

from terang.follow_up.allowance.services import propose_rule
from terang.follow_up.awards.models import Call, Nomination
from terang.follow_up.awards.services import (
    Bound,
    Plan,
    Proposal,
    admit,
    announce,
    close_voting,
    give_bonus,
    nominate,
    open_call,
    praise,
    start_voting,
    vote,
)
from terang.follow_up.career.models import Declaration
from terang.follow_up.career.services import Told, confirm, declare
from terang.registry.people.models import Employee, Role, RoleGrant
from terang.registry.people.viewer import Viewer
from terang.rules.awards import Terms

TERMS = Terms(tenure_years=2, least_predicate="baik", predicate_years=2, clean_years=2)
CLEAN = (
    ("tmt_asn", "", date(2018, 1, 1)),
    ("disiplin", "none", date(2026, 1, 5)),
    ("cltn", "tidak", date(2026, 1, 5)),
    ("tmt_pangkat", "", date(2022, 4, 1)),
    ("predikat", "baik", date(2025, 12, 31)),
    ("predikat", "sangat_baik", date(2024, 12, 31)),
)
COMMITTEE = ("sri", "hendra", "joko")


@dataclass
class Giving:
    """The cast and the steps of an award with good values left to say."""

    cast: Cast
    day: date = TODAY

    def viewer(self, name: str) -> Viewer:
        return self.cast.viewer(name, datetime.combine(self.day, time(9), ZONE))

    def person(self, name: str) -> Employee:
        return self.cast.people[name]

    def thank(self, by: str = "dewi", who: str = "siti", value: str = "BP", **others):
        bound = others.get("bound", Bound(value))
        key = others.get("form_key") or uuid4()
        text = others.get("text", "Antrean pagi tadi Ibu urai dengan tenang.")
        return praise(actor=self.viewer(by), receiver=self.person(who), text=text, bound=bound, form_key=key)

    def fact(self, subject: str, value: str, day: date, who: str = "siti", until: date | None = None) -> Declaration:
        told = Told(subject, value, day, until, f"Dokumen {subject}")
        row = declare(actor=self.viewer("maya"), employee=self.person(who), told=told, form_key=uuid4())
        return confirm(actor=self.viewer("tono"), row=row, version=row.version)

    def complete(self, who: str = "siti") -> None:
        """Everything that a call or a medal asks is declared and checked."""
        for subject, value, day in CLEAN:
            self.fact(subject, value, day, who)

    def plan(self, **others) -> Plan:
        people: Sequence[str] = others.pop("committee", COMMITTEE)
        chair, *rest = [self.person(name) for name in people]
        told = {
            "title": "Pegawai teladan semester dua",
            "category": "teladan",
            "criteria": "Manfaat bagi warga.",
            "period_start": date(2026, 7, 1),
            "period_end": date(2027, 1, 1),
            "nominate_until": self.day + timedelta(days=7),
            "vote_until": self.day + timedelta(days=14),
            "terms": TERMS,
            "document": "Keputusan Wali Kota 12/2026",
            "bonus_idr": 500_000,
        }
        return Plan(**(told | others), chair=chair, others=rest)

    def call(self, by: str = "maya", **others) -> Call:
        key = others.pop("form_key", None) or uuid4()
        return open_call(actor=self.viewer(by), agency=self.cast.agency, plan=self.plan(**others), form_key=key)

    def propose(self, call: Call, *people: str, by: str = "dewi", **others) -> Nomination:
        key = others.pop("form_key", None) or uuid4()
        told = {"reason": "Imunisasi naik dari 71 ke 90 persen.", "documents": ["Laporan 8/2026"]} | others
        proposal = Proposal([self.person(name) for name in people or ("siti",)], **told)
        return nominate(actor=self.viewer(by), call=call, proposal=proposal, form_key=key)

    def admit(self, row: Nomination, by: str = "tono") -> Nomination:
        return admit(actor=self.viewer(by), row=row, version=Nomination.objects.get(pk=row.pk).version)

    def start(self, call: Call, by: str = "maya") -> Call:
        return start_voting(actor=self.viewer(by), call=call, version=fresh(call).version)

    def vote(self, call: Call, by: str, row: Nomination):
        return vote(actor=self.viewer(by), call=call, nomination=fresh(row), reason=f"Alasan {by}")

    def close(self, call: Call, by: str = "sri") -> Call:
        return close_voting(actor=self.viewer(by), call=call, version=fresh(call).version)

    def announce(self, call: Call, by: str = "sri") -> Call:
        return announce(
            actor=self.viewer(by), call=call, citation="Imunisasi naik paling banyak.", version=fresh(call).version
        )

    def pay(self, call: Call, by: str = "tono", month: date = date(2026, 11, 1)) -> Call:
        return give_bonus(actor=self.viewer(by), call=call, month=month, version=fresh(call).version)

    def voting(self, **others) -> tuple[Call, Nomination, Nomination]:
        """Siti and Andi are nominated and admitted; the committee may vote. Agus, Lina and Joko sit in it."""
        self.complete("siti")
        self.complete("andi")
        call = self.call(committee=others.pop("committee", ("agus", "lina", "joko")), **others)
        first, second = self.propose(call), self.propose(call, "andi", by="sri")
        for row in (first, second):
            self.admit(row)
        return self.start(call), first, second

    def announced(self, **others) -> Call:
        """Siti won with two votes of three."""
        call, first, second = self.voting(**others)
        for name, row in (("agus", first), ("lina", second), ("joko", first)):
            self.vote(call, name, row)
        self.close(call, by="agus")
        return self.announce(call, by="agus")

    def rule(self) -> None:
        text = (files("terang.demo") / "allowance_rules" / "pola_40_60.toml").read_text(encoding="utf-8")
        propose_rule(actor=None, agency=self.cast.agency, text=text, form_key=uuid4())


def fresh(row):
    return type(row)._default_manager.get(pk=row.pk)


@pytest.fixture
def giving(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Giving:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    RoleGrant.objects.create(employee=cast.tono, role=Role.PERSONNEL, starts_on=SINCE, document="SK 2/2020")
    return Giving(cast)
