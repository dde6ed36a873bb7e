"""The demo's team handles what the look of the night found: one asked, one closed, the rest waits. Nothing is typed."""

from types import SimpleNamespace

import pytest
from tests.cast import TODAY, make_cast

from terang.demo import questions
from terang.evidence.oddities import Oddity, Source, Trace
from terang.evidence.signals.models import Signal, SignalState
from terang.rules.sentences import Sentence


@pytest.fixture
def scene(db, monkeypatch):
    cast = make_cast()

    def odd(name):
        trace = Trace(f"uji:{name}", Sentence("Catatan"))
        return Oddity(TODAY, TODAY, Sentence("Terlihat"), (trace,), employee_id=cast.people[name].pk)

    found = [odd(name) for name in ("siti", "andi", "rina")]
    unit = Oddity(
        TODAY, TODAY, Sentence("Unit"), (Trace("uji:u", Sentence("Catatan")),), unit_id=cast.units["health"].pk
    )
    source = Source("nilai_menonjol", "Uji", "Uji", 30, (), lambda _span, _limits: [*found, unit])
    monkeypatch.setattr(questions, "sources", lambda: (source,))
    people = {"inspectorate/staff1": SimpleNamespace(employee=cast.agus)}
    return SimpleNamespace(agency=cast.agency, today=TODAY, people=people, facts={"questions": True})


def test_one_is_asked_one_closed_and_the_rest_waits(scene):
    questions.question(scene)
    states = sorted(row.state for row in Signal.objects.all())
    assert states == sorted([SignalState.ASKED, SignalState.DISMISSED, SignalState.NEW, SignalState.NEW])
    assert Signal.objects.get(state=SignalState.ASKED).employee is None, "the unit's head can be tried in the demo"
    assert Signal.objects.get(state=SignalState.DISMISSED).reason


def test_other_governments_leave_it_to_the_worker(scene):
    scene.facts = {}
    questions.question(scene)
    assert not Signal.objects.exists()
