"""What daily work may be asked about: found with its numbers, quiet below the line, and never for what is known."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from terang.custody.models import Resemblance, StoredFile
from terang.evidence.oddities import Span
from terang.evidence.work.models import Entry, EntryFile, EntryState
from terang.evidence.work.signals import SOURCES

MONDAY = date(2026, 11, 23)
SOURCE = {source.kind: source for source in SOURCES}


@pytest.fixture
def write(office, indicator, budi):
    def write(day=MONDAY, **fields):
        sent = fields.pop("submitted_at", office.moment(day, 15))
        told = {"employee": budi, "result": indicator.result, "text": "Melayani warga", "submitted_at": sent}
        return Entry.objects.create(day=day, form_key=uuid4(), **(told | fields))

    return write


def find(office, kind, *known, **limits):
    source = SOURCE[kind]
    span = Span(office.agency, date(2026, 11, 1), date(2026, 11, 24), frozenset(known))
    return list(source.find(span, source.usual() | limits))


def accept(write, office, seconds):
    sent = office.moment(MONDAY, 15)
    done = {"state": EntryState.ACCEPTED, "decided_by": office.head, "decided_at": sent + timedelta(seconds=seconds)}
    return write(submitted_at=sent, **done)


def test_accepted_faster_than_anybody_reads(office, write):
    rows = [accept(write, office, seconds) for seconds in (2, 3, 4, 7)]
    accept(write, office, 600)
    assert find(office, "kegiatan_seketika") == [], "four are not many"
    rows.append(accept(write, office, 10))
    (odd,) = find(office, "kegiatan_seketika")
    assert odd.employee_id == office.head.pk, "about who accepted, not about who wrote"
    assert str(odd.sentence).startswith("5 kegiatan diterima antara 2 dan 10 detik")
    assert {trace.ref for trace in odd.traces} == {f"work.entry:{row.pk}" for row in rows}
    assert find(office, "kegiatan_seketika", f"work.entry:{rows[0].pk}") == [], "what is known does not count again"
    assert find(office, "kegiatan_seketika", detik=5) == []


def test_days_longer_than_days(office, write, budi):
    write(minutes=700)
    write(minutes=379)
    assert find(office, "hari_terlalu_panjang") == []
    write(minutes=1)
    (odd,) = find(office, "hari_terlalu_panjang")
    assert (odd.employee_id, odd.first, len(odd.traces)) == (budi.pk, MONDAY, 3)
    assert "18 jam 0 menit" in odd.sentence


def test_a_withdrawn_entry_and_today_count_for_nothing(office, write, today):
    write(minutes=1400, state=EntryState.WITHDRAWN)
    write(day=today, minutes=1400)
    assert find(office, "hari_terlalu_panjang") == []


def test_clocks_that_are_off(office, write, budi):
    sent = office.moment(MONDAY, 15)
    for drift in (901, -901):
        write(written_at=sent, clock_drift_s=drift)
    write(written_at=sent, clock_drift_s=900)
    assert find(office, "jam_perangkat") == []
    write(written_at=sent + timedelta(minutes=16), clock_drift_s=0)
    (odd,) = find(office, "jam_perangkat")
    assert (odd.employee_id, len(odd.traces)) == (budi.pk, 3)


@pytest.mark.parametrize(
    ("state", "verdict", "due", "asks"),
    [
        ("ditanyakan", "", 1, False),
        ("ditanyakan", "", -1, True),
        ("dijelaskan", "", -1, False),
        ("selesai", "jelas", -1, False),
        ("selesai", "bicarakan", -1, True),
    ],
)
def test_a_look_alike_comes_to_overseers_only_after_person_and_appraiser(
    state, verdict, due, asks, office, write, budi, today
):
    old, new = (StoredFile.objects.create(sha256=f"{n:064d}", name="a.jpg", size_bytes=1) for n in (1, 2))
    EntryFile.objects.create(entry=write(), file=new)
    asked = Resemblance.objects.create(
        agency=office.agency,
        file=new,
        earlier=old,
        employee=budi,
        day=MONDAY,
        earlier_employee=budi,
        earlier_day=date(2026, 10, 1),
        same_bytes=True,
        distance=0,
        found_at=timezone.now(),
        due_on=today + timedelta(days=due),
        state=state,
        verdict=verdict,
    )
    found = find(office, "bukti_serupa")
    assert [odd.traces[0].ref for odd in found] == ([f"custody.resemblance:{asked.pk}"] if asks else [])
    assert find(office, "bukti_serupa", f"custody.resemblance:{asked.pk}") == []


def test_another_government_is_not_looked_at(office, write):
    from terang.registry.organization.models import Agency

    write(minutes=1400)
    other = Agency.objects.create(code="99.72", name="Lain", kind="kota", time_zone="Asia/Jakarta")
    for source in SOURCES:
        span = Span(other, date(2026, 11, 1), date(2026, 11, 24))
        assert list(source.find(span, source.usual())) == []


def test_what_is_known_keeps_nothing_fresh_out(office, write, budi, monkeypatch):
    """The three latest were asked about before: what lies behind them is still found, one look takes so many."""
    monkeypatch.setattr("terang.evidence.work.signals.MOST_ROWS", 2)
    sent = office.moment(MONDAY, 15)
    rows = [write(written_at=sent, clock_drift_s=901) for _number in range(5)]
    known = [f"work.entry:{row.pk}" for row in rows[2:]]
    (odd,) = find(office, "jam_perangkat", *known, kegiatan=1)
    assert {trace.ref for trace in odd.traces} == {f"work.entry:{row.pk}" for row in rows[:2]}
    for number, day in enumerate((MONDAY, MONDAY - timedelta(days=3))):
        write(day=day, minutes=1100 + number)
    monkeypatch.setattr("terang.evidence.work.signals.MOST_ROWS", 1)
    assert len(find(office, "hari_terlalu_panjang")) == 2, "each day is looked at for itself"
