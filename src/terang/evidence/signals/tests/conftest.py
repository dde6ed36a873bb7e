"""What the tests of questions share: a team of two, somebody asked about, and a question ready-made or found."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from terang.evidence.oddities import Limit, Source
from terang.evidence.signals.models import Signal, SignalState, SignalTrace
from terang.evidence.signals.tests.signals_cast import DAY
from terang.registry.people.models import Role
from terang.rules.sentences import Sentence


@pytest.fixture
def agus(office):
    person = office.employee("Agus", unit=office.root)
    office.grant(person, Role.OVERSIGHT)
    return person


@pytest.fixture
def budi(office):
    return office.employee("Budi")


@pytest.fixture
def ask_about(office, today):
    """Makes a question in any state, with one record behind it."""
    numbers = itertools.count(1)

    def make(employee=None, *, state=SignalState.NEW, unit=None, kind="nilai_menonjol", **fields):
        asked = state in (SignalState.ASKED, SignalState.EXPLAINED, SignalState.REFERRED)
        told = {
            "asked_at": timezone.now() if asked else None,
            "due_on": today + timedelta(days=5) if asked else None,
            "question": "Apa yang terjadi?" if asked else "",
            "answer": "Begini" if state == SignalState.EXPLAINED else "",
            "answered_at": timezone.now() if state == SignalState.EXPLAINED else None,
            "answered_by": employee if state == SignalState.EXPLAINED else None,
            "reason": "Cukup" if state in (SignalState.DISMISSED, SignalState.REFERRED) else "",
            "decided_at": timezone.now() if state in (SignalState.DISMISSED, SignalState.REFERRED) else None,
            "path": "kunjungan" if state == SignalState.REFERRED else "",
        }
        row = Signal.objects.create(
            agency=office.agency,
            unit=unit or office.unit,
            employee=employee,
            kind=kind,
            first_day=DAY,
            last_day=DAY,
            sentence=Sentence("Yang terlihat").stored(),
            state=state,
            found_at=timezone.now(),
            found_on=today,
            **(told | fields),
        )
        SignalTrace.objects.create(
            signal=row,
            agency=office.agency,
            kind=kind,
            ref=f"uji:{next(numbers)}",
            day=DAY,
            words=Sentence("Catatan uji").stored(),
            url="/kegiatan/1/",
        )
        return row

    return make


@pytest.fixture
def source():
    """A source that finds what it is given, but for what was asked about before; with what it was asked in `spans`."""

    def make(*found, kind="uji", limit=3):
        spans = []

        def find(span, limits):
            spans.append((span, dict(limits)))
            return [each for each in found if all(span.is_fresh(trace.ref) for trace in each.traces)]

        row = Source(kind, "Uji", "Untuk uji", 30, (Limit("banyak", "Banyak", limit, 1, 9),), find)
        row.__dict__["spans"] = spans
        return row

    return make
