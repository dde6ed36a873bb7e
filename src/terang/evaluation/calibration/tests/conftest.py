"""Dinas Kependudukan with two raters: Hendra rated Andi and Rina, Tono (who leads the other bidang now) rated Joko; Sri
leads them both."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.rating import City, make_city

from terang.evaluation.appraisals.models import Appraisal
from terang.evaluation.calibration.models import CalibrationSession, Placement, Proposal
from terang.evaluation.calibration.scope import scope_of
from terang.evaluation.calibration.services import Marks, confirm_move, open_session, propose_move
from terang.evaluation.calibration.services.opening import Wanted
from terang.registry.people.models import Assignment


class Table:
    """The steps of a session with good values left to say."""

    def __init__(self, city: City) -> None:
        self.city = city

    def viewer(self, name: str):
        return self.city.viewer(name)

    def open(self, name: str = "sri", unit: str = "dukcapil", **others) -> CalibrationSession:
        viewer, place = self.viewer(name), self.city.cast.units[unit]
        family = others.pop("family", "")
        told = {"seen": scope_of(viewer, self.city.window, place, family).seen, "form_key": uuid4()} | others
        until = told.pop("answers_until", self.city.day + timedelta(days=2))
        self.session = open_session(actor=viewer, window=self.city.window, wanted=Wanted(place, family, until), **told)
        return self.session

    def placement(self, name: str) -> Placement:
        rows = Placement.objects.select_related("session__unit", "session__window__period", "appraisal")
        return rows.get(appraisal__employee=self.city.cast.people[name], session=self.session)

    def appraisal(self, name: str) -> Appraisal:
        return Appraisal.objects.get(window=self.city.window, employee=self.city.cast.people[name])

    def propose(self, who: str, name: str, work: str = "above", behaviour: str = "above", **others) -> Proposal:
        placement = self.placement(name)
        told = {"form_key": uuid4(), "version": placement.version, "reason": "Antrean turun separuh"} | others
        marks = Marks(work, behaviour, told.pop("reason"))
        return propose_move(actor=self.viewer(who), placement=placement, marks=marks, **told)

    def fresh(self, proposal: Proposal) -> Proposal:
        found = Proposal.objects.get(pk=proposal.pk)
        found.placement = Placement.objects.select_related("session__unit", "session__window__period", "appraisal").get(
            pk=found.placement_id
        )
        return found

    def confirm(self, who: str, proposal: Proposal) -> Proposal:
        found = self.fresh(proposal)
        return confirm_move(actor=self.viewer(who), proposal=found, version=found.version)

    def move(self, name: str, work: str = "above", behaviour: str = "above", by: str = "sri") -> Proposal:
        proposal = self.propose(by, name, work, behaviour)
        return self.confirm("tono" if name == "joko" else "hendra", proposal)


@pytest.fixture
def table(cast, monkeypatch, settings) -> Table:
    city = make_city(cast, monkeypatch, settings)
    city.measure(civil="baik")
    Assignment.objects.filter(employee=cast.tono).update(post=cast.posts["civil_head"])
    for rater, name in (("hendra", "andi"), ("hendra", "rina"), ("tono", "joko")):
        city.decide(rater, name)
    return Table(city)
